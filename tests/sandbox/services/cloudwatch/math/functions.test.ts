// Source: Using math expressions with CloudWatch metrics (syntax and functions)
import { strict as assert } from "node:assert";
import { evaluateMath, type Point } from "../support";

/** Worked examples of "Using math expressions with CloudWatch metrics", and its rules on examples of our own. */
describe("metric math: the documentation's worked examples", () => {
  const metric1: Point[] = [30, 20, 0, 0];
  const metric2: Point[] = [20, "-", 20, "-"];
  for (const [expression, output] of [
    ["(metric1 < metric2)", [0, 0, 1, 0]],
    ["(metric1 >= 30)", [1, 0, 0, 0]],
    ["(metric1 > 15 AND metric2 > 15)", [1, 0, 0, 0]],
  ] as const) {
    it(`comparison of [30, 20, 0, 0] and [20, -, 20, -]: ${expression} is ${output.join(", ")}`, () => {
      assert.deepEqual(evaluateMath(expression, { metric1, metric2 }), output);
    });
  }

  const condition: Point[] = [1, 1, 0, 0, "-"];
  const yes: Point[] = [30, "-", 0, 0, 30];
  const no: Point[] = [0, 0, 20, "-", 20];
  for (const [expression, output] of [
    ["IF(metric1, metric2, metric3)", [30, 0, 20, "-", "-"]],
    ["IF(metric1, 5, metric3)", [5, 5, 20, "-", "-"]],
    ["IF(metric1, metric2, 5)", [30, 0, 5, 5, "-"]],
  ] as const) {
    it(`IF: ${expression} is ${output.join(", ")}`, () => {
      assert.deepEqual(evaluateMath(expression, { metric1: condition, metric2: yes, metric3: no }), output);
    });
  }

  it("IF(metric1<400, 10, 2) turns each datapoint into one of two values", () => {
    assert.deepEqual(evaluateMath("IF(metric1<400, 10, 2)", { metric1: [399, 400, "-"] }), [10, 2, "-"]);
  });

  it("IF(metric1<400, metric1) shows the low values only", () => {
    assert.deepEqual(evaluateMath("IF(metric1<400, metric1)", { metric1: [399, 400, "-"] }), [399, "-", "-"]);
  });

  it("IF of a number is the second or the third argument as a whole; without a third it is empty", () => {
    assert.deepEqual(evaluateMath("IF(1, m1, m2)", { m1: [1, "-"], m2: [3, 4] }), [1, "-"]);
    assert.deepEqual(evaluateMath("IF(0, m1, m2)", { m1: [1, "-"], m2: [3, 4] }), [3, 4]);
    assert.deepEqual(evaluateMath("IF(0, m1)", { m1: [1, 2] }), ["-", "-"]);
  });

  it("IF counts any value but 0 as true, negative ones too", () => {
    assert.deepEqual(evaluateMath("IF(m1, 1, 0)", { m1: [-3, 0.1, 0] }), [1, 1, 0]);
  });
});

describe("metric math: operators", () => {
  it("treats a missing value as 0 where the other series has one", () => {
    const metrics = { m1: [1, "-", 3, "-"] as Point[], m2: [10, 20, "-", "-"] as Point[] };
    assert.deepEqual(evaluateMath("m1 + m2", metrics), [11, 20, 3, "-"]);
    assert.deepEqual(evaluateMath("m1 - m2", metrics), [-9, -20, 3, "-"]);
    assert.deepEqual(evaluateMath("m1 * m2", metrics), [10, 0, 0, "-"]);
  });

  it("drops a datapoint that is divided by zero", () => {
    assert.deepEqual(evaluateMath("m1 / m2", { m1: [1, 0, 5, "-"], m2: [0, 0, "-", 4] }), ["-", "-", "-", 0]);
  });

  it("leaves a missing datapoint missing when it meets a number", () => {
    assert.deepEqual(evaluateMath("5 * m1", { m1: [1, "-"] }), [5, "-"]);
    assert.deepEqual(evaluateMath("m1 + 1", { m1: [1, "-"] }), [2, "-"]);
    assert.deepEqual(evaluateMath("10 / m1", { m1: [4, 0] }), [2.5, "-"]);
  });

  it("has * before +, ^ before *, comparison before AND, AND before OR", () => {
    assert.deepEqual(evaluateMath("m1 + m1 * 2", { m1: [2] }), [6]);
    assert.deepEqual(evaluateMath("2 * m1 ^ 2", { m1: [3] }), [18]);
    assert.deepEqual(evaluateMath("(m1 + m1) * 2", { m1: [2] }), [8]);
    assert.deepEqual(evaluateMath("m1 > 1 AND m1 > 9 OR m1 == 3", { m1: [3, 10, 2] }), [1, 1, 0]);
    assert.deepEqual(evaluateMath("m1 > 1 && m1 > 9 || m1 == 3", { m1: [3, 10, 2] }), [1, 1, 0]);
  });

  it("has unary minus: -5*m1, SUM(-[m1, m2])", () => {
    assert.deepEqual(evaluateMath("-5*m1", { m1: [1] }), [-5]);
    assert.deepEqual(evaluateMath("-m1", { m1: [1, "-"] }), [-1, "-"]);
    assert.deepEqual(evaluateMath("SUM(-[m1, m2])", { m1: [1], m2: [2] }), [-3]);
  });

  it("compares numbers to a number", () => {
    assert.deepEqual(evaluateMath("m1 * (3 > 2)", { m1: [7] }), [7]);
    assert.deepEqual(evaluateMath("m1 * (3 != 3)", { m1: [7] }), [0]);
  });

  it("combines an array with a number or a series: METRICS()*100, AVG([m1,m2]/m3), SUM(100/[m1, m2])", () => {
    assert.deepEqual(evaluateMath("METRICS()*100", { m1: [1], m2: [2] }), { m1: [100], m2: [200] });
    assert.deepEqual(evaluateMath("AVG([m1,m2]/m3)", { m1: [10], m2: [30], m3: [10] }), [2]);
    assert.deepEqual(evaluateMath("SUM(100/[m1, m2])", { m1: [50], m2: [25] }), [6]);
  });
});

describe("metric math: functions", () => {
  const one = (expression: string, m1: Point[]) => evaluateMath(expression, { m1 });

  it("ABS, CEIL, FLOOR, LOG and LOG10 change each datapoint", () => {
    assert.deepEqual(one("ABS(m1)", [-1, 2, "-"]), [1, 2, "-"]);
    assert.deepEqual(one("CEIL(m1)", [1.2, -1.2]), [2, -1]);
    assert.deepEqual(one("FLOOR(m1)", [1.8, -1.2]), [1, -2]);
    assert.deepEqual(one("LOG(m1)", [Math.E, 1]), [1, 0]);
    assert.deepEqual(one("LOG10(m1)", [1000, 0]), [3, "-"]);
    assert.deepEqual(evaluateMath("MIN(ABS([m1, m2]))", { m1: [-5], m2: [3] }), [3]);
  });

  it("SUM, MAX, MIN and STDDEV of one series are numbers over the points that are there", () => {
    assert.deepEqual(one("m1 - SUM(m1)", [1, "-", 3]), [-3, "-", -1]);
    assert.deepEqual(one("MAX(m1)/m1", [1, 4, "-"]), [4, 1, "-"]);
    assert.deepEqual(one("m1-MIN(m1)", [3, 7]), [0, 4]);
    assert.deepEqual(one("m1/STDDEV(m1)", [2, 4]), [2, 4]);
  });

  it("AVG treats missing values as 0", () => {
    assert.deepEqual(one("m1 - AVG(m1)", [3, "-", 3]), [1, "-", 1]);
    assert.deepEqual(evaluateMath("AVG([m1, m2])", { m1: [4, 4, "-"], m2: [2, "-", "-"] }), [3, 2, "-"]);
  });

  it("SUM(m1) / DATAPOINT_COUNT(m1) is the average of a sparse metric", () => {
    assert.equal(one("SUM(m1) / DATAPOINT_COUNT(m1)", [3, "-", 5]), 4);
  });

  it("SUM, MAX, MIN and DATAPOINT_COUNT of an array are series", () => {
    const metrics = { m1: [1, "-", "-"] as Point[], m2: [5, 7, "-"] as Point[] };
    assert.deepEqual(evaluateMath("SUM([m1, m2])", metrics), [6, 7, "-"]);
    assert.deepEqual(evaluateMath("MAX([m1, m2])", metrics), [5, 7, "-"]);
    assert.deepEqual(evaluateMath("MIN([m1, m2])", metrics), [1, 7, "-"]);
    assert.deepEqual(evaluateMath("DATAPOINT_COUNT(METRICS())", metrics), [2, 1, 0]);
  });

  it("MIN and MAX of an array read a missing value both ways, as it is undocumented", () => {
    const metrics = { m1: [1, "-", "-"] as Point[], m2: [5, 7, "-"] as Point[] };
    assert.deepEqual(evaluateMath("MIN([m1, m2])", metrics, { missingInMinMax: "zero" }), [1, 0, "-"]);
    assert.deepEqual(evaluateMath("MAX([-m1, -m2])", metrics, { missingInMinMax: "zero" }), [-1, 0, "-"]);
  });

  it("DIFF, DIFF_TIME and RATE look at the preceding value that is there", () => {
    const values: Point[] = ["-", 10, 16, "-", 22];
    assert.deepEqual(one("DIFF(m1)", values), ["-", "-", 6, "-", 6]);
    assert.deepEqual(one("DIFF_TIME(m1)", values), ["-", "-", 60, "-", 120]);
    assert.deepEqual(one("RATE(m1)", values), ["-", "-", 0.1, "-", 0.05]);
  });

  it("RUNNING_SUM adds up", () => {
    assert.deepEqual(one("RUNNING_SUM(m1)", [1, "-", 3]), [1, "-", 4]);
  });

  it("FILL with a number, a metric, REPEAT and LINEAR", () => {
    const gap: Point[] = ["-", 10, "-", "-", 40, "-"];
    assert.deepEqual(one("FILL(m1,0)", gap), [0, 10, 0, 0, 40, 0]);
    assert.deepEqual(one("FILL(m1, MIN(m1))", gap), [10, 10, 10, 10, 40, 10]);
    assert.deepEqual(one("FILL(m1, REPEAT)", gap), ["-", 10, 10, 10, 40, 40]);
    assert.deepEqual(one("FILL(m1, LINEAR)", gap), ["-", 10, 20, 30, 40, "-"]);
    assert.deepEqual(evaluateMath("FILL(METRICS(), m1)", { m1: [1, 2], m2: ["-", 5] }), { m1: [1, 2], m2: [1, 5] });
  });

  it("FIRST, LAST, SORT and SLICE pick from an array", () => {
    const metrics = { a: [1, 1] as Point[], b: [9, 9] as Point[], c: [5, 5] as Point[] };
    assert.deepEqual(evaluateMath("SORT(METRICS(), MAX, ASC)", metrics), { a: [1, 1], c: [5, 5], b: [9, 9] });
    assert.deepEqual(Object.keys(evaluateMath("SORT(METRICS(), AVG, DESC, 2)", metrics)), ["b", "c"]);
    assert.deepEqual(Object.keys(evaluateMath("SLICE(SORT(METRICS(), SUM, DESC), 0, 1)", metrics)), ["b"]);
    assert.deepEqual(Object.keys(evaluateMath("SLICE(SORT(METRICS(), AVG, ASC), 1)", metrics)), ["c", "b"]);
    assert.deepEqual(evaluateMath("FIRST(SORT(METRICS(), AVG, DESC))", metrics), [9, 9]);
    assert.deepEqual(evaluateMath("LAST(METRICS())", metrics), [5, 5]);
    assert.deepEqual(evaluateMath("IF(FIRST(SORT(METRICS(), AVG, DESC))>8, 1, 0)", metrics), [1, 1]);
  });

  it('METRICS("errors") takes the metrics whose id contains the text', () => {
    const metrics = { errors1: [1] as Point[], errors2: [2] as Point[], requests: [10] as Point[] };
    assert.deepEqual(evaluateMath('SUM(METRICS("errors"))/SUM(METRICS("requests"))*100', metrics), [30]);
    assert.deepEqual(evaluateMath('SUM([METRICS("errors"), METRICS("requests")])', metrics), [13]);
  });

  it("METRIC_COUNT counts, REMOVE_EMPTY leaves out series without datapoints", () => {
    assert.deepEqual(evaluateMath("m1/METRIC_COUNT(METRICS())", { m1: [10], m2: ["-"] }), [5]);
    assert.deepEqual(evaluateMath("REMOVE_EMPTY(METRICS())", { m1: [10], m2: ["-"] }), { m1: [10] });
  });

  it("PERIOD is the metric's period in seconds", () => {
    assert.deepEqual(evaluateMath("m1/PERIOD(m1)", { m1: [600] }, { period: 300 }), [2]);
  });

  it("TIME_SERIES makes a series without gaps", () => {
    assert.deepEqual(one("TIME_SERIES(MAX(m1))", [1, "-", 3]), [3, 3, 3]);
  });

  it("MINUTE, HOUR, DAY, DATE, MONTH, YEAR and EPOCH follow the timestamps, gaps or not", () => {
    // A Sunday, 23:58 UTC; the next minutes are Monday's.
    const options = { start: Date.parse("2026-03-01T23:58:00Z"), period: 60 };
    const of = (name: string) => evaluateMath(`${name}(m1)`, { m1: [1, "-", 1] }, options);
    assert.deepEqual(of("MINUTE"), [58, 59, 0]);
    assert.deepEqual(of("HOUR"), [23, 23, 0]);
    assert.deepEqual(of("DAY"), [7, 7, 1]);
    assert.deepEqual(of("DATE"), [1, 1, 2]);
    assert.deepEqual(of("MONTH"), [3, 3, 3]);
    assert.deepEqual(of("YEAR"), [2026, 2026, 2026]);
    assert.deepEqual(
      of("EPOCH"),
      [0, 60, 120].map((seconds) => options.start / 1000 + seconds),
    );
  });

  it("SEARCH is an array: SUM(SEARCH(...))", () => {
    const found = { "shard-0": [1, "-"] as Point[], "shard-1": [2, 5] as Point[] };
    const query = `SEARCH('{AWS/Kinesis,StreamName,ShardId} IncomingRecords', 'Sum', 60)`;
    assert.deepEqual(evaluateMath(query, {}, { found }), found);
    assert.deepEqual(evaluateMath(`SUM(${query})`, {}, { found }), [3, 5]);
  });
});

describe("metric math: mistakes are told in words", () => {
  for (const [expression, message] of [
    ["m1 +", /cannot read "m1 \+"/],
    ["m1 m2", /a Compound is not metric math/],
    ["m3 + 1", /"m3" is not the id of a metric or expression of this request/],
    ["result + 1", /"result" refers to itself/],
    ["m1 % 2", /operator "%" is not supported/],
    ["!m1", /operator "!" is not supported; metric math has unary - only/],
    ["m1 > 1 ? 1 : 0", /a ConditionalExpression is not metric math/],
    ["ROUND(m1)", /unknown function ROUND/],
    ["sum(m1)", /functions are written in uppercase \(SUM\)/],
    ["ANOMALY_DETECTION_BAND(m1)", /the sandbox does not model the function ANOMALY_DETECTION_BAND/],
    ["SELECT SUM(x) FROM y", /does not model Metrics Insights/],
    ["ABS(5)", /argument 1 of ABS must be TS or TS\[\], got S/],
    ["FIRST(m1)", /argument 1 of FIRST must be TS\[\], got TS/],
    ["FILL(m1)", /FILL takes 2 arguments, got 1/],
    ["PERIOD(m1 + m2)", /PERIOD takes the id of a metric/],
    ["SORT(METRICS(), P99, ASC)", /SORT needs one of AVG, MIN, MAX, SUM/],
    ["METRICS() + METRICS()", /\+ can't combine two arrays/],
    ["METRICS() > 5", /compares time series and numbers/],
    ["[m1, 5]", /an array holds time series, not numbers; write TIME_SERIES\(5\)/],
    ["IF(METRICS(), 1, 0)", /IF takes time series and numbers/],
    ["IF(1, 2, 3)", /IF of a number needs a time series/],
    ["'text'", /a string \("text"\) is no value/],
    ["SEARCH('x', 'Best', 60)", /"Best" is not a statistic/],
    ["constructor(m1)", /unknown function constructor/],
  ] as const) {
    it(expression, () => {
      assert.throws(() => evaluateMath(expression, { m1: [1], m2: [2] }), { name: "ExpressionError", message });
    });
  }

  it("names the row in which the mistake is", () => {
    assert.throws(() => evaluateMath("ABS(", { m1: [1] }), { message: /^Error in expression 'result': / });
  });
});
