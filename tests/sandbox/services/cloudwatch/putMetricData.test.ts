// Source: PutMetricData, MetricDatum (API reference)
import { strict as assert } from "node:assert";
import type { Shape } from "../../../../sandbox/core/cloud";
import { day, hour } from "../../../../sandbox/core/clock";
import { parseMetricData } from "../../../../sandbox/services/cloudwatch/putMetricData";
import { cloudWatchAlone, minute, start } from "./support";

const parse = (...data: Shape[]) => parseMetricData({ Namespace: "Test", MetricData: data }, start);
const datum = (changes: Shape = {}): Shape => ({ MetricName: "Load", Value: 1, ...changes });

describe("PutMetricData", () => {
  it("stores a value at the time of the call unless a timestamp is given", async () => {
    const { call, cloudwatch, runTo } = cloudWatchAlone();
    await call("PutMetricData", {
      Namespace: "Test",
      MetricData: [
        { MetricName: "Load", Value: 3, Unit: "Count", Dimensions: [{ Name: "Stack", Value: "dev" }] },
        { MetricName: "Load", Value: 4, Timestamp: start / 1000 - 60, Dimensions: [{ Name: "Stack", Value: "dev" }] },
      ],
    });
    await runTo(2);
    assert.deepEqual(cloudwatch.metrics(), [{ namespace: "Test", name: "Load", dimensions: { Stack: "dev" } }]);
    const metric = { Namespace: "Test", MetricName: "Load", Dimensions: [{ Name: "Stack", Value: "dev" }] };
    const [result] = cloudwatch.query(
      [{ Id: "m1", MetricStat: { Metric: metric, Stat: "Sum", Period: 60 } }],
      start - minute,
      start + minute,
    );
    assert.deepEqual([...result!.values], [4, 3]);
  });

  it("takes arrays of values and counts, and statistic sets", () => {
    const [one, two] = parse(datum({ Value: undefined, Values: [5, 7], Counts: [1, 3] }));
    assert.equal(one!.value, 5);
    assert.deepEqual(two!.value, { sum: 21, minimum: 7, maximum: 7, sampleCount: 3 });
    const set = { SampleCount: 2, Sum: 5, Minimum: 2, Maximum: 3 };
    assert.deepEqual(parse(datum({ Value: undefined, StatisticValues: set }))[0]!.value, {
      sampleCount: 2,
      sum: 5,
      minimum: 2,
      maximum: 3,
    });
  });

  it("accepts timestamps from two weeks back to two hours ahead", () => {
    assert.equal(
      parse(datum({ Timestamp: new Date(start - 14 * day) }), datum({ Timestamp: new Date(start + 2 * hour) })).length,
      2,
    );
  });

  for (const [what, change, name, message] of [
    [
      "a timestamp older than two weeks",
      { Timestamp: new Date(start - 14 * day - 1) },
      "InvalidParameterValueException",
      /past two weeks/,
    ],
    [
      "a timestamp more than two hours ahead",
      { Timestamp: new Date(start + 2 * hour + 1) },
      "InvalidParameterValueException",
      /two hours/,
    ],
    ["NaN", { Value: Number.NaN }, "InvalidParameterValueException", /NaN for parameter MetricData.member.1.Value is invalid/],
    ["Infinity", { Value: Number.POSITIVE_INFINITY }, "InvalidParameterValueException", /Infinity/],
    ["values beyond 2^360", { Value: 2 ** 361 }, "InvalidParameterValueException", /is invalid/],
    [
      "more than 150 values",
      { Value: undefined, Values: Array(151).fill(1) },
      "InvalidParameterValueException",
      /151 values; the limit is 150/,
    ],
    [
      "counts that don't match",
      { Value: undefined, Values: [1, 2], Counts: [1] },
      "InvalidParameterValueException",
      /same number of elements/,
    ],
    ["no value", { Value: undefined }, "MissingRequiredParameterException", /At least one of the parameters Value/],
    ["two kinds of value", { Values: [1] }, "InvalidParameterCombinationException", /mutually exclusive/],
    ["no name", { MetricName: undefined }, "MissingRequiredParameterException", /MetricName is required/],
    ["an unknown unit", { Unit: "Shards" }, "ValidationError", /enum value set/],
    ["an empty dimension value", { Dimensions: [{ Name: "A", Value: "" }] }, "ValidationError", /dimensions.1.member.value/],
    [
      "31 dimensions",
      { Dimensions: Array.from({ length: 31 }, (_, i) => ({ Name: `d${i}`, Value: "x" })) },
      "ValidationError",
      /equal to 30/,
    ],
    ["high resolution", { StorageResolution: 1 }, "InvalidParameterValueException", /does not model high-resolution/],
    [
      "a minimum above the maximum",
      { Value: undefined, StatisticValues: { SampleCount: 1, Sum: 1, Minimum: 2, Maximum: 1 } },
      "InvalidParameterValueException",
      /Minimum/,
    ],
  ] as const) {
    it(`refuses ${what}`, () => assert.throws(() => parse(datum(change)), { name, message }));
  }

  it("refuses more than 1,000 data, a missing namespace and namespaces of AWS", () => {
    assert.throws(() => parse(...Array(1001).fill(datum())), {
      name: "ValidationError",
      message: /length less than or equal to 1000/,
    });
    assert.throws(() => parseMetricData({ MetricData: [datum()] }, start), { name: "ValidationError", message: /'namespace'/ });
    assert.throws(() => parseMetricData({ Namespace: "AWS/Kinesis", MetricData: [datum()] }, start), {
      name: "InvalidParameterValueException",
    });
  });

  it("stores nothing when one datum is refused", async () => {
    const { call, cloudwatch, runTo } = cloudWatchAlone();
    const MetricData = [datum(), datum({ Value: Number.NaN })];
    await assert.rejects(call("PutMetricData", { Namespace: "Test", MetricData }));
    await runTo(5);
    assert.deepEqual(cloudwatch.metrics(), []);
  });
});
