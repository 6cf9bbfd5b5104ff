import * as assert from "node:assert/strict";
import type { MetricQuery } from "../../../components/metrics/metricQuery";
import { cpuLoad, flinkUtilisation, loadUtilisation } from "../../../components/scaling/signals/application";
import { lagThatStays } from "../../../components/scaling/signals/lag";
import { idleReadBytes } from "../../../components/scaling/signals/reading";
import { bytesPerShardMinute, hotShardThrottling, streamUtilisation } from "../../../components/scaling/signals/stream";
import { compileQueries } from "../../../sandbox/services/cloudwatch/math/compile";
import { asSeries } from "../../../sandbox/services/cloudwatch/math/values";
import { toScaleIn, toScaleOut, toTrack } from "../../../components/scaling/signals/reading";
import { flink, names } from "./names";

const missing = Number.NaN;
const readings = { out: toScaleOut, in: toScaleIn };

/** The signal's value in one minute; NaN: no datapoint. Both readings of a point missing in MIN and MAX must agree. */
function value(queries: MetricQuery[], metrics: Record<string, number>): number {
  const rows = queries.map(({ id, expression, label }) => ({ id, label: label ?? id, expression }));
  const frame = {
    start: 0,
    period: 60,
    length: 1,
    metric: (index: number) => [metrics[queries[index]!.metric!.metricName] ?? missing],
    search: () => [],
  };
  const [skipped, zero] = (["skipped", "zero"] as const).map((reading) => {
    const compiled = compileQueries(rows, reading).find((row) => queries.find(({ id }) => id === row.id)!.returnData)!;
    return asSeries(compiled.run(frame))[0]!;
  });
  assert.equal(skipped, zero);
  return skipped!;
}

/** With as much there, and settled, as was asked for, and a consumer that had nothing to read, unless told. */
const settled = (metrics: Record<string, number>) => {
  const asked = metrics["DesiredCapacity"] ?? missing;
  return { ActualCapacity: asked, SettledCapacity: asked, "GetRecords.Bytes": 0, ...metrics };
};
const inTime = (metrics: Record<string, number>) =>
  metrics["IncomingRecords"] === undefined ? metrics : { IncomingBytes: 1, ...metrics };
const stream = (metrics: Record<string, number>) => value(streamUtilisation(toScaleOut, names), settled(inTime(metrics)));
const application = (direction: "out" | "in", metrics: Record<string, number>) =>
  value(flinkUtilisation(readings[direction], names, flink), settled(metrics));

describe("stream utilisation", () => {
  it("is the records accepted in percent of 1,000 a second and shard", () => {
    assert.equal(stream({ DesiredCapacity: 4, IncomingRecords: 120_000, IncomingBytes: 1 }), 50);
  });

  it("is the larger of records and bytes (1 MiB a second and shard)", () => {
    assert.equal(stream({ DesiredCapacity: 4, IncomingRecords: 24_000, IncomingBytes: 3 * bytesPerShardMinute }), 75);
    assert.equal(stream({ DesiredCapacity: 4, IncomingRecords: 180_000, IncomingBytes: bytesPerShardMinute }), 75);
  });

  it("counts throttled records above half load", () => {
    assert.equal(stream({ DesiredCapacity: 1, IncomingRecords: 60_000, WriteProvisionedThroughputExceeded: 30_000 }), 150);
  });

  it("raises bytes by the records' share that was throttled", () => {
    const metrics = { DesiredCapacity: 1, IncomingRecords: 30_000, IncomingBytes: bytesPerShardMinute };
    assert.equal(stream({ ...metrics, WriteProvisionedThroughputExceeded: 15_000 }), 150);
  });

  it("counts them once however often producers retry: at most double", () => {
    assert.equal(stream({ DesiredCapacity: 1, IncomingRecords: 60_000, WriteProvisionedThroughputExceeded: 9_000_000 }), 200);
  });

  it("ignores throttling up to half load: a hot shard needs no more shards", () => {
    assert.equal(stream({ DesiredCapacity: 1, IncomingRecords: 30_000, WriteProvisionedThroughputExceeded: 30_000 }), 50);
    assert.ok(stream({ DesiredCapacity: 1, IncomingRecords: 30_060, WriteProvisionedThroughputExceeded: 30_060 }) > 100);
  });

  it("counts throttling by the shards that serve, not by those that are still on their way", () => {
    const metrics = {
      DesiredCapacity: 4,
      ActualCapacity: 1,
      IncomingRecords: 60_000,
      WriteProvisionedThroughputExceeded: 60_000,
    };
    assert.equal(stream(metrics), 50);
    assert.equal(stream({ ...metrics, ActualCapacity: 4 }), 25);
  });

  it("does without the throttled demand while the shards that serve are not known", () => {
    const metrics = { DesiredCapacity: 1, ActualCapacity: missing, IncomingRecords: 60_000 };
    assert.equal(stream({ ...metrics, WriteProvisionedThroughputExceeded: 60_000 }), 100);
    assert.equal(stream({ DesiredCapacity: 1, ActualCapacity: missing }), 0);
  });

  it("is 0 in a minute with capacity and no datapoints of the stream at all", () => {
    assert.equal(stream({ DesiredCapacity: 4 }), 0);
  });

  it("has no datapoint in a minute without capacity, whatever the stream reports", () => {
    assert.equal(stream({}), missing);
    assert.equal(stream({ IncomingRecords: 60_000, IncomingBytes: 60_000, WriteProvisionedThroughputExceeded: 60_000 }), missing);
  });
});

describe("a minute", () => {
  const late = { DesiredCapacity: 4, ActualCapacity: 4, millisBehindLatest: 0 };
  const known = { ...late, IncomingRecords: 60_000, IncomingBytes: 1, WriteProvisionedThroughputExceeded: 0 };
  const all = (metrics: Record<string, number>) => [
    value(streamUtilisation(toScaleOut, names), metrics),
    value(streamUtilisation(toScaleIn, names), metrics),
    value(flinkUtilisation(toScaleOut, names, flink), metrics),
    value(flinkUtilisation(toScaleIn, names, flink), metrics),
  ];

  it("counts as soon as its records are in", () => {
    assert.deepEqual(all(known), [25, 25, 50, 50]);
  });

  it("doesn't count while its records may still come: a false 0 would scale in, and keep from scaling out", () => {
    assert.deepEqual(all(late), [missing, missing, missing, missing]);
  });

  it("had no records if none are in when the settled capacity is, and a consumer read next to nothing", () => {
    const settledMinute = { ...late, SettledCapacity: 4 };
    for (const witness of ["GetRecords.Bytes", "SubscribeToShardEvent.Bytes"]) {
      assert.deepEqual(all({ ...settledMinute, [witness]: 0 }), [0, 0, 0, 0]);
      assert.deepEqual(all({ ...settledMinute, [witness]: idleReadBytes }), [0, 0, 0, 0]);
      assert.deepEqual(all({ ...settledMinute, [witness]: idleReadBytes + 1 }), [missing, 100, missing, 100]);
    }
    assert.deepEqual(all({ ...settledMinute, "GetRecords.Bytes": 0, "SubscribeToShardEvent.Bytes": 1e9 }), [
      missing,
      100,
      missing,
      100,
    ]);
  });

  it("is idle by what is polled alone where no enhanced fan-out consumer is named", () => {
    const { consumerName: _none, ...polling } = names;
    const idle = (read: number) =>
      value(streamUtilisation(toScaleOut, polling), settled({ DesiredCapacity: 4, "GetRecords.Bytes": read }));
    assert.deepEqual([idle(61_440), idle(61_441)], [0, missing]);
  });

  it("is not known without records and without a witness: it holds a scale-in once it is settled", () => {
    assert.deepEqual(all({ ...late, SettledCapacity: 4 }), [missing, 100, missing, 100]);
  });

  it("is not known to the stream while only some of its counts are in", () => {
    const settledMinute = { ...late, SettledCapacity: 4, "GetRecords.Bytes": 0 };
    const scaleIn = (metrics: Record<string, number>) =>
      value(streamUtilisation(toScaleIn, names), { ...settledMinute, ...metrics });
    assert.equal(scaleIn({ IncomingRecords: 1 }), 100);
    assert.equal(scaleIn({ IncomingBytes: 1 }), 100);
    assert.equal(scaleIn({ WriteProvisionedThroughputExceeded: 1 }), 100);
    assert.equal(scaleIn({ IncomingRecords: 60_000, IncomingBytes: 1 }), 25);
    assert.equal(scaleIn({ IncomingRecords: 60_000, IncomingBytes: 1, ActualCapacity: missing }), 100);
  });

  it("whose throttled records aren't in counts as throttled once where the shards that serve are more than half full", () => {
    const metrics = { DesiredCapacity: 8, ActualCapacity: 1, IncomingRecords: 60_000, IncomingBytes: 1 };
    assert.equal(value(streamUtilisation(toScaleIn, names), metrics), 25);
    assert.equal(value(streamUtilisation(toScaleIn, names), { ...metrics, WriteProvisionedThroughputExceeded: 0 }), 12.5);
    assert.equal(value(streamUtilisation(toScaleIn, names), { ...metrics, ActualCapacity: 8 }), 12.5);
  });
});

describe("whatever is missing", () => {
  const low = 10;
  const evidence = (m: Record<string, number>, counts: string[]) => {
    const read = (m["GetRecords.Bytes"] ?? missing) >= 0 || (m["SubscribeToShardEvent.Bytes"] ?? missing) >= 0;
    const idle = counts.every((name) => m[name] === undefined) && read && m["SettledCapacity"] !== undefined;
    return {
      records: idle || counts.slice(0, 2).every((name) => m[name] !== undefined),
      capacity: m["DesiredCapacity"] !== undefined,
    };
  };
  const present: Record<string, number> = {
    DesiredCapacity: 4,
    SettledCapacity: 4,
    ActualCapacity: 4,
    IncomingRecords: 600,
    IncomingBytes: 600,
    WriteProvisionedThroughputExceeded: 0,
    "GetRecords.Bytes": 0,
    "SubscribeToShardEvent.Bytes": 0,
    millisBehindLatest: 0,
  };
  const inputs = Object.keys(present);

  it("is below the threshold for scaling in exactly where records or their absence, lag and capacity are known", () => {
    for (let mask = 0; mask < 1 << inputs.length; mask++) {
      const metrics = Object.fromEntries(inputs.flatMap((name, i) => (mask & (1 << i) ? [[name, present[name]!]] : [])));
      const text = JSON.stringify(metrics);
      const stream = evidence(metrics, ["IncomingRecords", "IncomingBytes", "WriteProvisionedThroughputExceeded"]);
      const seen = metrics["IncomingRecords"] === undefined || metrics["ActualCapacity"] !== undefined;
      assert.equal(value(streamUtilisation(toScaleIn, names), metrics) < low, stream.records && stream.capacity && seen, text);
      const flinkEvidence = evidence(metrics, ["IncomingRecords"]);
      const lag = metrics["millisBehindLatest"] !== undefined;
      const below = value(flinkUtilisation(toScaleIn, names, flink), metrics) < low;
      assert.equal(below, flinkEvidence.records && flinkEvidence.capacity && lag, text);
    }
  });

  it("is never between: a minute that isn't known is 100 once its capacity is settled, and has no datapoint before", () => {
    for (let mask = 0; mask < 1 << inputs.length; mask++) {
      const metrics = Object.fromEntries(inputs.flatMap((name, i) => (mask & (1 << i) ? [[name, present[name]!]] : [])));
      for (const scaleIn of [
        value(streamUtilisation(toScaleIn, names), metrics),
        value(flinkUtilisation(toScaleIn, names, flink), metrics),
      ]) {
        if (scaleIn < low) continue;
        const settledMinute = metrics["DesiredCapacity"] !== undefined && metrics["SettledCapacity"] !== undefined;
        assert.equal(scaleIn, settledMinute ? 100 : missing, JSON.stringify(metrics));
      }
    }
  });
});

describe("application utilisation", () => {
  it("is the stream's accepted records in percent of what the KPUs process", () => {
    assert.equal(application("out", { DesiredCapacity: 4, IncomingRecords: 60_000, millisBehindLatest: 0 }), 50);
    assert.equal(application("in", { DesiredCapacity: 4, IncomingRecords: 60_000, millisBehindLatest: 0 }), 50);
  });

  it("counts a backlog as demand: as long as catchUpSeconds doubles it", () => {
    assert.equal(application("out", { DesiredCapacity: 4, IncomingRecords: 60_000, millisBehindLatest: 900_000 }), 100);
  });

  it("counts a lag that is missing or -1 (not reported) as 0 where it scales out", () => {
    assert.equal(application("out", { DesiredCapacity: 4, IncomingRecords: 60_000 }), 50);
    assert.equal(application("out", { DesiredCapacity: 4, IncomingRecords: 60_000, millisBehindLatest: -1 }), 50);
  });

  it("holds a scale-in while a backlog drains, even when nothing comes in any more", () => {
    assert.equal(application("in", { DesiredCapacity: 4, millisBehindLatest: 30_000 }), 50);
    assert.equal(application("in", { DesiredCapacity: 4, IncomingRecords: 1, millisBehindLatest: 1_800_000 }), 3000);
    assert.equal(application("out", { DesiredCapacity: 4, millisBehindLatest: 1_800_000 }), 0);
  });

  it("is 0 in a minute with capacity and no records", () => {
    assert.equal(application("out", { DesiredCapacity: 4 }), 0);
    assert.equal(application("in", { DesiredCapacity: 4, millisBehindLatest: 0 }), 0);
  });

  it("is not known to scale in by in a minute without a lag: a job that fails in front of a backlog reports none, or -1", () => {
    assert.equal(application("in", { DesiredCapacity: 4, IncomingRecords: 6_000 }), 100);
    assert.equal(application("in", { DesiredCapacity: 4, IncomingRecords: 6_000, millisBehindLatest: -1 }), 100);
    assert.equal(application("in", { DesiredCapacity: 4 }), 100);
    assert.equal(application("in", { DesiredCapacity: 4, IncomingRecords: 6_000, SettledCapacity: missing }), missing);
  });

  it("has no datapoint in a minute without capacity, whatever stream and application report", () => {
    for (const direction of ["out", "in"] as const) {
      assert.equal(application(direction, {}), missing);
      assert.equal(application(direction, { IncomingRecords: 60_000, millisBehindLatest: 60_000 }), missing);
      assert.equal(application(direction, { millisBehindLatest: 60_000 }), missing);
    }
  });
});

describe("a backlog in observe mode", () => {
  const observed = { ...flink, observed: true };
  const behind = { DesiredCapacity: 4, SettledCapacity: 4, IncomingRecords: 60_000, millisBehindLatest: 900_000 };
  const there = (ActualCapacity: number) => ({ ...behind, ActualCapacity, "GetRecords.Bytes": 0 });

  it("counts as demand where as much is there as was asked for, and not where less is", () => {
    const demand = (metrics: Record<string, number>) => value(flinkUtilisation(toScaleOut, names, observed), metrics);
    assert.deepEqual([demand(there(4)), demand(there(8)), demand(there(2))], [100, 100, 50]);
    assert.equal(demand({ ...there(2), ActualCapacity: missing }), 100, "not known to be less");
  });

  it("holds a scale-in all the same", () => {
    for (const actual of [2, 4, 8])
      assert.equal(value(flinkUtilisation(toScaleIn, names, observed), there(actual)), 1500, `${actual}`);
  });

  it("doesn't raise what target tracking reads", () => {
    const tracked = (actual: number) => value(flinkUtilisation(toTrack(60), names, observed), there(actual));
    assert.deepEqual([tracked(4), tracked(2)], [100, 60]);
  });

  it("doesn't raise a measured load either, nor is a lag that stays one", () => {
    const load = (actual: number) =>
      value(loadUtilisation(toScaleOut, names, cpuLoad(names), observed, 60), { ...there(actual), containerCPUUtilization: 50 });
    assert.deepEqual([load(4), load(2)], [100, 25]);
    const lag = (actual: number) => value(lagThatStays(names, "flink", 900), there(actual));
    assert.deepEqual([lag(4), lag(2)], [900, 0]);
  });

  it("takes no metric more in act mode", () => {
    assert.deepEqual(
      flinkUtilisation(toScaleOut, names, { ...flink, observed: false }),
      flinkUtilisation(toScaleOut, names, flink),
    );
  });
});

describe("lag that stays", () => {
  const lag = (metrics: Record<string, number>) => value(lagThatStays(names, "flink", 900), settled(metrics));
  const late = { DesiredCapacity: 4, millisBehindLatest: 200_000 };

  it("is the lag in seconds, 0 where nobody knows it yet, and has no datapoint where none is reported or no capacity", () => {
    assert.equal(lag(late), 200);
    assert.equal(lag({ ...late, millisBehindLatest: -1 }), 0);
    assert.ok(Number.isNaN(lag({ DesiredCapacity: 4 })));
    assert.ok(Number.isNaN(lag({ millisBehindLatest: 200_000 })));
  });

  it("is 0 while the capacity asked for is on its way, reported or not: a restart's own lag asks for no more", () => {
    assert.equal(lag({ ...late, ActualCapacity: 2 }), 0);
    assert.equal(lag({ DesiredCapacity: 4, ActualCapacity: 2 }), 0);
    assert.equal(lag({ ...late, ActualCapacity: missing }), 200);
  });
});

describe("hot shard throttling", () => {
  const hot = (metrics: Record<string, number>) => value(hotShardThrottling(names), settled(metrics));

  it("is the throttled share of the attempts while the stream is at most half full", () => {
    assert.equal(hot({ DesiredCapacity: 2, IncomingRecords: 45_000, WriteProvisionedThroughputExceeded: 5_000 }), 10);
  });

  it("is 0 while shards are on their way and those that serve are full", () => {
    const metrics = { DesiredCapacity: 4, ActualCapacity: 1, IncomingRecords: 60_000, WriteProvisionedThroughputExceeded: 5_000 };
    assert.equal(hot(metrics), 0);
  });

  it("is 0 where the stream is fuller: then it is too small, not uneven", () => {
    assert.equal(hot({ DesiredCapacity: 1, IncomingRecords: 45_000, WriteProvisionedThroughputExceeded: 5_000 }), 0);
  });

  it("is 0 when nothing comes in", () => {
    assert.equal(hot({ DesiredCapacity: 1 }), 0);
  });
});
