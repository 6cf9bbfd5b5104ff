import { strict as assert } from "node:assert";
import type { FlinkConfig, StreamConfig } from "../../scaler/types";
import { interleaving } from "../support/interleaving";
import { scalerWorld, type ScalerWorld } from "../support/scalerWorld";

const minute = 60_000;
const start = Date.UTC(2026, 2, 2, 8);

const stream: StreamConfig = { kind: "stream", name: "orders", pipeline: "dev", min: 1, max: 64, mode: "act", updatesPerDay: 10 };
const flink: FlinkConfig = {
  ...{ kind: "flink", name: "enrich", pipeline: "dev", min: 1, max: 32, mode: "act", parallelismPerKpu: 2, maxParallelism: 128 },
  ...{ drainAfterReshard: false, checkpointIntervalSeconds: 60 },
};

interface Setup {
  shards?: number;
  kpus?: number;
  stream?: Partial<StreamConfig>;
}

/** A stream and an application before the service models, and the calls that the scaler made to change them. */
async function pipeline({ shards = 8, kpus = 4, stream: own }: Setup = {}) {
  const world = scalerWorld({ start });
  const changes: string[] = [];
  await world.addStream("dev-stream", { ...stream, ...own }, shards);
  await world.addApplication("dev-flink", flink, kpus);
  world.watch = ({ operation, input }, { refusal }) => {
    if (!/^(UpdateShardCount|SplitShard|MergeShards|UpdateApplication)$/.test(operation)) return;
    changes.push(`${operation} ${input.TargetShardCount ?? ""}${refusal ? ` refused: ${refusal.message}` : ""}`.trim());
  };
  return { world, changes };
}

async function minutes(world: ScalerWorld, count: number): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    for (let i = 0; i < count; i++) {
      await world.cloud.clock.advanceTo((Math.floor(world.cloud.clock.now() / minute) + 1) * minute);
      await world.run();
    }
  } finally {
    console.log = log;
  }
}

async function patched(world: ScalerWorld, id: string, capacity: number) {
  const { log } = console;
  console.log = () => undefined;
  try {
    return await world.patch(id, capacity);
  } finally {
    console.log = log;
  }
}

describe("the whole way through the service models", () => {
  it("answers 200 in each of Managed Flink's statuses, and calls nothing while one of them forbids it", async () => {
    for (const status of [
      "AUTOSCALING",
      "MAINTENANCE",
      "STARTING",
      "STOPPING",
      "FORCE_STOPPING",
      "ROLLING_BACK",
      "READY",
    ] as const) {
      const { world, changes } = await pipeline();
      await minutes(world, 1);
      world.flink.setStatus("enrich", status);
      await patched(world, "dev-flink", 8);
      await minutes(world, 3);
      const { statusCode, answer } = await world.get("dev-flink");
      assert.equal(statusCode, 200, status);
      assert.equal(answer.scalingStatus, "Pending", status);
      assert.deepEqual(changes, [], status);
    }
  });

  it("goes past nine: a capacity of two digits is stored, reached and answered", async () => {
    const { world } = await pipeline({ shards: 9, kpus: 9 });
    await minutes(world, 1);
    await patched(world, "dev-stream", 12);
    await patched(world, "dev-flink", 12);
    await minutes(world, 10);
    for (const id of ["dev-stream", "dev-flink"]) {
      const { answer } = await world.get(id);
      assert.deepEqual([answer.actualCapacity, answer.desiredCapacity, answer.scalingStatus], [12, 12, "Successful"]);
    }
  });

  it("makes one change of two executions at once, whatever their order", async () => {
    for (const choices of [[0], [1], [0, 1], [1, 0, 0], [0, 0, 1, 1], [2, 1, 0]]) {
      const { world, changes } = await pipeline();
      await minutes(world, 1);
      await patched(world, "dev-stream", 12);
      await world.cloud.clock.advanceTo(start + 2 * minute);
      const { log } = console;
      console.log = () => undefined;
      const among = (world.interleaving = interleaving());
      const both = Promise.all([world.run(), world.run()]);
      await among.step(choices);
      await both;
      world.interleaving = undefined;
      console.log = log;
      await minutes(world, 6);
      assert.deepEqual(changes, ["UpdateShardCount 12"], choices.join());
    }
  });

  it("halves an odd count upwards: 5 goes to 3, never to 2, which would be refused", async () => {
    const { world, changes } = await pipeline({ shards: 5 });
    await minutes(world, 1);
    await patched(world, "dev-stream", 1);
    await minutes(world, 14);
    assert.deepEqual(changes, ["UpdateShardCount 3", "UpdateShardCount 2", "UpdateShardCount 1"]);
  });

  it("takes a PATCH while the stream is UPDATING, and goes there when it is done", async () => {
    const { world, changes } = await pipeline();
    await minutes(world, 1);
    await patched(world, "dev-stream", 12);
    await minutes(world, 1);
    assert.equal(world.kinesis.look("orders")?.status, "UPDATING");
    const { statusCode, answer } = await patched(world, "dev-stream", 16);
    assert.deepEqual([statusCode, answer.scalingStatus, answer.failureReason], [200, "InProgress", undefined]);
    await minutes(world, 8);
    assert.deepEqual(changes, ["UpdateShardCount 12", "UpdateShardCount 16"]);
  });

  it("never brings back a desired from before, after another hand moved the stream above it", async () => {
    const { world, changes } = await pipeline();
    await minutes(world, 1);
    await patched(world, "dev-stream", 10);
    await minutes(world, 5);
    changes.length = 0;
    world.call("kinesis", "UpdateShardCount", { StreamName: "orders", TargetShardCount: 14, ScalingType: "UNIFORM_SCALING" });
    await minutes(world, 60);
    assert.deepEqual(changes, []);
    assert.equal((await world.get("dev-stream")).answer.desiredCapacity, 14);
  });

  it("scales out by less than double, and from the minimum", async () => {
    const { world, changes } = await pipeline({ shards: 4, stream: { min: 4 } });
    await minutes(world, 1);
    await patched(world, "dev-stream", 5);
    await minutes(world, 4);
    assert.deepEqual(changes, ["UpdateShardCount 5"]);
  });

  it("keeps the minimum: what another hand took below it comes back", async () => {
    const { world } = await pipeline({ shards: 6, stream: { min: 6 } });
    await minutes(world, 2);
    world.call("kinesis", "UpdateShardCount", { StreamName: "orders", TargetShardCount: 3, ScalingType: "UNIFORM_SCALING" });
    await minutes(world, 8);
    assert.equal(world.kinesis.look("orders")?.openShards, 6);
  });

  it("scales in by as many shards as were asked for in one call, not one at a time", async () => {
    const { world, changes } = await pipeline({ shards: 8 });
    await minutes(world, 1);
    await patched(world, "dev-stream", 4);
    await minutes(world, 4);
    assert.deepEqual(changes, ["UpdateShardCount 4"]);
  });

  it("says Failed with Flink's words when an update was rolled back, and doesn't take RUNNING for success", async () => {
    const { world } = await pipeline();
    await minutes(world, 1);
    world.flink.failNextUpdate("enrich", { error: "Not enough slots." });
    await patched(world, "dev-flink", 8);
    await minutes(world, 6);
    const { answer } = await world.get("dev-flink");
    assert.deepEqual([answer.scalingStatus, answer.actualCapacity, answer.desiredCapacity], ["Failed", 4, 4]);
    assert.match(answer.failureReason ?? "", /Not enough slots/);
  });
});
