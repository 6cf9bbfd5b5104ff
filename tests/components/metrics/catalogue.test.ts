import { strict as assert } from "node:assert";
import type { MetricEntry } from "../../../components/metrics/catalogue";
import {
  applicationScalerMetrics,
  catalogue,
  consumerMetrics,
  emittedBy,
  flinkVersion,
  generations,
  healthMetrics,
  progressMetrics,
  reportedAt,
  resourceMetrics,
  sourceMetrics,
  statOf,
  streamMetrics,
  streamScalerMetrics,
} from "../../../components/metrics/catalogue";
import { capacityMetrics } from "../../../scaler/names";
import { names } from "../dashboard/model";

const all = { ...names, consumerName: "tally-efo", scalerFunctionName: "dev-scaler" };

const namesOf = (entries: readonly MetricEntry[]): string[] => entries.map(({ name }) => name);

describe("the metric catalogue", () => {
  it("has every metric once", () => {
    const keys = catalogue.map((entry) => JSON.stringify([entry.namespace, entry.name, entry.dimensions(all)]));
    assert.equal(new Set(keys).size, keys.length);
  });

  it("says for each its statistic and why, unit, level, healthy range and generations", () => {
    for (const entry of catalogue) {
      assert.match(entry.stat, /^(Average|Sum|Minimum|Maximum)$/, entry.name);
      for (const text of [entry.why, entry.unit, entry.healthy]) assert.ok(text.length > 0, entry.name);
      assert.ok(entry.levels.length > 0 && entry.period % 60 === 0 && generations(entry).length > 0, entry.name);
      for (const value of Object.values(entry.dimensions(all))) assert.ok(String(value).length > 0, entry.name);
    }
  });

  it("keys each group by the metric's name, the scaler's by the names' keys", () => {
    for (const group of [healthMetrics, resourceMetrics, progressMetrics, sourceMetrics, streamMetrics, consumerMetrics]) {
      assert.deepEqual(Object.keys(group), namesOf(Object.values(group)));
    }
    assert.deepEqual(namesOf(Object.values(streamScalerMetrics)), Object.values(capacityMetrics));
    assert.deepEqual(Object.keys(streamScalerMetrics), Object.keys(capacityMetrics));
    assert.ok(!("updatesLeft" in applicationScalerMetrics));
  });

  it("sums counts that Kinesis publishes per call, and takes the furthest behind of lags", () => {
    for (const name of ["IncomingRecords", "IncomingBytes", "WriteProvisionedThroughputExceeded"] as const) {
      assert.equal(streamMetrics[name].stat, "Sum");
    }
    for (const entry of [sourceMetrics.millisBehindLatest, streamMetrics["GetRecords.IteratorAgeMilliseconds"]]) {
      assert.equal(entry.stat, "Maximum");
    }
  });

  it("marks the metrics of which Managed Flink takes four snapshots a minute", () => {
    const marked = catalogue.filter(({ snapshotsPerMinute }) => snapshotsPerMinute === 4);
    assert.deepEqual(namesOf(marked), [
      "numRecordsInPerSecond",
      "numRecordsOutPerSecond",
      "numRecordsIn",
      "numRecordsOut",
      "numLateRecordsDropped",
    ]);
    for (const { stat } of marked) assert.equal(stat, "Sum");
  });

  it("knows that KPUs is an hourly metric and the others come every minute", () => {
    assert.deepEqual(namesOf(catalogue.filter(({ period }) => period !== 60)), ["KPUs"]);
    assert.equal(resourceMetrics.KPUs.period, 3600);
  });

  it("gives the metric of a pipeline with its dimensions, and another statistic on request", () => {
    assert.deepEqual(statOf(sourceMetrics.millisBehindLatest, names), {
      namespace: "AWS/KinesisAnalytics",
      metricName: "millisBehindLatest",
      dimensions: { Id: "rides", Application: "tally", Flow: "Input" },
      stat: "Maximum",
      period: 60,
    });
    assert.equal(statOf(streamScalerMetrics.desired, names, "Minimum").stat, "Minimum");
    assert.deepEqual(statOf(streamScalerMetrics.desired, names).dimensions, { Stack: "dev", Dimension: "dev-stream" });
    assert.deepEqual(statOf(consumerMetrics["SubscribeToShardEvent.Records"], all).dimensions, {
      StreamName: "rides",
      ConsumerName: "tally-efo",
    });
  });
});

describe("Flink versions", () => {
  it("come from the runtime environment", () => {
    assert.equal(flinkVersion("FLINK-1_20"), "1.20");
    assert.equal(flinkVersion("FLINK-2_2"), "2.2");
    for (const wrong of ["SQL-1_0", "ZEPPELIN-FLINK-3_0", "FLINK-2", "flink-1_20"]) {
      assert.throws(() => flinkVersion(wrong), { name: "RangeError", message: new RegExp(`"${wrong}"`) });
    }
  });

  it("decide which restarts are counted: fullRestarts was removed in 2.2, numRestarts came", () => {
    const { fullRestarts, numRestarts } = healthMetrics;
    assert.deepEqual([emittedBy(fullRestarts, "FLINK-1_20"), emittedBy(numRestarts, "FLINK-1_20")], [true, false]);
    assert.deepEqual([emittedBy(fullRestarts, "FLINK-2_2"), emittedBy(numRestarts, "FLINK-2_2")], [false, true]);
    assert.deepEqual([generations(fullRestarts), generations(numRestarts)], [["1.x"], ["2.x"]]);
  });

  it("compare as versions, not as text: 1.8 is before 1.13, and 1.20 after it", () => {
    const emitted = ["FLINK-1_8", "FLINK-1_13", "FLINK-1_20"].map((runtime) =>
      emittedBy(progressMetrics.busyTimeMsPerSecond, runtime),
    );
    assert.deepEqual(emitted, [false, true, true]);
    assert.deepEqual(generations(progressMetrics.busyTimeMsPerSecond), ["1.x", "2.x"]);
  });
});

describe("metrics levels", () => {
  it("include the levels above them", () => {
    const at = (metricsLevel: string): boolean[] =>
      (["Application", "Task", "Operator", "Parallelism"] as const).map((level) =>
        reportedAt(progressMetrics.numRecordsIn, metricsLevel, level),
      );
    assert.deepEqual(at("APPLICATION"), [true, false, false, false]);
    assert.deepEqual(at("TASK"), [true, true, false, false]);
    assert.deepEqual(at("OPERATOR"), [true, true, true, false]);
    assert.deepEqual(at("PARALLELISM"), [true, true, true, true]);
  });

  it("leave busy, back-pressured and idle time out of the application level", () => {
    for (const name of ["busyTimeMsPerSecond", "backPressuredTimeMsPerSecond", "idleTimeMsPerSecond"] as const) {
      assert.equal(reportedAt(progressMetrics[name], "PARALLELISM", "Application"), false);
      assert.equal(reportedAt(progressMetrics[name], "TASK", "Task"), true);
    }
  });

  it("do not bring CPU by task", () => {
    assert.equal(reportedAt(resourceMetrics.cpuUtilization, "PARALLELISM", "Task"), false);
  });
});
