import { isError, type Outcome } from "./kinesisSides";

/** Where the sandbox and kinesis-local differ: a row of docs/fidelity-rules.md. */
export interface Disagreement {
  name: string;
  /** What the sandbox does, what kinesis-local does, and who is right, and why. */
  here: string;
  there: string;
  right: string;
}

/** One that shows in an answer. */
interface AnswerDisagreement extends Disagreement {
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

export const disagreements: readonly AnswerDisagreement[] = [
  {
    name: "Broken constraints of the service model",
    here: "ValidationException that lists every constraint",
    there: "InvalidArgumentException, SerializationException, an unnamed error, or accepted",
    right: `The sandbox: AWS's front end checks requests against the service model first (API reference, "Constraints"; kinesalite's tests)`,
    operations: all,
    sandbox: /^ValidationException: \d+ validation errors? detected: /,
    kinesisLocal: any,
  },
  {
    name: "Text of a stream that isn't there",
    here: '"Stream X under account A not found."',
    there: '"Stream arn X not found"',
    right: "The sandbox: AWS's text in users' reports",
    operations: all,
    sandbox: /^ResourceNotFoundException: Stream none under account \d+ not found\.$/,
    kinesisLocal: /^ResourceNotFoundException: Stream arn arn:aws:kinesis:\S+ not found$/,
  },
  {
    name: "Text of a stream that exists already",
    here: '"Stream X under account A already exists."',
    there: '"Stream X already exists"',
    right: "The sandbox: AWS's text in users' reports",
    operations: ["CreateStream"],
    sandbox: /^ResourceInUseException: Stream \S+ under account \d+ already exists\.$/,
    kinesisLocal: /^ResourceInUseException: Stream \S+ already exists$/,
  },
  {
    name: "CreateStream without ShardCount",
    here: "Refused",
    there: "Four shards",
    right: "Undocumented for provisioned mode; refusing is the cautious reading",
    operations: ["CreateStream"],
    sandbox: /^ValidationException: ShardCount must be specified/,
    kinesisLocal: /^output$/,
  },
  {
    name: "Text of a call that names no stream",
    here: '"Either StreamName or StreamARN must be specified."',
    there: '"Neither streamArn or streamName was provided"',
    right: "Undocumented",
    operations: ["DescribeStreamSummary", "ListShards"],
    sandbox:
      /^InvalidArgumentException: Either (StreamName or StreamARN must be specified|NextToken or StreamName should be provided)\.$/,
    kinesisLocal: /^InvalidArgumentException: (Neither streamArn or streamName was provided|StreamName or StreamARN is required)/,
  },
  {
    name: "Text of a wrong NextToken",
    here: '"NextToken and X cannot be provided together.", "Invalid NextToken."',
    there: "Texts of its own",
    right: "The first is the sandbox's (API reference); the other is undocumented",
    operations: ["ListShards"],
    sandbox: /^InvalidArgumentException: (NextToken and \w+ cannot be provided together|Invalid NextToken)\.$/,
    kinesisLocal: /^InvalidArgumentException: (Cannot define ExclusiveStartShardId|NextToken is improperly formatted)/,
  },
  {
    name: "Text of a shard filter without its shard",
    here: '"ShardId must be specified for ..."',
    there: '"ShardId must be supplied in ..."',
    right: "Undocumented",
    operations: ["ListShards"],
    sandbox: /^InvalidArgumentException: ShardId must be specified for the shard filter type AFTER_SHARD_ID\.$/,
    kinesisLocal: /^InvalidArgumentException: ShardId must be supplied in a ShardFilter/,
  },
  {
    name: "UpdateShardCount beyond double",
    here: "LimitExceededException",
    there: "InvalidArgumentException",
    right: "The sandbox: AWS's error and text in users' reports",
    operations: ["UpdateShardCount"],
    sandbox: /^LimitExceededException: UpdateShardCount cannot scale up over double your current open shard count\./,
    kinesisLocal: /^InvalidArgumentException: Cannot update shard count beyond 2x current shard count$/,
  },
  {
    name: "UpdateShardCount below half",
    here: "LimitExceededException",
    there: "Accepted from 3 to 1",
    right:
      'The sandbox: "Scale down below half your current shard count for a stream" is refused (UpdateShardCount, API reference)',
    operations: ["UpdateShardCount"],
    sandbox: /^LimitExceededException: UpdateShardCount cannot scale down below half your current open shard count\./,
    kinesisLocal: /^(output$|InvalidArgumentException: )/,
  },
  {
    name: "UpdateShardCount beyond the stream's limit",
    here: "LimitExceededException",
    there: "InvalidArgumentException",
    right: 'The sandbox: "Scale up to more than 10000 shards in a stream" (UpdateShardCount, API reference)',
    operations: ["UpdateShardCount"],
    sandbox: /^LimitExceededException: Target shard count or number of open shards cannot be greater than 10000\./,
    kinesisLocal: /^(InvalidArgumentException|LimitExceededException): /,
  },
  {
    name: "The eleventh UpdateShardCount of a day",
    here: "LimitExceededException",
    there: "Accepted",
    right: 'The sandbox: "Scale more than ten times per rolling 24-hour period per stream" (UpdateShardCount, API reference)',
    operations: ["UpdateShardCount"],
    sandbox: /^LimitExceededException: Stream \S+ under account \d+ has already been updated 10 times in the past 24 hours\./,
    kinesisLocal: /^output$/,
  },
  {
    name: "Text of a stream that isn't ACTIVE",
    here: '"Stream X under account A not ACTIVE, instead in state UPDATING"',
    there: '"Stream ARN is not currently ACTIVE."',
    right: "The sandbox: AWS's text in users' reports",
    operations: changes,
    sandbox: /^ResourceInUseException: Stream \S+ under account \d+ not ACTIVE, instead in state UPDATING$/,
    kinesisLocal: /^ResourceInUseException: Stream \S+ is not currently ACTIVE\.$/,
  },
  {
    name: "Text of a shard that isn't there",
    here: '"Could not find shard X in stream Y under account A."',
    there: '"Could not find shardId X in stream Y"',
    right: "The sandbox: AWS's text (kinesalite's tests)",
    operations: ["SplitShard", "MergeShards", "GetShardIterator"],
    sandbox:
      /^ResourceNotFoundException: (Could not find shard \S+ in stream \S+ under account \d+\.|Shard \S+ in stream \S+ under account \d+ does not exist)$/,
    kinesisLocal: /^ResourceNotFoundException: Could not find shardId \S+ in stream \S+$/,
  },
  {
    name: "Splitting or merging a closed shard",
    here: "InvalidArgumentException",
    there: "ResourceInUseException",
    right: "Undocumented",
    operations: ["SplitShard", "MergeShards"],
    sandbox: /^InvalidArgumentException: Shard \S+ in stream \S+ under account \d+ is CLOSED/,
    kinesisLocal: /^ResourceInUseException: Shard ShardId\(\S+\) is not active$/,
  },
  {
    name: "Text of a split outside the shard",
    here: "Names shard, stream, account and both bounds",
    there: "A text of its own",
    right: "The sandbox: AWS's text (kinesalite's tests)",
    operations: ["SplitShard"],
    sandbox:
      /^InvalidArgumentException: NewStartingHashKey \d+ used in SplitShard\(\) on shard \S+ .* is not both greater than one plus/,
    kinesisLocal: /^InvalidArgumentException: /,
  },
  {
    name: "A split at a shard's bounds",
    here: "Refused at the first two hash keys and the last",
    there: "Accepted",
    right: `The sandbox: "both greater than one plus the shard's StartingHashKey and less than the EndingHashKey" is AWS's own text (kinesalite's tests)`,
    operations: ["SplitShard"],
    sandbox:
      /^InvalidArgumentException: NewStartingHashKey \d+ used in SplitShard\(\) on shard \S+ .* is not both greater than one plus/,
    kinesisLocal: /^output$/,
  },
  {
    name: "Text of shards that aren't adjacent",
    here: '"... are not an adjacent pair of shards eligible for merging"',
    there: '"Provided shards are not adjacent"',
    right: "The sandbox: AWS's text (kinesalite's tests)",
    operations: ["MergeShards"],
    sandbox: /^InvalidArgumentException: Shards \S+ and \S+ in stream \S+ under account \d+ are not an adjacent pair/,
    kinesisLocal: /^InvalidArgumentException: /,
  },
  {
    name: "Text of an ExplicitHashKey out of range",
    here: "Names the range and the value",
    there: '"ExplicitHashKey is not valid"',
    right: "The sandbox: AWS's text (kinesalite's tests)",
    operations: ["PutRecord", "PutRecords"],
    sandbox: /^InvalidArgumentException: Invalid ExplicitHashKey\. ExplicitHashKey must be in the range: \[0, 2\^128-1\]\./,
    kinesisLocal: /^InvalidArgumentException: ExplicitHashKey is not valid$/,
  },
  {
    name: "StartingSequenceNumber and type of an iterator",
    here: "Refused where one doesn't go with the other, or isn't of this stream",
    there: "Accepted, or refused with another text",
    right: "The sandbox: AWS's texts (kinesalite's tests)",
    operations: ["GetShardIterator"],
    sandbox:
      /^InvalidArgumentException: (Must either specify \(1\) AT_SEQUENCE_NUMBER|StartingSequenceNumber \S+ used in GetShardIterator)/,
    kinesisLocal: /^(output$|InvalidArgumentException: StartingSequenceNumber must be provided)/,
  },
  {
    name: "Timestamp of an iterator",
    here: "Refused in the future",
    there: "Accepted",
    right: "The sandbox: AWS's text (kinesalite's tests)",
    operations: ["GetShardIterator"],
    sandbox: /^InvalidArgumentException: (Must specify Timestamp|The timestampInMillis parameter cannot be greater)/,
    kinesisLocal: /^(output$|InvalidArgumentException: Timestamp must be provided)/,
  },
  {
    name: "An iterator that can't be read",
    here: "InvalidArgumentException",
    there: "An unnamed error with status 500",
    right: 'The sandbox (GetRecords, API reference, "Errors")',
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
export const structuralDisagreements: readonly Disagreement[] = [
  {
    name: "Fields that are newer than kinesis-local",
    here: "StreamARN in UpdateShardCount, StreamId and MaxRecordSizeInKiB in DescribeStreamSummary",
    there: "Missing",
    right: "The sandbox (API reference)",
  },
  {
    name: "First ranges of a stream",
    here: "2^128 divided by the count",
    there: "2^128 - 1 divided by the count",
    right: `The sandbox: ranges of new streams in AWS's guide ("Reshard a stream")`,
  },
  {
    name: "Ranges after UpdateShardCount",
    here: "Equal",
    there: "A shard here and there is split or merged",
    right: `The sandbox: "the final shards" of UNIFORM_SCALING "are equal in size" (UpdateShardCount, API reference; users' listings)`,
  },
  {
    name: "Sequence number at which a shard was closed",
    here: "A sequence number of its time",
    there: "9223372036854775807",
    right: "The sandbox (SequenceNumberRange, API reference)",
  },
  {
    name: "Records put during a change",
    here: "Go to the old shards; the new ones serve from its end",
    there: "Go to the new shards at once",
    right: "Undocumented",
  },
];

export const said = (outcome: Outcome) => (isError(outcome) ? `${outcome.error}: ${outcome.message}` : "output");

export function disagreementOf(operation: string, sandbox: Outcome, kinesisLocal: Outcome): AnswerDisagreement | undefined {
  return disagreements.find(
    (known) =>
      known.operations.includes(operation) && known.sandbox.test(said(sandbox)) && known.kinesisLocal.test(said(kinesisLocal)),
  );
}
