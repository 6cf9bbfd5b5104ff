import * as assert from "node:assert/strict";
import { kpuKind } from "../../../components/scaling/dimensionKind";
import { scaledKpus, validateKpuScaling, type KpuScalingArgs } from "../../../components/scaling/kpuScalingArgs";
import { scalingSettings } from "../../../components/scaling/scalingArgs";
import { flinkUtilisation } from "../../../components/scaling/signals/application";
import { toScaleIn, toScaleOut } from "../../../components/scaling/signals/reading";
import { names } from "./names";

const least = { endpoint: "https://api/v1", names, recordsPerKpuPerMinute: 30_000 };
const said = (args: Partial<KpuScalingArgs>) =>
  validateKpuScaling({ ...least, ...args } as KpuScalingArgs).map(({ path, text }) => `${path}: ${text}`);
const refused = (args: Partial<KpuScalingArgs>) => said(args).map((line) => line.split(":")[0]);

const readings = { out: toScaleOut, in: toScaleIn };

describe("the scaling of an application's KPUs", () => {
  it("has defaults for all but the endpoint, the names and the job's own figure", () => {
    assert.deepEqual(said({}), []);
    const nothing = { endpoint: undefined, names: undefined, recordsPerKpuPerMinute: undefined } as object;
    assert.deepEqual(said(nothing), [
      "recordsPerKpuPerMinute: it has no default: it is your job's own figure (records that one KPU processes in a minute), allowed is " +
        "1 or more. Measure it: what the job reads in a minute while it works off a backlog, divided by its KPUs (docs/configuration.md)",
      "endpoint: allowed is the url of a Scaler. Set it",
      "names: allowed is the pipeline's names. Set it",
    ]);
    const { bounds, kind, scaling, stepped } = scaledKpus(least);
    assert.deepEqual([kind, bounds, scaling], [kpuKind, { min: 1, max: 64 }, scalingSettings({}, kpuKind)]);
    const signal = { recordsPerKpuPerMinute: 30_000, catchUpSeconds: 900, lagForScaleInSeconds: 60, lagMetric: "flink" as const };
    for (const direction of ["out", "in"] as const)
      assert.deepEqual(stepped[direction].queries(), flinkUtilisation(readings[direction], names, signal));
  });

  it("counts with what is said instead", () => {
    const signal = { recordsPerKpuPerMinute: 1, catchUpSeconds: 800, lagForScaleInSeconds: 30, lagMetric: "efo" as const };
    const { bounds, scaling, stepped } = scaledKpus({
      ...least,
      ...signal,
      minKpus: 2,
      maxKpus: 8,
      scaling: { scaleInPercent: 20 },
    });
    assert.deepEqual([bounds, scaling.scaleInPercent], [{ min: 2, max: 8 }, 20]);
    assert.deepEqual(stepped.in.queries(), flinkUtilisation(toScaleIn, names, signal));
  });

  it("counts no backlog that fewer KPUs than asked for leave in observe mode", () => {
    const signal = { recordsPerKpuPerMinute: 30_000, catchUpSeconds: 900, lagForScaleInSeconds: 60, lagMetric: "flink" as const };
    for (const mode of ["act", "observe"]) {
      const { stepped } = scaledKpus({ ...least, mode });
      const observed = mode === "observe";
      assert.deepEqual(stepped.out.queries(), flinkUtilisation(toScaleOut, names, { ...signal, observed }), mode);
    }
  });

  it("is told each argument's limits", () => {
    const limits: [name: keyof KpuScalingArgs, min: number, max: number][] = [
      ["recordsPerKpuPerMinute", 1, 1_000_000_000],
      ["lagForScaleInSeconds", 1, 86_400],
      ["restartSeconds", 1, 3600],
      ["catchUpSeconds", 1, 86_400],
      ["minKpus", 1, 1024],
      ["maxKpus", 1, 1024],
    ];
    for (const [name, min, max] of limits) {
      const others = name === "minKpus" ? { maxKpus: 1024 } : { catchUpSeconds: 86_400 };
      for (const value of [min - 1, max + 1])
        assert.deepEqual(said({ ...others, [name]: value }), [`${name}: allowed is a whole number from ${min} to ${max}`]);
      for (const value of [min, max])
        assert.ok(
          !said({ ...others, [name]: value })
            .join()
            .includes("a whole number"),
          name,
        );
    }
    assert.deepEqual(said({ lagMetric: "kafka" as never }), ['lagMetric: allowed is "flink", "iteratorAge", "efo"']);
  });

  it("has bounds in order, and flaps or not between them", () => {
    assert.deepEqual(said({ minKpus: 9, maxKpus: 8 }), [
      "minKpus: allowed is at most `maxKpus` (8). Lower `minKpus` or raise `maxKpus`",
    ]);
    assert.deepEqual(refused({ minKpus: 8, maxKpus: 8 }), []);
    const scaling = { scaleInPercent: 40 };
    assert.match(
      said({ scaling }).join(),
      /^scaling\.scaleInPercent: it would flap: scaling in from 2 to 1 KPUs .* `scaling\.scaleOutPercent` \(75\)/,
    );
    assert.deepEqual(refused({ minKpus: 3, scaling }), []);
    assert.deepEqual(refused({ maxKpus: 0, scaling }), ["maxKpus"], "nobody knows between what");
  });

  it("knows the name of the enhanced fan-out consumer whose lag it reads", () => {
    assert.deepEqual(refused({ lagMetric: "efo" }), []);
    const { consumerName: _none, ...polling } = names;
    assert.deepEqual(said({ lagMetric: "efo", names: polling }), [
      'names.consumerName: `lagMetric` "efo" reads the consumer\'s lag. Set its name, or another `lagMetric`',
    ]);
    assert.deepEqual(refused({ lagMetric: "iteratorAge", names: polling }), []);
  });

  it("works a backlog off more slowly than a restart's own would make it scale out", () => {
    const threshold = { targetPercent: 60, scaleOutPercent: 82 };
    assert.deepEqual(said({ minKpus: 3, restartSeconds: 100, catchUpSeconds: 266, scaling: threshold }), [
      "catchUpSeconds: it would flap: the backlog that a restart of 100 s leaves at 60 % reaches `scaling.scaleOutPercent` (82); " +
        "allowed is more than 272.7. Raise it, or lower `scaling.targetPercent`",
    ]);
    assert.deepEqual(refused({ minKpus: 3, catchUpSeconds: 240 }), ["catchUpSeconds"]);
    assert.deepEqual(refused({ minKpus: 3, catchUpSeconds: 241 }), []);
    assert.deepEqual(refused({ minKpus: 3, restartSeconds: 226 }), ["catchUpSeconds"], "900 s are too few for 226 of them");
    assert.deepEqual(refused({ minKpus: 3, restartSeconds: 225 }), ["catchUpSeconds"]);
    assert.deepEqual(refused({ minKpus: 3, restartSeconds: 224 }), []);
  });

  it("does so where scaling in leaves more than the target, too: two KPUs at 35 % are one at 70 %", () => {
    assert.deepEqual(said({ catchUpSeconds: 840 }), [
      "catchUpSeconds: it would flap: the backlog that a restart of 60 s leaves at 70 % reaches `scaling.scaleOutPercent` (75); " +
        "allowed is more than 840. Raise it, or lower `scaling.scaleInPercent`",
    ]);
    assert.deepEqual(refused({ catchUpSeconds: 841 }), []);
    const asFull = said({ maxKpus: 2, catchUpSeconds: 240, scaling: { scaleInPercent: 30 } }).join();
    assert.match(asFull, /leaves at 60 % .* lower `scaling\.targetPercent`$/, "two at 30 % are one at the target");
    const scaleInSteps = { adjustmentType: "ExactCapacity" as const, steps: [{ upperBound: 0, adjustment: 4 }] };
    assert.deepEqual(refused({ minKpus: 3, maxKpus: 8, catchUpSeconds: 840, scaling: { scaleInSteps } }), ["catchUpSeconds"]);
  });

  it("leaves room for the short lag after a restart, which is no backlog, where it is scaled on a measured load", () => {
    const cpu = (scaleOutPercent: number) => ({ scaling: { signal: "cpu", scaleOutPercent }, catchUpSeconds: 86_400 });
    assert.deepEqual(said(cpu(73)), [
      "scaling.scaleOutPercent: it would flap: at 70 %, where a scaling can lead, 3 s of lag make a minute of 73.5 %; " +
        "allowed is more than that. Raise it, or lower `scaling.scaleInPercent`",
    ]);
    assert.deepEqual(refused(cpu(74)), []);
    const busyTime = { signal: "busyTime", busyTask: "Window", scaleOutPercent: 73 };
    assert.deepEqual(refused({ scaling: busyTime, catchUpSeconds: 86_400 }), ["scaling.scaleOutPercent"]);
    assert.deepEqual(refused({ ...cpu(63), minKpus: 3 }), ["scaling.scaleOutPercent"], "60 % by the target");
    assert.deepEqual(refused({ scaling: { scaleOutPercent: 73 }, catchUpSeconds: 86_400 }), []);
    const tracked = (targetPercent: number) => ({ scaling: { policy: "targetTracking", signal: "cpu", targetPercent } });
    assert.deepEqual(refused({ ...tracked(96), catchUpSeconds: 86_400 }), ["scaling.targetPercent"]);
    assert.deepEqual(refused({ ...tracked(95), catchUpSeconds: 86_400 }), []);
  });

  it("works it off even more slowly with target tracking, which scales in at 90 % of what it scales out at", () => {
    const scaling = { policy: "targetTracking" };
    assert.deepEqual(said({ scaling, restartSeconds: 100, catchUpSeconds: 900 }), [
      "catchUpSeconds: it would flap: the backlog that a restart of 100 s leaves at 90 % of the target reaches `scaling.targetPercent` (60); " +
        "allowed is more than 900. Raise it, or take the policy step",
    ]);
    assert.deepEqual(refused({ scaling, restartSeconds: 100, catchUpSeconds: 901 }), []);
    const full = { policy: "targetTracking", targetPercent: 95 };
    assert.deepEqual(said({ scaling: full, restartSeconds: 10, catchUpSeconds: 190 }), [
      "catchUpSeconds: it would flap: the backlog that a restart of 10 s leaves at 95 % isn't worked off before it counts as demand; " +
        "allowed is more than 190. Raise it, or lower `scaling.targetPercent`",
    ]);
    assert.deepEqual(refused({ scaling: full, restartSeconds: 10, catchUpSeconds: 191 }), []);
    const asLong = said({ scaling: { ...scaling, targetPercent: 90 }, restartSeconds: 10, catchUpSeconds: 90 }).join();
    assert.match(asLong, /leaves at 90 % of the target .* allowed is more than 90\. Raise it, or take the policy step$/);
  });

  it("scales out on more lag than a restart leaves, and doesn't mind the backlog of one where lag isn't its load", () => {
    const lag = (scaleOutLagSeconds: number) => ({ scaling: { signal: "lag", scaleOutLagSeconds }, restartSeconds: 300 });
    assert.deepEqual(said(lag(300)), [
      "scaling.scaleOutLagSeconds: allowed is more than `restartSeconds` (300), the lag that each restart leaves. Raise it",
    ]);
    assert.deepEqual(said(lag(301)), []);
    const metrics = [{ id: "m", namespace: "App", metricName: "Waiting" }];
    const expression = { math: "m / desired", metrics, scaleOutAt: 100, target: 60, scaleInAt: 40 };
    assert.deepEqual(said({ restartSeconds: 300, scaling: { signal: "expression", expression } }), []);
    assert.deepEqual(refused({ restartSeconds: 300, scaling: { signal: "cpu" } }), ["catchUpSeconds"]);
  });

  it("says nothing of a backlog where an argument that tells it is itself refused", () => {
    const alone = (args: Partial<KpuScalingArgs>) => refused({ catchUpSeconds: 1, ...args });
    assert.deepEqual(alone({ restartSeconds: 3601 }), ["restartSeconds"]);
    for (const name of ["targetPercent", "scaleOutPercent"])
      assert.deepEqual(alone({ scaling: { [name]: 1001 } }), [`scaling.${name}`]);
    assert.deepEqual(alone({ scaling: { targetPercent: 75 } }), ["scaling.targetPercent"]);
    assert.deepEqual(refused({ catchUpSeconds: 0, restartSeconds: 3600 }), ["catchUpSeconds"]);
  });
});
