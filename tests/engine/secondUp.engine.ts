import * as assert from "node:assert/strict";
import { initialise, openStack, type Plan, type Stack } from "./support/stack";

describe("a second pulumi up of a stack that has scaled, on the real engine", () => {
  let stack: Stack;
  const capacities = () => {
    const { kinesis, flink } = stack.cloud;
    return [kinesis.look("sluice-dev")!.openShards, flink.look("sluice-dev")!.kpus];
  };

  before(async () => {
    stack = openStack("dev");
    await initialise(stack, "dev");
    await stack.done("pulumi up --skip-preview");
    await stack.traffic({ name: "more", rate: () => 14_000 });
    await stack.advance(60);
  });
  after(() => stack.close());

  const queries = "update metricQueries";
  const value = "update value";
  // A backlog that nobody is to work off is no demand: the application's alarms leave it out.
  const observed: Plan = {
    "dev-stream-config": value,
    "dev-flink-config": value,
    "dev-flink-scale-out-alarm": queries,
    "dev-flink-scale-in-alarm": queries,
    "dev-dashboard": "update dashboardBody",
  };
  /** A scaling in has a step for each capacity that it may have to leave. @param target what both scalable targets show. */
  const bounds = (target: string): Plan => ({
    "dev-stream-config": value,
    "dev-flink-config": value,
    "dev-stream-target": target,
    "dev-flink-target": target,
    "dev-stream-scale-in-policy": "update stepScalingPolicyConfiguration.stepAdjustments",
    "dev-flink-scale-in-policy": "update stepScalingPolicyConfiguration.stepAdjustments",
    "dev-dashboard": "update dashboardBody",
  });
  /** `after`: shards and KPUs that the new bounds lead to; what is there stays without it. */
  const changes: Record<string, { config: Record<string, string>; plan: Plan; after?: [number, number] }> = {
    "what is logged and kept, for how long": {
      config: { logLevel: "WARN", logRetentionDays: "14", retentionHours: "48" },
      plan: {
        "dev-stream": "update retentionPeriod",
        "dev-flink-application": "update applicationConfiguration.flinkApplicationConfiguration.monitoringConfiguration.logLevel",
        "dev-flink-log": "update retentionInDays",
        "dev-scaler-log": "update retentionInDays",
        "dev-scaler-access-log": "update retentionInDays",
      },
    },
    "the connector's version": {
      config: { connectorVersion: "5.0.0" },
      plan: { "dev-flink-config": value },
    },
    "observe mode": {
      config: { mode: "observe" },
      plan: observed,
    },
    "act mode again": { config: { mode: "act" }, plan: observed },
    "higher bounds": { config: { maxShards: "128", maxKpus: "128" }, plan: bounds("update maxCapacity") },
    "lower bounds": {
      config: { minShards: "2", maxShards: "40", minKpus: "2", maxKpus: "60" },
      plan: bounds("update maxCapacity minCapacity"),
      after: [32, 60],
    },
    "bounds above the old ones": {
      config: { minShards: "41", shards: "41", maxShards: "60", minKpus: "61", kpus: "61", maxKpus: "80" },
      plan: bounds("update maxCapacity minCapacity"),
      after: [41, 61],
    },
    "bounds below the old ones": {
      config: { minShards: "2", shards: "8", maxShards: "8", minKpus: "2", kpus: "9", maxKpus: "9" },
      plan: bounds("update maxCapacity minCapacity"),
      after: [8, 9],
    },
  };
  for (const [name, { config, plan, after }] of Object.entries(changes)) {
    it(`changes what it must and no capacity but by its bounds: ${name}`, async () => {
      const before = capacities();
      const set = Object.entries(config).map(([key, given]) => `--plaintext sluice:${key}=${given}`);
      await stack.done(`pulumi config set-all ${set.join(" ")}`);
      // What the pulumi up before has left undone would show here, too.
      assert.deepEqual(await stack.plan(), plan);
      await stack.done("pulumi up --skip-preview");
      await stack.advance(after ? 60 : 5);
      assert.deepEqual(capacities(), after ?? before);
    });
  }

  it("leaves nothing to change", async () => void (await stack.done("pulumi preview --expect-no-changes")));
});
