import { strict as assert } from "node:assert";
import { equalBoundary, nextPlanStep, planLength } from "../../../scaler/decide/plan";
import type { PlanStep, ShardRange } from "../../../scaler/decide/plan";

const keySpace = 2n ** 128n;

function rangesFrom(firstKeys: bigint[]): ShardRange[] {
  return firstKeys.map((first, i) => ({ shardId: `shard-${i}`, first, last: (firstKeys[i + 1] ?? keySpace) - 1n }));
}

function equalRanges(count: number): ShardRange[] {
  return rangesFrom(Array.from({ length: count }, (_, i) => equalBoundary(BigInt(i), count)));
}

function applied(ranges: ShardRange[], step: PlanStep, call: number): ShardRange[] {
  if (step.call === "SplitShard") {
    const key = BigInt(step.newStartingHashKey);
    return ranges.flatMap((range) => {
      if (range.shardId !== step.shardId) return [range];
      assert.ok(range.first < key && key <= range.last, "a split's key lies inside its shard");
      return [
        { shardId: `s${call}a`, first: range.first, last: key - 1n },
        { shardId: `s${call}b`, first: key, last: range.last },
      ];
    });
  }
  const i = ranges.findIndex(({ shardId }) => shardId === step.shardId);
  const left = ranges[i];
  const right = ranges[i + 1];
  assert.ok(left && right && right.shardId === step.adjacentShardId, "merged shards are neighbours, the lower first");
  return [...ranges.slice(0, i), { shardId: `m${call}`, first: left.first, last: right.last }, ...ranges.slice(i + 2)];
}

function width({ first, last }: ShardRange): bigint {
  return last - first + 1n;
}

function widest(ranges: ShardRange[]): bigint {
  return ranges.map(width).reduce((a, b) => (a > b ? a : b));
}

/** All steps to the end; checks at each that the plan gets shorter by one. */
function walk(
  from: ShardRange[],
  count: number,
  check: (before: ShardRange[], after: ShardRange[], step: PlanStep) => void = () => {},
) {
  let ranges = from;
  let calls = 0;
  for (let step = nextPlanStep(ranges, count); step; step = nextPlanStep(ranges, count)) {
    const after = applied(ranges, step, calls++);
    assert.equal(planLength(after, count), planLength(ranges, count) - 1);
    check(ranges, after, step);
    ranges = after;
    assert.ok(calls <= 4 * (from.length + count));
  }
  return { ranges, calls };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function assertEqualRanges(ranges: ShardRange[], count: number): void {
  assert.equal(ranges.length, count);
  for (const range of ranges) {
    const error = width(range) - keySpace / BigInt(count);
    assert.ok(error <= keySpace / 100_000_000n && error >= -keySpace / 100_000_000n);
  }
}

describe("the plan of SplitShard and MergeShards", () => {
  it("turns n equal shards into m equal ones in n + m - 2 gcd(n, m) calls", () => {
    for (let n = 1; n <= 12; n++) {
      for (let m = 1; m <= 24; m++) {
        const { ranges, calls } = walk(equalRanges(n), m);
        assert.equal(calls, n + m - 2 * gcd(n, m), `${n} to ${m}`);
        assert.equal(planLength(equalRanges(n), m), calls);
        assertEqualRanges(ranges, m);
      }
    }
  });

  it("never makes a range wider than the widest one was, when the stream grows", () => {
    for (let n = 1; n <= 12; n++) {
      for (let m = n; m <= 30; m++)
        walk(equalRanges(n), m, (before, after) => assert.ok(widest(after) <= widest(before), `${n} to ${m}`));
    }
  });

  it("merges only within one of the equal ranges", () => {
    for (let n = 1; n <= 12; n++) {
      for (let m = 1; m <= 30; m++) {
        walk(equalRanges(n), m, (before, after, step) => {
          if (step.call !== "MergeShards") return;
          const merged = after.find((range) => !before.some(({ shardId }) => shardId === range.shardId));
          assert.ok(merged && width(merged) <= keySpace / BigInt(m) + 1n);
        });
      }
    }
  });

  it("splits the fullest range first, wherever it is", () => {
    const first = rangesFrom([0n, keySpace / 2n, (keySpace * 5n) / 8n, (keySpace * 3n) / 4n]);
    assert.deepEqual(nextPlanStep(first, 8), {
      call: "SplitShard",
      shardId: "shard-0",
      newStartingHashKey: String(keySpace / 4n),
    });
    const middle = rangesFrom([0n, keySpace / 4n, (keySpace * 3n) / 4n]);
    assert.deepEqual(nextPlanStep(middle, 8), {
      call: "SplitShard",
      shardId: "shard-1",
      newStartingHashKey: String(keySpace / 2n),
    });
    const ranges = rangesFrom([0n, keySpace / 8n, keySpace / 2n]);
    assert.deepEqual(nextPlanStep(ranges, 8), {
      call: "SplitShard",
      shardId: "shard-2",
      newStartingHashKey: String((keySpace * 3n) / 4n),
    });
  });

  it("merges before it splits what is no wider than the equal ranges: it gets a quarter smaller, or more, with one shard too many at most", () => {
    for (let n = 1; n <= 16; n++) {
      for (let m = 1; 4 * m <= 3 * n; m++)
        walk(equalRanges(n), m, (_, after) => assert.ok(after.length <= n + 1, `${n} to ${m}: ${after.length} shards`));
    }
  });

  it("is the same in whatever order the shards are listed", () => {
    for (let n = 2; n <= 8; n++) {
      for (let m = 1; m <= 12; m++) {
        const shards = equalRanges(n);
        const shuffled = [...shards].sort((a, b) => Number((a.first * 7n) % 13n) - Number((b.first * 7n) % 13n));
        for (const other of [[...shards].reverse(), shuffled, [...shards.slice(1), shards[0]!]]) {
          assert.deepEqual(nextPlanStep(other, m), nextPlanStep(shards, m));
          assert.equal(planLength(other, m), planLength(shards, m));
        }
      }
    }
  });

  it("splits a range at the boundary nearest to its middle", () => {
    assert.deepEqual(nextPlanStep(equalRanges(1), 4), {
      call: "SplitShard",
      shardId: "shard-0",
      newStartingHashKey: String(keySpace / 2n),
    });
  });

  it("splits at the upper one of two boundaries that are as near", () => {
    assert.equal(
      (nextPlanStep(equalRanges(1), 3) as { newStartingHashKey?: string }).newStartingHashKey,
      String(equalBoundary(2n, 3)),
    );
  });

  it("goes on from wherever it was interrupted, also towards another count", () => {
    const halfway = nextPlanStep(equalRanges(4), 6);
    assert.ok(halfway);
    for (const count of [4, 5, 6, 7, 9, 12])
      assertEqualRanges(walk(applied(equalRanges(4), halfway, 1_000), count).ranges, count);
  });

  it("takes boundaries that AWS rounds otherwise for the same", () => {
    const rounded = rangesFrom(Array.from({ length: 7 }, (_, i) => (BigInt(i) * (keySpace / 7n)) as bigint));
    assert.equal(nextPlanStep(rounded, 7), undefined);
    assert.equal(planLength(rounded, 14), 7);
  });

  it("has nothing to do when the ranges are equal, in whatever order they are listed", () => {
    assert.equal(nextPlanStep([...equalRanges(6)].reverse(), 6), undefined);
  });

  it("plans a stream of 4,000 shards without trying the patience of a minute run", function () {
    this.timeout(5_000);
    assert.equal(nextPlanStep(equalRanges(4_000), 6_000)?.call, "SplitShard");
  });
});
