// Source: Schedule recurring scaling actions using cron expressions; Scheduled scaling for Application Auto Scaling
import { strict as assert } from "node:assert";
import { parseSchedule } from "../../../../sandbox/services/applicationAutoScaling/schedule";

/** The first runs after an instant, as ISO times without milliseconds. */
function runs(expression: string, from: string, count = 3, zone = "UTC", origin = from): string[] {
  const schedule = parseSchedule(expression, zone, Date.parse(origin));
  assert.ok(typeof schedule !== "string", String(schedule));
  const found: string[] = [];
  for (let time = schedule.next(Date.parse(from)); time !== undefined && found.length < count; time = schedule.next(time)) {
    found.push(new Date(time).toISOString().slice(0, 16));
  }
  return found;
}

describe("cron expressions of scheduled actions", () => {
  const cases: [string, string, string, string[]][] = [
    [
      "10:00 every day",
      "cron(0 10 * * ? *)",
      "2026-03-01T10:00:00Z",
      ["2026-03-02T10:00", "2026-03-03T10:00", "2026-03-04T10:00"],
    ],
    [
      "18:00 Monday to Friday",
      "cron(0 18 ? * MON-FRI *)",
      "2026-03-05T18:00:00Z",
      ["2026-03-06T18:00", "2026-03-09T18:00", "2026-03-10T18:00"],
    ],
    [
      "8:00 on the 1st of the month",
      "cron(0 8 1 * ? *)",
      "2026-03-01T09:00:00Z",
      ["2026-04-01T08:00", "2026-05-01T08:00", "2026-06-01T08:00"],
    ],
    [
      "every 15 minutes",
      "cron(0/15 * * * ? *)",
      "2026-03-01T00:50:00Z",
      ["2026-03-01T01:00", "2026-03-01T01:15", "2026-03-01T01:30"],
    ],
    [
      "every 5 minutes in office hours",
      "cron(0/5 8-17 ? * MON-FRI *)",
      "2026-03-06T17:50:00Z",
      ["2026-03-06T17:55", "2026-03-09T08:00", "2026-03-09T08:05"],
    ],
    [
      "6:30 every Monday",
      "cron(30 6 ? * MON *)",
      "2026-03-01T00:00:00Z",
      ["2026-03-02T06:30", "2026-03-09T06:30", "2026-03-16T06:30"],
    ],
    [
      "days of the week count from SUN = 1",
      "cron(0 0 ? * 1,7 *)",
      "2026-03-02T00:00:00Z",
      ["2026-03-07T00:00", "2026-03-08T00:00", "2026-03-14T00:00"],
    ],
    [
      "the last day of the month",
      "cron(0 0 L * ? *)",
      "2028-01-31T00:00:00Z",
      ["2028-02-29T00:00", "2028-03-31T00:00", "2028-04-30T00:00"],
    ],
    [
      "the weekday nearest to the 15th",
      "cron(0 0 15W * ? *)",
      "2026-02-01T00:00:00Z",
      ["2026-02-16T00:00", "2026-03-16T00:00", "2026-04-15T00:00"],
    ],
    [
      "the weekday nearest to the 1st stays within the month",
      "cron(0 0 1W * ? *)",
      "2026-07-20T00:00:00Z",
      ["2026-08-03T00:00", "2026-09-01T00:00", "2026-10-01T00:00"],
    ],
    [
      "the last Friday",
      "cron(0 0 ? * 6L *)",
      "2026-03-01T00:00:00Z",
      ["2026-03-27T00:00", "2026-04-24T00:00", "2026-05-29T00:00"],
    ],
    [
      "the second Tuesday",
      "cron(0 0 ? * TUE#2 *)",
      "2026-03-01T00:00:00Z",
      ["2026-03-10T00:00", "2026-04-14T00:00", "2026-05-12T00:00"],
    ],
    ["named months and a year", "cron(0 0 1 JAN,JUL ? 2027)", "2026-03-01T00:00:00Z", ["2027-01-01T00:00", "2027-07-01T00:00"]],
    ["a year that is over", "cron(0 0 1 1 ? 2025)", "2026-03-01T00:00:00Z", []],
    [
      "a seconds field in front",
      "cron(30 0 10 * * ? *)",
      "2026-03-01T10:00:00Z",
      ["2026-03-02T10:00", "2026-03-03T10:00", "2026-03-04T10:00"],
    ],
  ];
  for (const [what, expression, from, expected] of cases) {
    it(`${expression}: ${what}`, () => assert.deepEqual(runs(expression, from), expected));
  }

  it("follow the time zone through daylight saving time", () => {
    assert.deepEqual(runs("cron(0 8 * * ? *)", "2026-03-27T12:00:00Z", 3, "Europe/Berlin"), [
      "2026-03-28T07:00",
      "2026-03-29T06:00",
      "2026-03-30T06:00",
    ]);
    assert.deepEqual(runs("cron(0 8 * * ? *)", "2026-10-23T12:00:00Z", 3, "Europe/Berlin"), [
      "2026-10-24T06:00",
      "2026-10-25T07:00",
      "2026-10-26T07:00",
    ]);
    assert.deepEqual(runs("cron(0 8 * * ? *)", "2026-03-06T18:00:00Z", 3, "America/New_York"), [
      "2026-03-07T13:00",
      "2026-03-08T12:00",
      "2026-03-09T12:00",
    ]);
  });

  it("a local time that the spring change skips does not run that day", () => {
    assert.deepEqual(runs("cron(30 2 * * ? *)", "2026-03-27T12:00:00Z", 3, "Europe/Berlin"), [
      "2026-03-28T01:30",
      "2026-03-30T00:30",
      "2026-03-31T00:30",
    ]);
  });

  it("a local time that the autumn change repeats runs once, the first time", () => {
    assert.deepEqual(runs("cron(30 2 * * ? *)", "2026-10-24T12:00:00Z", 2, "Europe/Berlin"), [
      "2026-10-25T00:30",
      "2026-10-26T01:30",
    ]);
  });

  it("a schedule that is made within the repeated hour waits for the next day", () => {
    assert.deepEqual(runs("cron(30 2 * * ? *)", "2026-10-25T01:10:00Z", 1, "Europe/Berlin"), ["2026-10-26T01:30"]);
  });

  it("an hourly one goes on through both changes", () => {
    assert.deepEqual(runs("cron(0 * * * ? *)", "2026-03-28T23:30:00Z", 4, "Europe/Berlin"), [
      "2026-03-29T00:00",
      "2026-03-29T01:00",
      "2026-03-29T02:00",
      "2026-03-29T03:00",
    ]);
  });

  it("refuses wrong ones with the reason", () => {
    const problem = (fields: string) => parseSchedule(`cron(${fields})`, "UTC", 0);
    assert.match(String(problem("0 10 * * ?")), /six fields, got 5/);
    assert.match(String(problem("0 10 1 * MON *")), /can't both be given/);
    for (const fields of [
      "60 10 * * ? *",
      "0 24 * * ? *",
      "0 0 32 * ? *",
      "0 0 1 13 ? *",
      "0 0 ? * 8 *",
      "0 0 ? * 0 *",
      "0 0 1 1 ? 1969",
    ]) {
      assert.match(String(problem(fields)), /out of range or malformed/, fields);
    }
    for (const fields of [
      "5-1 0 * * ? *",
      "*/0 0 * * ? *",
      "a 0 * * ? *",
      "1-2-3 0 * * ? *",
      "0 0 32W * ? *",
      "0 0 ? * XYZ#1 *",
      "1/2/3 0 * * ? *",
    ]) {
      assert.equal(typeof problem(fields), "string", fields);
    }
  });
});

describe("at and rate expressions of scheduled actions", () => {
  it("at runs once, in its time zone, at the next full minute", () => {
    assert.deepEqual(runs("at(2026-03-02T08:00:00)", "2026-03-01T00:00:00Z"), ["2026-03-02T08:00"]);
    assert.deepEqual(runs("at(2026-07-01T08:00:00)", "2026-03-01T00:00:00Z", 3, "America/New_York"), ["2026-07-01T12:00"]);
    assert.deepEqual(runs("at(2026-03-02T08:00:01)", "2026-03-01T00:00:00Z"), ["2026-03-02T08:01"]);
  });

  it("rate runs at the interval from its start", () => {
    assert.deepEqual(runs("rate(5 minutes)", "2026-03-01T00:12:00Z", 2, "UTC", "2026-03-01T00:00:00Z"), [
      "2026-03-01T00:15",
      "2026-03-01T00:20",
    ]);
    assert.deepEqual(runs("rate(1 hour)", "2026-03-01T00:00:00Z", 2), ["2026-03-01T01:00", "2026-03-01T02:00"]);
    assert.deepEqual(runs("rate(2 days)", "2026-03-01T00:00:00Z", 1), ["2026-03-03T00:00"]);
  });

  it("refuses wrong ones with the reason", () => {
    for (const expression of [
      "at(2026-02-30 08:00)",
      "at(2026-02-30T08:00:00)",
      "at(tomorrow)",
      "rate(0 minutes)",
      "rate(5 weeks)",
      "rate(minute)",
      "every(5)",
      "cron 0",
    ]) {
      assert.equal(typeof parseSchedule(expression, "UTC", 0), "string", expression);
    }
    assert.match(
      String(parseSchedule("at(2026-03-29T02:30:00)", "Europe/Berlin", 0)),
      /does not exist in time zone Europe\/Berlin/,
    );
  });
});
