import type { Operation, Shape } from "../../core/cloud";
import { hour } from "../../core/clock";
import { accountShards, findStream, kinesisError, type KinesisAccount } from "./account";
import { timestampMs } from "./memberValidation";
import { expireShards, openShards, type Shard, type Stream } from "./stream";

/** Operations that only look. */
export function describeOperations(account: KinesisAccount): Record<string, Operation> {
  return {
    DescribeStream: (input) => describeStream(account, input),
    DescribeStreamSummary: (input) => describeStreamSummary(account, input),
    ListShards: (input) => listShards(account, input),
    ListStreams: (input) => listStreams(account, input),
    DescribeLimits: () => describeLimits(account),
    DescribeAccountSettings: () => ({ MinimumThroughputBillingCommitment: { Status: "DISABLED" } }),
  };
}

export function shardShape(shard: Shard): Shape {
  return {
    ShardId: shard.id,
    ...(shard.parent && { ParentShardId: shard.parent }),
    ...(shard.adjacentParent && { AdjacentParentShardId: shard.adjacentParent }),
    HashKeyRange: { StartingHashKey: String(shard.start), EndingHashKey: String(shard.end) },
    SequenceNumberRange: {
      StartingSequenceNumber: shard.startingSequenceNumber,
      ...(shard.endingSequenceNumber && { EndingSequenceNumber: shard.endingSequenceNumber }),
    },
  };
}

function commonDescription(stream: Stream): Shape {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    StreamStatus: stream.status,
    StreamModeDetails: { StreamMode: stream.mode },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: new Date(stream.createdAt),
    EnhancedMonitoring: [{ ShardLevelMetrics: [...stream.shardLevelMetrics] }],
    EncryptionType: stream.encryptionType,
    ...(stream.keyId && { KeyId: stream.keyId }),
  };
}

function describeStreamSummary(account: KinesisAccount, input: Shape): Shape {
  const stream = findStream(account, input);
  return {
    StreamDescriptionSummary: {
      StreamId: stream.id,
      OpenShardCount: openShards(stream),
      ConsumerCount: stream.consumers.size,
      MaxRecordSizeInKiB: stream.maxRecordSizeInKiB,
      ...commonDescription(stream),
    },
  };
}

/** "The default value is 100. If you specify a value greater than 100, at most 100 results are returned." */
function describeStream(account: KinesisAccount, input: Shape): Shape {
  const stream = findStream(account, input);
  const limit = Math.min(input.Limit ?? 100, 100);
  const shards = listed(account, stream).filter((s) => after(s.id, input.ExclusiveStartShardId));
  return {
    StreamDescription: {
      ...commonDescription(stream),
      Shards: shards.slice(0, limit).map(shardShape),
      HasMoreShards: shards.length > limit,
    },
  };
}

const after = (id: string, exclusiveStart: string | undefined) => exclusiveStart === undefined || id > exclusiveStart;

function listed(account: KinesisAccount, stream: Stream): Shard[] {
  expireShards(stream, account.cloud.clock.now());
  return [...stream.shards.values()];
}

interface ShardPage {
  stream: string;
  createdAt: number;
  after: string;
  filter?: { Type: string; ShardId?: string; Timestamp?: number };
  madeAt: number;
}

const tokenSeconds = 300;

/** "The default value is 1000"; a NextToken expires after 300 seconds and can't be used with the stream's name. */
function listShards(account: KinesisAccount, input: Shape): Shape {
  const now = account.cloud.clock.now();
  const { stream, page } = input.NextToken === undefined ? firstPage(account, input) : nextPage(account, input);
  if (input.MaxResults !== undefined && (input.MaxResults < 1 || input.MaxResults > 10_000)) {
    throw kinesisError("InvalidArgumentException", `MaxResults must be from 1 to 10000, got ${input.MaxResults}.`);
  }
  if (stream.status === "CREATING" || stream.status === "DELETING") {
    throw kinesisError(
      "ResourceInUseException",
      `Stream ${stream.name} under account ${account.cloud.account} not ACTIVE, instead in state ${stream.status}`,
    );
  }
  const shards = listed(account, stream).filter(
    (s) => after(s.id, page.after || undefined) && matches(s, page.filter, stream, now),
  );
  const limit = input.MaxResults ?? 1_000;
  const answer = shards.slice(0, limit);
  const more = shards.length > limit;
  return {
    Shards: answer.map(shardShape),
    ...(more && { NextToken: encode({ ...page, after: answer.at(-1)!.id, madeAt: now }) }),
  };
}

function firstPage(account: KinesisAccount, input: Shape): { stream: Stream; page: ShardPage } {
  if (input.StreamName === undefined && input.StreamARN === undefined) {
    throw kinesisError("InvalidArgumentException", "Either NextToken or StreamName should be provided.");
  }
  const stream = findStream(account, input);
  if (input.StreamCreationTimestamp !== undefined && timestampMs(input.StreamCreationTimestamp) !== stream.createdAt) {
    throw kinesisError("ResourceNotFoundException", `Stream ${stream.name} under account ${account.cloud.account} not found.`);
  }
  const given = input.ShardFilter;
  const filter = given && { ...given, ...(given.Timestamp !== undefined && { Timestamp: timestampMs(given.Timestamp) }) };
  checkFilter(filter);
  return {
    stream,
    page: { stream: stream.name, createdAt: stream.createdAt, after: input.ExclusiveStartShardId ?? "", filter, madeAt: 0 },
  };
}

function checkFilter(filter: ShardPage["filter"]): void {
  if (!filter) return;
  if (filter.Type === "AFTER_SHARD_ID" && filter.ShardId === undefined) {
    throw kinesisError("InvalidArgumentException", "ShardId must be specified for the shard filter type AFTER_SHARD_ID.");
  }
  if (filter.Type.endsWith("_TIMESTAMP") && filter.Timestamp === undefined) {
    throw kinesisError("InvalidArgumentException", `Timestamp must be specified for the shard filter type ${filter.Type}.`);
  }
}

function nextPage(account: KinesisAccount, input: Shape): { stream: Stream; page: ShardPage } {
  for (const other of ["StreamName", "StreamARN", "StreamCreationTimestamp", "ExclusiveStartShardId", "ShardFilter"]) {
    if (input[other] === undefined) continue;
    throw kinesisError("InvalidArgumentException", `NextToken and ${other} cannot be provided together.`);
  }
  const page = decodeShardPage(input.NextToken);
  if (!page) throw kinesisError("InvalidArgumentException", "Invalid NextToken.");
  if (account.cloud.clock.now() - page.madeAt > tokenSeconds * 1_000) {
    throw kinesisError("ExpiredNextTokenException", `NextToken expired: it is older than ${tokenSeconds} seconds.`);
  }
  const stream = findStream(account, { StreamName: page.stream });
  if (stream.createdAt !== page.createdAt) throw kinesisError("InvalidArgumentException", "Invalid NextToken.");
  return { stream, page };
}

const encode = (page: ShardPage) => Buffer.from(JSON.stringify(page)).toString("base64");

export function decodeShardPage(token: unknown): ShardPage | undefined {
  try {
    const page = JSON.parse(Buffer.from(String(token), "base64").toString("utf8"));
    return typeof page?.stream === "string" && typeof page.madeAt === "number" ? page : undefined;
  } catch {
    return undefined;
  }
}

/** ShardFilter, Kinesis API reference. */
function matches(shard: Shard, filter: ShardPage["filter"], stream: Stream, now: number): boolean {
  const trimHorizon = Math.max(stream.createdAt, now - stream.retentionHours * hour);
  const openAt = (time: number) => shard.createdAt <= time && (shard.closedAt === undefined || shard.closedAt > time);
  switch (filter?.Type) {
    case "AFTER_SHARD_ID":
      return shard.id > filter.ShardId!;
    case "AT_TRIM_HORIZON":
      return openAt(trimHorizon) || (shard.parent === undefined && shard.createdAt >= trimHorizon);
    case "AT_LATEST":
      return shard.closedAt === undefined;
    case "AT_TIMESTAMP":
      return openAt(filter.Timestamp!);
    case "FROM_TIMESTAMP":
      return shard.closedAt === undefined || shard.closedAt > filter.Timestamp!;
    default:
      return true;
  }
}

function listStreams(account: KinesisAccount, input: Shape): Shape {
  const limit = Math.min(input.Limit ?? 100, 10_000);
  const start: string | undefined = input.ExclusiveStartStreamName ?? input.NextToken;
  const streams = [...account.streams.values()]
    .filter((s) => start === undefined || s.name > start)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = streams.slice(0, limit);
  const more = streams.length > limit;
  return {
    StreamNames: page.map((s) => s.name),
    HasMoreStreams: more,
    ...(more && { NextToken: page.at(-1)!.name }),
    StreamSummaries: page.map((s) => ({
      StreamName: s.name,
      StreamARN: s.arn,
      StreamStatus: s.status,
      StreamModeDetails: { StreamMode: s.mode },
      StreamCreationTimestamp: new Date(s.createdAt),
    })),
  };
}

function describeLimits(account: KinesisAccount): Shape {
  return {
    ShardLimit: account.settings.shardLimit,
    OpenShardCount: accountShards(account),
    OnDemandStreamCount: [...account.streams.values()].filter((s) => s.mode === "ON_DEMAND").length,
    OnDemandStreamCountLimit: account.settings.onDemandStreamLimit,
  };
}
