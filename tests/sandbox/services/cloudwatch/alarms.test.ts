// Source: Using Amazon CloudWatch alarms; Alarm evaluation
import { strict as assert } from "node:assert";
import { Phase } from "../../../../sandbox/core/clock";
import { serviceError } from "../../../../sandbox/core/serviceError";
import { alarmInput, cloudWatchAlone, metricRow, minute, policyArn, start, topicArn } from "./support";

const otherPolicy = policyArn.replace("policyName/out", "policyName/in");
const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:on-alarm";

/** Values of consecutive minutes from the start on, published when their minute ends. */
async function feed(world: ReturnType<typeof cloudWatchAlone>, values: (number | undefined)[], from = 0): Promise<void> {
  for (const [i, value] of values.entries()) {
    await world.runTo(from + i + 1);
    if (value !== undefined) world.publish("Load", from + i, value);
  }
}

describe("alarms", () => {
  it("start in INSUFFICIENT_DATA without running its actions", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput({ InsufficientDataActions: [topicArn, policyArn] }));
    assert.equal(await world.stateOf("high"), "INSUFFICIENT_DATA");
    await world.runTo(10);
    assert.equal(await world.stateOf("high"), "INSUFFICIENT_DATA");
    assert.deepEqual([world.notices, world.scalings], [[], []]);
    const { MetricAlarms } = await world.call("DescribeAlarms");
    assert.equal(MetricAlarms[0].StateReason, "Unchecked: Initial alarm creation");
  });

  it("are evaluated every minute, on what is visible: a minute's value two minutes after it began", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput());
    await feed(world, [5, 50]);
    assert.equal(await world.stateOf("high"), "OK");
    await world.runTo(3);
    assert.equal(await world.stateOf("high"), "ALARM");
  });

  it("use data from before they were created", async () => {
    const world = cloudWatchAlone();
    await feed(world, [50, 50, 50]);
    await world.call("PutMetricAlarm", alarmInput({ EvaluationPeriods: 2 }));
    await world.runTo(4);
    assert.equal(await world.stateOf("high"), "ALARM");
  });

  it("keep their state when they are updated", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput());
    await feed(world, [50, 50, 50]);
    assert.equal(await world.stateOf("high"), "ALARM");
    await world.call("PutMetricAlarm", alarmInput({ Threshold: 1000 }));
    assert.equal(await world.stateOf("high"), "ALARM");
    await world.runTo(4);
    assert.equal(await world.stateOf("high"), "OK");
  });

  // Source: Alarm actions; Using Amazon CloudWatch alarms
  it("run other actions on the transition only, scaling policies once a minute while the state lasts", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput({ AlarmActions: [topicArn, policyArn] }));
    await feed(world, [5, 50, 60, 70, 5, 5, 5]);
    assert.equal(world.notices.length, 1);
    assert.deepEqual(
      world.scalings.map(({ time, datapoints }) => [(time - start) / minute, datapoints]),
      [
        [3, [50]],
        [4, [60]],
        [5, [70]],
      ],
    );
    assert.equal(await world.stateOf("high"), "OK");
  });

  // Source: Alarm actions; Using Amazon CloudWatch alarms
  it("repeat a scaling policy among the OK actions too", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput({ OKActions: [otherPolicy] }));
    await feed(world, [5, 5, 5, 5]);
    assert.deepEqual(
      world.scalings.map(({ policy, time }) => [policy, (time - start) / minute]),
      [2, 3, 4].map((at) => [otherPolicy, at]),
    );
  });

  it("hand the threshold, the comparison and the evaluated datapoints to the policy, oldest first, without missing ones", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput({ EvaluationPeriods: 3, DatapointsToAlarm: 2, AlarmActions: [policyArn] }));
    await feed(world, [5, 50, undefined, 60]);
    await world.runTo(5);
    assert.deepEqual(world.scalings.at(-1), {
      policy: policyArn,
      alarmName: "high",
      alarmArn: "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:high",
      threshold: 10,
      comparison: "GreaterThanThreshold",
      datapoints: [5, 50, 60],
      time: start + 5 * minute,
    });
  });

  // Source: the sandbox's own
  it("all look before one acts: a metric that an action publishes counts from the next minute on", async () => {
    const world = cloudWatchAlone(
      {},
      {
        runScalingPolicy: async () => {
          world.publish("Load", 0, 1_000_000);
        },
      },
    );
    await world.call("PutMetricAlarm", alarmInput({ AlarmName: "a", AlarmActions: [policyArn] }));
    await world.call("PutMetricAlarm", alarmInput({ AlarmName: "b", Threshold: 1000 }));
    await feed(world, [50, undefined]);
    assert.equal(await world.stateOf("a"), "ALARM");
    assert.equal(await world.stateOf("b"), "OK");
    await world.runTo(3);
    assert.equal(await world.stateOf("b"), "ALARM");
  });

  // Source: the sandbox's own
  it("act in the order in which they were made, updated or not, whatever they have in common", async () => {
    const world = cloudWatchAlone();
    const alarms = { third: 10, first: 20, second: 10 };
    for (const [AlarmName, Threshold] of Object.entries(alarms))
      await world.call("PutMetricAlarm", alarmInput({ AlarmName, Threshold, AlarmActions: [policyArn] }));
    await world.call("PutMetricAlarm", alarmInput({ AlarmName: "third", Threshold: 15, AlarmActions: [policyArn] }));
    await feed(world, [50, 50, 50]);
    assert.deepEqual(
      world.scalings.slice(0, 3).map(({ alarmName }) => alarmName),
      ["third", "first", "second"],
    );
  });

  // Source: Alarm actions; Using Amazon CloudWatch alarms
  it("await their scaling policies", async () => {
    let finished = 0;
    const world = cloudWatchAlone(
      {},
      {
        runScalingPolicy: async () => {
          await Promise.resolve();
          finished++;
        },
      },
    );
    await world.call("PutMetricAlarm", alarmInput({ AlarmActions: [policyArn] }));
    world.cloud.clock.at(start + 2 * minute, Phase.Observe, () => assert.equal(finished, 1));
    await feed(world, [50, 50]);
    assert.equal(finished, 1);
  });

  it("run no actions while they are disabled", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput({ AlarmActions: [topicArn, policyArn], ActionsEnabled: false }));
    await feed(world, [50, 50, 50]);
    assert.equal(await world.stateOf("high"), "ALARM");
    assert.deepEqual([world.notices, world.scalings], [[], []]);
    await world.call("EnableAlarmActions", { AlarmNames: ["high"] });
    await world.runTo(4);
    assert.equal(world.scalings.length, 1);
    assert.equal(world.notices.length, 0);
    await world.call("DisableAlarmActions", { AlarmNames: ["high"] });
    await world.runTo(5);
    assert.equal(world.scalings.length, 1);
  });

  // Source: Alarm actions
  it("send SNS CloudWatch's subject and message", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput({ AlarmDescription: "see runbook", AlarmActions: [topicArn] }));
    await feed(world, [5, 50, 50]);
    const [{ topic, subject, message }] = world.notices as [(typeof world.notices)[0]];
    assert.equal(topic, topicArn);
    assert.equal(subject, 'ALARM: "high" in EU (Ireland)');
    assert.equal(message.AlarmName, "high");
    assert.equal(message.AlarmDescription, "see runbook");
    assert.equal(message.NewStateValue, "ALARM");
    assert.equal(message.OldStateValue, "OK");
    assert.equal(message.StateChangeTime, "2026-03-02T00:03:00.000+0000");
    assert.equal(
      message.NewStateReason,
      "Threshold Crossed: 1 datapoint [50.0 (02/03/26 00:01:00)] was greater than the threshold (10.0).",
    );
    assert.equal(message.Trigger.MetricName, "Load");
  });

  // Source: Alarm actions
  it("invoke a Lambda function with the alarm's event, as the alarms' service principal", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput({ AlarmActions: [functionArn] }));
    await feed(world, [50, 50, 50]);
    assert.equal(world.invocations.length, 1);
    const { event, caller } = world.invocations[0]!;
    assert.equal(caller.service, "lambda.alarms.cloudwatch.amazonaws.com");
    assert.equal(event.source, "aws.cloudwatch");
    assert.equal(event.alarmData.state.value, "ALARM");
    assert.equal(event.alarmData.previousState.value, "INSUFFICIENT_DATA");
  });

  // Source: Alarm actions; Using Amazon CloudWatch alarms
  it("log each transition as an event", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput());
    await feed(world, [5, 50, 50]);
    const changes = world.cloud.events.recent().filter(({ type }) => type === "AlarmStateChanged");
    assert.deepEqual(
      changes.map(({ source, time, detail }) => [source, (time - start) / minute, detail.from, detail.to]),
      [
        ["cloudwatch", 2, "INSUFFICIENT_DATA", "OK"],
        ["cloudwatch", 3, "OK", "ALARM"],
      ],
    );
  });

  // Source: the sandbox's own
  it("don't fail when the other service refuses: the refusal goes into the history", async () => {
    const world = cloudWatchAlone(
      {},
      {
        runScalingPolicy: async () => {
          throw serviceError("application-autoscaling", "ObjectNotFoundException", "No scaling policy found");
        },
      },
    );
    await world.call("PutMetricAlarm", alarmInput({ AlarmActions: [policyArn] }));
    await feed(world, [50, 50]);
    const { AlarmHistoryItems } = await world.call("DescribeAlarmHistory", { HistoryItemType: "Action" });
    assert.match(AlarmHistoryItems[0].HistorySummary, /^Failed to execute action .*No scaling policy found/);
  });

  it("go to INSUFFICIENT_DATA when the metric stops, once the range has run out, if missing data is missing", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput());
    await feed(world, [50]);
    await world.runTo(6);
    assert.equal(await world.stateOf("high"), "ALARM");
    await world.runTo(7);
    assert.equal(await world.stateOf("high"), "INSUFFICIENT_DATA");
    const { MetricAlarms } = await world.call("DescribeAlarms");
    assert.equal(MetricAlarms[0].StateReason, "Insufficient Data: 1 datapoint was unknown.");
  });

  // Source: Using metric math, section FILL and alarms
  it("FILL freezes a delayed alarm: the newest minute is always the filler", async () => {
    const world = cloudWatchAlone();
    const rows = [{ Id: "e1", Expression: "FILL(m1, 0)" }, metricRow("m1", "Load", "Maximum")];
    const { MetricName: _m, Namespace: _n, Statistic: _s, Period: _p, ...input } = alarmInput({ Metrics: rows });
    await world.call("PutMetricAlarm", input);
    await feed(world, Array(10).fill(50));
    assert.equal(await world.stateOf("high"), "OK");
    await world.call("PutMetricAlarm", { ...input, EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    await world.runTo(11);
    assert.equal(await world.stateOf("high"), "ALARM");
  });
});

// Source: the sandbox's own
describe("delays of up to 3 minutes", () => {
  /** A load that goes over the threshold now and then, never for N minutes, and in the end for good. */
  const load = Array.from({ length: 240 }, (_, i) => (i > 200 || i % 7 > 4 ? 50 : 5));

  const scalingsWith = async (delay: number | "random") => {
    const world = cloudWatchAlone({ delay });
    await world.call("PutMetricAlarm", alarmInput({ EvaluationPeriods: 3, AlarmActions: [policyArn] }));
    await feed(world, load);
    return world.scalings.map(({ time }) => (time - start) / minute);
  };

  it("scale nothing that would not scale without them", async () => {
    for (const delay of [0, 60, 120, 180, "random"] as const) {
      const times = await scalingsWith(delay);
      assert.ok(times.length > 0, `with ${delay}`);
      assert.ok(times[0]! > 203, `with ${delay}: ${times[0]}`);
    }
  });
});
