"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.applicationStatements = applicationStatements;
const pulumi = require("@pulumi/pulumi");
const network_1 = require("./network");
const partition_1 = require("../partition");
/** Everything the application's role may do. */
function applicationStatements(args) {
    const { streamArn, logGroupArn, code } = args;
    const statements = [
        {
            sid: "ReadStream",
            actions: [
                "kinesis:DescribeStream",
                "kinesis:DescribeStreamConsumer",
                "kinesis:DescribeStreamSummary",
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
                "kinesis:ListShards",
                "kinesis:RegisterStreamConsumer",
            ],
            resources: [streamArn],
            reason: "the source reads the stream, by polling or as an enhanced fan-out consumer",
        },
        {
            sid: "ReadAsConsumer",
            actions: ["kinesis:DeregisterStreamConsumer", "kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"],
            resources: [pulumi.interpolate `${streamArn}/consumer/*`],
            reason: "an enhanced fan-out consumer has an ARN below the stream's",
        },
        {
            sid: "ReadCode",
            actions: ["s3:GetObject", "s3:GetObjectVersion"],
            resources: [pulumi.interpolate `${code.bucketArn}/${code.key}`],
            reason: "the service loads the jar with the application's role",
        },
        {
            sid: "WriteLog",
            actions: ["logs:PutLogEvents"],
            resources: [pulumi.interpolate `${logGroupArn}:log-stream:*`],
            reason: "the application logs to its own group",
        },
        {
            sid: "FindLog",
            actions: ["logs:DescribeLogStreams"],
            resources: [logGroupArn, pulumi.interpolate `${logGroupArn}:*`],
            reason: "the service looks up the log stream before it writes",
        },
    ];
    if (args.customerKeyArn)
        statements.push(decryptStatement(args.customerKeyArn, args.streamArn, args.region));
    return args.inVpc ? [...statements, ...network_1.networkStatements] : statements;
}
/** "How do I get started with server-side encryption?": a consumer needs kms:Decrypt with the stream's key, through Kinesis. */
function decryptStatement(keyArn, streamArn, region) {
    return {
        sid: "DecryptRecords",
        actions: ["kms:Decrypt"],
        resources: [keyArn],
        conditions: {
            StringEquals: {
                "kms:ViaService": pulumi.output(region).apply((r) => `kinesis.${r}.${(0, partition_1.partitionOf)(r).dnsSuffix}`),
                "kms:EncryptionContext:aws:kinesis:arn": streamArn,
            },
        },
        reason: "records are encrypted with a customer key, which no one may use without a grant",
    };
}
