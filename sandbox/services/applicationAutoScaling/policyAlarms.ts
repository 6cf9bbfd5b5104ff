import { partitionOf } from "../../../components/partition";
import type { Shape } from "../../core/cloud";
import type { Context } from "./context";
import { serviceLinkedRole } from "./endpoint";
import { failedResourceAccess } from "./errors";
import type { ScalableTarget, ScalingPolicy, TargetTrackingConfiguration } from "./types";

/** Seconds of one datapoint of the alarms that Application Auto Scaling creates. */
const period = 60;
/** Scaling in begins "usually more than 10 % lower" than the target. */
const lowFraction = 0.9;

/** Creates (or updates) a target tracking policy's alarms: 3 minutes above the target, 15 minutes more than 10 % below it. */
export async function putOwnAlarms(context: Context, target: ScalableTarget, policy: ScalingPolicy): Promise<void> {
  const tracking = policy.targetTracking!;
  // Undocumented: without scaling in there is nothing for a low alarm to do, so none is made.
  const sides = tracking.DisableScaleIn ? (["high"] as const) : (["high", "low"] as const);
  const surplus = policy.alarms.filter((alarm) => !sides.some((side) => side === alarm.side));
  policy.alarms = sides.map((side) => policy.alarms.find((alarm) => alarm.side === side) ?? newAlarm(context, target, side));
  await deleteAlarms(context, surplus);
  for (const alarm of policy.alarms) {
    const high = alarm.side === "high";
    await asService(context, "PutMetricAlarm", {
      AlarmName: alarm.name,
      AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.arn}.`,
      ActionsEnabled: true,
      AlarmActions: [policy.arn],
      ComparisonOperator: high ? "GreaterThanThreshold" : "LessThanThreshold",
      Threshold: high ? tracking.TargetValue : tracking.TargetValue * lowFraction,
      EvaluationPeriods: high ? 3 : 15,
      ...watched(tracking),
    });
  }
}

function newAlarm(context: Context, target: ScalableTarget, side: "high" | "low"): ScalingPolicy["alarms"][number] {
  const { account, region } = context.cloud;
  const name = `TargetTracking-${target.resourceId}-Alarm${side === "high" ? "High" : "Low"}-${context.uuid()}`;
  return { name, arn: `arn:${partitionOf(region).name}:cloudwatch:${region}:${account}:alarm:${name}`, side };
}

function watched(tracking: TargetTrackingConfiguration): Shape {
  const { Metrics, MetricName, Namespace, Dimensions, Statistic, Unit } = tracking.CustomizedMetricSpecification;
  if (!Metrics) return { MetricName, Namespace, Dimensions, Statistic, Unit, Period: period };
  return {
    Metrics: Metrics.map((query: Shape) => ({
      ...query,
      ReturnData: query.ReturnData ?? true,
      ...(query.MetricStat ? { MetricStat: { ...query.MetricStat, Period: period } } : {}),
    })),
  };
}

export async function deleteOwnAlarms(context: Context, policy: ScalingPolicy): Promise<void> {
  await deleteAlarms(context, policy.alarms);
  policy.alarms = [];
}

async function deleteAlarms(context: Context, alarms: ScalingPolicy["alarms"]): Promise<void> {
  if (alarms.length > 0) await asService(context, "DeleteAlarms", { AlarmNames: alarms.map((alarm) => alarm.name) });
}

/** The alarms that invoke a policy: for step scaling they are the user's own. */
export async function alarmsOf(context: Context, policy: ScalingPolicy): Promise<Shape[]> {
  if (policy.targetTracking) return policy.alarms.map((alarm) => ({ AlarmName: alarm.name, AlarmARN: alarm.arn }));
  const answer = await asService(context, "DescribeAlarms", { ActionPrefix: policy.arn }).catch((error: Error) => {
    throw failedResourceAccess(
      `Unable to retrieve the alarms associated with the scaling policy ${policy.name}: ${error.message}`,
    );
  });
  const alarms: Shape[] = answer.MetricAlarms ?? [];
  return alarms
    .filter((alarm) =>
      [alarm.AlarmActions, alarm.OKActions, alarm.InsufficientDataActions].some((actions) => actions?.includes(policy.arn)),
    )
    .map(({ AlarmName, AlarmArn }) => ({ AlarmName, AlarmARN: AlarmArn }));
}

function asService(context: Context, operation: string, input: Shape): Promise<Shape> {
  return context.cloud.call("cloudwatch", operation, input, serviceLinkedRole(context.cloud));
}
