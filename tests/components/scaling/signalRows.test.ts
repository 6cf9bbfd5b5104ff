import * as assert from "node:assert/strict";
import type { MetricQuery } from "../../../components/metrics/metricQuery";
import { busyTime, cpuLoad, flinkUtilisation, loadUtilisation } from "../../../components/scaling/signals/application";
import { lagStat, lagThatStays } from "../../../components/scaling/signals/lag";
import { expressionSignal } from "../../../components/scaling/signals/expression";
import { hotShardThrottling, streamUtilisation, throttledPercent } from "../../../components/scaling/signals/stream";
import { toScaleIn, toScaleOut } from "../../../components/scaling/signals/reading";
import { flink, names } from "./names";

describe("what a signal reads, and what it is called", () => {
  const records = "r Sum IncomingRecords";
  const throttled = "t Sum WriteProvisionedThroughputExceeded";
  const accepted = (capacity: string) => [capacity, records, "b Sum IncomingBytes", "a Maximum ActualCapacity"];
  const settledRow = "s Minimum SettledCapacity";
  const polled = "w Sum GetRecords.Bytes";
  const fannedOut = "v Sum SubscribeToShardEvent.Bytes";
  const [most, least] = ["c Maximum DesiredCapacity", "c Minimum DesiredCapacity"];
  const lag = "l Maximum millisBehindLatest";
  const { consumerName: _none, ...polling } = names;
  const loaded = (load: string) => ["a Maximum ActualCapacity", `u ${load}`, lag, settledRow];
  const expression = {
    math: "m",
    metrics: [{ id: "m", namespace: "App", metricName: "Waiting" }],
    scaleOutAt: 3,
    target: 2,
    scaleInAt: 1,
  };
  const ofExpression = ["desired Maximum DesiredCapacity", "m Average Waiting"];
  const signals: [signal: () => MetricQuery[], rows: string[], result: string][] = [
    [
      () => streamUtilisation(toScaleOut, names),
      [...accepted(most), throttled, settledRow, polled, fannedOut],
      "utilisation: Stream utilisation (%)",
    ],
    [
      () => streamUtilisation(toScaleIn, polling),
      [...accepted(least), throttled, settledRow, polled],
      "utilisation: Stream utilisation (%)",
    ],
    [() => hotShardThrottling(names), [...accepted(most), throttled], "hot: Throttled below half load (%)"],
    [() => throttledPercent(names), [records, throttled], "share: Throttled (%)"],
    [
      () => flinkUtilisation(toScaleOut, names, flink),
      [most, records, lag, settledRow, polled, fannedOut],
      "utilisation: Application utilisation (%)",
    ],
    [
      () => flinkUtilisation(toScaleIn, polling, flink),
      [least, records, lag, settledRow, polled],
      "utilisation: Application utilisation or backlog (%)",
    ],
    [
      () => loadUtilisation(toScaleOut, names, cpuLoad(names), flink, 60),
      [most, ...loaded("Maximum containerCPUUtilization")],
      "utilisation: CPU (%)",
    ],
    [
      () => loadUtilisation(toScaleIn, names, busyTime(names, "Window"), flink, 60),
      [least, ...loaded("Maximum busyTimeMsPerSecond")],
      "utilisation: Busy time or backlog (%)",
    ],
    [
      () => lagThatStays(names, "flink", 900),
      [most, lag, "a Maximum ActualCapacity"],
      "stays: Lag that doesn't drain in time (s)",
    ],
    [() => expressionSignal(names, "application", expression).queries(toScaleOut), ofExpression, "signal: Signal"],
    [
      () => expressionSignal(names, "application", { ...expression, unit: "messages" }).queries(toScaleOut),
      ofExpression,
      "signal: Signal (messages)",
    ],
  ];
  for (const [signal, rows, result] of signals)
    it(`is ${result}, of ${rows.length} metrics`, () => {
      const queries = signal();
      assert.deepEqual(
        queries.flatMap(({ id, metric }) => (metric ? [`${id} ${metric.stat} ${metric.metricName}`] : [])),
        rows,
      );
      assert.deepEqual(
        queries.flatMap(({ id, label, returnData }) => (returnData ? [`${id}: ${label}`] : [])),
        [result],
      );
    });
});

describe("scaling signals keep to what alarms allow", () => {
  const all = () => [
    streamUtilisation(toScaleOut, names),
    streamUtilisation(toScaleIn, names),
    flinkUtilisation(toScaleOut, names, flink),
    flinkUtilisation(toScaleIn, names, flink),
    hotShardThrottling(names),
    throttledPercent(names),
  ];

  it("at most 10 metrics and 10 expressions, exactly one result, every metric of one minute", () => {
    for (const queries of all()) {
      assert.ok(queries.filter((q) => q.metric).length <= 10);
      assert.ok(queries.filter((q) => q.expression).length <= 10);
      assert.equal(queries.filter((q) => q.returnData).length, 1);
      assert.deepEqual([...new Set(queries.flatMap((q) => (q.metric ? [q.metric.period] : [])))], [60]);
      assert.equal(new Set(queries.map((q) => q.id)).size, queries.length);
    }
  });

  it("no SEARCH, and MAX, MIN, SUM and AVG of arrays only", () => {
    for (const { expression = "" } of all().flat()) {
      assert.doesNotMatch(expression, /SEARCH|METRICS/);
      for (const [call] of expression.matchAll(/\b(MAX|MIN|SUM|AVG)\(./g)) assert.ok(call.endsWith("(["), expression);
    }
  });

  it("out divides by the largest capacity asked for in the minute, in by the smallest", () => {
    const capacities = all()
      .slice(0, 4)
      .map((queries) => {
        const { metricName, stat } = queries.find(({ id }) => id === "c")!.metric!;
        return `${stat} ${metricName}`;
      });
    const [out, scaleIn] = ["Maximum DesiredCapacity", "Minimum DesiredCapacity"];
    assert.deepEqual(capacities, [out, scaleIn, out, scaleIn]);
  });
});

describe("lag", () => {
  it("is read from Flink, from the polling consumers or from the enhanced fan-out consumer", () => {
    assert.deepEqual(lagStat(names, "flink"), {
      namespace: "AWS/KinesisAnalytics",
      metricName: "millisBehindLatest",
      dimensions: { Id: "orders", Application: "counter", Flow: "Input" },
      stat: "Maximum",
      period: 60,
    });
    assert.equal(lagStat(names, "iteratorAge").metricName, "GetRecords.IteratorAgeMilliseconds");
    assert.deepEqual(lagStat(names, "efo").dimensions, { StreamName: "orders", ConsumerName: "counter-consumer" });
  });
});
