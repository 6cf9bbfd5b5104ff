import { partitionOf } from "../../../components/partition";
import { Phase } from "../../core/clock";
import type { Shape } from "../../core/cloud";
import { reportTarget } from "./activities";
import type { Context } from "./context";
import { limitExceeded, objectNotFound, validationException } from "./errors";
import { checkDescribe, checkTargetKey, integers, nameProblems, page, registeredTarget, required } from "./requests";
import { enforceBounds, newActivity } from "./scaling";
import { parseSchedule, type Schedule } from "./schedule";
import { isTimeZone } from "./timeZone";
import { namespace, scalableDimension, type ScalableTarget, type ScheduledAction } from "./types";

/** "Quotas for Application Auto Scaling": scheduled actions per scalable target, fixed. */
export const maxScheduledActions = 200;

export function putScheduledAction(context: Context, input: Shape): Shape {
  const name = input.ScheduledActionName;
  const { ScalableTargetAction: bounds } = input;
  checkTargetKey(
    input,
    ...required(input, "ScheduledActionName"),
    ...nameProblems("ScheduledActionName", name),
    ...integers(bounds ?? {}, "MinCapacity", "MaxCapacity"),
  );
  const target = registeredTarget(context, input.ResourceId);
  const existing = target.scheduledActions.get(name);
  if (!existing && target.scheduledActions.size >= maxScheduledActions) {
    throw limitExceeded(
      `The maximum number of scheduled actions (${maxScheduledActions}) for the scalable target has been reached.`,
    );
  }
  const action = existing ?? newAction(context, target, name);
  const changed = {
    ...action,
    schedule: input.Schedule ?? action.schedule,
    timezone: input.Timezone ?? action.timezone,
    // "If you don't specify start and end times, the old values are deleted."
    startTime: toMillis(input.StartTime),
    endTime: toMillis(input.EndTime),
    min: bounds ? bounds.MinCapacity : action.min,
    max: bounds ? bounds.MaxCapacity : action.max,
  };
  changed.nextRun = firstRun(context, changed, checkedSchedule(changed));
  target.scheduledActions.set(name, Object.assign(action, changed));
  armSchedule(context, target);
  const words = `scheduled action ${name} ${existing ? "updated" : "created"}: ${action.schedule}`;
  reportTarget(context.cloud, target.resourceId, "ScheduledActionPut", words, { action: name, nextRun: action.nextRun });
  return {};
}

function newAction(context: Context, target: ScalableTarget, name: string): ScheduledAction {
  const { account, region, clock } = context.cloud;
  const owner = `arn:${partitionOf(region).name}:autoscaling:${region}:${account}:scheduledAction:${context.uuid()}`;
  const arn = `${owner}:resource/${namespace}/${target.resourceId}:scheduledActionName/${name}`;
  return { name, arn, createdAt: clock.now(), schedule: "" };
}

/** The SDK has Dates, the wire seconds since the epoch. */
function toMillis(time: Date | number | undefined): number | undefined {
  if (time === undefined) return undefined;
  return time instanceof Date ? time.getTime() : time * 1_000;
}

function checkedSchedule(action: ScheduledAction): Schedule {
  const { schedule, timezone, min, max, startTime, endTime } = action;
  if (!schedule) throw validationException("Schedule is required when you create a scheduled action");
  if (timezone !== undefined && !isTimeZone(timezone)) throw validationException(`Invalid timezone: ${timezone}`);
  if (min === undefined && max === undefined) {
    throw validationException("ScalableTargetAction must specify MinCapacity, MaxCapacity or both");
  }
  if ((min ?? 0) < 0 || (max ?? 0) < 0) throw validationException("Minimum and maximum capacity cannot be less than 0");
  if (min !== undefined && max !== undefined && max < min) {
    throw validationException("Maximum capacity cannot be less than minimum capacity");
  }
  if (startTime !== undefined && endTime !== undefined && endTime <= startTime) {
    throw validationException("EndTime must be later than StartTime");
  }
  const parsed = parsedSchedule(action);
  if (typeof parsed === "string") throw validationException(`Invalid schedule '${schedule}': ${parsed}`);
  return parsed;
}

const parsedSchedule = ({ schedule, timezone, startTime, createdAt }: ScheduledAction) =>
  parseSchedule(schedule, timezone ?? "UTC", startTime ?? createdAt);

/** "If you specify a start time, Application Auto Scaling performs the action at this time, and then based on the recurrence." */
function firstRun(context: Context, action: ScheduledAction, schedule: Schedule): number | undefined {
  const now = context.cloud.clock.now();
  const oneTime = action.schedule.trim().startsWith("at(");
  if (!oneTime && action.startTime !== undefined && action.startTime > now) return action.startTime;
  const next = schedule.next(now);
  // Undocumented: a one-time action in the past could never run, so it is refused.
  if (oneTime && next === undefined) throw validationException(`The schedule '${action.schedule}' is in the past`);
  return within(action, next);
}

const within = (action: ScheduledAction, run: number | undefined) =>
  run === undefined || (action.endTime !== undefined && run > action.endTime) ? undefined : run;

/** One timer per target: actions that are due at once run in the order in which they were made. */
export function armSchedule(context: Context, target: ScalableTarget): void {
  target.disarmSchedule?.();
  target.disarmSchedule = undefined;
  const runs = [...target.scheduledActions.values()].flatMap(({ nextRun }) => nextRun ?? []);
  if (runs.length === 0) return;
  target.disarmSchedule = context.cloud.clock.at(Math.min(...runs), Phase.Invoke, () => runDue(context, target));
}

async function runDue(context: Context, target: ScalableTarget): Promise<void> {
  const now = context.cloud.clock.now();
  const due = [...target.scheduledActions.values()].filter(({ nextRun }) => nextRun !== undefined && nextRun <= now);
  for (const action of due) {
    const schedule = parsedSchedule(action) as Schedule;
    action.nextRun = within(action, schedule.next(now));
  }
  armSchedule(context, target);
  for (const action of due) if (target.registered) await run(context, target, action);
}

async function run(context: Context, target: ScalableTarget, action: ScheduledAction): Promise<void> {
  // What a suspension made miss isn't made up for.
  if (target.suspended.ScheduledScalingSuspended) {
    const facts = { action: action.name };
    return reportTarget(
      context.cloud,
      target.resourceId,
      "ScheduledActionSkipped",
      `scheduled action ${action.name} is suspended`,
      facts,
    );
  }
  const min = action.min ?? target.min;
  const max = action.max ?? target.max;
  const parts = [
    ...(action.min === undefined ? [] : [`min capacity to ${action.min}`]),
    ...(action.max === undefined ? [] : [`max capacity to ${action.max}`]),
  ];
  const what = parts.join(" and ");
  const activity = newActivity(context, target, `Setting ${what}`, `scheduled action name ${action.name} was triggered`);
  context.history.add(activity);
  // Undocumented: an action that would put the minimum above the maximum changes nothing.
  if (max < min) {
    const reason = "Maximum capacity cannot be less than minimum capacity";
    return context.history.finish(activity, "Failed", `Failed to set ${what}. Reason: ${reason}`);
  }
  target.min = min;
  target.max = max;
  context.history.finish(activity, "Successful", `Successfully set ${what}`);
  await enforceBounds(context, target);
}

export function describeScheduledActions(context: Context, input: Shape): Shape {
  checkDescribe(input);
  const names: string[] | undefined = input.ScheduledActionNames;
  const targets = [...context.targets.values()].filter((target) => !input.ResourceId || target.resourceId === input.ResourceId);
  const all = targets.flatMap((target) => [...target.scheduledActions.values()].map((action) => ({ target, action })));
  const { items, NextToken } = page(
    input.ServiceNamespace === namespace ? all.filter(({ action }) => !names?.length || names.includes(action.name)) : [],
    input,
  );
  return { ScheduledActions: items.map(({ target, action }) => describeAction(target, action)), NextToken };
}

function describeAction(target: ScalableTarget, action: ScheduledAction): Shape {
  return {
    ScheduledActionName: action.name,
    ScheduledActionARN: action.arn,
    ServiceNamespace: namespace,
    Schedule: action.schedule,
    ...(action.timezone === undefined ? {} : { Timezone: action.timezone }),
    ResourceId: target.resourceId,
    ScalableDimension: scalableDimension,
    ...(action.startTime === undefined ? {} : { StartTime: new Date(action.startTime) }),
    ...(action.endTime === undefined ? {} : { EndTime: new Date(action.endTime) }),
    ScalableTargetAction: {
      ...(action.min === undefined ? {} : { MinCapacity: action.min }),
      ...(action.max === undefined ? {} : { MaxCapacity: action.max }),
    },
    CreationTime: new Date(action.createdAt),
  };
}

export function deleteScheduledAction(context: Context, input: Shape): Shape {
  checkTargetKey(input, ...required(input, "ScheduledActionName"));
  const target = context.targets.get(input.ResourceId);
  if (!target?.scheduledActions.delete(input.ScheduledActionName)) {
    throw objectNotFound(
      `No scheduled action found for service namespace: ${namespace}, resource ID: ${input.ResourceId}, ` +
        `scalable dimension: ${scalableDimension}, scheduled action name: ${input.ScheduledActionName}`,
    );
  }
  armSchedule(context, target);
  const facts = { action: input.ScheduledActionName };
  reportTarget(context.cloud, target.resourceId, "ScheduledActionDeleted", `scheduled action ${facts.action} deleted`, facts);
  return {};
}
