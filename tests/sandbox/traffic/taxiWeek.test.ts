import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { taxiWeek } from "../../../sandbox/traffic/taxiWeek";
import { averageWeek } from "../../../scripts/averageTaxiWeek";
import { describeWithTraces } from "../../support/traces";

describe("the taxi week", () => {
  it("has 336 half-hours whose mean is 1000", () => {
    assert.equal(taxiWeek.length, 336);
    const mean = taxiWeek.reduce((sum, value) => sum + value) / 336;
    assert.ok(Math.abs(mean - 1000) < 0.5, String(mean));
  });

  it("is quietest before dawn and busiest on Saturday night", () => {
    const dawn = taxiWeek.indexOf(Math.min(...taxiWeek));
    assert.ok(dawn % 48 >= 6 && dawn % 48 <= 11, `half-hour ${dawn % 48}`);
    assert.equal(Math.floor(taxiWeek.indexOf(Math.max(...taxiWeek)) / 48), 5);
  });
});

describe("averaging a week", () => {
  const halfHour = (i: number) => new Date(Date.UTC(2025, 0, 6) + i * 1_800_000).toISOString();

  it("takes the mean of each half-hour over the weeks, Monday 00:00 first, in thousandths of the mean", () => {
    // 6 January 2025 is a Monday. Two weeks: 1 and 3 in the first half-hour, 2 in all others.
    const lines = Array.from({ length: 672 }, (_, i) => `${halfHour(i)},${i === 0 ? 2 : i === 336 ? 6 : 2}`);
    const week = averageWeek(["time,records_per_second", ...lines].join("\n"));
    const mean = (4 + 335 * 2) / 336;
    assert.equal(week[0], Math.round(4000 / mean));
    assert.equal(week[1], Math.round(2000 / mean));
  });

  it("refuses a file that doesn't cover the week", () => {
    assert.throws(() => averageWeek(`time,records_per_second\n${halfHour(0)},1`), /half-hour 1 of the week has no data/);
  });
});

describeWithTraces("the taxi week's table", ["nyc_taxi_30min.csv"], (taxi) => {
  it("is what the script computes from the recorded trips", () => {
    assert.deepEqual([...taxiWeek], averageWeek(readFileSync(taxi, "utf8")));
  });
});
