import type { Operation, Shape } from "../../core/cloud";
import { day } from "../../core/clock";
import { after, findShard, findStream, kinesisError, requireActive, requireShardLimit, type KinesisAccount } from "./account";
import { openShards, serveFrom, type Stream } from "./stream";
import { mergeTwo, mostOpenShards, scaleUniformly, splitTwo } from "./uniformScaling";

type Kind = "UpdateShardCount" | "SplitShard" | "MergeShards";

/** The three operations that change the number of shards: one at a time per stream; the new shards serve from the end. */
export function reshardingOperations(account: KinesisAccount): Record<Kind, Operation> {
  return {
    UpdateShardCount: (input) => updateShardCount(account, input),
    SplitShard: (input) => splitShard(account, input),
    MergeShards: (input) => mergeShards(account, input),
  };
}

function requireProvisioned(account: KinesisAccount, stream: Stream): void {
  if (stream.mode === "PROVISIONED") return;
  throw kinesisError(
    "ValidationException",
    `Request is invalid. Stream ${stream.name} under account ${account.cloud.account} is in On-Demand mode.`,
  );
}

function updateShardCount(account: KinesisAccount, input: Shape): Shape {
  const stream = findStream(account, input);
  const current = openShards(stream);
  const target: number = input.TargetShardCount;
  const now = account.cloud.clock.now();
  requireProvisioned(account, stream);
  requireActive(account, stream);
  requireTargetInRange(account, current, target);
  requireShardLimit(account, mostOpenShards(stream, target) - current);
  requireUpdateLeft(account, stream, now);
  stream.updateStarts.push(now);
  // The same count again is undocumented; the cautious reading: it is an update like any other and uses one up.
  change(account, stream, "UpdateShardCount", account.settings.updateShardCountSeconds(current, target), target, (at) => {
    scaleUniformly(stream, target, at);
    stream.ledger.reshards++;
  });
  return { StreamName: stream.name, CurrentShardCount: current, TargetShardCount: target, StreamARN: stream.arn };
}

function requireTargetInRange(account: KinesisAccount, current: number, target: number): void {
  const counts = `Current open shard count: ${current}, Target shard count: ${target}`;
  const refuse = (text: string) => {
    throw kinesisError("LimitExceededException", `${text} ${counts}`);
  };
  const limit = account.settings.streamShardLimit;
  if (target > limit || (current > limit && target >= limit)) {
    refuse(`Target shard count or number of open shards cannot be greater than ${limit}.`);
  }
  if (target > current * 2) refuse("UpdateShardCount cannot scale up over double your current open shard count.");
  if (target < current / 2) refuse("UpdateShardCount cannot scale down below half your current open shard count.");
}

/** "Scale more than ten times per rolling 24-hour period per stream"; what was started exactly 24 hours ago counts no more. */
function requireUpdateLeft(account: KinesisAccount, stream: Stream, now: number): void {
  stream.updateStarts = stream.updateStarts.filter((started) => started > now - day);
  const { updatesPerDay } = account.settings;
  if (stream.updateStarts.length < updatesPerDay) return;
  // AWS's text is undocumented.
  throw kinesisError(
    "LimitExceededException",
    `Stream ${stream.name} under account ${account.cloud.account} has already been updated ${updatesPerDay} times in the past 24 hours. ` +
      "UpdateShardCount cannot be called more often in a rolling 24-hour period.",
  );
}

function splitShard(account: KinesisAccount, input: Shape): Shape {
  const stream = findStream(account, input);
  requireProvisioned(account, stream);
  const shard = findShard(account, stream, input.ShardToSplit);
  requireShardLimit(account, 1);
  requireOpen(account, stream, shard.id);
  const at = BigInt(input.NewStartingHashKey);
  if (at <= shard.start + 1n || at >= shard.end) {
    throw kinesisError(
      "InvalidArgumentException",
      `NewStartingHashKey ${at} used in SplitShard() on shard ${shard.id} in stream ${stream.name} under account ` +
        `${account.cloud.account} is not both greater than one plus the shard's StartingHashKey ${shard.start} and less than the ` +
        `shard's EndingHashKey ${shard.end}.`,
    );
  }
  requireActive(account, stream);
  change(account, stream, "SplitShard", account.settings.splitShardSeconds, openShards(stream) + 1, (now) => {
    splitTwo(stream, shard, at, now);
    stream.ledger.splits++;
  });
  return undefined;
}

function mergeShards(account: KinesisAccount, input: Shape): Shape {
  const stream = findStream(account, input);
  requireProvisioned(account, stream);
  const first = findShard(account, stream, input.ShardToMerge);
  const second = findShard(account, stream, input.AdjacentShardToMerge);
  requireOpen(account, stream, first.id);
  requireOpen(account, stream, second.id);
  // The shard to merge is the lower one: the order that emulators which were tested against AWS ask for.
  if (first.end + 1n !== second.start) {
    throw kinesisError(
      "InvalidArgumentException",
      `Shards ${first.id} and ${second.id} in stream ${stream.name} under account ${account.cloud.account} ` +
        "are not an adjacent pair of shards eligible for merging",
    );
  }
  requireActive(account, stream);
  change(account, stream, "MergeShards", account.settings.mergeShardsSeconds, openShards(stream) - 1, (now) => {
    mergeTwo(stream, first, second, now);
    stream.ledger.merges++;
  });
  return undefined;
}

/** AWS's text for a closed shard is undocumented. */
function requireOpen(account: KinesisAccount, stream: Stream, shardId: string): void {
  if (stream.shards.get(shardId)?.closedAt === undefined) return;
  throw kinesisError(
    "InvalidArgumentException",
    `Shard ${shardId} in stream ${stream.name} under account ${account.cloud.account} is CLOSED and can be neither split nor merged.`,
  );
}

function change(
  account: KinesisAccount,
  stream: Stream,
  kind: Kind,
  seconds: number,
  target: number,
  apply: (now: number) => void,
): void {
  const { clock, events } = account.cloud;
  const from = openShards(stream);
  const log = (what: "Started" | "Completed", message: string) =>
    events.append({
      time: clock.now(),
      source: "kinesis",
      type: `${kind}${what}`,
      message,
      detail: { stream: stream.name, from, to: target, seconds },
    });
  stream.status = "UPDATING";
  log("Started", `${kind} of ${stream.name} started: ${from} -> ${target} shards, ${seconds} s`);
  after(account, stream, seconds, () => {
    apply(clock.now());
    stream.status = "ACTIVE";
    serveFrom(stream, clock.now());
    log("Completed", `${kind} of ${stream.name} completed: ${openShards(stream)} shards serve`);
  });
}
