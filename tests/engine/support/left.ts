import type { ServiceName } from "../../../sandbox/core/cloud";
import type { SandboxCloud } from "../../../sandbox/createCloud";

/** What an account can hold of a stack: how it is listed, and the lists in the answer. */
const lists: readonly (readonly [ServiceName, operation: string, list: string, input?: object])[] = [
  ["kinesis", "ListStreams", "StreamNames"],
  ["kinesisanalytics", "ListApplications", "ApplicationSummaries"],
  ["cloudwatch", "DescribeAlarms", "MetricAlarms"],
  ["cloudwatch", "ListDashboards", "DashboardEntries"],
  ["application-autoscaling", "DescribeScalableTargets", "ScalableTargets", { ServiceNamespace: "custom-resource" }],
  ["application-autoscaling", "DescribeScalingPolicies", "ScalingPolicies", { ServiceNamespace: "custom-resource" }],
  ["lambda", "ListFunctions", "Functions"],
  ["apigateway", "GetRestApis", "items"],
  ["events", "ListRules", "Rules"],
  ["logs", "DescribeLogGroups", "logGroups"],
  ["ssm", "GetParametersByPath", "Parameters", { Path: "/", Recursive: true }],
  ["s3", "ListBuckets", "Buckets"],
  ["sns", "ListTopics", "Topics"],
];

/** What is there, by the operation that lists it; nothing for what is empty. */
export async function whatIsThere({ call, deployer }: SandboxCloud): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [service, operation, list, input = {}] of lists) {
    const answer = (await call(service, operation, input, deployer)) as Record<string, unknown[]>;
    if ((answer[list] ?? []).length > 0) found[operation] = answer[list]!;
  }
  return found;
}
