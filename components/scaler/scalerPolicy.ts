import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../policyDocument";

export interface ScalerPolicyArgs {
  /** ARN of the parameter path, arn:...:parameter/sluice/{scaler}. */
  parameterPathArn: pulumi.Input<string>;
  /** ARN of the function's log group, without ":*". */
  logGroupArn: pulumi.Input<string>;
}

/** Everything that the scaler's role may do whatever pipelines there are, and why. */
export function scalerStatements(args: ScalerPolicyArgs): Statement[] {
  const path = args.parameterPathArn;
  return [
    {
      sid: "FindParameters",
      actions: ["ssm:GetParametersByPath"],
      // "If a user has access to a path, then the user can access all levels of that path" ("Restricting access to parameters").
      resources: [path],
      reason: "a run reads configuration, desired capacity and state of all dimensions by path",
    },
    {
      sid: "ReadParameters",
      actions: ["ssm:GetParameter", "ssm:GetParameters"],
      resources: [pulumi.interpolate`${path}/*`],
      reason: "GET and PATCH read those of one dimension; a run looks up what another run wrote",
    },
    {
      sid: "WriteParameters",
      actions: ["ssm:PutParameter"],
      resources: [pulumi.interpolate`${path}/*/desired`, pulumi.interpolate`${path}/*/state`],
      reason: "PATCH stores desired, the minute run stores state; configuration is Pulumi's alone",
    },
    {
      sid: "ReadLag",
      actions: ["cloudwatch:GetMetricData"],
      resources: ["*"],
      reason: "reads how far the application is behind before its turn; the action has no resource type and no condition key",
    },
    {
      sid: "WriteLog",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [pulumi.interpolate`${args.logGroupArn}:*`],
      reason: "decisions and metrics (embedded metric format) are log lines",
    },
  ];
}

/** What the scaler's role may do with pipelines that join it, and why. */
export function pipelineStatements(streamArns: pulumi.Input<string>[], applicationArns: pulumi.Input<string>[]): Statement[] {
  return [
    {
      sid: "ScaleStream",
      actions: [
        "kinesis:DescribeStreamSummary",
        "kinesis:ListShards",
        "kinesis:MergeShards",
        "kinesis:SplitShard",
        "kinesis:UpdateShardCount",
      ],
      resources: streamArns,
      reason: "looks at the open shards and changes their number; splits and merges when the day's updates are spent",
    },
    {
      sid: "ScaleApplication",
      actions: [
        "kinesisanalytics:DescribeApplication",
        "kinesisanalytics:DescribeApplicationOperation",
        "kinesisanalytics:ListApplicationOperations",
        "kinesisanalytics:StartApplication",
        "kinesisanalytics:UpdateApplication",
      ],
      resources: applicationArns,
      reason: "looks at the parallelism, changes it, and reads whether the update succeeded; starts one that has never run",
    },
  ];
}
