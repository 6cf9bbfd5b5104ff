import { Phase, second } from "../../core/clock";
import { reportTarget } from "./activities";
import type { Context } from "./context";
import { decide, type Proposal } from "./decision";
import { getDimension, patchDimension, type DimensionReading, type EndpointAnswer } from "./endpoint";
import type { Activity, RunningActivity, ScalableTarget } from "./types";

/** Decides over the alarm actions that reached the target at this instant. Reads the current capacity first. */
export async function decidePending(context: Context, target: ScalableTarget): Promise<void> {
  const reading = await readTarget(context, target);
  if (!target.registered) return;
  if (!reading.ok) {
    const first = target.pending[0]!;
    target.pending = [];
    const activity = newActivity(context, target, "Attempting to scale due to alarm triggered", alarmCause(first));
    context.history.add(activity);
    context.history.finish(activity, "Failed", `Failed to read the current capacity. Reason: ${reading.reason}`);
    return;
  }
  const { actualCapacity: actual, desiredCapacity: desired } = reading.reading;
  const chosen = decide(target, context.cloud.clock.now(), { actual, desired }, context.percentBase);
  target.pending = [];
  if (!chosen) return;
  if (!chosen.direction) return notScaled(context, target, chosen);
  const { policy, to, direction, added } = chosen;
  const cooldownSeconds = policy.step ? policy.step.Cooldown : cooldownOf(policy.targetTracking!, direction);
  await startActivity(context, target, {
    to,
    direction,
    added,
    cooldownSeconds: cooldownSeconds ?? 300,
    cause: alarmCause(chosen),
  });
}

const cooldownOf = (tracking: { ScaleOutCooldown?: number; ScaleInCooldown?: number }, direction: "out" | "in") =>
  direction === "out" ? tracking.ScaleOutCooldown : tracking.ScaleInCooldown;

const alarmCause = ({ policy, trigger }: Pick<Proposal, "policy" | "trigger">) =>
  `monitor alarm ${trigger.alarmName} in state ALARM triggered policy ${policy.name}`;

function notScaled(context: Context, target: ScalableTarget, proposal: Proposal): void {
  const { policy, reason, words } = proposal;
  if (reason) {
    const activity = newActivity(context, target, "Attempting to scale due to alarm triggered", alarmCause(proposal));
    context.history.add({ ...activity, statusCode: "Failed", notScaledReasons: [reason] });
  }
  // The alarm fires every minute: only a new reason is news.
  const news = `${policy.name}: ${words}`;
  if (news === target.lastNotScaled) return;
  target.lastNotScaled = news;
  const facts = { policy: policy.name, alarm: proposal.trigger.alarmName, words, ...(reason ? { code: reason.Code } : {}) };
  reportTarget(context.cloud, target.resourceId, "NotScaled", `policy ${policy.name} not executed: ${words}`, facts);
}

/**
 * Brings the capacity into the target's bounds, as registration and scheduled actions do: no cooldown holds it back, none follows.
 * A capacity that nobody asked to be outside is left alone.
 */
export async function enforceBounds(context: Context, target: ScalableTarget): Promise<void> {
  const answer = await readTarget(context, target);
  if (!answer.ok || !target.registered) return;
  const { desiredCapacity: desired } = answer.reading;
  if (desired < target.min) {
    const cause = `minimum capacity was set to ${target.min}`;
    await startActivity(context, target, { to: target.min, direction: "out", added: 0, cause });
  } else if (desired > target.max) {
    const cause = `maximum capacity was set to ${target.max}`;
    await startActivity(context, target, { to: target.max, direction: "in", added: 0, cause });
  }
}

type Change = Pick<RunningActivity, "to" | "direction" | "added" | "cooldownSeconds"> & { cause: string };

/** Sends the PATCH; an activity that is under way is overridden. */
async function startActivity(context: Context, target: ScalableTarget, change: Change): Promise<void> {
  const { cloud, history } = context;
  const activity = newActivity(context, target, `Setting desired capacity to ${change.to}.`, change.cause);
  history.add(activity);
  target.lastNotScaled = undefined;
  const answer = await checked(context, target, await patchDimension(cloud, target.resourceId, change.to));
  if (!answer.ok) return history.finish(activity, "Failed", failed(change.to, answer.reason));
  overrideRunning(context, target, change.to);
  if (change.direction === "out" && target.cooldown?.direction === "in") target.cooldown = undefined;
  activity.statusCode = "InProgress";
  activity.statusMessage = `Successfully set desired capacity to ${change.to}. Waiting for change to be fulfilled by custom-resource.`;
  // Undocumented: an endpoint that accepts only a part says so in its answer to PATCH, and that part is then what counts.
  const accepted = answer.reading.desiredCapacity;
  const added = Math.max(0, change.added + accepted - change.to);
  const running: RunningActivity = { ...change, activity, accepted, added, cancel: () => {} };
  target.running = running;
  if (!settle(context, target, running, answer.reading)) pollLater(context, target, running);
}

function overrideRunning(context: Context, target: ScalableTarget, to: number): void {
  const { running } = target;
  if (!running) return;
  running.cancel();
  const message = `Successfully set desired capacity to ${running.to}. Found it was later changed to ${to}.`;
  context.history.finish(running.activity, "Overridden", message);
  target.running = undefined;
}

function pollLater(context: Context, target: ScalableTarget, running: RunningActivity): void {
  const { clock } = context.cloud;
  running.cancel = clock.at(clock.now() + context.pollInterval, Phase.Invoke, async () => {
    const answer = await readTarget(context, target);
    if (target.running !== running) return;
    // A poll that fails says nothing about the change: the next one asks again (undocumented).
    if (answer.ok && settle(context, target, running, answer.reading)) return;
    if (clock.now() - running.activity.startTime < context.unfulfilledAfter) return pollLater(context, target, running);
    target.running = undefined;
    const waited = Math.round((clock.now() - running.activity.startTime) / second);
    const message = `Successfully set desired capacity to ${running.to}. Change was not fulfilled by custom-resource within ${waited} seconds.`;
    context.history.finish(running.activity, "Unfulfilled", message);
  });
}

/** Ends the activity if the answer says so. The cooldown starts when it completes successfully, not before. */
function settle(context: Context, target: ScalableTarget, running: RunningActivity, reading: DimensionReading): boolean {
  if (reading.scalingStatus === "Failed") {
    target.running = undefined;
    context.history.finish(running.activity, "Failed", failed(running.to, reading.failureReason ?? "no reason given"));
    return true;
  }
  if (reading.scalingStatus !== "Successful") return false;
  target.running = undefined;
  const set = `Successfully set desired capacity to ${running.to}.`;
  if (reading.desiredCapacity !== running.accepted) {
    context.history.finish(running.activity, "Overridden", `${set} Found it was later changed to ${reading.desiredCapacity}.`);
    return true;
  }
  startCooldown(context, target, running);
  context.history.finish(running.activity, "Successful", `${set} Change successfully fulfilled by custom-resource.`);
  return true;
}

function startCooldown(context: Context, target: ScalableTarget, running: RunningActivity): void {
  if (running.cooldownSeconds === undefined) return;
  const until = context.cloud.clock.now() + running.cooldownSeconds * second;
  target.cooldown = { direction: running.direction, until, added: running.added };
}

const failed = (to: number, reason: string) => `Failed to set desired capacity to ${to}. Reason: ${reason}`;

async function readTarget(context: Context, target: ScalableTarget): Promise<EndpointAnswer> {
  return checked(context, target, await getDimension(context.cloud, target.resourceId));
}

/** Another `version` means another resource: the target is deregistered, as AWS's sample warns. */
async function checked(context: Context, target: ScalableTarget, answer: EndpointAnswer): Promise<EndpointAnswer> {
  if (!target.registered) return { ok: false, reason: "the scalable target was deregistered" };
  if (!answer.ok || answer.reading.version === target.version) return answer;
  const reason = `the custom resource's version changed from ${target.version} to ${answer.reading.version}`;
  const facts = { before: target.version, after: answer.reading.version };
  reportTarget(context.cloud, target.resourceId, "VersionChanged", `${reason}; the scalable target is deregistered`, facts);
  await context.deregister(target);
  return { ok: false, reason };
}

export function newActivity(context: Context, target: ScalableTarget, description: string, cause: string): Activity {
  const startTime = context.cloud.clock.now();
  return { id: context.uuid(), resourceId: target.resourceId, description, cause, startTime, statusCode: "Pending" };
}
