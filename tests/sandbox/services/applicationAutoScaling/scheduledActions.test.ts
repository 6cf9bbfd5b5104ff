// Source: Schedule recurring scaling actions using cron expressions; Scheduled scaling for Application Auto Scaling
import { strict as assert } from "node:assert";
import type { Shape } from "../../../../sandbox/core/cloud";
import { fixture, key, resourceId } from "./fixture";

const put = (name: string, schedule: string, bounds: Shape, more: Shape = {}) => ({
  ...key,
  ScheduledActionName: name,
  Schedule: schedule,
  ScalableTargetAction: bounds,
  ...more,
});
const namespace = { ServiceNamespace: "custom-resource" };

async function scheduledFixture(options: Parameters<typeof fixture>[0] = {}) {
  const setting = await fixture(options);
  return {
    ...setting,
    put: (...args: Parameters<typeof put>) => setting.call("PutScheduledAction", put(...args)),
    bounds: async () => {
      const { ScalableTargets } = await setting.call("DescribeScalableTargets", namespace);
      return [ScalableTargets[0].MinCapacity, ScalableTargets[0].MaxCapacity];
    },
  };
}

describe("scheduled actions", () => {
  it("a current capacity below the new minimum is scaled out to it", async () => {
    const { put, after, endpoint, activities, bounds } = await scheduledFixture();
    await put("morning", "at(2026-03-02T00:05:00)", { MinCapacity: 15, MaxCapacity: 50 });
    await after(299);
    assert.deepEqual(endpoint.patched, []);
    await after(1);
    assert.deepEqual(endpoint.patched, [15]);
    assert.deepEqual(await bounds(), [15, 50]);
    assert.deepEqual(
      (await activities()).map(({ Description, Cause, StatusMessage }) => [Description, Cause, StatusMessage]),
      [
        [
          "Setting desired capacity to 15.",
          "minimum capacity was set to 15",
          "Successfully set desired capacity to 15. Waiting for change to be fulfilled by custom-resource.",
        ],
        [
          "Setting min capacity to 15 and max capacity to 50",
          "scheduled action name morning was triggered",
          "Successfully set min capacity to 15 and max capacity to 50",
        ],
      ],
    );
  });

  it("a current capacity above the new maximum is scaled in to it", async () => {
    const { put, after, endpoint, bounds } = await scheduledFixture();
    await put("evening", "rate(1 hour)", { MaxCapacity: 4 });
    await after(3600);
    assert.deepEqual(endpoint.patched, [4]);
    assert.deepEqual(await bounds(), [1, 4]);
  });

  it("a current capacity within the new bounds is left alone; what isn't given is not changed", async () => {
    const { put, after, endpoint, bounds } = await scheduledFixture();
    await put("a", "rate(1 minute)", { MinCapacity: 5 });
    await after(60);
    assert.deepEqual(endpoint.patched, []);
    assert.deepEqual(await bounds(), [5, 100]);
  });

  it("minimum and maximum stay as they are after the end time", async () => {
    const { put, after, bounds, cloud } = await scheduledFixture();
    const times = { StartTime: new Date("2026-03-02T00:02:00Z"), EndTime: new Date("2026-03-02T00:04:00Z") };
    await put("a", "rate(1 minute)", { MinCapacity: 15 }, times);
    await after(600);
    assert.deepEqual(await bounds(), [15, 100]);
    const runs = cloud.events
      .recent()
      .filter(({ type, message }) => type === "ScalingActivityStarted" && message.includes("Setting min"));
    assert.deepEqual(
      runs.map(({ time }) => new Date(time).toISOString().slice(11, 16)),
      ["00:02", "00:03", "00:04"],
      "at the start time itself, then by the rate, up to the end time",
    );
  });

  it("start and end times come as seconds since the epoch from the wire, and are deleted by an update without them", async () => {
    const { put, call } = await scheduledFixture();
    const start = Date.parse("2026-03-02T06:00:00Z");
    await put("a", "cron(0 * * * ? *)", { MinCapacity: 2 }, { StartTime: start / 1000, Timezone: "Europe/Berlin" });
    const described = async () =>
      (await call("DescribeScheduledActions", { ...namespace, ScheduledActionNames: ["a"] })).ScheduledActions[0];
    assert.deepEqual((await described()).StartTime, new Date(start));
    await call("PutScheduledAction", { ...key, ScheduledActionName: "a", ScalableTargetAction: { MaxCapacity: 9 } });
    const { ScheduledActionARN, ...action } = await described();
    assert.match(
      ScheduledActionARN,
      /^arn:aws:autoscaling:eu-west-1:123456789012:scheduledAction:[0-9a-f-]{36}:resource\/custom-resource\/https.*:scheduledActionName\/a$/,
    );
    assert.deepEqual(action, {
      ...key,
      ScheduledActionName: "a",
      Schedule: "cron(0 * * * ? *)",
      Timezone: "Europe/Berlin",
      ScalableTargetAction: { MaxCapacity: 9 },
      CreationTime: new Date("2026-03-02T00:00:00Z"),
    });
  });

  it("run in the order in which they were made when they are due at the same minute", async () => {
    const { put, after, bounds, cloud } = await scheduledFixture();
    await put("first", "cron(0 * * * ? *)", { MinCapacity: 2 });
    await put("second", "rate(1 minute)", { MinCapacity: 3 });
    await after(3600);
    const causes = cloud.events.recent().filter(({ type }) => type === "ScalingActivityStarted");
    assert.deepEqual(
      causes.slice(-2).map(({ detail }) => detail.cause),
      ["scheduled action name first was triggered", "scheduled action name second was triggered"],
    );
    assert.deepEqual(await bounds(), [3, 100]);
  });

  it("are not run while suspended, and not made up for on resuming", async () => {
    const { put, after, call, endpoint, bounds } = await scheduledFixture();
    await put("a", "at(2026-03-02T00:05:00)", { MinCapacity: 15 });
    await call("RegisterScalableTarget", { ...key, SuspendedState: { ScheduledScalingSuspended: true } });
    await after(600);
    await call("RegisterScalableTarget", { ...key, SuspendedState: { ScheduledScalingSuspended: false } });
    await after(600);
    assert.deepEqual(endpoint.patched, []);
    assert.deepEqual(await bounds(), [1, 100]);
  });

  it("one that would put the minimum above the maximum fails and changes nothing", async () => {
    const { put, after, activities, bounds } = await scheduledFixture({ max: 20 });
    await put("a", "rate(1 minute)", { MinCapacity: 30 });
    await after(60);
    const [activity] = await activities();
    assert.equal(activity.StatusCode, "Failed");
    assert.match(activity.StatusMessage, /Maximum capacity cannot be less than minimum capacity$/);
    assert.deepEqual(await bounds(), [1, 20]);
  });

  it("a deleted one runs no more and can't be deleted again", async () => {
    const { put, after, call, bounds } = await scheduledFixture();
    await put("a", "rate(1 minute)", { MinCapacity: 15 });
    await call("DeleteScheduledAction", { ...key, ScheduledActionName: "a" });
    await after(600);
    assert.deepEqual(await bounds(), [1, 100]);
    await assert.rejects(call("DeleteScheduledAction", { ...key, ScheduledActionName: "a" }), {
      name: "ObjectNotFoundException",
      message: /^No scheduled action found for service namespace: custom-resource, .*, scheduled action name: a$/,
    });
  });

  it("a scalable target has at most 200", async () => {
    const { put, call } = await scheduledFixture();
    for (let i = 0; i < 200; i++) await put(`a${i}`, "rate(1 day)", { MinCapacity: 1 });
    await assert.rejects(put("a200", "rate(1 day)", { MinCapacity: 1 }), { name: "LimitExceededException" });
    await put("a0", "rate(2 days)", { MinCapacity: 1 });
    const { ScheduledActions, NextToken } = await call("DescribeScheduledActions", { ...namespace, ResourceId: resourceId });
    assert.equal(ScheduledActions.length, 50);
    assert.equal(NextToken, "50");
  });

  it("PutScheduledAction refuses what can't run", async () => {
    const { put, call } = await scheduledFixture();
    const min = { MinCapacity: 1 };
    const refused: [string, Promise<Shape>, RegExp][] = [
      [
        "no schedule",
        call("PutScheduledAction", { ...key, ScheduledActionName: "a", ScalableTargetAction: min }),
        /Schedule is required/,
      ],
      [
        "a wrong schedule",
        put("a", "cron(0 10 * *)", min),
        /Invalid schedule 'cron\(0 10 \* \*\)': a cron expression has six fields/,
      ],
      ["the past", put("a", "at(2026-03-01T00:00:00)", min), /in the past/],
      ["an unknown time zone", put("a", "rate(1 hour)", min, { Timezone: "Mars/Olympus" }), /Invalid timezone: Mars\/Olympus/],
      ["no bounds", put("a", "rate(1 hour)", {}), /must specify MinCapacity, MaxCapacity or both/],
      [
        "a minimum above the maximum",
        put("a", "rate(1 hour)", { MinCapacity: 2, MaxCapacity: 1 }),
        /cannot be less than minimum/,
      ],
      ["a negative minimum", put("a", "rate(1 hour)", { MinCapacity: -1 }), /cannot be less than 0/],
      ["a fraction", put("a", "rate(1 hour)", { MinCapacity: 1.5 }), /must be an integer/],
      [
        "an end before its start",
        put("a", "rate(1 hour)", min, { StartTime: new Date(2), EndTime: new Date(1) }),
        /EndTime must be later/,
      ],
      ["a name with a colon", put("a:b", "rate(1 hour)", min), /at 'scheduledActionName'/],
    ];
    for (const [what, promise, message] of refused) await assert.rejects(promise, { name: "ValidationException", message }, what);
    assert.deepEqual((await call("DescribeScheduledActions", namespace)).ScheduledActions, []);
  });
});
