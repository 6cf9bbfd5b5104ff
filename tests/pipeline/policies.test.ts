import * as assert from "node:assert/strict";
import type { ScalingArgs } from "../../components/scaling/scalingArgs";
import type { ScalingChange } from "../../sandbox/report/report";
import { openPipeline, phases, type PipelineRun } from "./support/pipelineRun";

/** Stack dev: 8 shards and 8 KPUs, each for 1,000 records/s. Usual traffic, three times as much, and an eighth. */
const [usual, high, low] = [4_400, 13_000, 1_000];
const traffic = phases([15, usual], [60, high], [105, low]);

const quick = { scaleInMinutes: 10, scaleInDatapoints: 10, scaleInCooldownSeconds: 600 };
const perShard = { math: "FILL(m, 0) / (60000 * desired) * 100", scaleOutAt: 75, target: 50, scaleInAt: 30, unit: "%" };
const incoming = {
  namespace: "AWS/Kinesis",
  metricName: "IncomingRecords",
  dimensions: { StreamName: "sluice-dev" },
  stat: "Sum",
};
const perKpu = { ...perShard, metrics: [{ id: "m", ...incoming }] };
const exact = (adjustment: number) => ({ adjustmentType: "ExactCapacity" as const, steps: [{ lowerBound: 0, adjustment }] });

/** What each dimension is told, beside the stack's file. */
const cases: Record<string, { stream?: ScalingArgs; application?: ScalingArgs; config?: object }> = {
  "step on throughput": {},
  "step on throughput, by count": {
    stream: { scaleOutSteps: { adjustmentType: "ChangeInCapacity", steps: [{ lowerBound: 0, adjustment: 10 }] } },
    application: { scaleOutSteps: { adjustmentType: "ChangeInCapacity", steps: [{ lowerBound: 0, adjustment: 10 }] } },
  },
  "step on throughput, to an exact number": { stream: { scaleOutSteps: exact(24) }, application: { scaleOutSteps: exact(24) } },
  "step on busy time": { application: { signal: "busyTime", busyTask: "Source:_Kinesis_Source" } },
  "step on CPU": { application: { signal: "cpu" } },
  "step on lag": { application: { signal: "lag", scaleOutLagSeconds: 90 } },
  "step on an expression": {
    stream: { signal: "expression", expression: perKpu },
    application: { signal: "expression", expression: { ...perKpu, target: 60, scaleInAt: 35 } },
  },
  "target tracking on throughput": { config: { policy: "targetTracking" } },
  "target tracking on busy time": {
    application: { policy: "targetTracking", signal: "busyTime", busyTask: "Source:_Kinesis_Source" },
  },
  "target tracking on CPU": { application: { policy: "targetTracking", signal: "cpu" } },
  "target tracking on an expression": {
    stream: { policy: "targetTracking", signal: "expression", expression: perKpu },
    application: { policy: "targetTracking", signal: "expression", expression: { ...perKpu, target: 60, scaleInAt: 35 } },
  },
};

describe("each policy with each signal that makes sense", function () {
  this.timeout(120_000);
  for (const [name, { stream, application, config }] of Object.entries(cases))
    it(`scales out and in, and settles: ${name}`, async () => {
      const run = await openPipeline({
        stack: "dev",
        traffic,
        config: {
          ...{ kpus: 8, recordsPerKpuPerMinute: 60_000, ...config },
          streamScaling: { targetPercent: 50, scaleInPercent: 30, ...quick, ...stream },
          applicationScaling: { ...quick, ...application },
        },
      });
      await run.advance(75);
      const peak = run.last();
      await run.advance(105);
      for (const dimension of ["stream", "flink"] as const) {
        const changes = run.changes.filter((change) => change.dimension === dimension);
        assert.deepEqual(turns(changes), ["out", "in"], described(run, changes));
        assert.ok(minutesOf(run, changes.at(-1)!) < 160, `${dimension} still scales: ${described(run, changes)}`);
      }
      assert.ok(peak.stream!.utilisation < 100 && peak.flink!.utilisation < 100, JSON.stringify(peak));
      assert.ok(run.last().flink!.lagSeconds < 10, JSON.stringify(run.last()));
      assert.equal(run.report().stream!.rejectedUpdates + run.report().flink!.rejectedUpdates, 0);
    });
});

const direction = ({ from, to }: ScalingChange) => (to > from ? "out" : "in");

/** Directions of the changes, neighbours made one. */
function turns(changes: readonly ScalingChange[]): string[] {
  return changes.map(direction).filter((way, i, all) => way !== all[i - 1]);
}

const minutesOf = (run: PipelineRun, { time }: ScalingChange) => (time - run.minutes[0]!.time) / 60_000;

function described(run: PipelineRun, changes: readonly ScalingChange[]): string {
  return changes.map((change) => `${minutesOf(run, change)} min: ${change.from} to ${change.to}`).join("; ");
}
