// Source: PutMetricAlarm, MetricDataQuery (API reference); Using metric math
import { strict as assert } from "node:assert";
import type { Shape } from "../../../../sandbox/core/cloud";
import { parseAlarm } from "../../../../sandbox/services/cloudwatch/alarmDefinition";
import { alarmInput, metricRow, policyArn, topicArn } from "./support";

const parse = (input: Shape) => parseAlarm(input, "eu-west-1", "skipped");

function mathInput(metrics: Shape[], changes: Shape = {}): Shape {
  const { MetricName: _m, Namespace: _n, Statistic: _s, Period: _p, ...rest } = alarmInput(changes);
  return { ...rest, Metrics: metrics };
}

const ratio = (changes: Shape = {}) =>
  mathInput([{ Id: "e1", Expression: "100 * m1 / m2", ReturnData: true }, metricRow("m1", "A"), metricRow("m2", "B")], changes);

function refuses(input: Shape, message: RegExp | string, name = "ValidationError"): void {
  assert.throws(() => parse(input), { name, message });
}

describe("PutMetricAlarm", () => {
  it("accepts an alarm on one metric and on metric math", () => {
    assert.equal(parse(alarmInput()).period, 60);
    assert.deepEqual([...parse(ratio()).watched.metrics], [1, 2]);
  });

  it("has N as default of M, and missing as default treatment of missing data", () => {
    const { rule } = parse(alarmInput({ EvaluationPeriods: 4 }));
    assert.equal(rule.datapointsToAlarm, 4);
    assert.equal(rule.treatMissingData, "missing");
  });

  it("ignores missing data of AWS/DynamoDB unless told otherwise", () => {
    const input = alarmInput({ Namespace: "AWS/DynamoDB" });
    assert.equal(parse(input).rule.treatMissingData, "ignore");
    assert.equal(parse({ ...input, TreatMissingData: "breaching" }).rule.treatMissingData, "breaching");
  });

  it("refuses SEARCH", () => {
    const search = "SUM(SEARCH('{AWS/Kinesis,StreamName} IncomingRecords', 'Sum', 60))";
    refuses(mathInput([{ Id: "e1", Expression: search, Period: 60 }]), "SEARCH is not supported on Metric Alarms");
  });

  it("refuses SEARCH in an expression that the watched one refers to", () => {
    const rows = [
      { Id: "e1", Expression: "SUM(e2)", ReturnData: true },
      { Id: "e2", Expression: "SEARCH('IncomingRecords', 'Sum', 60)", ReturnData: false },
      metricRow("m1", "A"),
    ];
    refuses(mathInput(rows), "SEARCH is not supported on Metric Alarms");
  });

  it("refuses more than 10 metrics", () => {
    const metrics = (count: number) => Array.from({ length: count }, (_, i) => metricRow(`m${i}`, `M${i}`));
    const sum = { Id: "e1", Expression: "SUM(METRICS())", ReturnData: true };
    assert.ok(parse(mathInput([sum, ...metrics(10)])));
    refuses(mathInput([sum, ...metrics(11)]), "Invalid metrics list: an alarm can have at most 10 metrics, got 11");
  });

  it("refuses more than 10 expressions", () => {
    const expressions = Array.from({ length: 11 }, (_, i) => ({ Id: `e${i}`, Expression: "m1", ReturnData: i === 0 }));
    refuses(
      mathInput([...expressions, metricRow("m1", "A")]),
      "Invalid metrics list: an alarm can have at most 10 expressions, got 11",
    );
  });

  it("refuses mixed periods", () => {
    const rows = [{ Id: "e1", Expression: "m1 / m2" }, metricRow("m1", "A", "Sum", 60), metricRow("m2", "B", "Sum", 300)];
    refuses(mathInput(rows), "Invalid metrics list: all metrics of an alarm must have the same period, got 60, 300");
  });

  it("refuses two returned series, and none", () => {
    const text = "Exactly one element of the metrics list should return data.";
    refuses(mathInput([{ Id: "e1", Expression: "m1" }, metricRow("m1", "A", "Sum", 60, true)]), text);
    refuses(mathInput([{ Id: "e1", Expression: "m1", ReturnData: false }, metricRow("m1", "A")]), text);
  });

  it("refuses an expression that returns an array or a number", () => {
    const returning = (expression: string) => mathInput([{ Id: "e1", Expression: expression }, metricRow("m1", "A")]);
    refuses(returning("METRICS()"), /'e1' returns an array of time series; an alarm watches exactly one time series/);
    refuses(returning("MAX(m1)"), /'e1' returns a single number/);
  });

  it("refuses an expression that can't be read, or names an unknown id", () => {
    refuses(mathInput([{ Id: "e1", Expression: "m1 +" }, metricRow("m1", "A")]), /^Error in expression 'e1': /);
    refuses(mathInput([{ Id: "e1", Expression: "m1 / m2" }, metricRow("m1", "A")]), /"m2" is not the id/);
  });

  it("refuses Metrics together with the fields of one metric", () => {
    refuses(
      { ...ratio(), Period: 60, MetricName: "A" },
      "MetricName, Period can't be used together with Metrics",
      "InvalidParameterCombinationException",
    );
  });

  it("refuses ids that don't begin with a lowercase letter, or come twice", () => {
    refuses(mathInput([metricRow("M1", "A", "Sum", 60, true)]), /M1 for parameter Id is not matching/);
    refuses(mathInput([metricRow("m1", "A", "Sum", 60, true), metricRow("m1", "B")]), /not unique: m1/);
  });

  it("refuses a row with both a metric and an expression, or neither", () => {
    refuses(
      mathInput([{ ...metricRow("m1", "A", "Sum", 60, true), Expression: "m1" }]),
      /must have either MetricStat or Expression/,
    );
    refuses(mathInput([{ Id: "m1" }]), /must have either MetricStat or Expression/);
  });

  for (const [field, message] of [
    ["AlarmName", /'alarmName'.*must not be null/],
    ["EvaluationPeriods", /'evaluationPeriods'.*must not be null/],
    ["ComparisonOperator", /'comparisonOperator'.*must not be null/],
    ["MetricName", "MetricName must not be null"],
    ["Namespace", "Namespace must not be null"],
    ["Statistic", "Statistic or ExtendedStatistic must not be null"],
    ["Period", "Period must not be null"],
    ["Threshold", "Threshold must not be null"],
  ] as const) {
    it(`refuses a missing ${field}`, () => refuses(alarmInput({ [field]: undefined }), message));
  }

  it("lists all violated constraints at once", () => {
    refuses(
      alarmInput({ EvaluationPeriods: 0, TreatMissingData: "zero", AlarmActions: Array(6).fill(topicArn) }),
      /^3 validation errors detected: Value '0' at 'evaluationPeriods'.*; Value 'zero' at 'treatMissingData'.*; .*'alarmActions'.*length less than or equal to 5$/,
    );
  });

  it("refuses M greater than N", () => {
    refuses(
      alarmInput({ EvaluationPeriods: 2, DatapointsToAlarm: 3 }),
      "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
    );
  });

  it("lets Period times EvaluationPeriods be a day, and seven days from a period of one hour on", () => {
    assert.ok(parse(alarmInput({ EvaluationPeriods: 1440 })));
    refuses(
      alarmInput({ EvaluationPeriods: 1441 }),
      /more than a day \(EvaluationPeriods \* Period must be <= 86400\), got 1441 \* 60/,
    );
    assert.ok(parse(alarmInput({ EvaluationPeriods: 168, Period: 3600 })));
    refuses(alarmInput({ EvaluationPeriods: 169, Period: 3600 }), /more than seven days/);
  });

  it("refuses a period that is no multiple of 60, and sub-minute ones, which the sandbox does not model", () => {
    refuses(alarmInput({ Period: 90 }), /must be a multiple of 60/, "InvalidParameterValueException");
    refuses(alarmInput({ Period: 10 }), /does not model high-resolution/, "InvalidParameterValueException");
  });

  it("refuses Statistic together with ExtendedStatistic, and a percentile as Statistic", () => {
    refuses(alarmInput({ ExtendedStatistic: "p99" }), /can't be used together/, "InvalidParameterCombinationException");
    refuses(alarmInput({ Statistic: "p99" }), /p99 is not supported as Statistic/);
    assert.ok(parse(alarmInput({ Statistic: undefined, ExtendedStatistic: "p99" })));
  });

  it("refuses actions that are no ARN or of another region", () => {
    refuses(alarmInput({ AlarmActions: ["operators"] }), "Invalid arn syntax: operators");
    refuses(
      alarmInput({ OKActions: [topicArn.replace("eu-west-1", "us-west-2")] }),
      "Invalid region us-west-2 specified. Only eu-west-1 is supported.",
    );
    assert.ok(parse(alarmInput({ AlarmActions: [policyArn, topicArn], OKActions: [policyArn] })));
  });

  it("says what the sandbox does not model", () => {
    refuses(
      alarmInput({ ComparisonOperator: "GreaterThanUpperThreshold" }),
      "The sandbox does not model anomaly detection alarms.",
    );
  });
});
