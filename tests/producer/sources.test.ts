import { strict as assert } from "node:assert";
import { linesOf } from "../../producer/lines";
import { paceByRate, paceBySpeedup } from "../../producer/pace";
import { intervalsOf } from "../../producer/rates";
import type { DueRecord } from "../../producer/record";
import { madeTripsAtRate, madeTripsOfTrace, recordedTrips, until } from "../../producer/sources";
import { seededRandom } from "../../sandbox/core/random";
import { start } from "./fakes";

async function* text(content: string): AsyncGenerator<Buffer> {
  yield Buffer.from(content);
}
const lines = (content: string) => linesOf(text(content), 10_000);

async function all(source: AsyncIterable<readonly DueRecord[]>): Promise<DueRecord[]> {
  const records: DueRecord[] = [];
  for await (const some of source) records.push(...some);
  return records;
}

const tripAt = (second: number, area = 7) =>
  JSON.stringify({ pickup_location_id: area, pickup_datetime: new Date(Date.UTC(2020, 9, 5) + second * 1_000).toISOString() });
const offsets = (records: readonly DueRecord[]) => records.map(({ due }) => due - start);
const pickups = (records: readonly DueRecord[]) =>
  records.map(({ data }) => Date.parse(JSON.parse(Buffer.from(data).toString()).pickup_datetime));
const noBadLine = (line: number, reason: string) => assert.fail(`${line}: ${reason}`);

describe("recorded trips", () => {
  const file = [tripAt(0), tripAt(3_600), tripAt(1_800), tripAt(7_200)].join("\n");

  it("are due at the distances of their times, so many times smaller; one that was late is due with those before it", async () => {
    const records = await all(recordedTrips(lines(file), paceBySpeedup(start, 3_600), "recorded", noBadLine));
    assert.deepEqual(offsets(records), [0, 1_000, 1_000, 2_000]);
    assert.deepEqual(pickups(records)[1], Date.UTC(2020, 9, 5, 1));
  });

  it("are due at a rate", async () => {
    assert.deepEqual(
      offsets(await all(recordedTrips(lines(file), paceByRate(start, 4), "recorded", noBadLine))),
      [0, 250, 500, 750],
    );
  });

  it("begin when they are due, if asked", async () => {
    const records = await all(recordedTrips(lines(file), paceByRate(start, 4), "now", noBadLine));
    assert.deepEqual(
      pickups(records),
      records.map(({ due }) => due),
    );
  });

  it("tell each line that is none, and go on", async () => {
    const told: string[] = [];
    const content = `${tripAt(0)}\n\n{}\nx\n${tripAt(1)}\n`;
    const records = await all(
      recordedTrips(lines(content), paceByRate(start, 1), "recorded", (line, reason) => told.push(`${line}: ${reason}`)),
    );
    assert.deepEqual(offsets(records), [0, 1_000]);
    assert.deepEqual(told, ["3: pickup_location_id must be a whole number, got nothing", '4: not JSON: "x"']);
  });
});

describe("made trips", () => {
  it("come at a rate until they are stopped, and begin when they are due", async () => {
    const source = until(madeTripsAtRate(paceByRate(start, 200), seededRandom(1).next), start + 2_000);
    const records = await all(source);
    assert.equal(records.length, 400);
    assert.deepEqual(offsets(records).slice(0, 3), [0, 5, 10]);
    assert.deepEqual(
      pickups(records),
      records.map(({ due }) => due),
    );
  });

  const trace = "time,records_per_second\n2025-01-06T09:00:00Z,2\n2025-01-06T09:00:10Z,0\n2025-01-06T09:00:20Z,0.25\n";
  const played = (speedup: number, times: "recorded" | "now") =>
    all(madeTripsOfTrace(intervalsOf(lines(trace), noBadLine), { start, speedup, times }, seededRandom(1).next));

  it("come at the rates of a trace, in the seconds of each of its intervals", async () => {
    const records = await played(1, "recorded");
    assert.equal(records.length, 22);
    assert.deepEqual(offsets(records).slice(0, 2), [500, 1_000]);
    assert.deepEqual(offsets(records).slice(19), [10_000, 24_000, 28_000]);
    assert.equal(pickups(records)[20], Date.UTC(2025, 0, 6, 9, 0, 24));
  });

  it("come at the same rates for a shorter time when the trace goes by faster", async () => {
    const records = await played(4, "now");
    assert.equal(records.length, 5);
    assert.deepEqual(offsets(records), [500, 1_000, 1_500, 2_000, 2_500]);
    assert.equal(pickups(records)[1], start + 1_000);
  });

  it("keep the parts of records: a rate below one comes to what it says", async () => {
    const slow = [
      "time,records_per_second",
      ...Array.from({ length: 60 }, (_, i) => `2025-01-06T09:${String(i).padStart(2, "0")}:00Z,0.01`),
    ];
    const source = madeTripsOfTrace(
      intervalsOf(lines(slow.join("\n")), noBadLine),
      { start, speedup: 1, times: "recorded" },
      seededRandom(1).next,
    );
    const made = offsets(await all(source));
    assert.ok(made.length === 36 || made.length === 35, String(made.length));
    made.forEach((offset, i) => assert.ok(Math.abs(offset - (i + 1) * 100_000) < 1, `${i}: ${offset}`));
  });
});

describe("the rates of a trace", () => {
  const read = async (content: string) => {
    const told: string[] = [];
    const intervals = [];
    for await (const { start: from, end, recordsPerSecond } of intervalsOf(lines(content), (line, why) =>
      told.push(`${line}: ${why}`),
    ))
      intervals.push([(end - from) / 1_000, recordsPerSecond]);
    return { told, intervals };
  };

  it("last until the next one, the last one as long as the one before it, a single one a minute", async () => {
    const header = "time,records_per_second\n";
    assert.deepEqual((await read(`${header}2025-01-06T09:00:00Z,5\n2025-01-06T09:00:30Z,6`)).intervals, [
      [30, 5],
      [30, 6],
    ]);
    assert.deepEqual((await read(`${header}2025-01-06T09:00:00Z,5`)).intervals, [[60, 5]]);
  });

  it("tell each line that is none, in words of their own", async () => {
    const { told, intervals } = await read(
      "2025-01-06T09:00:00Z,5\n2025-01-06T09:01:00Z,-1\n2025-01-06T09:00:00Z,1\nsoon,1\n1,2,3\n2025-01-06T09:02:00Z,x\n2025-01-06T09:02:00Z,7\n",
    );
    assert.deepEqual(told, [
      '1: no header: expected "time,records_per_second", got "2025-01-06T09:00:00Z,5"',
      "2: records_per_second must not be negative, got -1",
      "3: times must ascend: 2025-01-06T09:00:00Z is not after 2025-01-06T09:00:00.000Z",
      '4: invalid time "soon": expected ISO 8601 with Z or an offset such as 2025-01-06T09:00:00Z',
      '5: expected 2 columns (time,records_per_second), got 3 in "1,2,3"',
      '6: records_per_second must be a number, got "x"',
    ]);
    assert.deepEqual(intervals, [
      [120, 5],
      [120, 7],
    ]);
  });
});
