// Source: UpdateShardCount, SplitShard, MergeShards (API reference); Reshard a stream
import assert = require("node:assert/strict");
import { isOpen, kinesisFixture } from "./fixture";

const account = "123456789012";
const halfway = "170141183460469231731687303715884105728";

describe("UpdateShardCount", () => {
  it("answers current and target counts, is UPDATING for 120 s and serves the new count from the end", async () => {
    const { updateShardCount, summary, pass } = kinesisFixture({ shards: 4 });
    const answer = updateShardCount(6);
    assert.deepEqual(answer, {
      StreamName: "s",
      CurrentShardCount: 4,
      TargetShardCount: 6,
      StreamARN: `arn:aws:kinesis:eu-west-1:${account}:stream/s`,
    });
    await pass(119);
    assert.deepEqual([summary().StreamStatus, summary().OpenShardCount], ["UPDATING", 4]);
    await pass(1);
    assert.deepEqual([summary().StreamStatus, summary().OpenShardCount], ["ACTIVE", 6]);
  });

  it("takes 120 s for every 64 shards begun of the larger count", async () => {
    for (const [from, to, seconds] of [
      [32, 64, 120],
      [33, 65, 240],
      [65, 64, 240],
      [128, 64, 240],
      [129, 65, 360],
    ] as const) {
      const { updateShardCount, summary, pass } = kinesisFixture({ shards: from });
      updateShardCount(to);
      await pass(seconds - 1);
      assert.equal(summary().StreamStatus, "UPDATING", `${from} -> ${to}`);
      await pass(1);
      assert.equal(summary().OpenShardCount, to);
    }
  });

  it("refuses more than double with AWS's text", () => {
    const { updateShardCount } = kinesisFixture({ shards: 1 });
    assert.throws(() => updateShardCount(4), {
      name: "LimitExceededException",
      message:
        "UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 1, Target shard count: 4",
    });
  });

  it("refuses less than half with AWS's text; half of an odd count rounds up", () => {
    const { updateShardCount } = kinesisFixture({ shards: 5 });
    assert.throws(() => updateShardCount(2), {
      name: "LimitExceededException",
      message:
        "UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: 5, Target shard count: 2",
    });
    assert.equal(updateShardCount(3).TargetShardCount, 3);
  });

  it("refuses while the stream is not ACTIVE with AWS's text", () => {
    const { updateShardCount } = kinesisFixture({ shards: 4 });
    updateShardCount(8);
    assert.throws(() => updateShardCount(8), {
      name: "ResourceInUseException",
      message: `Stream s under account ${account} not ACTIVE, instead in state UPDATING`,
    });
  });

  it("starts at most ten times in a rolling 24 hours; what was started exactly 24 hours ago counts no more", async () => {
    const { updateShardCount, pass } = kinesisFixture({ shards: 4 });
    for (let i = 0; i < 10; i++) {
      updateShardCount(i % 2 === 0 ? 5 : 4);
      await pass(600);
    }
    assert.throws(() => updateShardCount(5), { name: "LimitExceededException", message: /10 times in the past 24 hours/ });
    await pass(86_400 - 6_000 - 1);
    assert.throws(() => updateShardCount(5), { name: "LimitExceededException" });
    await pass(1);
    updateShardCount(5);
    await pass(599);
    assert.throws(() => updateShardCount(4), { name: "LimitExceededException" });
    await pass(1);
    updateShardCount(4);
  });

  it("counts only what was started: refused calls use nothing up", async () => {
    const { updateShardCount, pass, kinesis } = kinesisFixture({ shards: 4 });
    for (let i = 0; i < 20; i++) assert.throws(() => updateShardCount(100));
    for (let i = 0; i < 10; i++) {
      updateShardCount(i % 2 === 0 ? 5 : 4);
      await pass(120);
    }
    assert.equal(kinesis.billing("s").rejectedUpdates, 20);
    assert.equal(kinesis.billing("s").reshards, 10);
  });

  it("keeps to the daily limit that was raised on request", async () => {
    const { updateShardCount, pass } = kinesisFixture({ shards: 4, updatesPerDay: 2 });
    for (const target of [5, 4]) {
      updateShardCount(target);
      await pass(120);
    }
    assert.throws(() => updateShardCount(5), { name: "LimitExceededException", message: /2 times/ });
  });

  it("refuses more than 10,000 shards in a stream, and above that any target that isn't below", () => {
    const text = /Target shard count or number of open shards cannot be greater than 10000\./;
    const fixture = kinesisFixture({ shards: 9_000 });
    assert.throws(() => fixture.updateShardCount(10_001), { name: "LimitExceededException", message: text });
    const large = kinesisFixture({ shards: 12_000 });
    assert.throws(() => large.updateShardCount(10_000), { name: "LimitExceededException", message: text });
    assert.equal(large.updateShardCount(9_999).TargetShardCount, 9_999);
  });

  it("refuses more shards than the account may have; short-lived ones count too", () => {
    const text =
      /would exceed the shard limit for the account 123456789012 in eu-west-1\. Current shard count for the account: 4\. Limit: 7\./;
    const { updateShardCount } = kinesisFixture({ shards: 4, shardLimit: 7 });
    assert.throws(() => updateShardCount(8), { name: "LimitExceededException", message: text });
    assert.throws(() => updateShardCount(7), { name: "LimitExceededException" });
    assert.equal(updateShardCount(6).TargetShardCount, 6);
    // 4 -> 3 makes every third of the space out of quarters that are split first.
    const tight = kinesisFixture({ shards: 4, shardLimit: 4 });
    assert.throws(() => tight.updateShardCount(3), { name: "LimitExceededException" });
    assert.equal(kinesisFixture({ shards: 4, shardLimit: 4 }).updateShardCount(2).TargetShardCount, 2);
  });

  it("is refused on an on-demand stream", () => {
    const { call } = kinesisFixture({ shards: 0 });
    call("CreateStream", { StreamName: "d", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    assert.throws(() => call("UpdateShardCount", { StreamName: "d", TargetShardCount: 5, ScalingType: "UNIFORM_SCALING" }), {
      name: "ValidationException",
      message: `Request is invalid. Stream d under account ${account} is in On-Demand mode.`,
    });
  });

  it("accepts the same count as an update like any other", async () => {
    const { updateShardCount, summary, pass, kinesis } = kinesisFixture({ shards: 4 });
    updateShardCount(4);
    assert.equal(summary().StreamStatus, "UPDATING");
    await pass(120);
    assert.equal(summary().OpenShardCount, 4);
    assert.equal(kinesis.billing("s").reshards, 1);
  });

  it("logs its start and its completion", async () => {
    const { updateShardCount, cloud, pass } = kinesisFixture({ shards: 4 });
    updateShardCount(8);
    await pass(120);
    const events = cloud.events.recent().filter((event) => event.source === "kinesis");
    assert.deepEqual(
      events.map(({ type, detail }) => [type, detail]),
      [
        ["UpdateShardCountStarted", { stream: "s", from: 4, to: 8, seconds: 120 }],
        ["UpdateShardCountCompleted", { stream: "s", from: 4, to: 8, seconds: 120 }],
      ],
    );
    assert.equal(events[1]!.time - events[0]!.time, 120_000);
  });
});

describe("SplitShard", () => {
  it("takes 30 s, closes the parent and opens two children at the new starting hash key", async () => {
    const { call, pass, shards, summary, kinesis } = kinesisFixture({ shards: 1 });
    assert.equal(
      call("SplitShard", { StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: halfway }),
      undefined,
    );
    await pass(29);
    assert.deepEqual([summary().StreamStatus, summary().OpenShardCount], ["UPDATING", 1]);
    await pass(1);
    assert.deepEqual([summary().StreamStatus, summary().OpenShardCount], ["ACTIVE", 2]);
    const [parent, lower, upper] = shards();
    assert.equal(isOpen(parent), false);
    assert.equal(lower.ParentShardId, parent.ShardId);
    assert.equal(upper.ParentShardId, parent.ShardId);
    assert.equal(upper.AdjacentParentShardId, undefined);
    assert.equal(upper.HashKeyRange.StartingHashKey, halfway);
    assert.equal(BigInt(lower.HashKeyRange.EndingHashKey) + 1n, BigInt(halfway));
    assert.equal(kinesis.billing("s").splits, 1);
  });

  it("has no daily limit", async () => {
    const { call, pass, shards } = kinesisFixture({ shards: 1 });
    for (let i = 0; i < 12; i++) {
      const widest = shards().filter(isOpen).at(-1)!;
      const { StartingHashKey, EndingHashKey } = widest.HashKeyRange;
      const middle = (BigInt(StartingHashKey) + BigInt(EndingHashKey)) / 2n;
      call("SplitShard", { StreamName: "s", ShardToSplit: widest.ShardId, NewStartingHashKey: String(middle) });
      await pass(30);
    }
    assert.equal(shards().filter(isOpen).length, 13);
  });

  it("refuses a hash key outside the shard with AWS's text", () => {
    const { call } = kinesisFixture({ shards: 1 });
    assert.throws(() => call("SplitShard", { StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: "1" }), {
      name: "InvalidArgumentException",
      message:
        `NewStartingHashKey 1 used in SplitShard() on shard shardId-000000000000 in stream s under account ${account} is not both ` +
        "greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey 340282366920938463463374607431768211455.",
    });
  });

  it("refuses an unknown and a closed shard", async () => {
    const { call, pass } = kinesisFixture({ shards: 1 });
    const split = (shard: string, at: string) =>
      call("SplitShard", { StreamName: "s", ShardToSplit: shard, NewStartingHashKey: at });
    assert.throws(() => split("shardId-000000000009", halfway), {
      name: "ResourceNotFoundException",
      message: `Could not find shard shardId-000000000009 in stream s under account ${account}.`,
    });
    split("shardId-000000000000", halfway);
    await pass(30);
    assert.throws(() => split("shardId-000000000000", "1000"), { name: "InvalidArgumentException", message: /CLOSED/ });
  });

  it("refuses the shard that the account may not have", () => {
    const { call } = kinesisFixture({ shards: 1, shardLimit: 1 });
    assert.throws(
      () => call("SplitShard", { StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: halfway }),
      {
        name: "LimitExceededException",
      },
    );
  });
});

describe("MergeShards", () => {
  it("takes 30 s and gives one child with a parent and an adjacent parent", async () => {
    const { call, pass, shards, summary, kinesis } = kinesisFixture({ shards: 3 });
    call("MergeShards", { StreamName: "s", ShardToMerge: "shardId-000000000001", AdjacentShardToMerge: "shardId-000000000002" });
    await pass(30);
    assert.deepEqual([summary().StreamStatus, summary().OpenShardCount], ["ACTIVE", 2]);
    const [, one, two, child] = shards();
    assert.deepEqual([isOpen(one), isOpen(two), isOpen(child)], [false, false, true]);
    assert.deepEqual([child.ParentShardId, child.AdjacentParentShardId], [one.ShardId, two.ShardId]);
    assert.deepEqual(child.HashKeyRange, {
      StartingHashKey: one.HashKeyRange.StartingHashKey,
      EndingHashKey: two.HashKeyRange.EndingHashKey,
    });
    assert.equal(kinesis.billing("s").merges, 1);
  });

  it("refuses shards that are not adjacent with AWS's text", () => {
    const { call } = kinesisFixture({ shards: 3 });
    const input = { StreamName: "s", ShardToMerge: "shardId-000000000000", AdjacentShardToMerge: "shardId-000000000002" };
    assert.throws(() => call("MergeShards", input), {
      name: "InvalidArgumentException",
      message: `Shards shardId-000000000000 and shardId-000000000002 in stream s under account ${account} are not an adjacent pair of shards eligible for merging`,
    });
  });

  it("waits its turn: one change of a stream at a time", () => {
    const { call, updateShardCount } = kinesisFixture({ shards: 2 });
    call("MergeShards", { StreamName: "s", ShardToMerge: "shardId-000000000000", AdjacentShardToMerge: "shardId-000000000001" });
    assert.throws(() => updateShardCount(3), { name: "ResourceInUseException" });
    assert.throws(
      () => call("SplitShard", { StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: "1000" }),
      {
        name: "ResourceInUseException",
      },
    );
  });
});

describe("refused resharding calls", () => {
  it("are counted with their stream: limits, wrong input, injected faults", () => {
    const { call, kinesis, updateShardCount } = kinesisFixture({ shards: 2 });
    assert.throws(() => updateShardCount(9));
    assert.throws(() => call("UpdateShardCount", { StreamName: "s", TargetShardCount: 0, ScalingType: "UNIFORM_SCALING" }));
    kinesis.failNext("SplitShard", "LimitExceededException");
    assert.throws(
      () => call("SplitShard", { StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: "1000" }),
      {
        name: "LimitExceededException",
      },
    );
    assert.equal(kinesis.billing("s").rejectedUpdates, 3);
    call("SplitShard", { StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: "1000" });
    assert.equal(kinesis.billing("s").rejectedUpdates, 3);
  });
});
