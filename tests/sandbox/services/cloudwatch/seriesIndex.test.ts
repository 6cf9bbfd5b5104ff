import { strict as assert } from "node:assert";
import { seededRandom } from "../../../../sandbox/core/random";
import { Series, seriesId, type MetricKey } from "../../../../sandbox/services/cloudwatch/series";
import { seriesIndex } from "../../../../sandbox/services/cloudwatch/seriesIndex";

const random = seededRandom(1);
const series = (key: MetricKey) => new Series(key, seriesId(key), 60, random);
const metric = (dimensions: MetricKey["dimensions"], name = "Load", namespace = "Test"): MetricKey => ({
  namespace,
  name,
  dimensions,
});

describe("series by what identifies their metric", () => {
  it("are told apart by namespace, name and every dimension, whatever the order of dimensions", () => {
    const keys = [
      metric({}),
      metric({ A: "x" }),
      metric({ B: "x" }),
      metric({ A: "x", B: "y" }),
      metric({ A: "x", B: "z" }),
      metric({ A: "x" }, "Other"),
      metric({ A: "x" }, "Load", "Elsewhere"),
    ];
    const index = seriesIndex();
    const all = keys.map(series);
    all.forEach((one) => index.add(one));
    keys.forEach((key, i) => assert.equal(index.find(structuredClone(key)), all[i], JSON.stringify(key)));
    assert.equal(index.find(metric({ B: "y", A: "x" })), all[3]);
    assert.equal(index.find(metric({ C: "x" })), undefined);
    assert.equal(index.find(metric({ A: "x", B: "y", C: "z" })), undefined);
    assert.deepEqual([...index.all()], all);
  });

  it("are found among many that share their first dimension", () => {
    const index = seriesIndex();
    const keys = Array.from({ length: 100 }, (_, i) => metric({ Application: "a", Parallelism: String(i) }));
    const all = keys.map(series);
    all.forEach((one) => index.add(one));
    keys.forEach((key, i) => assert.equal(index.find(structuredClone(key)), all[i]));
  });

  it("are gone when they are removed, and can be added again, also for the object that was asked with before", () => {
    const index = seriesIndex();
    const dimensions = { A: "x" };
    const [load, other] = [series(metric(dimensions)), series(metric(dimensions, "Other"))];
    assert.equal(index.find(metric(dimensions)), undefined);
    index.add(load);
    index.add(other);
    assert.equal(index.find(metric(dimensions)), load);
    index.remove(load);
    assert.equal(index.find(metric(dimensions)), undefined);
    assert.equal(index.find(metric(dimensions, "Other")), other);
    index.remove(other);
    assert.equal(index.find(metric(dimensions, "Other")), undefined);
    assert.deepEqual([...index.all()], []);
    const again = series(metric(dimensions));
    index.add(again);
    assert.equal(index.find(metric(dimensions)), again);
  });
});
