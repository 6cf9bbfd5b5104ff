import * as assert from "node:assert/strict";
import { kpuKind } from "../../../components/scaling/dimensionKind";
import { scheduledActions } from "../../../components/scaling/scheduledActions";
import type { ScheduledMinimumArgs } from "../../../components/scaling/scheduleArgs";
import { validateScaling } from "../../../components/scaling/scalingCheck";
import { parseCron } from "../../../sandbox/services/applicationAutoScaling/cron";

const said = (schedule: unknown, bounds: { min: number; max: number } | undefined = { min: 2, max: 64 }) =>
  validateScaling({ schedule: schedule as ScheduledMinimumArgs[] }, kpuKind, bounds, "s.").map(
    ({ path, text }) => `${path}: ${text}`,
  );
const office = { minimum: 8, from: "08:00", to: "18:30", days: "MON-FRI", timezone: "Europe/Berlin" };
const actions = (...entries: ScheduledMinimumArgs[]) =>
  scheduledActions(entries, 2).map(({ schedule, minimum }) => `${schedule} ${minimum}`);

describe("a window", () => {
  it("is two scheduled actions: its minimum, and the dimension's own again", () => {
    assert.deepEqual(scheduledActions([office], 2), [
      { key: "0800-8", schedule: "cron(0 8 ? * MON,TUE,WED,THU,FRI *)", timezone: "Europe/Berlin", minimum: 8 },
      { key: "1830-2", schedule: "cron(30 18 ? * MON,TUE,WED,THU,FRI *)", timezone: "Europe/Berlin", minimum: 2 },
    ]);
  });

  it("of every day needs no days, and UTC no name", () => {
    assert.deepEqual(scheduledActions([{ minimum: 4, from: "06:05", to: "07:00" }], 2), [
      { key: "0605-4", schedule: "cron(5 6 * * ? *)", timezone: "UTC", minimum: 4 },
      { key: "0700-2", schedule: "cron(0 7 * * ? *)", timezone: "UTC", minimum: 2 },
    ]);
  });

  it("over midnight ends on the day after, over the week's end too", () => {
    assert.deepEqual(actions({ minimum: 4, from: "22:00", to: "06:00", days: "FRI-SAT" }), [
      "cron(0 6 ? * SUN,SAT *) 2",
      "cron(0 22 ? * FRI,SAT *) 4",
    ]);
    assert.deepEqual(actions({ minimum: 4, from: "08:00", to: "08:00", days: "WED" }), [
      "cron(0 8 ? * WED *) 4",
      "cron(0 8 ? * THU *) 2",
    ]);
  });

  it("may follow another at once: the minimum that it opens with counts", () => {
    const noon = { minimum: 12, from: "12:00", to: "14:00", days: "MON,WED" };
    assert.deepEqual(actions({ minimum: 8, from: "08:00", to: "12:00", days: "MON-WED" }, noon), [
      "cron(0 8 ? * MON,TUE,WED *) 8",
      "cron(0 12 ? * MON,WED *) 12",
      "cron(0 14 ? * MON,WED *) 2",
      "cron(0 12 ? * TUE *) 2",
    ]);
  });

  it("has days in any order, ranges over the week's end, none twice", () => {
    assert.deepEqual(actions({ ...office, days: "SAT-MON,SUN,WED" })[0], "cron(0 8 ? * SUN,MON,WED,SAT *) 8");
  });

  it("gives expressions that Application Auto Scaling takes", () => {
    for (const { schedule } of scheduledActions([office, { minimum: 4, from: "23:59", to: "00:00" }], 2))
      assert.equal(typeof parseCron(schedule.slice("cron(".length, -1)), "object", schedule);
  });
});

describe("an instant", () => {
  it("is one scheduled action, until another one", () => {
    const every = { minimum: 8, schedule: "rate(7 days)" };
    const once = { minimum: 9, schedule: "at(2026-12-24T08:00:00)", timezone: "America/New_York" };
    assert.deepEqual(scheduledActions([every, office, once], 2).slice(2), [
      { key: "1", schedule: "rate(7 days)", timezone: "UTC", minimum: 8 },
      { key: "3", schedule: "at(2026-12-24T08:00:00)", timezone: "America/New_York", minimum: 9 },
    ]);
  });
});

describe("a schedule", () => {
  it("is right, or says what is wrong with each part", () => {
    assert.deepEqual(said([office, { minimum: 2, schedule: "cron(0 8 * * ? *)" }]), []);
    assert.deepEqual(said("office"), [
      "s.schedule: allowed is a list of minimums: [{ minimum, from, to, days, schedule, timezone }]",
    ]);
    assert.deepEqual(
      said([
        { ...office, from: "24:00", to: "8", days: "MO-FR", timezone: "Berlin" },
        { schedule: "cron(0 8 * * ?)", until: 1 },
      ]),
      [
        "s.schedule[0].from: allowed is a time as hh:mm, from 00:00 to 23:59",
        "s.schedule[0].to: allowed is a time as hh:mm, from 00:00 to 23:59",
        "s.schedule[0].days: allowed is days such as MON-FRI or SAT,SUN",
        "s.schedule[0].timezone: allowed is an IANA time zone such as Europe/Berlin",
        "s.schedule[1].minimum: allowed is a whole number between the dimension's bounds. Set it",
        "s.schedule[1].schedule: allowed is cron(MINUTE HOUR DAY MONTH WEEKDAY YEAR), rate(N minutes|hours|days) or at(2026-01-31T08:00:00)",
        "s.schedule[1].until: there is no such argument; the nearest is `s.schedule[1].to`. Correct or remove it",
      ],
    );
  });

  it("is a window or an instant", () => {
    const neither = "allowed is either a window (from, to, days) or a schedule. Set the one, remove the other";
    for (const entry of [
      { minimum: 8 },
      { minimum: 8, from: "08:00" },
      { minimum: 8, to: "08:00" },
      { minimum: 8, days: "MON" },
      { ...office, schedule: "rate(1 day)" },
      { minimum: 8, schedule: "rate(1 day)", from: "08:00" },
      { minimum: 8, schedule: "rate(1 day)", to: "08:00" },
      { minimum: 8, schedule: "rate(1 day)", days: "MON" },
    ])
      assert.deepEqual(said([entry]), [`s.schedule[0]: ${neither}`]);
  });

  it("keeps between the bounds", () => {
    for (const minimum of [1, 65])
      assert.deepEqual(said([{ ...office, minimum }]), [
        "s.schedule[0].minimum: allowed is a minimum between the dimension's bounds (2 to 64). Change it, or the bounds",
      ]);
    for (const minimum of [2, 64]) assert.deepEqual(said([{ ...office, minimum }]), []);
    const nobodyKnows = validateScaling({ schedule: [{ ...office, minimum: 99 }] }, kpuKind, undefined);
    assert.deepEqual(nobodyKnows, []);
  });

  it("has windows that don't overlap, in one time zone", () => {
    assert.deepEqual(said([office, { ...office, from: "18:30", to: "20:00" }]), []);
    assert.deepEqual(said([office, { ...office, from: "18:29", to: "20:00", days: "FRI-SUN" }]), [
      "s.schedule[1]: it overlaps with `s.schedule[0]`. Make the one end before the other begins",
    ]);
    const night = { minimum: 4, from: "22:00", to: "06:00", days: "SAT" };
    assert.deepEqual(said([night, { minimum: 8, from: "06:00", to: "08:00", days: "SUN" }]), []);
    assert.deepEqual(said([night, { minimum: 8, from: "05:59", to: "08:00", days: "SUN" }]).length, 1, "over the week's end");
    assert.deepEqual(said([office, { ...office, days: "SAT,SUN" }]), []);
    assert.deepEqual(said([office, { ...office, days: "SAT,SUN", timezone: "UTC" }]), [
      "s.schedule: its windows have several time zones. Give all the same one",
    ]);
    assert.deepEqual(said([office, { minimum: 4, schedule: "rate(1 day)" }]), [], "an instant has its own");
    assert.deepEqual(said([night, { ...office, timezone: "UTC" }]), [], "UTC needs no name");
  });

  it("shows which windows it is about", () => {
    const shown = (...schedule: ScheduledMinimumArgs[]) =>
      validateScaling({ schedule }, kpuKind, undefined).map(({ value }) => value);
    const { from, to, days } = office;
    assert.deepEqual(shown(office, office), [{ from, to, days }]);
    assert.deepEqual(shown(office, { ...office, timezone: "UTC" }), [["Europe/Berlin", "UTC"]]);
  });

  it("has at most the 200 scheduled actions of a target", () => {
    const instants = (count: number) => Array.from({ length: count }, () => ({ minimum: 4, schedule: "rate(1 day)" }));
    assert.deepEqual(said(instants(200)), []);
    assert.deepEqual(said(instants(201)), [
      "s.schedule: Application Auto Scaling has at most 200 scheduled actions a target. Use fewer",
    ]);
  });
});
