// Source: Specification: Embedded metric format
import assert = require("node:assert/strict");
import { embeddedMetrics } from "../../../../sandbox/services/logs/embeddedMetrics";

const directive = (more: object = {}) => ({
  Namespace: "Sluice",
  Dimensions: [["Stack"]],
  Metrics: [{ Name: "Desired", Unit: "Count" }],
  ...more,
});
const line = (root: object, ...directives: object[]) =>
  JSON.stringify({ _aws: { Timestamp: 1_000, CloudWatchMetrics: directives }, ...root });
const datum = { namespace: "Sluice", name: "Desired", dimensions: { Stack: "dev" }, timestamp: 1_000, value: 4, unit: "Count" };

describe("Embedded metric format", () => {
  it("takes namespace, dimensions, unit, value and timestamp from the line", () => {
    assert.deepEqual(embeddedMetrics(line({ Stack: "dev", Desired: 4 }, directive())), [datum]);
  });

  it("finds the object behind the prefix of Lambda's runtime", () => {
    assert.deepEqual(embeddedMetrics("2026-03-02T00:00:00.000Z\tid\tINFO\t" + line({ Stack: "dev", Desired: 4 }, directive())), [
      datum,
    ]);
  });

  it("publishes each metric under each dimension set; an empty set is a metric without dimensions", () => {
    const metrics = embeddedMetrics(
      line({ Stack: "dev", Id: "a", Desired: 4 }, directive({ Dimensions: [["Stack", "Id"], []] })),
    );
    assert.deepEqual(
      metrics.map(({ dimensions }) => dimensions),
      [{ Stack: "dev", Id: "a" }, {}],
    );
  });

  it("an array of up to 100 values is a statistic set", () => {
    const of = (Desired: unknown) => embeddedMetrics(line({ Stack: "dev", Desired }, directive()));
    assert.deepEqual(of([4, 1, 7])[0]?.value, { sum: 12, minimum: 1, maximum: 7, sampleCount: 3 });
    assert.equal(of(Array.from({ length: 100 }, () => 1)).length, 1);
    assert.deepEqual(of(Array.from({ length: 101 }, () => 1)), []);
    assert.deepEqual(of([]), []);
  });

  it("a metric without a number, or a dimension without a text, publishes nothing", () => {
    assert.deepEqual(embeddedMetrics(line({ Stack: "dev" }, directive())), []);
    assert.deepEqual(embeddedMetrics(line({ Stack: "dev", Desired: "4" }, directive())), []);
    assert.deepEqual(embeddedMetrics(line({ Desired: 4 }, directive())), []);
    assert.deepEqual(embeddedMetrics(line({ Stack: 5, Desired: 4 }, directive())), []);
  });

  it("a line that isn't the format publishes nothing", () => {
    for (const text of [
      "hello",
      "{}",
      '{"_aws":1}',
      '{"_aws":{"Timestamp":1}}',
      '{"_aws":{"CloudWatchMetrics":[]}}',
      '{"_aws": broken',
    ]) {
      assert.deepEqual(embeddedMetrics(text), [], text);
    }
    assert.deepEqual(embeddedMetrics(line({ Stack: "dev", Desired: 4 }, directive({ Namespace: undefined }))), []);
  });

  it("several directives publish each", () => {
    const metrics = embeddedMetrics(line({ Stack: "dev", Desired: 4 }, directive(), directive({ Namespace: "Other" })));
    assert.deepEqual(
      metrics.map(({ namespace }) => namespace),
      ["Sluice", "Other"],
    );
  });
});
