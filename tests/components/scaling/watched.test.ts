import * as assert from "node:assert/strict";
import { kpuKind, shardKind } from "../../../components/scaling/dimensionKind";
import { scaledKpus } from "../../../components/scaling/kpuScalingArgs";
import { KpuScaling } from "../../../components/scaling/kpuScaling";
import { scalingSettings, type ScalingArgs } from "../../../components/scaling/scalingArgs";
import { scaledShards } from "../../../components/scaling/shardScalingArgs";
import { thresholdsOf } from "../../../components/scaling/signals/signal";
import { record, resource } from "../../support/recorder";
import { names } from "./names";

const own = { names, recordsPerKpuPerMinute: 30_000 };
const ofKpus = (scaling: ScalingArgs) => scaledKpus({ ...own, scaling });
const ofShards = (scaling: ScalingArgs) => scaledShards({ names, scaling });
const metrics = [{ id: "m", namespace: "App", metricName: "Waiting" }];
const expression = { math: "m / desired", metrics, scaleOutAt: 100, target: 60, scaleInAt: 40 };
const busy = { signal: "busyTime", busyTask: "Window" };

describe("what an application's KPUs are scaled on", () => {
  const descriptions = async (scaling: ScalingArgs) => {
    const recording = await record(() => {
      new KpuScaling("dev-flink", { ...own, endpoint: "https://api/v1", minKpus: 2, scaling });
      return {};
    });
    return ["out", "in"].map((direction) => {
      const { inputs } = resource(recording, "aws:cloudwatch/metricAlarm:MetricAlarm", `dev-flink-scale-${direction}-alarm`);
      return inputs["alarmDescription"];
    });
  };

  it("is told by the alarms", async () => {
    const said = (quantity: string, out = "75 %", into = "35 %") => [
      `Scales out the KPUs of the application: ${quantity} at or above ${out} in 2 of 2 minutes.`,
      `Scales in the KPUs of the application: ${quantity} below ${into} in 90 of 90 minutes.`,
    ];
    assert.deepEqual(await descriptions({}), said("utilisation"));
    assert.deepEqual(await descriptions({ signal: "cpu" }), said("CPU"));
    assert.deepEqual(await descriptions(busy), said("busy time"));
    const byExpression = { signal: "expression", expression };
    assert.deepEqual(await descriptions(byExpression), said("the expression", "100", "40"));
    const inMessages = { ...byExpression, expression: { ...expression, unit: "messages" } };
    assert.deepEqual(await descriptions(inMessages), said("the expression", "100 messages", "40 messages"));
  });

  it("is explained, with the task of which a busy time is", () => {
    const explained = (load: string) =>
      `${load} in the KPUs that serve, in percent of those asked for; a lag of 15 minutes doubles it`;
    assert.equal(ofKpus({ signal: "cpu" }).signal.meaning, explained("CPU"));
    assert.equal(ofKpus(busy).signal.meaning, explained("busy time of Window"));
    assert.equal(ofKpus({ signal: "cpu" }).signal.amount("out", 75, 4), "75 % CPU");
    assert.equal(ofKpus({ signal: "expression", expression }).signal.amount("out", 75, 4), "75");
  });

  it("is the expression where that is the signal, of the application's capacity", () => {
    const { tracked } = ofKpus({ signal: "expression", expression });
    assert.deepEqual([tracked.quantity, tracked.threshold], ["the expression", 60]);
    const [desired] = tracked.queries();
    assert.deepEqual(desired!.metric!.dimensions, { Stack: "dev", Dimension: "dev-flink" });
    assert.equal(ofKpus({ expression }).tracked.quantity, "utilisation");
  });
});

describe("what a stream's shards are scaled on", () => {
  it("is the expression where that is the signal, of the stream's capacity", () => {
    const { tracked } = ofShards({ signal: "expression", expression });
    assert.deepEqual([tracked.quantity, tracked.unit, tracked.threshold], ["the expression", "", 60]);
    const [desired] = tracked.queries();
    assert.deepEqual(desired!.metric!.dimensions, { Stack: "dev", Dimension: "dev-stream" });
    const byThroughput = ofShards({ expression }).tracked;
    assert.deepEqual([byThroughput.quantity, byThroughput.unit, byThroughput.threshold], ["utilisation", "%", 50]);
  });
});

describe("the highest value that steps are derived for", () => {
  it("is as far above an expression's target as utilisation's is above its own, at least twice where scaling out begins", () => {
    const highest = (kind: typeof kpuKind, scaleOutAt: number) =>
      thresholdsOf(scalingSettings({ signal: "expression", expression: { ...expression, scaleOutAt } }, kind), kind).highest;
    assert.deepEqual([highest(kpuKind, 100), highest(shardKind, 100), highest(shardKind, 130)], [1600, 240, 260]);
  });
});
