import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withDefaults } from "../fields";
import { adoptedStream, placeOf } from "../place";
import { checked } from "../problem";
import { protection } from "../protection";
import {
  awsManagedKey,
  dataStreamFields,
  validateDataStream,
  type DataStreamArgs,
  type DataStreamSettings,
} from "./dataStreamArgs";

/**
 * The stream of a pipeline. `shardCount` is ignored after the creation: scaling is never drift.
 *
 *     new DataStream("orders", { shards: 8 });
 *     new DataStream("orders", { existing: "orders-prod" });
 */
export class DataStream extends pulumi.ComponentResource {
  /** Name of the stream. */
  public readonly streamName: pulumi.Output<string>;
  /** ARN of the stream. */
  public readonly streamArn: pulumi.Output<string>;
  /** ARN of the customer's KMS key, which readers must be allowed to decrypt with; empty with AWS's own key. */
  public readonly customerKeyArn: pulumi.Output<string>;

  constructor(name: string, args: DataStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:DataStream", name, checked(args, `DataStream ${name}`, validateDataStream(args)), opts);
    const settings = withDefaults(args, dataStreamFields);

    if (args.existing) {
      const stream = adoptedStream(placeOf(this), args.existing);
      this.streamName = stream.name;
      this.streamArn = stream.arn;
    } else {
      const stream = createStream(name, settings, this);
      this.streamName = stream.name;
      this.streamArn = stream.arn;
    }
    this.customerKeyArn = customerKeyArn(settings.kmsKey, this);
    this.registerOutputs({
      streamName: this.streamName,
      streamArn: this.streamArn,
      customerKeyArn: this.customerKeyArn,
    });
  }
}

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

function createStream(name: string, args: DataStreamSettings, parent: pulumi.Resource): aws.kinesis.Stream {
  return new aws.kinesis.Stream(
    `${name}-stream`,
    {
      name: args.name,
      shardCount: args.shards,
      streamModeDetails: { streamMode: "PROVISIONED" },
      retentionPeriod: args.retentionHours,
      encryptionType: "KMS",
      kmsKeyId: args.kmsKey,
      shardLevelMetrics: args.shardLevelMetrics ? everyShardMetric : [],
      // A source with enhanced fan-out leaves its consumer registered, and the stream could not be destroyed.
      enforceConsumerDeletion: true,
    },
    { parent, ignoreChanges: ["shardCount"], ...protection(args) },
  );
}

function customerKeyArn(kmsKey: string, parent: pulumi.Resource): pulumi.Output<string> {
  if (kmsKey === awsManagedKey || kmsKey.endsWith(`:${awsManagedKey}`)) return pulumi.output("");
  if (/^arn:[^:]+:kms:[^:]+:\d+:key\//.test(kmsKey)) return pulumi.output(kmsKey);
  return aws.kms.getKeyOutput({ keyId: kmsKey }, { parent }).arn;
}
