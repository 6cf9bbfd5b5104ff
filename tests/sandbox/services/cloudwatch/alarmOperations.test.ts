// Source: DescribeAlarms, DescribeAlarmsForMetric (API reference)
import { strict as assert } from "node:assert";
import { alarmHistory, type HistoryItem } from "../../../../sandbox/services/cloudwatch/alarmHistory";
import { alarmInput, cloudWatchAlone, metricRow, minute, policyArn, start, topicArn } from "./support";

type World = ReturnType<typeof cloudWatchAlone>;

async function withAlarms(...names: string[]): Promise<World> {
  const world = cloudWatchAlone();
  for (const AlarmName of names) await world.call("PutMetricAlarm", alarmInput({ AlarmName }));
  return world;
}

const namesOf = ({ MetricAlarms }: { MetricAlarms: { AlarmName: string }[] }) => MetricAlarms.map(({ AlarmName }) => AlarmName);

describe("DescribeAlarms", () => {
  it("gives back what was put, with the state and the ARN", async () => {
    const world = cloudWatchAlone();
    const input = alarmInput({ AlarmDescription: "d", AlarmActions: [topicArn], TreatMissingData: "breaching" });
    await world.call("PutMetricAlarm", input);
    const { MetricAlarms, CompositeAlarms } = await world.call("DescribeAlarms");
    assert.deepEqual(CompositeAlarms, []);
    assert.deepEqual(MetricAlarms, [
      {
        ...input,
        Dimensions: [],
        ActionsEnabled: true,
        OKActions: [],
        InsufficientDataActions: [],
        AlarmArn: "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:high",
        AlarmConfigurationUpdatedTimestamp: new Date(start),
        StateValue: "INSUFFICIENT_DATA",
        StateReason: "Unchecked: Initial alarm creation",
        StateUpdatedTimestamp: new Date(start),
        StateTransitionedTimestamp: new Date(start),
      },
    ]);
  });

  it("says for each row of Metrics whether it returns data, which is true unless told otherwise", async () => {
    const world = cloudWatchAlone();
    const { MetricName: _m, Namespace: _n, Statistic: _s, Period: _p, ...input } = alarmInput();
    await world.call("PutMetricAlarm", { ...input, Metrics: [{ Id: "e1", Expression: "m1" }, metricRow("m1", "A")] });
    const { MetricAlarms } = await world.call("DescribeAlarms");
    assert.deepEqual(
      MetricAlarms[0].Metrics.map((row: { ReturnData: boolean }) => row.ReturnData),
      [true, false],
    );
  });

  it("keeps its own copy: the caller may change the input afterwards", async () => {
    const world = cloudWatchAlone();
    const input = alarmInput({ AlarmActions: [topicArn] });
    await world.call("PutMetricAlarm", input);
    input.Threshold = 99;
    input.AlarmActions.push(policyArn);
    const { MetricAlarms } = await world.call("DescribeAlarms");
    assert.equal(MetricAlarms[0].Threshold, 10);
    assert.deepEqual(MetricAlarms[0].AlarmActions, [topicArn]);
  });

  it("pages through the alarms by name", async () => {
    const world = await withAlarms("c", "a", "b");
    const first = await world.call("DescribeAlarms", { MaxRecords: 2 });
    assert.deepEqual(namesOf(first), ["a", "b"]);
    const second = await world.call("DescribeAlarms", { MaxRecords: 2, NextToken: first.NextToken });
    assert.deepEqual(namesOf(second), ["c"]);
    assert.ok(!("NextToken" in second));
  });

  it("refuses a token that it did not give, and more than 100 records", async () => {
    const world = await withAlarms("a");
    await assert.rejects(world.call("DescribeAlarms", { NextToken: "x" }), { name: "InvalidNextToken" });
    await assert.rejects(world.call("DescribeAlarms", { MaxRecords: 101 }), { name: "ValidationError", message: /'maxRecords'/ });
  });

  it("filters by names, prefix, state and action prefix", async () => {
    const world = await withAlarms("dev-a", "dev-b", "prod-a");
    await world.call("PutMetricAlarm", alarmInput({ AlarmName: "dev-b", AlarmActions: [policyArn] }));
    await world.call("SetAlarmState", { AlarmName: "prod-a", StateValue: "OK", StateReason: "test" });
    assert.deepEqual(namesOf(await world.call("DescribeAlarms", { AlarmNames: ["dev-a", "none"] })), ["dev-a"]);
    assert.deepEqual(namesOf(await world.call("DescribeAlarms", { AlarmNamePrefix: "dev" })), ["dev-a", "dev-b"]);
    assert.deepEqual(namesOf(await world.call("DescribeAlarms", { StateValue: "OK" })), ["prod-a"]);
    assert.deepEqual(namesOf(await world.call("DescribeAlarms", { ActionPrefix: "arn:aws:autoscaling" })), ["dev-b"]);
  });

  it("refuses names together with a prefix", async () => {
    const world = await withAlarms("a");
    await assert.rejects(world.call("DescribeAlarms", { AlarmNames: ["a"], AlarmNamePrefix: "a" }), { name: "ValidationError" });
  });

  // Source: DescribeAlarms (API reference)
  it("answers no composite alarms: the sandbox has none", async () => {
    const world = await withAlarms("a");
    const asked = await world.call("DescribeAlarms", { AlarmTypes: ["CompositeAlarm"] });
    assert.deepEqual([asked.MetricAlarms, asked.CompositeAlarms], [[], []]);
    const both = await world.call("DescribeAlarms", { AlarmTypes: ["CompositeAlarm", "MetricAlarm"] });
    assert.deepEqual([namesOf(both), both.CompositeAlarms], [["a"], []]);
  });
});

describe("DescribeAlarmsForMetric", () => {
  it("finds alarms on exactly this metric", async () => {
    const world = await withAlarms("a");
    await world.call("PutMetricAlarm", alarmInput({ AlarmName: "b", MetricName: "Other" }));
    const metric = { Namespace: "Test", MetricName: "Load" };
    assert.deepEqual(namesOf(await world.call("DescribeAlarmsForMetric", metric)), ["a"]);
    assert.deepEqual(namesOf(await world.call("DescribeAlarmsForMetric", { ...metric, Statistic: "Sum" })), []);
    const other = { ...metric, Dimensions: [{ Name: "D", Value: "1" }] };
    assert.deepEqual(namesOf(await world.call("DescribeAlarmsForMetric", other)), []);
  });
});

// Source: SetAlarmState (API reference)
describe("SetAlarmState", () => {
  it("changes the state and runs its actions; the next evaluation changes it back", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput({ AlarmActions: [topicArn, policyArn] }));
    world.publish("Load", 0, 5);
    await world.runTo(2);
    await world.call("SetAlarmState", { AlarmName: "high", StateValue: "ALARM", StateReason: "drill", StateReasonData: "{}" });
    assert.equal(await world.stateOf("high"), "ALARM");
    assert.equal(world.notices[0]!.message.NewStateReason, "drill");
    assert.deepEqual(world.scalings[0]!.datapoints, [5]);
    await world.runTo(3);
    assert.equal(await world.stateOf("high"), "OK");
  });

  it("answers ResourceNotFound for an alarm that does not exist, and lists what is missing", async () => {
    const world = cloudWatchAlone();
    const input = { AlarmName: "none", StateValue: "OK", StateReason: "x" };
    await assert.rejects(world.call("SetAlarmState", input), { name: "ResourceNotFound", statusCode: 404 });
    await assert.rejects(world.call("SetAlarmState", { StateValue: "FINE" }), {
      name: "ValidationError",
      message: /^3 validation errors detected: .*alarmName.*stateValue.*stateReason/,
    });
  });
});

// Source: DeleteAlarms (API reference)
describe("DeleteAlarms", () => {
  it("deletes what exists, passes over what does not, and takes a name twice", async () => {
    const world = await withAlarms("a", "b", "c");
    await world.call("DeleteAlarms", { AlarmNames: ["a", "none", "a"] });
    assert.deepEqual(namesOf(await world.call("DescribeAlarms")), ["b", "c"]);
    await world.call("DeleteAlarms", { AlarmNames: ["b", "c"] });
    await world.call("DeleteAlarms", { AlarmNames: ["none"] });
    assert.deepEqual(namesOf(await world.call("DescribeAlarms")), []);
  });

  it("stops the evaluation, and a new alarm of the name starts afresh", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput({ AlarmActions: [policyArn] }));
    world.publish("Load", 0, 50);
    await world.runTo(2);
    await world.call("DeleteAlarms", { AlarmNames: ["high"] });
    await world.runTo(3);
    assert.equal(world.scalings.length, 1);
    await world.call("PutMetricAlarm", alarmInput());
    assert.equal(await world.stateOf("high"), "INSUFFICIENT_DATA");
  });
});

// Source: DescribeAlarmHistory (API reference)
describe("DescribeAlarmHistory", () => {
  it("has configuration updates, state updates and actions, newest first, kept after deletion", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput({ AlarmActions: [topicArn] }));
    world.publish("Load", 0, 50);
    await world.runTo(2);
    await world.call("DeleteAlarms", { AlarmNames: ["high"] });
    const { AlarmHistoryItems } = await world.call("DescribeAlarmHistory", { AlarmName: "high" });
    assert.deepEqual(
      AlarmHistoryItems.map((item: { HistorySummary: string }) => item.HistorySummary),
      [
        'Alarm "high" deleted',
        `Successfully executed action ${topicArn}`,
        "Alarm updated from INSUFFICIENT_DATA to ALARM",
        'Alarm "high" created',
      ],
    );
    const data = JSON.parse(AlarmHistoryItems[2].HistoryData);
    assert.equal(data.oldState.stateValue, "INSUFFICIENT_DATA");
    assert.equal(data.newState.stateReasonData.recentDatapoints[0], 50);
  });

  it("filters by type and time, pages, and scans from the oldest when asked", async () => {
    const world = cloudWatchAlone();
    await world.call("PutMetricAlarm", alarmInput());
    for (let at = 0; at < 6; at++) {
      world.publish("Load", at, at % 2 === 0 ? 50 : 5);
      await world.runTo(at + 1);
    }
    const all = await world.call("DescribeAlarmHistory", { HistoryItemType: "StateUpdate", ScanBy: "TimestampAscending" });
    assert.equal(all.AlarmHistoryItems.length, 5);
    const since = await world.call("DescribeAlarmHistory", {
      StartDate: new Date(start + 4 * minute),
      EndDate: start / 1000 + 300,
    });
    assert.equal(since.AlarmHistoryItems.length, 2);
    const first = await world.call("DescribeAlarmHistory", { MaxRecords: 4 });
    const second = await world.call("DescribeAlarmHistory", { MaxRecords: 4, NextToken: first.NextToken });
    assert.deepEqual([first.AlarmHistoryItems.length, second.AlarmHistoryItems.length], [4, 2]);
  });
});

// Source: PutMetricAlarm (API reference)
describe("tags", () => {
  it("of a new alarm are kept, of an update ignored; TagResource and UntagResource change them", async () => {
    const world = cloudWatchAlone();
    const ResourceARN = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:high";
    const tags = async () => (await world.call("ListTagsForResource", { ResourceARN })).Tags;
    await world.call("PutMetricAlarm", alarmInput({ Tags: [{ Key: "stack", Value: "dev" }] }));
    await world.call("PutMetricAlarm", alarmInput({ Tags: [{ Key: "stack", Value: "prod" }] }));
    assert.deepEqual(await tags(), [{ Key: "stack", Value: "dev" }]);
    await world.call("TagResource", { ResourceARN, Tags: [{ Key: "team", Value: "x" }] });
    await world.call("UntagResource", { ResourceARN, TagKeys: ["stack"] });
    assert.deepEqual(await tags(), [{ Key: "team", Value: "x" }]);
    await assert.rejects(world.call("ListTagsForResource", { ResourceARN: `${ResourceARN}x` }), {
      name: "ResourceNotFoundException",
    });
  });
});

// Source: DescribeAlarmHistory (API reference)
describe("alarm history", () => {
  it("is kept for two weeks", () => {
    const history = alarmHistory();
    const item = (days: number): HistoryItem => ({
      AlarmName: "a",
      AlarmType: "MetricAlarm",
      Timestamp: new Date(start + days * 1440 * minute),
      HistoryItemType: "StateUpdate",
      HistorySummary: "",
      HistoryData: "{}",
    });
    for (let days = 0; days <= 30; days++) history.add(item(days));
    assert.equal(history.items()[0]!.Timestamp.getTime(), start + 16 * 1440 * minute);
    assert.equal(history.items().length, 15);
  });
});
