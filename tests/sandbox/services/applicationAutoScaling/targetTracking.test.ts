// Source: Target tracking scaling policies for Application Auto Scaling; TargetTrackingScalingPolicyConfiguration (API reference)
import { strict as assert } from "node:assert";
import type { Shape } from "../../../../sandbox/core/cloud";
import { fixture, key } from "./fixture";

const metric = (name = "Utilisation") => ({
  MetricName: name,
  Namespace: "Sluice",
  Dimensions: [{ Name: "Stack", Value: "dev" }],
  Statistic: "Average",
});
const tracking = (more: Shape = {}) => ({ TargetValue: 50, CustomizedMetricSpecification: metric(), ...more });
const put = (configuration: Shape, name = "track") => ({
  ...key,
  PolicyName: name,
  PolicyType: "TargetTrackingScaling",
  TargetTrackingScalingPolicyConfiguration: configuration,
});

async function trackingFixture(configuration: Shape = tracking(), options: Parameters<typeof fixture>[0] = {}) {
  const setting = await fixture(options);
  const { PolicyARN, Alarms } = await setting.call("PutScalingPolicy", put(configuration));
  const fireSide = (side: "High" | "Low", datapoints: number[], arn = PolicyARN, alarms = Alarms) => {
    const alarm = alarms.find(({ AlarmName }: Shape) => AlarmName.includes(`Alarm${side}`)).AlarmName;
    return setting.fire(arn, datapoints, side === "High" ? 50 : 45, alarm);
  };
  const puts = () => setting.cloud.calls.filter(({ operation }) => operation === "PutMetricAlarm").map(({ input }) => input);
  return { ...setting, arn: PolicyARN as string, alarms: Alarms as Shape[], fireSide, puts };
}

describe("target tracking with a customised metric", () => {
  it("creates its own high and low alarm: 3 minutes above the target, 15 minutes below 90 percent of it", async () => {
    const { puts, arn, alarms, cloud } = await trackingFixture();
    assert.deepEqual(
      puts().map(({ ComparisonOperator, Threshold, EvaluationPeriods, Period, AlarmActions, MetricName }) => ({
        ComparisonOperator,
        Threshold,
        EvaluationPeriods,
        Period,
        AlarmActions,
        MetricName,
      })),
      [
        {
          ComparisonOperator: "GreaterThanThreshold",
          Threshold: 50,
          EvaluationPeriods: 3,
          Period: 60,
          AlarmActions: [arn],
          MetricName: "Utilisation",
        },
        {
          ComparisonOperator: "LessThanThreshold",
          Threshold: 45,
          EvaluationPeriods: 15,
          Period: 60,
          AlarmActions: [arn],
          MetricName: "Utilisation",
        },
      ],
    );
    assert.match(alarms[0]!.AlarmName, /^TargetTracking-https:\/\/api1.*\/dev-stream-AlarmHigh-[0-9a-f-]{36}$/);
    assert.ok(cloud.calls.every(({ caller }) => caller.arn.endsWith("AWSServiceRoleForApplicationAutoScaling_CustomResource")));
  });

  it("metric math: the alarms watch the queries with a period of 60 seconds", async () => {
    const stat = (name: string) => ({ Metric: { Namespace: "Sluice", MetricName: name }, Stat: "Sum" });
    const Metrics = [
      { Id: "demand", MetricStat: stat("Demand"), ReturnData: false },
      { Id: "capacity", MetricStat: stat("Capacity"), ReturnData: false },
      { Id: "utilisation", Expression: "100 * demand / capacity" },
    ];
    const { puts } = await trackingFixture(tracking({ CustomizedMetricSpecification: { Metrics } }));
    assert.deepEqual(puts()[0].Metrics, [
      { Id: "demand", MetricStat: { ...stat("Demand"), Period: 60 }, ReturnData: false },
      { Id: "capacity", MetricStat: { ...stat("Capacity"), Period: 60 }, ReturnData: false },
      { Id: "utilisation", Expression: "100 * demand / capacity", ReturnData: true },
    ]);
    assert.equal(puts()[0].MetricName, undefined);
  });

  it("scales out in proportion to the metric, rounded up", async () => {
    const { fireSide, after, endpoint } = await trackingFixture();
    await fireSide("High", [70, 80, 81]);
    await after(0);
    assert.deepEqual(endpoint.patched, [17]);
  });

  it("scales out by at least 1, from 0 too", async () => {
    const { fireSide, after, endpoint } = await trackingFixture(tracking(), { min: 0, capacity: 0 });
    await fireSide("High", [51, 51, 51]);
    await after(0);
    assert.deepEqual(endpoint.patched, [1]);
  });

  it("scales in so that the largest datapoint stays at or below the target", async () => {
    const { fireSide, after, endpoint } = await trackingFixture();
    await fireSide("Low", [10, 31, 20]);
    await after(0);
    assert.deepEqual(endpoint.patched, [7]);
  });

  it("does not scale in where one unit less would lead to flapping", async () => {
    const { fireSide, after, endpoint, activities } = await trackingFixture(tracking(), { capacity: 2 });
    await fireSide("Low", [44]);
    await after(0);
    assert.deepEqual(endpoint.patched, []);
    assert.deepEqual((await activities(true))[0].NotScaledReasons, [
      { Code: "AutoScalingAnticipatedFlapping", CurrentCapacity: 2 },
    ]);
  });

  it("the repeated alarm of a cooldown counts what was added; a larger metric adds the difference", async () => {
    const { fireSide, after, endpoint } = await trackingFixture();
    await fireSide("High", [80]);
    await after(0);
    endpoint.complete();
    await after(60);
    await fireSide("High", [80]);
    await after(60);
    await fireSide("High", [100]);
    await after(0);
    assert.deepEqual(endpoint.patched, [16, 20]);
  });

  it("has cooldowns of 300 seconds for custom resources, out and in apart", async () => {
    const { fireSide, after, endpoint } = await trackingFixture(tracking({ ScaleOutCooldown: 0 }));
    await fireSide("High", [80]);
    await after(0);
    endpoint.complete();
    await after(15);
    await fireSide("High", [60]);
    await after(0);
    endpoint.complete();
    await after(15);
    await fireSide("Low", [40]);
    await after(0);
    endpoint.complete();
    await after(15);
    await after(299);
    await fireSide("Low", [40]);
    await after(1);
    await fireSide("Low", [40]);
    await after(0);
    assert.deepEqual(endpoint.patched, [16, 20, 16, 13]);
  });

  it("DisableScaleIn makes no low alarm, and an update that disables deletes it", async () => {
    const disabled = tracking({ DisableScaleIn: true });
    const { alarms } = await trackingFixture(disabled);
    assert.equal(alarms.length, 1);
    const enabled = await trackingFixture();
    await enabled.call("PutScalingPolicy", put(disabled));
    const deleted = enabled.cloud.calls.filter(({ operation }) => operation === "DeleteAlarms");
    assert.deepEqual(
      deleted.map(({ input }) => input.AlarmNames),
      [[enabled.alarms[1]!.AlarmName]],
    );
  });

  it("an update keeps the alarms' names and moves their thresholds", async () => {
    const { call, puts, alarms } = await trackingFixture();
    const again = await call("PutScalingPolicy", put(tracking({ TargetValue: 60 })));
    assert.deepEqual(again.Alarms, alarms);
    assert.deepEqual(
      puts()
        .slice(2)
        .map(({ Threshold }) => Threshold),
      [60, 54],
    );
  });

  it("deleting the policy or deregistering the target deletes its alarms", async () => {
    for (const [operation, more] of [
      ["DeleteScalingPolicy", { PolicyName: "track" }],
      ["DeregisterScalableTarget", {}],
    ] as const) {
      const { call, cloud, alarms } = await trackingFixture();
      await call(operation, { ...key, ...more });
      const last = cloud.calls.at(-1)!;
      assert.equal(last.operation, "DeleteAlarms");
      assert.deepEqual(
        last.input.AlarmNames,
        alarms.map(({ AlarmName }) => AlarmName),
      );
    }
  });
});

describe("several target tracking policies", () => {
  async function two(second: Shape = {}) {
    const setting = await trackingFixture();
    const configuration = tracking({ CustomizedMetricSpecification: metric("Other"), ...second });
    const other = await setting.call("PutScalingPolicy", put(configuration, "other"));
    return { ...setting, otherArn: other.PolicyARN as string, otherAlarms: other.Alarms as Shape[] };
  }

  it("scale in only if all of them are ready to scale in, and then to the largest capacity", async () => {
    const { fireSide, after, endpoint, otherArn, otherAlarms, notScaled } = await two();
    await fireSide("Low", [25]);
    await after(0);
    assert.deepEqual(endpoint.patched, []);
    assert.deepEqual(notScaled(), ["not all target tracking policies are ready to scale in"]);
    await after(60);
    await fireSide("Low", [25]);
    await fireSide("Low", [40], otherArn, otherAlarms);
    await after(0);
    assert.deepEqual(endpoint.patched, [8]);
  });

  it("a low alarm that has left ALARM since does not count as ready", async () => {
    const { fireSide, after, endpoint, otherArn, otherAlarms } = await two();
    await fireSide("Low", [40], otherArn, otherAlarms);
    await after(60);
    await fireSide("Low", [25]);
    await after(0);
    assert.deepEqual(endpoint.patched, []);
  });

  it("one without scale-in needs no agreement", async () => {
    const { fireSide, after, endpoint } = await two({ DisableScaleIn: true });
    await fireSide("Low", [25]);
    await after(0);
    assert.deepEqual(endpoint.patched, [5]);
  });

  it("scale out if any of them is ready", async () => {
    const { fireSide, after, endpoint, otherArn, otherAlarms } = await two();
    await fireSide("Low", [25]);
    await fireSide("High", [60], otherArn, otherAlarms);
    await after(0);
    assert.deepEqual(endpoint.patched, [12]);
  });

  it("do not block the scale-in of a step policy", async () => {
    const { fireSide, fire, stepPolicy, after, endpoint } = await two();
    const configuration = {
      AdjustmentType: "ChangeInCapacity",
      StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }],
    };
    const arn = await stepPolicy("in", configuration);
    await fireSide("Low", [25]);
    await fire(arn, [30], 40);
    await after(0);
    assert.deepEqual(endpoint.patched, [9]);
  });

  it("must watch different metrics", async () => {
    const { call } = await trackingFixture();
    await assert.rejects(call("PutScalingPolicy", put(tracking({ TargetValue: 70 }), "same")), {
      name: "ValidationException",
      message: "Only one TargetTrackingScaling policy for a given metric specification is allowed.",
    });
  });
});

describe("target tracking configurations that are refused", () => {
  const refused: [string, Shape, RegExp][] = [
    ["no target value", { TargetValue: undefined }, /TargetValue is required/],
    ["a target of 0", { TargetValue: 0 }, /TargetValue must be greater than 0/],
    ["no metric", { CustomizedMetricSpecification: undefined }, /CustomizedMetricSpecification is required/],
    [
      "a predefined metric",
      { PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" } },
      /not supported/,
    ],
    [
      "a statistic that is none",
      { CustomizedMetricSpecification: { ...metric(), Statistic: "p99" } },
      /Statistic must be one of/,
    ],
    ["a negative cooldown", { ScaleInCooldown: -1 }, /ScaleInCooldown must be a non-negative integer/],
    [
      "metric math beside a metric",
      { CustomizedMetricSpecification: { ...metric(), Metrics: [{ Id: "a", Expression: "1" }] } },
      /can't be combined/,
    ],
    [
      "two results",
      {
        CustomizedMetricSpecification: {
          Metrics: [
            { Id: "a", Expression: "1" },
            { Id: "b", Expression: "a" },
          ],
        },
      },
      /Exactly one query/,
    ],
    [
      "a repeated id",
      {
        CustomizedMetricSpecification: {
          Metrics: [
            { Id: "a", Expression: "1" },
            { Id: "a", Expression: "2", ReturnData: false },
          ],
        },
      },
      /unique/,
    ],
    ["an id with a capital", { CustomizedMetricSpecification: { Metrics: [{ Id: "A", Expression: "1" }] } }, /lowercase letter/],
    [
      "a query of neither kind",
      { CustomizedMetricSpecification: { Metrics: [{ Id: "a" }] } },
      /either an Expression or a MetricStat/,
    ],
    [
      "more than 10 queries",
      {
        CustomizedMetricSpecification: {
          Metrics: Array.from({ length: 11 }, (_, i) => ({ Id: `a${i}`, Expression: "1", ReturnData: i === 0 })),
        },
      },
      /at most 10/,
    ],
  ];
  for (const [what, change, message] of refused) {
    it(what, async () => {
      const { call } = await fixture();
      await assert.rejects(call("PutScalingPolicy", put(tracking(change))), { name: "ValidationException", message });
    });
  }
});
