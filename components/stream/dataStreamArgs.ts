import type * as pulumi from "@pulumi/pulumi";
import { adoptOrCreate } from "../adoption";
import { fieldProblems, flag, text, whole, type FieldsOf, type WithDefaults } from "../fields";
import { nameOrArn, namePattern, nameWords } from "../patterns";
import type { Problem } from "../problem";

/** A provisioned Kinesis stream: one to create, or one that exists. */
export interface DataStreamArgs {
  /** Name to create the stream with: 1 to 128 letters, digits, _ . -. Default: Pulumi makes one. Not with `existing`. Must be a plain value. */
  name?: string;
  /** Name or ARN of a stream to adopt; nothing is created then. Default: one is created. */
  existing?: pulumi.Input<string>;
  /** Shards to create the stream with. The scaler changes them afterwards; Pulumi doesn't. Default 8. 1..10000. Must be a plain value. */
  shards?: number;
  /** Hours that records are kept. Default 24. 24..8760. Must be a plain value. */
  retentionHours?: number;
  /** KMS key: id, ARN or alias. Default alias/aws/kinesis, for which no role needs a grant. Must be a plain value. */
  kmsKey?: string;
  /** Whether CloudWatch gets metrics per shard (paid). Default false. Must be a plain value. */
  shardLevelMetrics?: boolean;
  /** Whether the stream that is created can be neither deleted nor replaced: Pulumi refuses both. Default false. Must be a plain value. */
  protect?: boolean;
}

/** AWS's own key for Kinesis: its policy lets everyone in the account use it through Kinesis. */
export const awsManagedKey = "alias/aws/kinesis";

export type DataStreamSettings = WithDefaults<DataStreamArgs, typeof dataStreamFields>;

const streamArn = /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128}$/;
const kmsKey =
  /^(alias\/[a-zA-Z0-9/_-]+|(mrk-)?[0-9a-f-]{32,36}|arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[a-zA-Z0-9/_-]+)$/;

export const dataStreamFields = {
  name: text(namePattern, nameWords),
  existing: text(nameOrArn(streamArn), "a stream's name or ARN"),
  shards: whole(1, 10_000, 8),
  retentionHours: whole(24, 8760, 24),
  kmsKey: text(kmsKey, "a KMS key's id, ARN or alias (alias/...)", awsManagedKey),
  shardLevelMetrics: flag(false),
  protect: flag(false),
} satisfies FieldsOf<DataStreamArgs>;

/** What is wrong with the arguments; [] when they are fine. */
export function validateDataStream(args: DataStreamArgs, at = ""): Problem[] {
  const problems = fieldProblems(args, dataStreamFields, at);
  return [...problems, ...adoptOrCreate(args, problems, at)];
}
