import { isError, type Outcome } from "./kinesisSides";

/** Where the sandbox and kinesis-local answer differently. Each stands in docs/fidelity.md with who is right and why. */
export interface Disagreement {
  name: string;
  operations: readonly string[];
  /** On "Error: message", or "output". */
  sandbox: RegExp;
  kinesisLocal: RegExp;
}

const any = /./s;
const changes = ["UpdateShardCount", "SplitShard", "MergeShards"];
const all = [
  ...["CreateStream", "DescribeStreamSummary", "ListShards", "PutRecord", "PutRecords", "GetShardIterator", "GetRecords"],
  ...changes,
];

export const disagreements: readonly Disagreement[] = [
  {
    name: "Broken constraints of the service model",
    operations: all,
    sandbox: /^ValidationException: \d+ validation errors? detected: /,
    kinesisLocal: any,
  },
  {
    name: "Text of a stream that isn't there",
    operations: all,
    sandbox: /^ResourceNotFoundException: Stream none under account \d+ not found\.$/,
    kinesisLocal: /^ResourceNotFoundException: Stream arn arn:aws:kinesis:\S+ not found$/,
  },
  {
    name: "Text of a stream that exists already",
    operations: ["CreateStream"],
    sandbox: /^ResourceInUseException: Stream \S+ under account \d+ already exists\.$/,
    kinesisLocal: /^ResourceInUseException: Stream \S+ already exists$/,
  },
  {
    name: "CreateStream without ShardCount",
    operations: ["CreateStream"],
    sandbox: /^ValidationException: ShardCount must be specified/,
    kinesisLocal: /^output$/,
  },
  {
    name: "Text of a call that names no stream",
    operations: ["DescribeStreamSummary", "ListShards"],
    sandbox:
      /^InvalidArgumentException: Either (StreamName or StreamARN must be specified|NextToken or StreamName should be provided)\.$/,
    kinesisLocal: /^InvalidArgumentException: (Neither streamArn or streamName was provided|StreamName or StreamARN is required)/,
  },
  {
    name: "Text of a wrong NextToken",
    operations: ["ListShards"],
    sandbox: /^InvalidArgumentException: (NextToken and \w+ cannot be provided together|Invalid NextToken)\.$/,
    kinesisLocal: /^InvalidArgumentException: (Cannot define ExclusiveStartShardId|NextToken is improperly formatted)/,
  },
  {
    name: "Text of a shard filter without its shard",
    operations: ["ListShards"],
    sandbox: /^InvalidArgumentException: ShardId must be specified for the shard filter type AFTER_SHARD_ID\.$/,
    kinesisLocal: /^InvalidArgumentException: ShardId must be supplied in a ShardFilter/,
  },
  {
    name: "UpdateShardCount beyond double",
    operations: ["UpdateShardCount"],
    sandbox: /^LimitExceededException: UpdateShardCount cannot scale up over double your current open shard count\./,
    kinesisLocal: /^InvalidArgumentException: Cannot update shard count beyond 2x current shard count$/,
  },
  {
    name: "UpdateShardCount below half",
    operations: ["UpdateShardCount"],
    sandbox: /^LimitExceededException: UpdateShardCount cannot scale down below half your current open shard count\./,
    kinesisLocal: /^(output$|InvalidArgumentException: )/,
  },
  {
    name: "UpdateShardCount beyond the stream's limit",
    operations: ["UpdateShardCount"],
    sandbox: /^LimitExceededException: Target shard count or number of open shards cannot be greater than 10000\./,
    kinesisLocal: /^(InvalidArgumentException|LimitExceededException): /,
  },
  {
    name: "The eleventh UpdateShardCount of a day",
    operations: ["UpdateShardCount"],
    sandbox: /^LimitExceededException: Stream \S+ under account \d+ has already been updated 10 times in the past 24 hours\./,
    kinesisLocal: /^output$/,
  },
  {
    name: "Text of a stream that isn't ACTIVE",
    operations: changes,
    sandbox: /^ResourceInUseException: Stream \S+ under account \d+ not ACTIVE, instead in state UPDATING$/,
    kinesisLocal: /^ResourceInUseException: Stream \S+ is not currently ACTIVE\.$/,
  },
  {
    name: "Text of a shard that isn't there",
    operations: ["SplitShard", "MergeShards", "GetShardIterator"],
    sandbox:
      /^ResourceNotFoundException: (Could not find shard \S+ in stream \S+ under account \d+\.|Shard \S+ in stream \S+ under account \d+ does not exist)$/,
    kinesisLocal: /^ResourceNotFoundException: Could not find shardId \S+ in stream \S+$/,
  },
  {
    name: "Splitting or merging a closed shard",
    operations: ["SplitShard", "MergeShards"],
    sandbox: /^InvalidArgumentException: Shard \S+ in stream \S+ under account \d+ is CLOSED/,
    kinesisLocal: /^ResourceInUseException: Shard ShardId\(\S+\) is not active$/,
  },
  {
    name: "Text of a split outside the shard",
    operations: ["SplitShard"],
    sandbox:
      /^InvalidArgumentException: NewStartingHashKey \d+ used in SplitShard\(\) on shard \S+ .* is not both greater than one plus/,
    kinesisLocal: /^InvalidArgumentException: /,
  },
  {
    name: "A split at a shard's bounds",
    operations: ["SplitShard"],
    sandbox:
      /^InvalidArgumentException: NewStartingHashKey \d+ used in SplitShard\(\) on shard \S+ .* is not both greater than one plus/,
    kinesisLocal: /^output$/,
  },
  {
    name: "Text of shards that aren't adjacent",
    operations: ["MergeShards"],
    sandbox: /^InvalidArgumentException: Shards \S+ and \S+ in stream \S+ under account \d+ are not an adjacent pair/,
    kinesisLocal: /^InvalidArgumentException: /,
  },
  {
    name: "Text of an ExplicitHashKey out of range",
    operations: ["PutRecord", "PutRecords"],
    sandbox: /^InvalidArgumentException: Invalid ExplicitHashKey\. ExplicitHashKey must be in the range: \[0, 2\^128-1\]\./,
    kinesisLocal: /^InvalidArgumentException: ExplicitHashKey is not valid$/,
  },
  {
    name: "StartingSequenceNumber and type of an iterator",
    operations: ["GetShardIterator"],
    sandbox:
      /^InvalidArgumentException: (Must either specify \(1\) AT_SEQUENCE_NUMBER|StartingSequenceNumber \S+ used in GetShardIterator)/,
    kinesisLocal: /^(output$|InvalidArgumentException: StartingSequenceNumber must be provided)/,
  },
  {
    name: "Timestamp of an iterator",
    operations: ["GetShardIterator"],
    sandbox: /^InvalidArgumentException: (Must specify Timestamp|The timestampInMillis parameter cannot be greater)/,
    kinesisLocal: /^(output$|InvalidArgumentException: Timestamp must be provided)/,
  },
  {
    name: "An iterator that can't be read",
    operations: ["GetRecords"],
    sandbox: /^InvalidArgumentException: Invalid ShardIterator\.$/,
    kinesisLocal: /^(Unknown|InvalidArgumentException): /,
  },
];

/** Fields that AWS answers and kinesis-local doesn't know (disagreement "Fields that are newer than kinesis-local"). */
export const newerFields: Readonly<Record<string, readonly string[]>> = {
  UpdateShardCount: ["StreamARN"],
  DescribeStreamSummary: ["StreamId", "MaxRecordSizeInKiB"],
};

/** Disagreements that the tests name by themselves, beside the table of answers. */
export const structuralDisagreements = [
  "Fields that are newer than kinesis-local",
  "First ranges of a stream",
  "Ranges after UpdateShardCount",
  "Sequence number at which a shard was closed",
  "Records put during a change",
] as const;

export const said = (outcome: Outcome) => (isError(outcome) ? `${outcome.error}: ${outcome.message}` : "output");

export function disagreementOf(operation: string, sandbox: Outcome, kinesisLocal: Outcome): Disagreement | undefined {
  return disagreements.find(
    (known) =>
      known.operations.includes(operation) && known.sandbox.test(said(sandbox)) && known.kinesisLocal.test(said(kinesisLocal)),
  );
}
