import * as pulumi from "@pulumi/pulumi";
import type { CodeLocation } from "./applicationCode";
import { applicationInterfaces } from "../network/interfaces";
import { partitionOf } from "../partition";
import type { Statement } from "../policyDocument";

export interface ApplicationPolicyArgs {
  streamArn: pulumi.Input<string>;
  logGroupArn: pulumi.Input<string>;
  code: CodeLocation;
  region: pulumi.Input<string>;
  /** ARN of the customer's KMS key; empty with AWS's own key. */
  customerKeyArn: string;
  inVpc: boolean;
}

/** Everything the application's role may do. */
export function applicationStatements(args: ApplicationPolicyArgs): Statement[] {
  const { streamArn, logGroupArn, code } = args;
  const statements: Statement[] = [
    {
      sid: "ReadStream",
      actions: [
        "kinesis:DescribeStream",
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
      resources: [pulumi.interpolate`${streamArn}/consumer/*`],
      reason: "an enhanced fan-out consumer has an ARN below the stream's",
    },
    {
      sid: "ReadCode",
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      resources: [pulumi.interpolate`${code.bucketArn}/${code.key}`],
      reason: "the service loads the jar with the application's role",
    },
    {
      sid: "WriteLog",
      actions: ["logs:PutLogEvents"],
      resources: [pulumi.interpolate`${logGroupArn}:log-stream:*`],
      reason: "the application logs to its own group",
    },
    {
      sid: "FindLog",
      actions: ["logs:DescribeLogStreams"],
      resources: [logGroupArn, pulumi.interpolate`${logGroupArn}:*`],
      reason: "the service looks up the log stream before it writes",
    },
  ];
  if (args.customerKeyArn) statements.push(decryptStatement(args.customerKeyArn, args.streamArn, args.region));
  return args.inVpc ? [...statements, ...applicationInterfaces] : statements;
}

/** "How do I get started with server-side encryption?": a consumer needs kms:Decrypt with the stream's key, through Kinesis. */
function decryptStatement(keyArn: string, streamArn: pulumi.Input<string>, region: pulumi.Input<string>): Statement {
  return {
    sid: "DecryptRecords",
    actions: ["kms:Decrypt"],
    resources: [keyArn],
    conditions: {
      StringEquals: {
        "kms:ViaService": pulumi.output(region).apply((r) => `kinesis.${r}.${partitionOf(r).dnsSuffix}`),
        "kms:EncryptionContext:aws:kinesis:arn": streamArn,
      },
    },
    reason: "records are encrypted with a customer key, which no one may use without a grant",
  };
}
