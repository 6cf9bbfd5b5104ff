import { strict as assert } from "node:assert";
import type { AlarmRule } from "../../../../sandbox/services/cloudwatch/alarmEvaluation";
import { printNumber, stateReason, stateReasonData } from "../../../../sandbox/services/cloudwatch/alarmReason";

const rule = (changes: Partial<AlarmRule> = {}): AlarmRule => ({
  comparison: "GreaterThanThreshold",
  threshold: 0,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  treatMissingData: "missing",
  ...changes,
});
const time = (text: string) => Date.parse(`2022-11-08T11:${text}:00Z`);
const three = [25, 24, 23].map((minutes) => ({ time: time(String(minutes)), value: 20000 }));

/** Expected texts have the form of state reasons that CloudWatch wrote in the wild. */
describe("state reasons in CloudWatch's words", () => {
  it("lists the datapoints newest first when N of N breach", () => {
    assert.equal(
      stateReason("OK", "ALARM", rule(), { used: three, empty: [] }),
      "Threshold Crossed: 3 datapoints [20000.0 (08/11/22 11:25:00), 20000.0 (08/11/22 11:24:00), 20000.0 (08/11/22 11:23:00)] " +
        "were greater than the threshold (0.0).",
    );
  });

  it("says how many of the last N breached for M of N, and how few would do", () => {
    assert.equal(
      stateReason("OK", "ALARM", rule({ datapointsToAlarm: 1 }), { used: three, empty: [] }),
      "Threshold Crossed: 3 out of the last 3 datapoints [20000.0 (08/11/22 11:25:00), 20000.0 (08/11/22 11:24:00), " +
        "20000.0 (08/11/22 11:23:00)] were greater than the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition).",
    );
  });

  it("says when missing datapoints were treated as not breaching", () => {
    const one = [{ time: time("25"), value: 613 }];
    assert.equal(
      stateReason(
        "OK",
        "ALARM",
        rule({
          evaluationPeriods: 20,
          datapointsToAlarm: 1,
          treatMissingData: "notBreaching",
          comparison: "GreaterThanOrEqualToThreshold",
          threshold: 1,
        }),
        { used: one, empty: [] },
      ),
      "Threshold Crossed: 1 out of the last 20 datapoints [613.0 (08/11/22 11:25:00)] was greater than or equal to the threshold (1.0) " +
        "and 19 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).",
    );
  });

  it("says that no datapoints were received", () => {
    assert.equal(
      stateReason("OK", "ALARM", rule({ treatMissingData: "breaching" }), { used: [], empty: [] }),
      "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].",
    );
  });

  it("says which datapoints were within the threshold when the alarm goes back to OK", () => {
    const one = [{ time: time("48"), value: 0 }];
    assert.equal(
      stateReason("ALARM", "OK", rule({ evaluationPeriods: 1, datapointsToAlarm: 1 }), { used: one, empty: [] }),
      "Threshold Crossed: 1 datapoint [0.0 (08/11/22 11:48:00)] was not greater than the threshold (0.0).",
    );
  });

  it("says how many datapoints were unknown", () => {
    const unknown = (evaluationPeriods: number) =>
      stateReason("OK", "INSUFFICIENT_DATA", rule({ evaluationPeriods }), { used: [], empty: [] });
    assert.equal(unknown(1), "Insufficient Data: 1 datapoint was unknown.");
    assert.equal(unknown(3), "Insufficient Data: 3 datapoints were unknown.");
  });

  it("prints whole numbers with one decimal and others in full", () => {
    assert.deepEqual([3, 0, -2, 99.83333333333333].map(printNumber), ["3.0", "0.0", "-2.0", "99.83333333333333"]);
  });

  it("has the evaluated datapoints as data: recent ones oldest first, evaluated ones newest first", () => {
    const used = [
      { time: time("25"), value: 2 },
      { time: time("24"), value: 1 },
    ];
    assert.deepEqual(JSON.parse(stateReasonData(time("26"), rule({ threshold: 0.5 }), 60, "Sum", { used, empty: [] })), {
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

  it("names the empty periods when there was no data", () => {
    const data = JSON.parse(stateReasonData(time("26"), rule(), 60, undefined, { used: [], empty: [time("25")] }));
    assert.deepEqual(data.recentDatapoints, []);
    assert.deepEqual(data.evaluatedDatapoints, [{ timestamp: "2022-11-08T11:25:00.000+0000" }]);
    assert.ok(!("startDate" in data) && !("statistic" in data));
  });
});
