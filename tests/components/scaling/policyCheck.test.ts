import * as assert from "node:assert/strict";
import { kpuKind, shardKind } from "../../../components/scaling/dimensionKind";
import type { ExpressionArgs } from "../../../components/scaling/expressionArgs";
import type { ScalingArgs } from "../../../components/scaling/scalingArgs";
import { validateScaling } from "../../../components/scaling/scalingCheck";

const said = (args: ScalingArgs, kind = kpuKind, at = "") =>
  validateScaling(args, kind, { min: 1, max: 64 }, at).map(({ path, text }) => `${path}: ${text}`);
const metric = { id: "m", namespace: "App", metricName: "Waiting" };
const expression: ExpressionArgs = { math: "m / desired", metrics: [metric], scaleOutAt: 100, target: 60, scaleInAt: 40 };
const single = { scaleOutDatapoints: 1, scaleOutCooldownSeconds: 360 };
const steps = (adjustment: number) => ({
  adjustmentType: "ChangeInCapacity" as const,
  steps: [adjustment > 0 ? { lowerBound: 0, adjustment } : { upperBound: 0, adjustment }],
});

describe("a policy and a signal", () => {
  it("of which an application may have any pair but one", () => {
    for (const policy of ["step", "targetTracking"]) {
      assert.deepEqual(said({ policy }), []);
      assert.deepEqual(said({ policy, signal: "throughput" }), []);
      assert.deepEqual(said({ policy, signal: "cpu" }), []);
      assert.deepEqual(said({ policy, signal: "busyTime", busyTask: "Window" }), []);
      assert.deepEqual(said({ policy, signal: "expression", expression }), []);
    }
    assert.deepEqual(said({ signal: "lag" }), []);
    assert.deepEqual(said({ policy: "targetTracking", signal: "lag" }, kpuKind, "application.scaling."), [
      "application.scaling.signal: target tracking needs a quantity that halves when the capacity doubles, and a lag is no such one: it is 0 " +
        "whether there is just enough capacity or ten times that. Take `application.scaling.policy` step, or another signal",
    ]);
  });

  it("are refused by names that don't exist", () => {
    assert.deepEqual(said({ policy: "tracking", signal: "memory" }), [
      'policy: allowed is "step", "targetTracking"',
      'signal: allowed is "throughput", "busyTime", "cpu", "lag", "expression"',
    ]);
  });

  it("of a stream are its throughput or an expression, and why is said", () => {
    assert.deepEqual(said({ policy: "targetTracking" }, shardKind), []);
    assert.deepEqual(said({ signal: "expression", expression }, shardKind), []);
    const reasons = {
      busyTime: "shards have no busy time; scale the application on it",
      cpu: "shards have no CPU; scale the application on it",
      lag: "more shards make no consumer faster; scale the application on it",
    };
    for (const [signal, reason] of Object.entries(reasons))
      for (const policy of ["step", "targetTracking"])
        assert.deepEqual(said({ policy, signal, ...single }, shardKind), [`signal: it doesn't fit: ${reason}`]);
  });

  it("have what they need, and nothing that they don't read", () => {
    assert.deepEqual(said({ signal: "busyTime" }, kpuKind, "s."), [
      "s.busyTask: `s.signal` busyTime needs the name of the job's busiest task. Set it",
    ]);
    assert.deepEqual(said({ signal: "expression" }, kpuKind, "s."), [
      "s.expression: `s.signal` expression needs the quantity to scale on. Set it",
    ]);
    assert.deepEqual(said({ signal: "cpu", busyTask: "Window", expression }, kpuKind, "s."), [
      "s.busyTask: only `s.signal` busyTime reads it, and the signal is cpu. Remove it, or change the signal",
      "s.expression: only `s.signal` expression reads it, and the signal is cpu. Remove it, or change the signal",
    ]);
  });

  it("that is target tracking have no steps, and only it scales out alone", () => {
    const own = { scaleOutSteps: steps(1), scaleInSteps: steps(-1) };
    const text = "`s.policy` targetTracking has no steps. Remove them, or take the policy step";
    assert.deepEqual(said({ policy: "targetTracking", ...own }, kpuKind, "s."), [
      `s.scaleOutSteps: ${text}`,
      `s.scaleInSteps: ${text}`,
    ]);
    assert.deepEqual(said({ policy: "targetTracking", disableScaleIn: true }), []);
    assert.deepEqual(said({ disableScaleIn: true }, kpuKind, "s."), [
      's.disableScaleIn: only `s.policy` targetTracking has it. Set `s.suspended` to ["in"] instead',
    ]);
  });

  it("that is high after a restart needs two minutes to scale out", () => {
    const text =
      "s.scaleOutDatapoints: allowed is at least 2 with `s.signal` cpu, which is high for a minute after every restart. Raise it";
    assert.deepEqual(said({ signal: "cpu", ...single }, kpuKind, "s."), [text]);
    for (const more of [{ signal: "busyTime", busyTask: "Window" }, { signal: "lag" }])
      assert.equal(said({ ...more, ...single }).length, 1);
    assert.deepEqual(said({ ...single }), []);
    assert.deepEqual(said({ signal: "expression", expression, ...single }), []);
    assert.deepEqual(said({ policy: "targetTracking", signal: "cpu", ...single }), []);
  });

  it("that is target tracking of a measured load aims at 95 % at most", () => {
    const tracked = (signal: string, targetPercent: number) =>
      said(
        { policy: "targetTracking", signal, busyTask: signal === "busyTime" ? "Window" : undefined, targetPercent },
        kpuKind,
        "s.",
      );
    for (const signal of ["cpu", "busyTime"]) {
      assert.deepEqual(tracked(signal, 95), []);
      assert.deepEqual(tracked(signal, 96), [
        `s.targetPercent: allowed is at most 95 with \`s.signal\` ${signal}: a job that full doesn't catch up after a restart before it ` +
          "would be scaled out again. Lower it",
      ]);
    }
    assert.deepEqual(tracked("throughput", 96), []);
  });

  it("that is target tracking asks nothing of thresholds and windows that steps have", () => {
    const odd = { scaleOutPercent: 40, scaleInPercent: 90, scaleOutDatapoints: 9, scaleOutCooldownSeconds: 0 };
    assert.deepEqual(said({ policy: "targetTracking", ...odd }), []);
    assert.equal(said(odd).length, 3);
  });

  it("suspends what there is", () => {
    assert.deepEqual(said({ suspended: ["out", "in", "scheduled"] }), []);
    assert.deepEqual(said({ suspended: ["both"] }), ["suspended: at 0: allowed is a list of out, in, scheduled"]);
  });
});
