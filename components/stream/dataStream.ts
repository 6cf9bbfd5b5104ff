import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnOf, nameFromArn, type Place } from "../place";

/** A provisioned Kinesis stream: one to create, or one that exists. */
export interface DataStreamArgs {
  /** Account and region of the stream. */
  place: Place;
  /** Name to create the stream with: 1 to 128 letters, digits, _ . -. Left out: Pulumi makes one. Not with `existing`. */
  streamName?: pulumi.Input<string>;
  /** Name or ARN of a stream to adopt; nothing is created then. Must be a plain value. */
  existing?: string;
  /** Shards to create the stream with. The scaler changes them afterwards; Pulumi doesn't. Default 8. 1..10000. */
  shards?: pulumi.Input<number>;
  /** Hours that records are kept. Default 24. 24..8760. */
  retentionHours?: pulumi.Input<number>;
  /** KMS key: id, ARN or alias. Must be a plain value. Default alias/aws/kinesis, for which no role needs a grant. */
  kmsKey?: string;
  /** Whether CloudWatch gets metrics per shard (paid). Default false. */
  shardLevelMetrics?: pulumi.Input<boolean>;
}

/**
 * The stream of a pipeline. `shardCount` is ignored after the creation: scaling is never drift.
 *
 *     new DataStream("orders", { place, shards: 8 });
 *     new DataStream("orders", { place, existing: "orders-prod" });
 */
export class DataStream extends pulumi.ComponentResource {
  /** Name of the stream. */
  public readonly streamName: pulumi.Output<string>;
  /** ARN of the stream. */
  public readonly streamArn: pulumi.Output<string>;
  /** ARN of the customer's KMS key, which readers must be allowed to decrypt with; empty with AWS's own key. */
  public readonly customerKeyArn: pulumi.Output<string>;

  constructor(name: string, args: DataStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:DataStream", name, args, opts);
    const kmsKey = args.kmsKey ?? awsManagedKey;

    if (args.existing) {
      this.streamName = pulumi.output(nameFromArn(args.existing));
      this.streamArn = args.existing.startsWith("arn:")
        ? pulumi.output(args.existing)
        : arnOf(args.place, "kinesis", `stream/${args.existing}`);
    } else {
      const stream = createStream(name, args, kmsKey, this);
      this.streamName = stream.name;
      this.streamArn = stream.arn;
    }
    this.customerKeyArn = customerKeyArn(kmsKey, this);
    this.registerOutputs({
      streamName: this.streamName,
      streamArn: this.streamArn,
      customerKeyArn: this.customerKeyArn,
    });
  }
}

/** AWS's own key for Kinesis: its policy lets everyone in the account use it through Kinesis. */
const awsManagedKey = "alias/aws/kinesis";

/** "MetricsName" in the Kinesis API reference, without ALL: AWS answers with the list, and ALL would be drift. */
const everyShardMetric = [
  "IncomingBytes",
  "IncomingRecords",
  "IteratorAgeMilliseconds",
  "OutgoingBytes",
  "OutgoingRecords",
  "ReadProvisionedThroughputExceeded",
  "WriteProvisionedThroughputExceeded",
];

function createStream(name: string, args: DataStreamArgs, kmsKey: string, parent: pulumi.Resource): aws.kinesis.Stream {
  return new aws.kinesis.Stream(
    `${name}-stream`,
    {
      name: args.streamName,
      shardCount: args.shards ?? 8,
      streamModeDetails: { streamMode: "PROVISIONED" },
      retentionPeriod: args.retentionHours ?? 24,
      encryptionType: "KMS",
      kmsKeyId: kmsKey,
      shardLevelMetrics: pulumi.output(args.shardLevelMetrics ?? false).apply((on) => (on ? everyShardMetric : [])),
      // A source with enhanced fan-out leaves its consumer registered, and the stream could not be destroyed.
      enforceConsumerDeletion: true,
    },
    { parent, ignoreChanges: ["shardCount"] },
  );
}

function customerKeyArn(kmsKey: string, parent: pulumi.Resource): pulumi.Output<string> {
  if (kmsKey === awsManagedKey || kmsKey.endsWith(`:${awsManagedKey}`)) return pulumi.output("");
  if (/^arn:[^:]+:kms:[^:]+:\d+:key\//.test(kmsKey)) return pulumi.output(kmsKey);
  return aws.kms.getKeyOutput({ keyId: kmsKey }, { parent }).arn;
}
