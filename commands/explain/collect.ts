import {
  ApplicationAutoScalingClient,
  paginateDescribeScalingActivities,
  paginateDescribeScalingPolicies,
  type ScalingActivity,
  type ScalingPolicy,
} from "@aws-sdk/client-application-auto-scaling";
import {
  CloudWatchClient,
  paginateDescribeAlarmHistory,
  paginateDescribeAlarms,
  type MetricAlarm,
} from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import type { Activity, Evidence, Rule, ScalerLine } from "../../explanation/evidence";
import { readAlarmHistory, readLogMessage } from "../../explanation/readEvidence";
import { commandError } from "../commandError";
import type { Dimension } from "../dimensions";
import { scalerLogGroup } from "../../scaler/names";
import { isMissing } from "../logGroup";
import { explained, type Place } from "../place";

const hour = 3_600_000;
/** A change is asked for and ended within an hour, a long ladder apart. */
const linesBefore = 1 * hour;
/** Alarms stay in ALARM, and cooldowns last, longer. */
const historyBefore = 24 * hour;

export interface Wanted {
  stack: string;
  dimensions: readonly Dimension[];
  /** ms; both included. */
  from: number;
  to: number;
}

/** Reads log, alarms' history, policies and activities. @throws CommandError */
export async function collect(place: Place, wanted: Wanted): Promise<Evidence> {
  const { settings } = place;
  const clients = {
    logs: new CloudWatchLogsClient(settings),
    alarms: new CloudWatchClient(settings),
    scaling: new ApplicationAutoScalingClient(settings),
  };
  const doing = async <T>(what: string, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw explained(error, place, what);
    }
  };
  try {
    const [lines, rules, activities] = await Promise.all([
      doing("Reading the scaler's log", readLines(clients.logs, wanted)),
      doing("Reading the scaling policies and their alarms", readRules(clients, wanted.dimensions)),
      doing("Reading the scaling activities", readActivities(clients.scaling, wanted)),
    ]);
    const alarms = await doing("Reading the alarms' history", readHistory(clients.alarms, wanted, rules));
    return { lines, rules, activities, alarms };
  } finally {
    Object.values(clients).forEach((client) => client.destroy());
  }
}

async function readLines(client: CloudWatchLogsClient, { stack, dimensions, from, to }: Wanted): Promise<ScalerLine[]> {
  const logGroupName = scalerLogGroup(stack);
  const ids = new Set(dimensions.map(({ id }) => id));
  const range = { startTime: from - linesBefore, endTime: to + 1 };
  const lines: ScalerLine[] = [];
  try {
    for await (const page of paginateFilterLogEvents({ client }, { logGroupName, filterPattern: '"sluice"', ...range })) {
      lines.push(...(page.events ?? []).flatMap(({ message }) => readLogMessage(message ?? "") ?? []));
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw commandError(`There is no log group ${logGroupName}: deploy the stack, or say another with --stack.`);
  }
  return lines.filter(({ id }) => ids.has(id));
}

type RuleClients = { alarms: CloudWatchClient; scaling: ApplicationAutoScalingClient };

async function readRules(clients: RuleClients, dimensions: readonly Dimension[]): Promise<Rule[]> {
  const rules: Rule[] = [];
  for (const dimension of dimensions) {
    const query = { ServiceNamespace: "custom-resource", ResourceId: dimension.resourceId } as const;
    for await (const page of paginateDescribeScalingPolicies({ client: clients.scaling }, query)) {
      for (const policy of page.ScalingPolicies ?? []) {
        const alarms = paginateDescribeAlarms({ client: clients.alarms }, { ActionPrefix: policy.PolicyARN });
        for await (const { MetricAlarms = [] } of alarms)
          rules.push(...MetricAlarms.map((alarm) => ruleOf(dimension, policy, alarm)));
      }
    }
  }
  return rules;
}

function ruleOf({ id, suspended }: Dimension, policy: ScalingPolicy, alarm: MetricAlarm): Rule {
  const { ComparisonOperator: comparison = "", EvaluationPeriods: minutes = 1, Threshold: threshold = NaN } = alarm;
  const { StepScalingPolicyConfiguration: step, TargetTrackingScalingPolicyConfiguration: tracking } = policy;
  const direction = comparison.startsWith("Greater") ? "out" : "in";
  const compared = alarm.Metrics?.find(({ ReturnData }) => ReturnData !== false);
  return {
    ...{ id, alarm: alarm.AlarmName ?? "", policy: policy.PolicyName ?? "", direction, threshold, minutes },
    signal: compared?.Label ?? alarm.MetricName ?? compared?.Id ?? "the alarm's expression",
    inclusive: comparison.includes("OrEqual"),
    datapoints: alarm.DatapointsToAlarm ?? minutes,
    steps: step && {
      type: step.AdjustmentType ?? "",
      adjustments: (step.StepAdjustments ?? []).map((adjustment) => ({
        lower: adjustment.MetricIntervalLowerBound,
        upper: adjustment.MetricIntervalUpperBound,
        adjustment: adjustment.ScalingAdjustment ?? 0,
      })),
    },
    cooldownSeconds: step?.Cooldown ?? (direction === "out" ? tracking?.ScaleOutCooldown : tracking?.ScaleInCooldown),
    suspended: suspended.includes(direction),
  };
}

/** Newest first; the API has no time filter, so reading stops at the first page that is old enough. */
async function readActivities(client: ApplicationAutoScalingClient, { dimensions, from, to }: Wanted): Promise<Activity[]> {
  const activities: Activity[] = [];
  for (const { id, resourceId } of dimensions) {
    const query = { ServiceNamespace: "custom-resource", ResourceId: resourceId, IncludeNotScaledActivities: true } as const;
    for await (const { ScalingActivities: page = [] } of paginateDescribeScalingActivities({ client }, query)) {
      activities.push(...page.map((activity) => activityOf(id, activity)));
      if ((page.at(-1)?.StartTime?.getTime() ?? Infinity) < from - historyBefore) break;
    }
  }
  return activities.filter(({ time }) => time >= from - historyBefore && time <= to);
}

function activityOf(id: string, activity: ScalingActivity): Activity {
  const reason = activity.NotScaledReasons?.[0];
  return {
    id,
    time: activity.StartTime?.getTime() ?? NaN,
    end: activity.EndTime?.getTime(),
    description: activity.Description ?? "",
    cause: activity.Cause ?? "",
    status: activity.StatusCode ?? "",
    message: activity.StatusMessage,
    notScaled: reason && {
      code: reason.Code ?? "",
      capacity: reason.CurrentCapacity ?? reason.MaxCapacity ?? reason.MinCapacity,
    },
  };
}

async function readHistory(
  client: CloudWatchClient,
  { from, to }: Wanted,
  rules: readonly Rule[],
): Promise<Evidence["alarms"][number][]> {
  const range = { StartDate: new Date(from - historyBefore), EndDate: new Date(to) };
  const found = rules.map(async ({ alarm }) => {
    const items: Evidence["alarms"][number][] = [];
    for await (const page of paginateDescribeAlarmHistory({ client }, { AlarmName: alarm, ...range })) {
      items.push(...(page.AlarmHistoryItems ?? []).flatMap((item) => readAlarmHistory(item) ?? []));
    }
    return items;
  });
  return (await Promise.all(found)).flat();
}
