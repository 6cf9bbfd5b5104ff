import type { Cloud, Shape } from "../../core/cloud";
import { Phase, second } from "../../core/clock";
import { serviceError } from "../../core/serviceError";
import type { KinesisSettings } from "./options";
import type { Shard, Stream } from "./stream";
import { openShards } from "./stream";

/** One account's Kinesis in one region. */
export interface KinesisAccount {
  cloud: Cloud;
  settings: KinesisSettings;
  streams: Map<string, Stream>;
}

export const kinesisError = (code: string, message: string, statusCode?: number) =>
  serviceError("kinesis", code, message, statusCode);

export function streamArn(cloud: Cloud, name: string): string {
  return `arn:${cloud.partition}:kinesis:${cloud.region}:${cloud.account}:stream/${name}`;
}

/** The name in a request: StreamName, or the one in StreamARN or a consumer's ARN. Undefined if there is none. */
export function requestedName(input: Shape): string | undefined {
  const arn: unknown = input?.StreamARN ?? input?.ResourceARN ?? input?.ConsumerARN;
  if (typeof arn === "string") return arn.split(":stream/")[1]?.split("/")[0];
  return typeof input?.StreamName === "string" ? input.StreamName : undefined;
}

export function findStream(account: KinesisAccount, input: Shape): Stream {
  const name = requestedName(input);
  if (name === undefined) throw kinesisError("InvalidArgumentException", "Either StreamName or StreamARN must be specified.");
  if (input.StreamName !== undefined && input.StreamName !== name) {
    throw kinesisError(
      "InvalidArgumentException",
      `StreamARN ${input.StreamARN} and StreamName ${input.StreamName} name different streams.`,
    );
  }
  const stream = account.streams.get(name);
  if (!stream)
    throw kinesisError("ResourceNotFoundException", `Stream ${name} under account ${account.cloud.account} not found.`);
  return stream;
}

export function requireActive(account: KinesisAccount, stream: Stream): void {
  if (stream.status === "ACTIVE") return;
  throw kinesisError(
    "ResourceInUseException",
    `Stream ${stream.name} under account ${account.cloud.account} not ACTIVE, instead in state ${stream.status}`,
  );
}

/** The API takes "shardId-000000000002", "shardId-2" and "2" alike. */
export function findShard(account: KinesisAccount, stream: Stream, given: string): Shard {
  const digits = /^(?:[^-]*-)?(\d+)$/.exec(given)?.[1];
  const shard =
    digits === undefined ? undefined : stream.shards.get(`shardId-${digits.replace(/^0+(?=\d)/, "").padStart(12, "0")}`);
  if (shard) return shard;
  throw kinesisError(
    "ResourceNotFoundException",
    `Could not find shard ${given} in stream ${stream.name} under account ${account.cloud.account}.`,
  );
}

/** Shards that count towards the account's limit. */
export function accountShards(account: KinesisAccount): number {
  let sum = 0;
  for (const stream of account.streams.values()) if (stream.mode === "PROVISIONED") sum += openShards(stream);
  return sum;
}

/** Refuses what would lead to more shards than the account may have. `additional`: at the highest point of the change. */
export function requireShardLimit(account: KinesisAccount, additional: number): void {
  const current = accountShards(account);
  const { account: id, region } = account.cloud;
  if (current + additional <= account.settings.shardLimit) return;
  throw kinesisError(
    "LimitExceededException",
    `This request would exceed the shard limit for the account ${id} in ${region}. Current shard count for the account: ${current}. ` +
      `Limit: ${account.settings.shardLimit}. Number of additional shards that would have resulted from this request: ${additional}. ` +
      "Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) " +
      "for current limits and how to request higher limits.",
  );
}

/** Runs `task` when an asynchronous change completes, unless the stream is gone or deleting by then. */
export function after(account: KinesisAccount, stream: Stream, seconds: number, task: () => void): void {
  const { clock } = account.cloud;
  if (seconds <= 0) return task();
  clock.at(clock.now() + seconds * second, Phase.Complete, () => {
    if (account.streams.get(stream.name) === stream && stream.status !== "DELETING") task();
  });
}
