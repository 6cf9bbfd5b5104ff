import * as assert from "node:assert/strict";
import { kpuKind } from "../../../components/scaling/dimensionKind";
import type { ExpressionArgs } from "../../../components/scaling/expressionArgs";
import { validateScaling } from "../../../components/scaling/scalingCheck";

const metric = { id: "m", namespace: "App", metricName: "Waiting" };
const expression: ExpressionArgs = { math: "m / desired", metrics: [metric], scaleOutAt: 100, target: 60, scaleInAt: 40 };
const saidOf = (given: object) =>
  validateScaling({ signal: "expression", expression: given as ExpressionArgs }, kpuKind, { min: 1, max: 64 }, "s.").map(
    ({ path, text }) => `${path}: ${text}`,
  );
/** Of one that is right but for these. */
const said = (more: object) => saidOf({ ...expression, ...more });

describe("an expression", () => {
  it("needs all but a unit, and says what is missing", () => {
    const missing = {
      math: "metric math of at most 1024 characters",
      metrics: "a list of 1 to 8 metrics",
      scaleOutAt: "a number above 0",
      target: "a number above 0",
      scaleInAt: "a number above 0",
    };
    const lines = Object.entries(missing).map(([name, allowed]) => `s.expression.${name}: allowed is ${allowed}. Set it`);
    assert.deepEqual(saidOf({}), lines);
    for (const [i, name] of Object.keys(missing).entries())
      assert.deepEqual(said({ [name]: undefined }), [lines[i]], "what is missing says nothing of the others");
  });

  it("is as long as CloudWatch takes, and its unit a word", () => {
    assert.deepEqual(said({ math: "m".padEnd(1024), unit: "m".repeat(20) }), []);
    assert.deepEqual(said({ math: "m".padEnd(1025), unit: "m".repeat(21) }), [
      "s.expression.math: allowed is metric math of at most 1024 characters",
      "s.expression.unit: allowed is a word of at most 20 characters",
    ]);
    assert.deepEqual(said({ math: "" }), ["s.expression.math: allowed is metric math of at most 1024 characters"]);
    assert.deepEqual(said({ math: "m /\n  desired", unit: "" }), []);
  });

  it("uses what there is, and all of it", () => {
    assert.deepEqual(said({ math: "n / desired + o", metrics: [metric, { ...metric, id: "l" }] }), [
      "s.expression.math: it uses n, o; allowed are m, l, desired, actual. Correct it, or add the metric",
      "s.expression.math: it doesn't use m, l. Use or remove the metric",
    ]);
    assert.deepEqual(said({ math: "m / 1e3 + IF(m > 2.5e1, 1, 0)" }), []);
  });

  it("uses nothing that stands in quotation marks", () => {
    assert.deepEqual(
      said({ math: `m / DB_PERF_INSIGHTS("RDS", 'db-one', "os.cpu") / DB_PERF_INSIGHTS('RDS', "db-two", 'os.cpu')` }),
      [],
    );
    for (const math of [`desired + F("m")`, `desired + F('m')`])
      assert.deepEqual(said({ math }), ["s.expression.math: it doesn't use m. Use or remove the metric"]);
  });

  it("doesn't search for metrics", () => {
    for (const math of ["SEARCH('{App} Waiting', 'Sum', 60) + m", "m + SEARCH  ('{App} Waiting', 'Sum', 60)"])
      assert.deepEqual(said({ math }), ["s.expression.math: an alarm can't use SEARCH. Name each metric in `metrics`"]);
  });

  it("has thresholds in order, in its own unit, between which it doesn't flap", () => {
    assert.deepEqual(said({ target: 40 }), [
      "s.expression.target: allowed is above `s.expression.scaleInAt` (40) and below `s.expression.scaleOutAt` (100). Change one of them",
    ]);
    assert.deepEqual(said({ target: 100 }).length, 1);
    const flaps = (worth: (value: number) => string) => [
      `s.expression.scaleInAt: it would flap: scaling in from 2 to 1 KPUs at ${worth(55)} leads to ${worth(110)}, allowed is less than ` +
        "`s.expression.scaleOutAt` (100). Lower it, or raise `s.expression.scaleOutAt` or the minimum",
    ];
    assert.deepEqual(
      said({ scaleInAt: 55, unit: "messages" }),
      flaps((value) => `${value} messages`),
    );
    assert.deepEqual(
      said({ scaleInAt: 55 }),
      flaps((value) => `${value}`),
    );
    assert.deepEqual(said({ math: "n", scaleInAt: 55 }).length, 2, "nobody knows what flaps where the expression is wrong");
  });
});

describe("an expression's metrics", () => {
  const ofMetric = (more: object) => said({ metrics: [{ ...metric, ...more }] });

  it("have ids of their own", () => {
    assert.deepEqual(said({ math: "m / desired + MAX([n, actual])", metrics: [metric, { ...metric, id: "n" }] }), []);
    assert.deepEqual(said({ metrics: [metric, { ...metric, metricName: "Other" }] }), [
      "s.expression.metrics[1].id: `s.expression.metrics[0]` has it too. Give each an id of its own",
    ]);
    for (const id of ["m1", "mA_1"]) assert.deepEqual(said({ math: id, metrics: [{ ...metric, id }] }), [], id);
    for (const id of ["M", "1m", "m-1", "desired", "actual", "signal"])
      assert.equal(
        ofMetric({ id })[0],
        "s.expression.metrics[0].id: allowed is a lower-case letter, then letters, digits and _; desired, actual, signal are taken",
        id,
      );
  });

  it("are one to eight", () => {
    const several = (count: number) => Array.from({ length: count }, (_, i) => ({ ...metric, id: `m${i}` }));
    assert.deepEqual(said({ math: "m0 + m1 + m2 + m3 + m4 + m5 + m6 + m7", metrics: several(8) }), []);
    for (const count of [0, 9])
      assert.deepEqual(said({ metrics: several(count) }), ["s.expression.metrics: allowed is a list of 1 to 8 metrics"]);
  });

  it("have names that CloudWatch takes", () => {
    const longest = "x".repeat(255);
    assert.deepEqual(ofMetric({ namespace: longest, metricName: longest }), []);
    for (const name of ["", `${longest}x`])
      assert.deepEqual(ofMetric({ namespace: name, metricName: name }), [
        "s.expression.metrics[0].namespace: allowed is a metric's namespace",
        "s.expression.metrics[0].metricName: allowed is a metric's name",
      ]);
  });

  it("have dimensions with values, and a statistic that there is", () => {
    for (const stat of ["Average", "Sum", "Minimum", "Maximum", "SampleCount"])
      assert.deepEqual(ofMetric({ stat, dimensions: { Queue: "orders" } }), []);
    for (const value of [1, ""])
      assert.deepEqual(ofMetric({ dimensions: { Queue: value } }), [
        "s.expression.metrics[0].dimensions: at Queue: allowed is the metric's dimensions: { NAME: VALUE }",
      ]);
    assert.deepEqual(ofMetric({ stat: "p99" }), [
      "s.expression.metrics[0].stat: allowed is Average, Sum, Minimum, Maximum, SampleCount",
    ]);
  });
});
