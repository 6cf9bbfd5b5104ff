// Source: UpdateShardCount (API reference)
import assert = require("node:assert/strict");
import fc from "fast-check";
import { hashSpace } from "../../../../sandbox/services/kinesis/hashSpace";
import { mostOpenShards } from "../../../../sandbox/services/kinesis/uniformScaling";
import { addEqualShards, emptyTopology, topologyOf, type Stream } from "../../../../sandbox/services/kinesis/stream";
import { isOpen, kinesisFixture, type KinesisFixture } from "./fixture";

interface Range {
  id: string;
  start: bigint;
  end: bigint;
}

function openRanges(fixture: KinesisFixture): Range[] {
  return fixture
    .shards()
    .filter(isOpen)
    .map((s) => ({ id: s.ShardId, start: BigInt(s.HashKeyRange.StartingHashKey), end: BigInt(s.HashKeyRange.EndingHashKey) }))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
}

function assertPartition(ranges: readonly Range[]): void {
  assert.equal(ranges[0]!.start, 0n);
  assert.equal(ranges.at(-1)!.end, hashSpace - 1n);
  ranges.slice(1).forEach((range, i) => assert.equal(range.start, ranges[i]!.end + 1n));
}

function assertEqualRanges(ranges: readonly Range[]): void {
  const sizes = ranges.map((r) => r.end - r.start + 1n);
  const even = hashSpace / BigInt(ranges.length);
  for (const size of sizes) assert.ok(size - even < 100_000n && even - size < 100_000n, `${size} of ${even}`);
}

function assertLineage(fixture: KinesisFixture): void {
  const shards = fixture.shards();
  const byId = new Map(shards.map((s) => [s.ShardId, s]));
  assert.equal(byId.size, shards.length);
  for (const shard of shards) {
    for (const parent of [shard.ParentShardId, shard.AdjacentParentShardId]) {
      if (parent === undefined || !byId.has(parent)) continue;
      assert.equal(isOpen(byId.get(parent)), false, `${parent} is the parent of ${shard.ShardId} and must be closed`);
      assert.ok(parent < shard.ShardId);
    }
  }
}

describe("uniform scaling", () => {
  it("ends with equal ranges whatever the counts, 4 to 3 included", async () => {
    for (const [from, to] of [
      [4, 3],
      [3, 4],
      [7, 13],
      [13, 7],
      [1, 2],
      [2, 1],
      [100, 137],
    ] as const) {
      const fixture = kinesisFixture({ shards: from });
      fixture.updateShardCount(to);
      await fixture.pass(400);
      const ranges = openRanges(fixture);
      assert.equal(ranges.length, to);
      assertPartition(ranges);
      assertEqualRanges(ranges);
      assertLineage(fixture);
    }
  });

  it("splits every shard once when it doubles, and merges pairs when it halves", async () => {
    const fixture = kinesisFixture({ shards: 3 });
    fixture.updateShardCount(6);
    await fixture.pass(120);
    assert.equal(fixture.shards().length, 3 + 6);
    fixture.updateShardCount(3);
    await fixture.pass(120);
    assert.equal(fixture.shards().length, 3 + 6 + 3);
    const merged = fixture.shards().slice(-3);
    for (const shard of merged) assert.ok(shard.ParentShardId && shard.AdjacentParentShardId);
  });

  it("creates short-lived shards, closed again, when the target isn't a multiple", async () => {
    const fixture = kinesisFixture({ shards: 4 });
    fixture.updateShardCount(3);
    await fixture.pass(120);
    const [before, after] = [fixture.shards().slice(0, 4), fixture.shards().slice(4)];
    assert.ok(before.every((s) => !isOpen(s)));
    assert.ok(after.filter((s) => !isOpen(s)).length > 0);
  });

  it("needs no shard beyond the larger count when it doubles or halves", () => {
    const stream = { shards: new Map(), topology: emptyTopology, nextShardIndex: 0 } as unknown as Stream;
    addEqualShards(stream, 6, 0);
    stream.topology = topologyOf(stream.shards.values());
    assert.deepEqual([mostOpenShards(stream, 12), mostOpenShards(stream, 3), mostOpenShards(stream, 6)], [12, 6, 6]);
  });

  it("keeps the hash space whole and the lineage sound through any sequence of splits, merges and updates", async () => {
    const step = fc.record({
      kind: fc.constantFrom("split", "merge", "update"),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.array(step, { maxLength: 12 }), async (shards, steps) => {
        const fixture = kinesisFixture({ shards, updatesPerDay: 1_000 });
        for (const { kind, at } of steps) {
          const ranges = openRanges(fixture);
          const i = Math.floor(at * ranges.length);
          const { id, start, end } = ranges[i]!;
          if (kind === "split") {
            const NewStartingHashKey = String(start + ((end - start) * BigInt(1 + Math.floor(at * 98))) / 100n);
            fixture.call("SplitShard", { StreamName: "s", ShardToSplit: id, NewStartingHashKey });
          } else if (kind === "merge") {
            if (i + 1 >= ranges.length) continue;
            const input = { StreamName: "s", ShardToMerge: id, AdjacentShardToMerge: ranges[i + 1]!.id };
            fixture.call("MergeShards", input);
          } else {
            const least = Math.ceil(ranges.length / 2);
            fixture.updateShardCount(least + Math.floor(at * (2 * ranges.length - least + 1)));
          }
          await fixture.pass(120);
          const after = openRanges(fixture);
          assertPartition(after);
          assertLineage(fixture);
          if (kind === "update") assertEqualRanges(after);
        }
      }),
      { seed: 20_261_123, numRuns: 60 },
    );
  });
});
