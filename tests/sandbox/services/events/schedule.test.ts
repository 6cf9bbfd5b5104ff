// Source: Setting a schedule pattern for scheduled rules in Amazon EventBridge; Cron expressions reference
import assert = require("node:assert/strict");
import { minute } from "../../../../sandbox/core/clock";
import { parseSchedule } from "../../../../sandbox/services/events/schedule";

const start = Date.parse("2026-03-02T00:00:00Z"); // a Monday

/** The full minutes in [start, start + days) at which it fires, as ISO times. */
function firings(expression: string, days: number, since = start): string[] {
  const schedule = parseSchedule(expression);
  assert.ok(schedule, expression);
  const times: string[] = [];
  for (let time = start; time < start + days * 1_440 * minute; time += minute) {
    if (schedule.firesAt(time, since)) times.push(new Date(time).toISOString().slice(0, 16));
  }
  return times;
}

describe("EventBridge schedules", () => {
  it("rate(1 minute) fires every minute after the rule began", () => {
    assert.equal(firings("rate(1 minute)", 1).length, 1_439);
    assert.equal(firings("rate(1 minute)", 1, start + 30_000)[0], "2026-03-02T00:01");
  });

  it("a rate counts from the minute in which the rule began", () => {
    assert.deepEqual(firings("rate(12 hours)", 1, start - 10 * minute), ["2026-03-02T11:50", "2026-03-02T23:50"]);
  });

  it("the unit is singular for 1 and plural otherwise", () => {
    for (const expression of ["rate(1 minutes)", "rate(5 minute)", "rate(0 minutes)", "rate(5 seconds)", "rate(5minutes)"]) {
      assert.equal(parseSchedule(expression), undefined, expression);
    }
    assert.ok(parseSchedule("rate(5 minutes)"));
  });

  it("cron fires at lists, ranges, steps and names, in UTC", () => {
    assert.deepEqual(firings("cron(0/30 8-9 ? * MON-TUE *)", 7), [
      "2026-03-02T08:00",
      "2026-03-02T08:30",
      "2026-03-02T09:00",
      "2026-03-02T09:30",
      "2026-03-03T08:00",
      "2026-03-03T08:30",
      "2026-03-03T09:00",
      "2026-03-03T09:30",
    ]);
    assert.deepEqual(firings("cron(15 10 4,6 MAR ? 2026)", 7), ["2026-03-04T10:15", "2026-03-06T10:15"]);
  });

  it("day 1 of the week is Sunday", () => {
    assert.deepEqual(firings("cron(0 0 ? * 1 *)", 7), ["2026-03-08T00:00"]);
  });

  it("L is the month's last day, or its last such weekday; W the nearest weekday; # the nth", () => {
    assert.deepEqual(firings("cron(0 0 L * ? *)", 60), ["2026-03-31T00:00", "2026-04-30T00:00"]);
    assert.deepEqual(firings("cron(0 0 ? * 6L *)", 60), ["2026-03-27T00:00", "2026-04-24T00:00"]);
    assert.deepEqual(firings("cron(0 0 15W 3 ? *)", 60), ["2026-03-16T00:00"]);
    assert.deepEqual(firings("cron(0 0 ? * 3#2 *)", 60), ["2026-03-10T00:00", "2026-04-14T00:00"]);
  });

  it("refuses cron expressions with other than six fields, both days, or values out of range", () => {
    for (const expression of [
      "cron(0 0 * * ?)",
      "cron(0 0 * * * *)",
      "cron(0 0 ? * ? *)",
      "cron(60 0 * * ? *)",
      "cron(0 0 ? * 8 *)",
      "cron(0 0 32 * ? *)",
      "0 0 * * ? *",
    ]) {
      assert.equal(parseSchedule(expression), undefined, expression);
    }
  });
});
