import { strict as assert } from "node:assert";
import { isTime, parseConfig, parseDesired, parseJson, parseState } from "../../../scaler/aws/parse";
import { flinkConfig, minute, start, streamConfig } from "../scenario";

const backoff = { to: 12, minutes: 10, until: start, reason: "r" };

/** Whether a state with this field is one. */
const reads = (field: string, value: unknown, kind: "stream" | "flink" = "stream") =>
  JSON.stringify(parseState({ [field]: value }, kind, start)) === JSON.stringify({ [field]: value });

describe("the limits of what a state holds", () => {
  const limits: [what: string, field: string, within: unknown[], beyond: unknown[]][] = [
    ["a count", "actual", [0, 1, 1_000_000], [-1, 1_000_001, 1.5, "8", null, NaN]],
    ["a time", "pendingSince", [0, start, start + 180_000], [-1, start + 180_001, 0.5, String(start)]],
    ["a time ahead", "restUntil", [0, start + 3_780_000], [-1, start + 3_780_001]],
    [
      "a name",
      "seen",
      ["x", "x".repeat(255), "ü".repeat(127), '"'.repeat(127)],
      ["", "x".repeat(256), "ü".repeat(128), '"'.repeat(128), 7],
    ],
    ["a reason", "gone", ["", "x".repeat(400), "ü".repeat(200)], ["x".repeat(401), "ü".repeat(201), 7, null]],
    [
      "updates",
      "updates",
      [
        [],
        [[start / minute, 4]],
        [
          [0, 0],
          [start / minute + 3, 1_000_000],
        ],
      ],
      [
        {},
        [[start / minute]],
        [[start / minute, 4, 4]],
        [[start / minute + 4, 4]],
        [[0.5, 4]],
        [[1, -4]],
        [[1, 4], 5],
        [{ 0: 1, 1: 4, length: 2 }],
      ],
    ],
  ];
  for (const [what, field, within, beyond] of limits) {
    it(`are kept for ${what}`, () => {
      for (const value of within) assert.ok(reads(field, value), JSON.stringify(value));
      for (const value of beyond) assert.ok(!reads(field, value), JSON.stringify(value));
    });
  }

  const change = { call: "UpdateShardCount", from: 4, to: 8, at: start, sent: true };
  const shapes: [field: string, whole: Record<string, unknown>, optional: Record<string, unknown>][] = [
    ["settled", { desired: 8, of: "2:0", at: start, reason: "r", failed: true }, {}],
    ["change", change, { begun: true, operationId: "o-1", version: 3 }],
    ["blocked", { of: "2:0", since: start, reason: "r" }, {}],
    ["attempts", { since: start, count: 1, next: start }, {}],
    ["plan", { from: 4, to: 8, since: start }, {}],
    ["turn", { id: "dev-stream", at: start }, {}],
    ["backoff", {}, { out: backoff, in: backoff }],
  ];
  for (const [field, whole, optional] of shapes) {
    it(`are the fields of ${field}: all of them, and no others`, () => {
      assert.ok(reads(field, whole));
      assert.ok(reads(field, { ...whole, ...optional }));
      for (const name of Object.keys(whole)) {
        const { [name]: _left, ...rest } = whole;
        assert.ok(!reads(field, rest), `without ${name}`);
      }
      for (const name of Object.keys({ ...whole, ...optional })) {
        assert.ok(!reads(field, { ...whole, ...optional, [name]: null }), `${name} null`);
        assert.ok(!reads(field, { ...whole, ...optional, [name]: [] }), `${name} []`);
      }
      assert.ok(!reads(field, { ...whole, more: 1 }), "with another one");
      for (const value of [null, [], "x", 7]) assert.ok(!reads(field, value), JSON.stringify(value));
    });
  }

  it("are the calls of the dimension's kind", () => {
    const of = (kind: "stream" | "flink") =>
      ["UpdateShardCount", "SplitShard", "MergeShards", "UpdateApplication", "", "DeleteStream"].filter((call) =>
        reads("change", { ...change, call }, kind),
      );
    assert.deepEqual(of("stream"), ["UpdateShardCount", "SplitShard", "MergeShards"]);
    assert.deepEqual(of("flink"), ["UpdateApplication"]);
  });

  it("are not times, where nobody knows the run's: an API request's own says nothing", () => {
    const far = { pendingSince: start + 1e12, restUntil: 8.64e15 };
    assert.deepEqual(parseState(far, "stream"), far);
    assert.equal(parseState({ pendingSince: 8.64e15 + 1 }, "stream"), undefined);
  });

  it("leave out what is no field, and an absent one", () => {
    assert.deepEqual(parseState({ actual: undefined, more: 1, noted: 3 }, "stream", start), { noted: 3 });
    for (const value of [null, [], "x", 7, undefined]) assert.equal(parseState(value, "stream", start), undefined);
  });
});

describe("a configuration's problems", () => {
  const lag = { namespace: "AWS/KinesisAnalytics", metricName: "millisBehindLatest", dimensions: { Application: "enrich" } };
  const without = (config: object, field: string) => ({ ...config, [field]: undefined });

  it("name every field that is missing or out of range, in one sentence", () => {
    assert.equal(parseConfig({ kind: "stream" }), "name, pipeline, mode, min, max, updatesPerDay missing or out of range");
    assert.equal(
      parseConfig({ kind: "flink" }),
      "name, pipeline, mode, min, max, parallelismPerKpu, maxParallelism, drainAfterReshard, checkpointIntervalSeconds missing or out of range",
    );
    for (const field of Object.keys(flinkConfig).filter((name) => name !== "kind"))
      assert.equal(parseConfig(without(flinkConfig, field)), `${field} missing or out of range`);
    for (const field of Object.keys(streamConfig).filter((name) => name !== "kind"))
      assert.equal(parseConfig(without(streamConfig, field)), `${field} missing or out of range`);
  });

  it("say what a kind must be, and that it must be an object", () => {
    assert.equal(parseConfig({ kind: "topic" }), 'kind is "topic", it must be "stream" or "flink"');
    for (const value of [null, [], "x", 7, undefined]) assert.equal(parseConfig(value), "it is not a JSON object");
  });

  const edges: [what: string, config: object, fine: boolean][] = [
    ["min as large as max", { ...streamConfig, min: 8, max: 8 }, true],
    ["min above max", { ...streamConfig, min: 9, max: 8 }, false],
    ["a mode of observe", { ...streamConfig, mode: "observe" }, true],
    ["another mode", { ...streamConfig, mode: "sleep" }, false],
    ["an initial capacity", { ...streamConfig, initial: 4 }, true],
    ["a broken initial capacity", { ...streamConfig, initial: "4" }, false],
    ["one subtask a KPU", { ...flinkConfig, parallelismPerKpu: 1, maxParallelism: 1 }, true],
    ["no subtask a KPU", { ...flinkConfig, parallelismPerKpu: 0 }, false],
    ["half a subtask", { ...flinkConfig, maxParallelism: 0.5 }, false],
    ["a lag with its limit", { ...flinkConfig, lag, lagLimitSeconds: 60 }, true],
    ["a lag without dimensions", { ...flinkConfig, lag: { ...lag, dimensions: {} } }, true],
    ["a lag whose dimensions aren't texts", { ...flinkConfig, lag: { ...lag, dimensions: { Application: 7 } } }, false],
    ["a lag with dimensions of a list", { ...flinkConfig, lag: { ...lag, dimensions: ["x"] } }, false],
    ["a lag with more", { ...flinkConfig, lag: { ...lag, unit: "ms" } }, false],
    ["a lag without a metric", { ...flinkConfig, lag: { ...lag, metricName: "" } }, false],
    ["a lag limit below zero", { ...flinkConfig, lag, lagLimitSeconds: -1 }, false],
  ];
  for (const [what, config, fine] of edges) {
    it(`are ${fine ? "none" : "one"} with ${what}`, () => {
      if (fine) assert.deepEqual(parseConfig(config), config);
      else assert.match(String(parseConfig(config)), /^\w+ missing or out of range$/);
    });
  }
});

describe("what else is read", () => {
  it("is JSON or nothing", () => {
    assert.deepEqual(parseJson('{"a":1}'), { a: 1 });
    assert.equal(parseJson("null"), null);
    for (const text of [undefined, "", "{", "x"]) assert.equal(parseJson(text), undefined);
  });

  it("is a desired: a count and a time, nothing, or broken", () => {
    assert.deepEqual(parseDesired({ desired: 0, at: 0 }), { desired: 0, at: 0 });
    assert.deepEqual(parseDesired({ desired: 1_000_000, at: 8.64e15 }), { desired: 1_000_000, at: 8.64e15 });
    assert.equal(parseDesired({}), undefined);
    for (const value of [
      { desired: 1_000_001, at: 0 },
      { desired: 1, at: 8.64e15 + 1 },
      { desired: 1 },
      { at: 1 },
      [],
      null,
      undefined,
    ])
      assert.equal(parseDesired(value), "broken");
  });

  it("is a time that a Date can hold", () => {
    assert.deepEqual([0, 8.64e15, -1, 8.64e15 + 1, 0.5, NaN, "0", undefined].map(isTime), [
      ...[true, true, false, false, false, false, false, false],
    ]);
  });
});
