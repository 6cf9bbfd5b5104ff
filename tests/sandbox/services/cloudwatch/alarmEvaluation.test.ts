// Source: Configuring how CloudWatch alarms treat missing data; Alarm evaluation
import { strict as assert } from "node:assert";
import {
  evaluate,
  evaluatedPoints,
  extraPeriods,
  type AlarmRule,
  type TreatMissingData,
} from "../../../../sandbox/services/cloudwatch/alarmEvaluation";

/** "0 - X": 0 doesn't breach, X breaches, - is missing; newest on the right. */
const points = (text: string) =>
  Float64Array.from(text.split(" "), (sign) => (sign === "-" ? Number.NaN : sign === "X" ? 100 : 0));

function stateOf(data: string, datapointsToAlarm: number, treatMissingData: TreatMissingData, evaluationPeriods = 3): string {
  const rule: AlarmRule = {
    comparison: "GreaterThanThreshold",
    threshold: 50,
    evaluationPeriods,
    datapointsToAlarm,
    mOfN: true,
    treatMissingData,
  };
  return evaluate(points(data), rule) ?? "Retain current state";
}

const treatments: TreatMissingData[] = ["missing", "ignore", "breaching", "notBreaching"];
const insufficient = "INSUFFICIENT_DATA";
const retain = "Retain current state";

/** The tables of the page "Configuring how CloudWatch alarms treat missing data": columns MISSING, IGNORE, BREACHING, NOT BREACHING. */
const tables: { title: string; datapointsToAlarm: number; rows: [string, string, string, string, string][] }[] = [
  {
    title: "3 of 3",
    datapointsToAlarm: 3,
    rows: [
      ["0 - X - X", "OK", "OK", "OK", "OK"],
      ["0 - - - -", "OK", "OK", "OK", "OK"],
      ["- - - - -", insufficient, retain, "ALARM", "OK"],
      ["0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
      ["- - X - -", "ALARM", retain, "ALARM", "OK"],
    ],
  },
  {
    title: "2 of 3",
    datapointsToAlarm: 2,
    rows: [
      ["0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
      ["0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"],
      ["0 - X - -", "OK", "OK", "ALARM", "OK"],
      ["- - - - 0", "OK", "OK", "ALARM", "OK"],
      ["- - - X -", "ALARM", retain, "ALARM", "OK"],
    ],
  },
  {
    title: "3 of 3, rows of the page's 2019 edition",
    datapointsToAlarm: 3,
    rows: [
      ["- - - - X", insufficient, retain, "ALARM", "OK"],
      ["X - - - -", "ALARM", retain, "ALARM", "OK"],
    ],
  },
  {
    title: "2 of 3, row of the page's 2019 edition",
    datapointsToAlarm: 2,
    rows: [["- - - - X", insufficient, retain, "ALARM", "OK"]],
  },
];

describe("evaluation of an alarm", () => {
  for (const { title, datapointsToAlarm, rows } of tables) {
    for (const [data, ...expected] of rows) {
      treatments.forEach((treatment, i) => {
        it(`${title}: "${data}" with missing data treated as ${treatment} is ${expected[i]}`, () => {
          assert.equal(stateOf(data, datapointsToAlarm, treatment), expected[i]);
        });
      });
    }
  }

  it('does not go into ALARM for "- - - - X" or "- - - X -" when 3 datapoints are to alarm', () => {
    for (const data of ["- - - - X", "- - - X -"]) assert.notEqual(stateOf(data, 3, "missing"), "ALARM");
  });

  it("goes into ALARM by the premature rule however few datapoints breach, once the oldest is M periods old", () => {
    assert.equal(stateOf("- - - - - X -", 3, "missing", 5), insufficient);
    assert.equal(stateOf("- - - - X - -", 3, "missing", 5), "ALARM");
  });

  it("does not apply the premature rule when an older datapoint in the range does not breach", () => {
    assert.equal(stateOf("0 X - - -", 3, "missing"), "OK");
  });

  it("needs M breaching datapoints within the latest N, not necessarily one after the other", () => {
    assert.equal(stateOf("0 0 X 0 X", 2, "missing", 3), "ALARM");
    assert.equal(stateOf("0 X 0 0 X", 2, "missing", 3), "OK");
  });

  it("ignores the treatment of missing data when N real datapoints are in the range", () => {
    for (const treatment of treatments) assert.equal(stateOf("X X X - -", 3, treatment), "ALARM");
    for (const treatment of treatments) assert.equal(stateOf("X X 0 - -", 3, treatment), "OK");
  });

  it("goes into ALARM when missing data is ignored and M real datapoints breach", () => {
    assert.equal(stateOf("- - - X X", 2, "ignore"), "ALARM");
  });

  for (const [comparison, at, above, below] of [
    ["GreaterThanOrEqualToThreshold", "ALARM", "ALARM", "OK"],
    ["GreaterThanThreshold", "OK", "ALARM", "OK"],
    ["LessThanThreshold", "OK", "OK", "ALARM"],
    ["LessThanOrEqualToThreshold", "ALARM", "OK", "ALARM"],
  ] as const) {
    it(`compares with ${comparison}`, () => {
      const rule: AlarmRule = {
        comparison,
        threshold: 5,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
        mOfN: false,
        treatMissingData: "missing",
      };
      assert.deepEqual(
        [5, 6, 4].map((value) => evaluate(Float64Array.of(value), rule)),
        [at, above, below],
      );
    });
  }

  it("has an evaluation range of 5 for 3 periods of 5 minutes, as in the page's example", () => {
    assert.equal(3 + extraPeriods(300), 5);
  });

  it("looks back as many periods more as five minutes have, and at least two", () => {
    assert.deepEqual([60, 120, 180, 300, 3600].map(extraPeriods), [5, 3, 2, 2, 2]);
  });

  it("names the real datapoints that were used, newest first", () => {
    assert.deepEqual(evaluatedPoints(points("0 - X - X"), 3), [4, 2, 0]);
    assert.deepEqual(evaluatedPoints(points("0 X X X -"), 2), [3, 2]);
  });
});
