import type { Member, Members } from "./memberValidation";

const text = (min: number, max: number, pattern?: string): Member => ({ type: "string", min, max, pattern });
const required = (member: Member): Member => ({ ...member, required: true });
const oneOf = (...values: string[]): Member => ({ type: "string", enum: values });

const name = text(1, 128, "[a-zA-Z0-9_.-]+");
const own = (member: Member): Member => ({ ...member, ownArn: true });
const arn = own(text(1, 2_048, "arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+"));
const consumerArn = own(
  text(1, 2_048, "(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+"),
);
const resourceArn = required(own(text(1, 2_048, "arn:aws.*:kinesis:.*:\\d{12}:.*(stream|channel|queue)/\\S+")));
const hashKey: Member = { type: "string", pattern: "0|([1-9]\\d{0,38})" };
const sequence: Member = { type: "string", pattern: "0|([1-9]\\d{0,128})" };
const timestamp: Member = { type: "timestamp" };
const flag: Member = { type: "boolean" };
const data = required({ type: "blob", max: 10_485_760 });
const tags: Member = { type: "map", min: 1, max: 200 };
const tagKeys = required({ type: "list", min: 1, max: 50, element: text(1, 128) });
const mode = required({ type: "structure", members: { StreamMode: required(oneOf("PROVISIONED", "ON_DEMAND")) } });
const recordSize: Member = { type: "integer", min: 1_024, max: 10_240 };
const limit: Member = { type: "integer", min: 1, max: 10_000 };
const shardMetrics = required({
  type: "list",
  min: 1,
  max: 7,
  element: oneOf(
    "IncomingBytes",
    "IncomingRecords",
    "OutgoingBytes",
    "OutgoingRecords",
    "WriteProvisionedThroughputExceeded",
    "ReadProvisionedThroughputExceeded",
    "IteratorAgeMilliseconds",
    "ALL",
  ),
});
const stream: Members = { StreamName: name, StreamARN: arn };
const put: Members = { Data: data, PartitionKey: required(text(1, 256)), ExplicitHashKey: hashKey };
const encryption: Members = { ...stream, EncryptionType: required(oneOf("NONE", "KMS")), KeyId: required(text(1, 2_048)) };
const consumer: Members = { StreamARN: arn, ConsumerName: name, ConsumerARN: consumerArn };

/** Members of every request and their constraints, as the Kinesis API reference has them. */
export const inputs: Readonly<Record<string, Members>> = {
  AddTagsToStream: { ...stream, Tags: required(tags) },
  CreateStream: {
    StreamName: required(name),
    ShardCount: { type: "integer", min: 1 },
    StreamModeDetails: { ...mode, required: false },
    Tags: tags,
    MaxRecordSizeInKiB: recordSize,
  },
  DecreaseStreamRetentionPeriod: { ...stream, RetentionPeriodHours: required({ type: "integer" }) },
  DeleteStream: { ...stream, EnforceConsumerDeletion: flag },
  DeregisterStreamConsumer: consumer,
  DescribeAccountSettings: {},
  DescribeLimits: {},
  DescribeStream: { ...stream, Limit: limit, ExclusiveStartShardId: name },
  DescribeStreamConsumer: consumer,
  DescribeStreamSummary: stream,
  DisableEnhancedMonitoring: { ...stream, ShardLevelMetrics: shardMetrics },
  EnableEnhancedMonitoring: { ...stream, ShardLevelMetrics: shardMetrics },
  GetRecords: { ShardIterator: required(text(1, 512)), Limit: limit, StreamARN: arn },
  GetShardIterator: {
    ...stream,
    ShardId: required(name),
    ShardIteratorType: required(oneOf("AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP")),
    StartingSequenceNumber: sequence,
    Timestamp: timestamp,
  },
  IncreaseStreamRetentionPeriod: { ...stream, RetentionPeriodHours: required({ type: "integer" }) },
  ListShards: {
    ...stream,
    NextToken: text(1, 1_048_576),
    ExclusiveStartShardId: name,
    MaxResults: { type: "integer", min: 1, max: 10_000 },
    StreamCreationTimestamp: timestamp,
    ShardFilter: {
      type: "structure",
      members: {
        Type: required(
          oneOf("AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP"),
        ),
        ShardId: name,
        Timestamp: timestamp,
      },
    },
  },
  ListStreamConsumers: { StreamARN: required(arn) },
  ListStreams: { Limit: limit, ExclusiveStartStreamName: name, NextToken: text(1, 1_048_576) },
  ListTagsForResource: { ResourceARN: resourceArn },
  ListTagsForStream: { ...stream, ExclusiveStartTagKey: text(1, 128), Limit: { type: "integer", min: 1, max: 50 } },
  MergeShards: { ...stream, ShardToMerge: required(name), AdjacentShardToMerge: required(name) },
  PutRecord: { ...stream, ...put, SequenceNumberForOrdering: sequence },
  PutRecords: {
    ...stream,
    Records: required({ type: "list", min: 1, max: 500, element: { type: "structure", members: put } }),
  },
  RegisterStreamConsumer: { StreamARN: required(arn), ConsumerName: required(name), Tags: tags },
  RemoveTagsFromStream: { ...stream, TagKeys: tagKeys },
  SplitShard: { ...stream, ShardToSplit: required(name), NewStartingHashKey: required(hashKey) },
  StartStreamEncryption: encryption,
  StopStreamEncryption: encryption,
  TagResource: { ResourceARN: resourceArn, Tags: required(tags) },
  UntagResource: { ResourceARN: resourceArn, TagKeys: tagKeys },
  UpdateMaxRecordSize: { StreamARN: arn, MaxRecordSizeInKiB: required(recordSize) },
  UpdateShardCount: {
    ...stream,
    TargetShardCount: required({ type: "integer", min: 1 }),
    ScalingType: required(oneOf("UNIFORM_SCALING")),
  },
  UpdateStreamMode: { StreamARN: required(arn), StreamModeDetails: mode },
};
