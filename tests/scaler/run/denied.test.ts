import { strict as assert } from "node:assert";
import type { FlinkConfig, StreamConfig } from "../../../scaler/types";
import { scalerWorld, type ScalerWorld } from "../../support/scalerWorld";

const minute = 60_000;
const start = Date.UTC(2026, 2, 2, 8);
const day = 1_440;
/** Looks that fail hold the pipeline up for ten minutes, for an hour with a change under way; then comes a ladder or a plan. */
const boundMinutes = 75;
const everyMinutes = 90;

const stream: StreamConfig = {
  ...{ kind: "stream", name: "orders", pipeline: "dev", min: 1, max: 16, mode: "act", updatesPerDay: 2 },
};
const flink: FlinkConfig = {
  ...{ kind: "flink", name: "enrich", pipeline: "dev", min: 1, max: 16, mode: "act", parallelismPerKpu: 1, maxParallelism: 64 },
  ...{ drainAfterReshard: true, checkpointIntervalSeconds: 60, lagLimitSeconds: 300 },
  lag: { namespace: "AWS/KinesisAnalytics", metricName: "millisBehindLatest", dimensions: { Application: "enrich" } },
};

/** Each permission of the scaler's role, and the dimension that goes on without it. */
const permissions: readonly (readonly [service: string, operation: string, goesOn: "dev-flink" | "dev-stream" | undefined])[] = [
  ["kinesis", "DescribeStreamSummary", "dev-flink"],
  ["kinesis", "ListShards", "dev-flink"],
  ["kinesis", "UpdateShardCount", "dev-flink"],
  ["kinesis", "SplitShard", "dev-flink"],
  ["kinesis", "MergeShards", "dev-flink"],
  ["kinesisanalytics", "DescribeApplication", "dev-stream"],
  ["kinesisanalytics", "UpdateApplication", "dev-stream"],
  ["kinesisanalytics", "DescribeApplicationOperation", "dev-stream"],
  ["cloudwatch", "GetMetricData", "dev-stream"],
  ["ssm", "PutParameter", undefined],
];

describe("a day without a permission", () => {
  const { log } = console;
  afterEach(() => void (console.log = log));

  for (const [service, operation, goesOn] of permissions) {
    it(`${service}:${operation} is named in words and told by a metric${goesOn ? `, and ${goesOn} follows its PATCHes` : ""}`, async () => {
      const seen = await dayWithout(operation, goesOn);
      assert.deepEqual(seen.late, []);
      if (seen.calls === 0) return assert.fail(`${operation} was never called`);
      assert.ok(seen.named, `no line of the log names ${service}:${operation}`);
      assert.ok(seen.metrics >= 1, "no metric tells");
    });
  }

  async function dayWithout(operation: string, goesOn: "dev-flink" | "dev-stream" | undefined) {
    const world = scalerWorld({ start, kinesis: { updatesPerDay: 2 } });
    await world.addStream("dev-stream", stream, 4);
    await world.addApplication("dev-flink", flink, 4);
    const seen = { late: [] as string[], named: false, metrics: 0, calls: 0 };
    console.log = (line: string) => {
      if (line.startsWith('{"sluice"') && line.includes(`:${operation}`)) seen.named = true;
      if (/"(ScalerErrors|FailedUpdates|PendingMinutes)":[1-9]/.test(line)) seen.metrics++;
    };
    world.answer = ({ operation: called }) => (called === "GetMetricData" ? lagOf(world) : undefined);
    world.interfere = (call) => {
      if (call.operation !== operation || world.cloud.clock.now() < start + 30 * minute) return undefined;
      seen.calls++;
      const error = Object.assign(new Error("User is not authorized to perform this action"), { name: "AccessDeniedException" });
      return { when: "before", error };
    };
    let asked: { at: number; capacity: number } | undefined;
    for (let at = 1; at <= day; at++) {
      await world.cloud.clock.advanceTo(start + at * minute);
      await world.run();
      if (asked && goesOn && capacity(world, goesOn) === asked.capacity) asked = undefined;
      if (asked && at - asked.at > boundMinutes) {
        seen.late.push(`${goesOn}: ${asked.capacity} not there after ${at - asked.at} minutes, at minute ${at}`);
        asked = undefined;
      }
      if (at % everyMinutes !== 0) continue;
      const nth = at / everyMinutes;
      for (const id of ["dev-stream", "dev-flink"] as const) {
        // The stream grows on when the day's two updates are spent: by splits and merges.
        const { statusCode, answer } = await world.patch(id, id === "dev-stream" ? Math.min(16, 4 + nth) : nth % 2 === 1 ? 6 : 4);
        if (id === goesOn && statusCode === 200 && answer.scalingStatus !== "Failed")
          asked = { at, capacity: answer.desiredCapacity };
      }
    }
    return seen;
  }
});

function capacity(world: ScalerWorld, id: "dev-stream" | "dev-flink"): number | undefined {
  return id === "dev-stream" ? world.kinesis.look("orders")?.openShards : world.flink.look("enrich")?.kpus;
}

function lagOf({ cloud }: ScalerWorld) {
  const at = Math.floor(cloud.clock.now() / minute) * minute - minute;
  return { MetricDataResults: [{ Id: "lag", Timestamps: [new Date(at)], Values: [0] }] };
}
