import { equalBoundary } from "./hashSpace";
import { addShard, closeShard, type Shard, type Stream } from "./stream";

/** What happens at the cursor, which goes from the lowest hash key up. */
type Step =
  /** Split the shard at the cursor (or the one after it) so that its lower half ends at `end`. */
  | { kind: "split" | "splitNext"; end: bigint }
  /** Merge the shard at the cursor with the one after it. */
  | { kind: "merge" }
  /** The shard at the cursor is final; on to the next. */
  | { kind: "next" };

/**
 * Ends of `target` equal ranges. A boundary that open shards already have, but for the rounding of equal ranges, is kept:
 * no shard is split to move a boundary by a few hash keys in 2^128.
 */
function targetEnds(ends: readonly bigint[], target: number): bigint[] {
  const tolerance = BigInt(Math.max(ends.length, target));
  let i = 0;
  return Array.from({ length: target }, (_, n) => {
    const end = equalBoundary(n + 1, target) - 1n;
    while (i < ends.length - 1 && ends[i]! < end - tolerance) i++;
    const near = ends[i]!;
    return near - end <= tolerance && end - near <= tolerance ? near : end;
  });
}

/**
 * UpdateShardCount "performs splits or merges on individual shards. This can cause short-lived shards to be created, in addition
 * to the final shards" (UpdateShardCount, API reference); the final shards have equal ranges. AWS's order is undocumented: here
 * from the lowest hash key up, which keeps the short-lived shards few.
 */
function planSteps(ends: readonly bigint[], target: number): Step[] {
  const steps: Step[] = [];
  let i = 0;
  let current = ends[0]!;
  for (const end of targetEnds(ends, target)) {
    while (current < end) {
      const next = ends[++i]!;
      if (next > end) {
        steps.push({ kind: "splitNext", end });
        i--;
      }
      steps.push({ kind: "merge" });
      current = next > end ? end : next;
    }
    if (current > end) {
      steps.push({ kind: "split", end });
      i--;
    }
    steps.push({ kind: "next" });
    current = ends[++i] ?? current;
  }
  return steps;
}

const endsOf = (stream: Stream) => stream.topology.shards.map((shard) => shard.end);

/** The most shards that are open at a time during the scaling: short-lived ones count towards the account's limit. */
export function mostOpenShards(stream: Stream, target: number): number {
  let open = stream.topology.shards.length;
  let most = open;
  for (const { kind } of planSteps(endsOf(stream), target)) {
    if (kind === "merge") open--;
    else if (kind !== "next") most = Math.max(most, ++open);
  }
  return most;
}

/** Splits and merges the open shards into `target` equal ranges. */
export function scaleUniformly(stream: Stream, target: number, now: number): void {
  const pieces = [...stream.topology.shards];
  for (const step of planSteps(endsOf(stream), target)) {
    if (step.kind === "next") pieces.shift();
    else if (step.kind === "merge") pieces.splice(0, 2, mergeTwo(stream, pieces[0]!, pieces[1]!, now));
    else {
      const at = step.kind === "split" ? 0 : 1;
      pieces.splice(at, 1, ...splitTwo(stream, pieces[at]!, step.end + 1n, now));
    }
  }
}

export function splitTwo(stream: Stream, shard: Shard, at: bigint, now: number): [Shard, Shard] {
  closeShard(shard, now);
  return [
    addShard(stream, now, { start: shard.start, end: at - 1n }, [shard]),
    addShard(stream, now, { start: at, end: shard.end }, [shard]),
  ];
}

/** `first` is the shard to merge, `second` its adjacent one, the next higher. */
export function mergeTwo(stream: Stream, first: Shard, second: Shard, now: number): Shard {
  closeShard(first, now);
  closeShard(second, now);
  return addShard(stream, now, { start: first.start, end: second.end }, [first, second]);
}
