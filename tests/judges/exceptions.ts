import type { Finding } from "./judge";

/** Findings that stay, each with its reason. One that no judge has any more fails the suite. */
export interface Exception {
  judge: Finding["judge"];
  at: RegExp;
  text: RegExp;
  why: string;
}

export const exceptions: Exception[] = [
  {
    judge: "botocore",
    at: /^lambda:CreateFunction Code$/,
    text: /^no member files$/,
    why: "the sandbox's provider hands over the package's text, Pulumi uploads it as an archive",
  },
  {
    judge: "botocore",
    at: /^s3:Put(BucketEncryption|BucketPolicy|BucketVersioning|PublicAccessBlock)$/,
    text: /^(no member Configuration|\w+ is required)$/,
    why: "the sandbox's provider hands over a bucket's settings as Pulumi has them; as CloudFormation cfn-lint judges them",
  },
  {
    judge: "cfn-lint",
    at: /^(kinesis\/stream enforceConsumerDeletion|s3\/bucket forceDestroy)$/,
    text: /^has no place in CloudFormation$/,
    why: "what Pulumi does when it deletes",
  },
  {
    judge: "cfn-lint",
    at: /^apigateway\/deployment triggers$/,
    text: /^has no place in CloudFormation$/,
    why: "what makes Pulumi deploy anew",
  },
  {
    judge: "cfn-lint",
    at: /^kinesisanalyticsv2\/application cloudwatchLoggingOptions$/,
    text: /^has no place in CloudFormation$/,
    why: "a resource of its own there; botocore's model judges it as CreateApplication's",
  },
  {
    judge: "cfn-lint",
    at: /^s3\/bucketObjectv2$/,
    text: /^has no place in CloudFormation$/,
    why: "CloudFormation makes no objects; botocore's model judges PutObject",
  },
  {
    judge: "policies",
    at: /^iam\/(policy|rolePolicy) .*-scaler-policy/,
    text: /UpdateShardCount/,
    why: "the reference names no resource type for it, AWS's own samples grant it on the stream's ARN, and on * it would be every stream's",
  },
  {
    judge: "policies",
    at: /^kms\/key .*-alarms-key$/,
    text: /^parliament: RESOURCE_STAR/,
    why: "in a key's policy * is that key",
  },
  {
    judge: "policies",
    at: /^iam\/rolePolicy .*-flink-role-policy$/,
    text: /^parliament: RESOURCE_STAR \['ec2:CreateNetworkInterface', 'ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface'\]$/,
    why: "the statement that AWS documents for an application in a VPC: network interfaces have no names before they are made",
  },
];
