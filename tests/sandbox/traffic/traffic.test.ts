import { strict as assert } from "node:assert";
import { minutesToRun, traceTraffic } from "../../../sandbox/traffic/traffic";

const traffic = traceTraffic({ name: "day.csv", start: Date.UTC(2015, 1, 26, 21, 42, 53), rates: Float64Array.of(1, 2, 3) });

describe("a trace as traffic", () => {
  it("plays once and then has nothing to send", () => {
    assert.deepEqual([0, 1, 2, 3, 4000].map((minute) => traffic.rate(minute)), [1, 2, 3, 0, 0]); // prettier-ignore
    assert.equal(traffic.minutes, 3);
  });

  it("begins at a full minute of the clock", () => {
    assert.equal(traffic.start, Date.UTC(2015, 1, 26, 21, 42));
  });

  for (const [time, begins] of [
    ["1970-01-01T00:00:00Z", "2026-01-05T00:00:00.000Z"],
    ["1970-01-01T09:30:10Z", "2026-01-05T09:30:00.000Z"],
    ["1969-12-31T23:50:00Z", "2026-01-05T23:50:00.000Z"],
    ["0001-01-01T07:00:00Z", "2026-01-05T07:00:00.000Z"],
    ["1995-07-01T04:00:00Z", "1995-07-01T04:00:00.000Z"],
  ] as const) {
    it(`with its first time at ${time} begins at ${begins}: before 1971 times are relative and keep the time of day`, () => {
      const { start } = traceTraffic({ name: "day.csv", start: Date.parse(time), rates: Float64Array.of(1) });
      assert.equal(new Date(start!).toISOString(), begins);
    });
  }
});

describe("how long a run takes", () => {
  it("is the trace's length unless told", () => assert.deepEqual(minutesToRun(traffic, undefined), { minutes: 3 }));
  it("is a day where traffic has no end", () =>
    assert.deepEqual(minutesToRun({ name: "x", rate: () => 1 }, undefined), { minutes: 1440 }));
  it("is what was asked for", () => assert.deepEqual(minutesToRun(traffic, 2), { minutes: 2 }));
  it("goes past the trace's end if asked, and says so", () => {
    assert.deepEqual(minutesToRun(traffic, 10), {
      minutes: 10,
      note: "day.csv ends after 3 minutes; from there to --until (10 minutes) the producer sends nothing",
    });
  });
});
