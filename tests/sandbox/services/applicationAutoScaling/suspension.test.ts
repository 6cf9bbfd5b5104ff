// Source: Suspend and resume scaling for Application Auto Scaling; SuspendedState (API reference)
import { strict as assert } from "node:assert";
import { above, below, fixture, key } from "./fixture";

type Kind = "DynamicScalingOutSuspended" | "DynamicScalingInSuspended" | "ScheduledScalingSuspended";
const kinds: readonly Kind[] = ["DynamicScalingOutSuspended", "DynamicScalingInSuspended", "ScheduledScalingSuspended"];

/** A target of capacity 20 with a step policy in each direction, target tracking, and an action that sets the minimum every hour. */
async function suspensionFixture() {
  const setting = await fixture({ capacity: 20 });
  const { call, endpoint, after, fire } = setting;
  const byCount = (StepAdjustments: object[]) => ({ AdjustmentType: "ChangeInCapacity", Cooldown: 0, StepAdjustments });
  const out = await setting.stepPolicy("out", byCount(above(2)));
  const into = await setting.stepPolicy("in", byCount(below(-5)));
  const { PolicyARN: tracker, Alarms: alarms } = await call("PutScalingPolicy", {
    ...{ ...key, PolicyName: "track", PolicyType: "TargetTrackingScaling" },
    TargetTrackingScalingPolicyConfiguration: {
      ...{ TargetValue: 50, ScaleOutCooldown: 0, ScaleInCooldown: 0 },
      CustomizedMetricSpecification: { Namespace: "Sluice", MetricName: "Utilisation", Statistic: "Average" },
    },
  });
  const action = { ...key, ScheduledActionName: "hourly", Schedule: "rate(1 hour)", ScalableTargetAction: { MinCapacity: 30 } };
  await call("PutScheduledAction", action);
  const alarmOf = (side: string) => alarms.find(({ AlarmName }: { AlarmName: string }) => AlarmName.includes(side)).AlarmName;
  /** What is asked for when it fires, from a capacity of 20 that is there. */
  const askedBy = async (doIt: () => Promise<unknown>) => {
    Object.assign(endpoint, { actual: 20, desired: 20, status: "Successful" });
    const before = endpoint.patched.length;
    await doIt();
    await after(0);
    const asked = endpoint.patched.slice(before);
    endpoint.complete();
    await after(60);
    return asked;
  };
  return {
    ...setting,
    suspend: (state: Partial<Record<Kind, boolean>>) => call("RegisterScalableTarget", { ...key, SuspendedState: state }),
    stepOut: () => askedBy(() => fire(out, [80])),
    stepIn: () => askedBy(() => fire(into, [30], 40)),
    trackOut: () => askedBy(() => fire(tracker, [75, 75, 75], 50, alarmOf("AlarmHigh"))),
    trackIn: () => askedBy(() => fire(tracker, [25, 25, 25], 45, alarmOf("AlarmLow"))),
    schedule: () => askedBy(() => after(3_600)),
  };
}

/** What each of the three asks for: policies of both kinds, out and in, and the scheduled action. */
async function everything(suspended: Partial<Record<Kind, boolean>>) {
  const setting = await suspensionFixture();
  await setting.suspend(suspended);
  return {
    DynamicScalingOutSuspended: [await setting.stepOut(), await setting.trackOut()],
    DynamicScalingInSuspended: [await setting.stepIn(), await setting.trackIn()],
    ScheduledScalingSuspended: [await setting.schedule()],
  };
}

const whole = {
  DynamicScalingOutSuspended: [[22], [30]],
  DynamicScalingInSuspended: [[15], [10]],
  ScheduledScalingSuspended: [[30]],
};

describe("suspended scaling", () => {
  it("is none by default", async () => {
    assert.deepEqual(await everything({}), whole);
  });

  for (const kind of kinds) {
    it(`${kind} stops what it names, of step and target tracking policies, and nothing else`, async () => {
      const nothing = whole[kind].map(() => []);
      assert.deepEqual(await everything({ [kind]: true }), { ...whole, [kind]: nothing });
    });
  }

  it("stops everything when all three are", async () => {
    const all = Object.fromEntries(kinds.map((kind) => [kind, true]));
    const asked = Object.values(await everything(all)).flat(2);
    assert.deepEqual(asked, []);
  });

  it("keeps the policies and their alarms", async () => {
    const { call, cloud, suspend } = await suspensionFixture();
    await suspend({ DynamicScalingOutSuspended: true, DynamicScalingInSuspended: true });
    const { ScalingPolicies } = await call("DescribeScalingPolicies", { ServiceNamespace: "custom-resource" });
    assert.equal(ScalingPolicies.length, 3);
    assert.ok(!cloud.calls.some(({ operation }) => operation === "DeleteAlarms"));
  });

  // Undocumented.
  it("lets a scaling that began before go on", async () => {
    const { suspend, fire, stepPolicy, after, endpoint, activities } = await suspensionFixture();
    const arn = await stepPolicy("more", { AdjustmentType: "ChangeInCapacity", StepAdjustments: above(3) });
    await fire(arn, [80]);
    await after(0);
    await suspend({ DynamicScalingOutSuspended: true });
    endpoint.complete();
    await after(15);
    assert.deepEqual([endpoint.patched.at(-1), (await activities())[0]!.StatusCode], [23, "Successful"]);
  });
});

describe("scaling that is resumed", () => {
  for (const direction of ["Out", "In"] as const) {
    it(`${direction.toLowerCase()} acts on a policy whose threshold is still breached`, async () => {
      const setting = await suspensionFixture();
      const fires = direction === "Out" ? setting.stepOut : setting.stepIn;
      await setting.suspend({ [`DynamicScaling${direction}Suspended`]: true });
      assert.deepEqual(await fires(), []);
      await setting.suspend({ [`DynamicScaling${direction}Suspended`]: false });
      // CloudWatch triggers the policy once a minute while its alarm is in ALARM.
      assert.deepEqual(await fires(), direction === "Out" ? [22] : [15]);
    });
  }

  it("runs no scheduled action whose time has passed, and the next one at its time", async () => {
    const { suspend, after, endpoint } = await suspensionFixture();
    await suspend({ ScheduledScalingSuspended: true });
    await after(3_700);
    await suspend({ ScheduledScalingSuspended: false });
    await after(3_400);
    assert.deepEqual(endpoint.patched, []);
    await after(100);
    assert.deepEqual(endpoint.patched, [30]);
  });
});
