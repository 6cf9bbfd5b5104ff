import { strict as assert } from "node:assert";
import { validatePipeline } from "../../../components/pipelineArgs";
import { kpuKind, shardKind } from "../../../components/scaling/dimensionKind";
import { scalingSettings, type ScalingArgs } from "../../../components/scaling/scalingArgs";
import type { Bounds } from "../../../components/scaling/scaledDimension";
import { validateScaling } from "../../../components/scaling/scalingCheck";
import { derivedSteps, thresholdsOf } from "../../../components/scaling/signals/signal";
import { AdjustmentType, stepProblems } from "../../../components/scaling/stepAdjustments";

const bounds = { min: 1, max: 64 };
/** The arguments that are refused. The thresholds are those of an application: 35, 60, 75. */
const refused = (args: ScalingArgs, within: Bounds | undefined = bounds) =>
  validateScaling(args, kpuKind, within).map(({ path }) => path);
const ofPipeline = (application: object, stream: object = {}) =>
  validatePipeline({ stream, application: { codeJar: "a.jar", recordsPerKpuPerMinute: 1, ...application } }).map(
    ({ path }) => path,
  );

describe("the scaling of one dimension", () => {
  it("is fine by default, for stream and application", () => {
    assert.deepEqual(validateScaling({}, shardKind, bounds), []);
    assert.deepEqual(refused({}), []);
  });

  it("isn't judged by an argument that is itself refused", () => {
    assert.deepEqual(refused({ scaleInPercent: 100, targetPercent: 90 }), ["scaleInPercent"]);
    assert.deepEqual(refused({ scaleInMinutes: 0, scaleInDatapoints: 90 }), ["scaleInMinutes"]);
    assert.deepEqual(refused({ scaleOutCooldownSeconds: -1 }), ["scaleOutCooldownSeconds"]);
  });

  it("has its target between the thresholds, not on one of them", () => {
    assert.deepEqual(refused({ scaleInPercent: 60 }), ["targetPercent"]);
    assert.deepEqual(refused({ targetPercent: 75 }), ["targetPercent"]);
    assert.deepEqual(refused({ targetPercent: 80 }), ["targetPercent"]);
    assert.deepEqual(refused({ scaleInPercent: 65 }), ["targetPercent"]);
  });

  it("flaps or not by the bounds of its own dimension", () => {
    const scaling = { targetPercent: 60, scaleInPercent: 40 };
    const flapping = (minShards: number, minKpus: number) => ofPipeline({ minKpus, scaling }, { minShards, scaling });
    assert.deepEqual(flapping(3, 3), []);
    assert.deepEqual(flapping(3, 1), ["application.scaling.scaleInPercent"]);
    assert.deepEqual(flapping(1, 3), ["stream.scaling.scaleInPercent"]);
  });

  it("isn't tried for flapping without bounds, or where they are the wrong way round", () => {
    assert.deepEqual(refused({ scaleInPercent: 40 }, { min: 1, max: 2 }), ["scaleInPercent"]);
    assert.deepEqual(validateScaling({ scaleInPercent: 40 }, kpuKind, undefined), []);
    assert.deepEqual(ofPipeline({ minKpus: 5, maxKpus: 4, kpus: 4, scaling: { scaleInPercent: 40 } }), ["application.minKpus"]);
  });

  it("isn't tried for flapping with explicit steps that are wrong themselves", () => {
    const scaleInSteps = { adjustmentType: AdjustmentType.ExactCapacity, steps: [{ upperBound: -1, adjustment: 1 }] };
    assert.deepEqual(refused({ scaleInSteps }), ["scaleInSteps"]);
  });

  it("stays below what the capacity can take: more throttles, or leaves a backlog that grows until it scales out again", () => {
    assert.deepEqual(refused({ targetPercent: 100, scaleOutPercent: 150 }), ["targetPercent"]);
    assert.deepEqual(refused({ targetPercent: 99, scaleOutPercent: 150 }), []);
    const [flap] = validateScaling({ scaleInPercent: 50, scaleOutPercent: 150 }, kpuKind, bounds);
    assert.equal(
      flap?.text,
      "it would flap: scaling in from 2 to 1 KPUs at 50 % leads to 100 %, allowed is less than 100 %, where the capacity is too small. " +
        "Lower it, or raise the minimum",
    );
    assert.deepEqual(refused({ scaleInPercent: 49, scaleOutPercent: 150 }), []);
    const [asFull] = validateScaling({ scaleInPercent: 40, scaleOutPercent: 80 }, kpuKind, bounds);
    assert.match(asFull!.text, /leads to 80 %, allowed is less than `scaleOutPercent` \(80\)\./);
  });

  it("says below what a target and a threshold are allowed", () => {
    const said = (args: ScalingArgs) => validateScaling(args, shardKind, bounds).map(({ path, text }) => `${path}: ${text}`);
    assert.deepEqual(said({ targetPercent: 100 }), [
      "targetPercent: allowed is below 100, where the capacity is too small. Lower it",
    ]);
    assert.deepEqual(said({ scaleOutPercent: 200 }), [
      "scaleOutPercent: allowed is below 200, more than which utilisation can't be. Lower it",
    ]);
  });

  it("flaps or not by its own signal", () => {
    const expression = {
      ...{ math: "m / desired", metrics: [{ id: "m", namespace: "App", metricName: "Waiting" }] },
      ...{ scaleInAt: 1, target: 10, scaleOutAt: 50 },
    };
    assert.deepEqual(refused({ scaleInPercent: 40, expression }), ["expression", "scaleInPercent"]);
    assert.deepEqual(refused({ scaleInPercent: 40, signal: "expression", expression }), []);
    assert.deepEqual(refused({ scaleInPercent: 40, signal: "expression" }), ["expression"], "nobody knows which");
  });

  it("derives steps of an expression that begins to scale out far above its target", () => {
    const expression = { math: "m / desired", metrics: [], scaleInAt: 1, target: 10, scaleOutAt: 50 };
    const { in: low, ...limits } = thresholdsOf(scalingSettings({ signal: "expression", expression }, shardKind), shardKind);
    assert.deepEqual([low, limits.highest], [1, 100]);
    assert.deepEqual(stepProblems(derivedSteps({ in: low, ...limits }, shardKind, bounds).out, "out"), []);
  });

  it("begins to scale out below what utilisation can be at most", () => {
    const stream = (scaleOutPercent: number) => validateScaling({ scaleOutPercent }, shardKind, bounds).map(({ path }) => path);
    assert.deepEqual([stream(200), stream(199)], [["scaleOutPercent"], []]);
  });

  it("needs a catch-up time for the application alone: a stream has no backlog", () => {
    assert.deepEqual(ofPipeline({ minKpus: 3, catchUpSeconds: 240 }), ["application.catchUpSeconds"]);
    assert.deepEqual(ofPipeline({ catchUpSeconds: 0 }), ["application.catchUpSeconds"]);
    assert.deepEqual(ofPipeline({ catchUpSeconds: 240, restartSeconds: 0 }), ["application.restartSeconds"]);
    assert.deepEqual(ofPipeline({ minKpus: 3, catchUpSeconds: 241 }), []);
  });
});
