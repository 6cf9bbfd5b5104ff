import { strict as assert } from "node:assert";
import { signalRows } from "../../../components/dashboard/signalRows";
import type { MetricQuery } from "../../../components/metrics/metricQuery";

const metric = { namespace: "N", metricName: "M", dimensions: { B: "2", A: "1" }, stat: "Sum", period: 60 };
const queries: MetricQuery[] = [
  { id: "m", metric, returnData: false },
  { id: "m2", metric: { ...metric, period: 300 }, returnData: false },
  { id: "r", expression: 'IF(m > 0, m2, MAX([m, m2])) + SUM(METRICS("m"))', label: "Utilisation (%)", returnData: true },
];

describe("the rows of a signal", () => {
  const { rows, id } = signalRows(queries, "out", { label: "utilisation", color: "#ff9900" });

  it("have prefixed ids, in expressions too, but not inside strings", () => {
    assert.equal(id, "out_r");
    assert.deepEqual(rows[2], [
      {
        id: "out_r",
        expression: 'IF(out_m > 0, out_m2, MAX([out_m, out_m2])) + SUM(METRICS("m"))',
        label: "utilisation",
        color: "#ff9900",
      },
    ]);
  });

  it("hide all but the result, order the dimensions and name only periods other than a minute", () => {
    assert.deepEqual(rows[0], ["N", "M", "A", "1", "B", "2", { id: "out_m", stat: "Sum", visible: false }]);
    assert.deepEqual(rows[1]?.at(-1), { id: "out_m2", stat: "Sum", period: 300, visible: false });
  });

  it("work for a signal that is a metric by itself", () => {
    const alone = signalRows([{ id: "m", metric, returnData: true }], "in", { label: "lag" });
    assert.deepEqual(alone.rows, [["N", "M", "A", "1", "B", "2", { id: "in_m", stat: "Sum", label: "lag" }]]);
  });

  it("need exactly one result", () => {
    assert.throws(
      () => signalRows(queries.slice(0, 2), "out", {}),
      /signal "out": exactly one query must have returnData, got 0 of 2/,
    );
    const twice = queries.map((query) => ({ ...query, returnData: true }));
    assert.throws(() => signalRows(twice, "in", {}), /got 3 of 3/);
  });
});
