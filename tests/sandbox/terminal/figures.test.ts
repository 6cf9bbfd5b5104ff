import { strict as assert } from "node:assert";
import { capacity, clockTime, count, duration, percentage, usd } from "../../../sandbox/terminal/figures";

describe("figures for people", () => {
  it("count with at most three digits and a unit", () => {
    const values = [0, 0.01, 0.5, 7, 950, 999.4, 999.9, 1000, 1536, 23_000, 999_999, 1_250_000, 3e9];
    assert.deepEqual(values.map(count), [
      "0",
      "0",
      "0.5",
      "7",
      "950",
      "999",
      "1 k",
      "1 k",
      "1.54 k",
      "23 k",
      "1 M",
      "1.25 M",
      "3 G",
    ]);
  });

  it("give percentages whole from 10 on", () => {
    assert.deepEqual([0, 0.04, 7.25, 10, 71.6, 150].map(percentage), ["0 %", "0.0 %", "7.3 %", "10 %", "72 %", "150 %"]);
  });

  it("give durations in the unit that reads best", () => {
    const seconds = [0, 45, 119, 120, 5400, 7200, 12_000, 86_400, 7 * 86_400];
    assert.deepEqual(seconds.map(duration), ["0 s", "45 s", "119 s", "2 min", "90 min", "2 h", "3 h 20 min", "24 h", "7 days"]);
  });

  it("give virtual time in UTC", () => assert.equal(clockTime(Date.UTC(2025, 0, 6, 9, 30, 59)), "2025-01-06 09:30"));

  it("show the capacity asked for only while it isn't there", () => {
    assert.deepEqual([capacity(8, 8), capacity(8, 12), capacity(8, undefined)], ["8", "8→12", "8"]);
    assert.deepEqual([capacity(8, 12, true), capacity(8, 8, true)], ["8 (12 observed)", "8"]);
  });

  it("give money in cents", () => assert.equal(usd(1234.5), "$1234.50"));
});
