import { partitionOf } from "../../../components/partition";
import type { Requirement, Shape } from "../../core/cloud";

const onAllResources = new Set([
  "DescribeAlarmsForMetric",
  "GetMetricData",
  "GetMetricStatistics",
  "ListMetrics",
  "ListDashboards",
  "PutMetricData",
]);

/** Actions, resources and dependent actions of "Actions, resources, and condition keys for Amazon CloudWatch". */
export function requirements(operation: string, input: Shape, account: string, region: string): Requirement[] {
  const action = `cloudwatch:${operation}`;
  const alarm = (name: unknown) => `arn:${partitionOf(region).name}:cloudwatch:${region}:${account}:alarm:${String(name)}`;
  const dashboard = (name: unknown) => `arn:${partitionOf(region).name}:cloudwatch::${account}:dashboard/${String(name)}`;
  const on = (resources: string[]) => resources.map((resource) => ({ action, resource }));

  if (onAllResources.has(operation)) return on(["*"]);
  switch (operation) {
    case "PutMetricAlarm":
      return [
        ...on([alarm(input?.AlarmName)]),
        ...(input?.Tags?.length > 0 ? [{ action: "cloudwatch:TagResource", resource: alarm(input.AlarmName) }] : []),
      ];
    case "SetAlarmState":
      return on([alarm(input?.AlarmName)]);
    case "DescribeAlarms":
    case "DescribeAlarmHistory":
      return on([alarm("*")]);
    case "DeleteAlarms":
    case "EnableAlarmActions":
    case "DisableAlarmActions":
      return on(((input?.AlarmNames ?? []) as string[]).map(alarm));
    case "DeleteDashboards":
      return on(((input?.DashboardNames ?? []) as string[]).map(dashboard));
    case "GetDashboard":
    case "PutDashboard":
      return on([dashboard(input?.DashboardName)]);
    case "TagResource":
    case "UntagResource":
    case "ListTagsForResource":
      return on([String(input?.ResourceARN)]);
    default:
      return on(["*"]);
  }
}
