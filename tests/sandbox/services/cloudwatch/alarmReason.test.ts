// Source: undocumented: words as alarms of AWS accounts show them
import { strict as assert } from "node:assert";
import type { AlarmRule, AlarmState } from "../../../../sandbox/services/cloudwatch/alarmEvaluation";
import { printNumber, stateReason, stateReasonData } from "../../../../sandbox/services/cloudwatch/alarmReason";

const rule = (changes: Partial<AlarmRule> = {}): AlarmRule => ({
  comparison: "GreaterThanThreshold",
  threshold: 0,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  mOfN: false,
  treatMissingData: "missing",
  ...changes,
});
const time = (minutes: number) => Date.parse("2022-11-08T11:00:00Z") + minutes * 60_000;

/** Datapoints of the minutes up to 11:25, newest first. */
const used = (...values: number[]) => values.map((value, i) => ({ time: time(25 - i), value }));

function reason(from: AlarmState, to: AlarmState, values: number[], changes: Partial<AlarmRule> = {}): string {
  return stateReason(from, to, rule(changes), { used: used(...values), empty: [] });
}

/** Expected texts have the form of state reasons that CloudWatch wrote in the wild. */
describe("state reasons in CloudWatch's words", () => {
  it("list the datapoints newest first", () => {
    assert.equal(
      reason("OK", "ALARM", [2, 3, 1]),
      "Threshold Crossed: 3 datapoints [2.0 (08/11/22 11:25:00), 3.0 (08/11/22 11:24:00), 1.0 (08/11/22 11:23:00)] " +
        "were greater than the threshold (0.0).",
    );
  });

  it("say how many of the last N breached, and how few would do, when DatapointsToAlarm was given", () => {
    assert.equal(
      reason("OK", "ALARM", [20000, 20000, 0], { datapointsToAlarm: 1, mOfN: true }),
      "Threshold Crossed: 2 out of the last 3 datapoints [20000.0 (08/11/22 11:25:00), 20000.0 (08/11/22 11:24:00)] " +
        "were greater than the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition).",
    );
  });

  it("name the latest five of five or more datapoints in a sentence of their own", () => {
    const latest =
      "[9.0 (08/11/22 11:25:00), 8.0 (08/11/22 11:24:00), 7.0 (08/11/22 11:23:00), 6.0 (08/11/22 11:22:00), 5.0 (08/11/22 11:21:00)]";
    const values = [9, 8, 7, 6, 5, 4];
    assert.equal(
      reason("OK", "ALARM", values, { evaluationPeriods: 6, datapointsToAlarm: 6 }),
      `Threshold Crossed: 6 datapoints were greater than the threshold (0.0). The most recent datapoints which crossed the threshold: ${latest}.`,
    );
    assert.equal(
      reason("OK", "ALARM", values, { evaluationPeriods: 6, datapointsToAlarm: 6, mOfN: true }),
      "Threshold Crossed: 6 out of the last 6 datapoints were greater than the threshold (0.0). " +
        `The most recent datapoints which crossed the threshold: ${latest} (minimum 6 datapoints for OK -> ALARM transition).`,
    );
  });

  it("say when missing datapoints were treated as not breaching, or as breaching", () => {
    const changes = { evaluationPeriods: 20, datapointsToAlarm: 1, mOfN: true, treatMissingData: "notBreaching" } as const;
    assert.equal(
      reason("OK", "ALARM", [613], { ...changes, comparison: "GreaterThanOrEqualToThreshold", threshold: 1 }),
      "Threshold Crossed: 1 out of the last 20 datapoints [613.0 (08/11/22 11:25:00)] was greater than or equal to the threshold (1.0) " +
        "and 19 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).",
    );
    assert.equal(
      reason("ALARM", "OK", [2], {
        evaluationPeriods: 8,
        datapointsToAlarm: 8,
        treatMissingData: "breaching",
        comparison: "LessThanOrEqualToThreshold",
      }),
      "Threshold Crossed: 1 datapoint [2.0 (08/11/22 11:25:00)] was not less than or equal to the threshold (0.0) " +
        "and 7 missing datapoints were treated as [Breaching].",
    );
  });

  it("say that no datapoints were received", () => {
    assert.equal(
      reason("OK", "ALARM", [], { treatMissingData: "breaching" }),
      "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].",
    );
  });

  it("say which datapoints were within the threshold when the alarm goes back to OK", () => {
    assert.equal(
      reason("ALARM", "OK", [0], { evaluationPeriods: 1, datapointsToAlarm: 1 }),
      "Threshold Crossed: 1 datapoint [0.0 (08/11/22 11:25:00)] was not greater than the threshold (0.0).",
    );
    assert.equal(
      reason("ALARM", "OK", [0, 5, 0], { datapointsToAlarm: 2, mOfN: true }),
      "Threshold Crossed: 2 out of the last 3 datapoints [0.0 (08/11/22 11:25:00), 0.0 (08/11/22 11:23:00)] " +
        "were not greater than the threshold (0.0) (minimum 2 datapoints for ALARM -> OK transition).",
    );
  });

  it("say how many datapoints were unknown", () => {
    assert.equal(reason("OK", "INSUFFICIENT_DATA", [], { evaluationPeriods: 1 }), "Insufficient Data: 1 datapoint was unknown.");
    assert.equal(reason("OK", "INSUFFICIENT_DATA", []), "Insufficient Data: 3 datapoints were unknown.");
  });

  it("stay within 1,023 characters, and their data within 4,000, however many datapoints there are", () => {
    const many = used(...Array.from({ length: 1440 }, (_, i) => 1 / (i + 3)));
    const day = rule({ evaluationPeriods: 1440, datapointsToAlarm: 1440, mOfN: true });
    assert.ok(stateReason("OK", "ALARM", day, { used: many, empty: [] }).length <= 1023);
    assert.ok(stateReasonData(time(26), day, 60, "Average", { used: many, empty: [] }).length <= 4000);
  });

  it("print whole numbers with one decimal and others in full", () => {
    assert.deepEqual([3, 0, -2, 99.83333333333333].map(printNumber), ["3.0", "0.0", "-2.0", "99.83333333333333"]);
  });

  it("have the evaluated datapoints as data: recent ones oldest first, evaluated ones newest first", () => {
    const data = stateReasonData(time(26), rule({ threshold: 0.5 }), 60, "Sum", { used: used(2, 1), empty: [] });
    assert.deepEqual(JSON.parse(data), {
      version: "1.0",
      queryDate: "2022-11-08T11:26:00.000+0000",
      startDate: "2022-11-08T11:24:00.000+0000",
      statistic: "Sum",
      period: 60,
      recentDatapoints: [1, 2],
      threshold: 0.5,
      evaluatedDatapoints: [
        { timestamp: "2022-11-08T11:25:00.000+0000", value: 2 },
        { timestamp: "2022-11-08T11:24:00.000+0000", value: 1 },
      ],
    });
  });

  it("name the empty periods in their data when there was none", () => {
    const data = JSON.parse(stateReasonData(time(26), rule(), 60, undefined, { used: [], empty: [time(25)] }));
    assert.deepEqual(data.recentDatapoints, []);
    assert.deepEqual(data.evaluatedDatapoints, [{ timestamp: "2022-11-08T11:25:00.000+0000" }]);
    assert.ok(!("startDate" in data) && !("statistic" in data));
  });
});
