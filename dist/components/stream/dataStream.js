"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.DataStream = void 0;
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const fields_1 = require("../fields");
const place_1 = require("../place");
const problem_1 = require("../problem");
const dataStreamArgs_1 = require("./dataStreamArgs");
/**
 * The stream of a pipeline. `shardCount` is ignored after the creation: scaling is never drift.
 *
 *     new DataStream("orders", { shards: 8 });
 *     new DataStream("orders", { existing: "orders-prod" });
 */
class DataStream extends pulumi.ComponentResource {
    /** Name of the stream. */
    streamName;
    /** ARN of the stream. */
    streamArn;
    /** ARN of the customer's KMS key, which readers must be allowed to decrypt with; empty with AWS's own key. */
    customerKeyArn;
    constructor(name, args, opts) {
        super("sluice:index:DataStream", name, (0, problem_1.checked)(args, `DataStream ${name}`, (0, dataStreamArgs_1.validateDataStream)(args)), opts);
        const settings = (0, fields_1.withDefaults)(args, dataStreamArgs_1.dataStreamFields);
        if (args.existing) {
            const stream = (0, place_1.adopted)((0, place_1.placeOf)(this), "kinesis", "stream", args.existing);
            this.streamName = stream.name;
            this.streamArn = stream.arn;
        }
        else {
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
exports.DataStream = DataStream;
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
function createStream(name, args, parent) {
    return new aws.kinesis.Stream(`${name}-stream`, {
        name: args.name,
        shardCount: args.shards,
        streamModeDetails: { streamMode: "PROVISIONED" },
        retentionPeriod: args.retentionHours,
        encryptionType: "KMS",
        kmsKeyId: args.kmsKey,
        shardLevelMetrics: args.shardLevelMetrics ? everyShardMetric : [],
        // A source with enhanced fan-out leaves its consumer registered, and the stream could not be destroyed.
        enforceConsumerDeletion: true,
    }, { parent, ignoreChanges: ["shardCount"] });
}
function customerKeyArn(kmsKey, parent) {
    if (kmsKey === dataStreamArgs_1.awsManagedKey || kmsKey.endsWith(`:${dataStreamArgs_1.awsManagedKey}`))
        return pulumi.output("");
    if (/^arn:[^:]+:kms:[^:]+:\d+:key\//.test(kmsKey))
        return pulumi.output(kmsKey);
    return aws.kms.getKeyOutput({ keyId: kmsKey }, { parent }).arn;
}
