// Source: the sandbox's own
import { strict as assert } from "node:assert";
import { numberSlabs } from "../../../../sandbox/services/cloudwatch/numberSlabs";
import { RecentMinutes } from "../../../../sandbox/services/cloudwatch/recentMinutes";
import { Series, seriesId, type MetricKey } from "../../../../sandbox/services/cloudwatch/series";
import { seriesIndex } from "../../../../sandbox/services/cloudwatch/seriesIndex";

const recent = new RecentMinutes(0);
const series = (key: MetricKey, row = 0) => new Series(key, seriesId(key), row, recent, numberSlabs());
const metric = (dimensions: MetricKey["dimensions"], name = "Load", namespace = "Test"): MetricKey => ({
  namespace,
  name,
  dimensions,
});
const keys = [
  metric({}),
  metric({ A: "x" }),
  metric({ B: "x" }),
  metric({ A: "x", B: "y" }),
  metric({ A: "x", B: "z" }),
  metric({ A: "x" }, "Other"),
  metric({ A: "x" }, "Load", "Elsewhere"),
];
const filled = () => {
  const index = seriesIndex();
  keys.forEach((key, row) => index.add(series(key, row)));
  return index;
};

describe("series by what identifies their metric", () => {
  it("are told apart by namespace, name and every dimension, whatever the order of dimensions", () => {
    const index = filled();
    keys.forEach((key, row) => assert.equal(index.find(structuredClone(key))?.row, row, JSON.stringify(key)));
    assert.equal(index.find(metric({ B: "y", A: "x" }))?.row, 3);
    assert.equal(index.find(metric({ C: "x" })), undefined);
    assert.equal(index.find(metric({ A: "x", B: "y", C: "z" })), undefined);
    assert.deepEqual(
      [...index.all()].map(({ row }) => row),
      keys.map((_, row) => row),
    );
  });

  it("are found when they are published, in the same order as before or in any other", () => {
    const index = filled();
    const rows = keys.map((_, row) => row);
    const orders = [rows, rows, rows.toReversed(), rows, [0, 0, 2, 2, 5, 1, 6, 1, 5], rows, rows];
    for (const order of orders)
      for (const row of order) assert.equal(index.publishedRow(structuredClone(keys[row]!)), row, JSON.stringify({ order, row }));
    assert.equal(index.publishedRow(metric({ A: "unknown" })), -1);
    for (const row of rows) assert.equal(index.publishedRow(keys[row]!), row);
  });

  it("are told apart when they are published with the same object for their dimensions", () => {
    const index = seriesIndex();
    const dimensions = { A: "x" };
    const names = ["a", "b", "c"];
    names.forEach((name, row) => index.add(series(metric(dimensions, name), row)));
    const others = { A: "y" };
    names.forEach((name, row) => index.add(series(metric(others, name), 3 + row)));
    for (let round = 0; round < 3; round++) {
      names.forEach((name, row) => assert.equal(index.publishedRow(metric(dimensions, name)), row));
      names.forEach((name, row) => assert.equal(index.publishedRow(metric(others, name)), 3 + row));
    }
    // The first pipeline's metrics in the second's place.
    assert.equal(index.publishedRow(metric(others, "a")), 3);
    assert.equal(index.publishedRow(metric(others, "b")), 4);
  });

  it("are gone when they are removed, and another may have their row", () => {
    const index = filled();
    for (const key of keys) index.publishedRow(key);
    index.remove(index.find(keys[1]!)!);
    index.publishedRow(keys[0]!);
    assert.equal(index.publishedRow(keys[1]!), -1);
    assert.equal(index.find(keys[1]!), undefined);
    index.publishedRow(keys[0]!);
    index.add(series(metric({ D: "new" }), 1));
    assert.equal(index.publishedRow(keys[1]!), -1);
    assert.equal(index.publishedRow(metric({ D: "new" })), 1);
    assert.equal(index.find(keys[2]!)?.row, 2);
  });
});
