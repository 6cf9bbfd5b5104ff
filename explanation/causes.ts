import type { Activity, AlarmChange, Evidence, Rule } from "./evidence";
import { ruleWords, signalWords, timeOfDay } from "./words";

const second = 1_000;
const minute = 60_000;

/** Why something was asked for. */
export interface Cause {
  cause: string;
  rule?: string;
}

/** The activity of Application Auto Scaling that sent a request which the scaler saw at `time`, if it was one. */
export function activityBehind(
  { activities }: Evidence,
  id: string,
  time: number,
  requested: number | undefined,
): Activity | undefined {
  return activities.findLast(
    (activity) =>
      activity.id === id &&
      !activity.notScaled &&
      time - activity.time < minute &&
      activity.time - time < 5 * second &&
      (requested === undefined || capacityOf(activity) === undefined || capacityOf(activity) === requested),
  );
}

/** From "Setting desired capacity to 10." */
export function capacityOf({ description }: Activity): number | undefined {
  const number = /desired capacity to (\d+)/.exec(description)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** From "monitor alarm A in state ALARM triggered policy P". */
export function alarmOf({ cause }: Activity): string | undefined {
  return /alarm (\S+) in state ALARM/.exec(cause)?.[1];
}

export function causeOf(evidence: Evidence, activity: Activity | undefined): Cause {
  if (!activity) return { cause: "A request to the scaling API that is not a policy's: npm run scale, or another caller" };
  const alarm = alarmOf(activity);
  const rule = evidence.rules.find((candidate) => candidate.alarm === alarm);
  if (!alarm || !rule) return { cause: `Application Auto Scaling: ${activity.cause}` };
  return causeOfRule(rule, lastAlarm(evidence, alarm, activity.time), activity.time);
}

export function causeOfRule(rule: Rule, change: AlarmChange | undefined, time: number): Cause {
  // What an alarm sees while it stays in ALARM isn't in its history.
  const atOnce = change !== undefined && time - change.time < minute;
  const since = change && !atOnce ? `; in ALARM since ${timeOfDay(change.time)}` : "";
  return { cause: `${signalWords(rule, change)}${since}`, rule: ruleWords(rule, atOnce ? change : undefined) };
}

/** The change to ALARM that counts at `time`. */
export function lastAlarm({ alarms }: Evidence, alarm: string, time: number): AlarmChange | undefined {
  return alarms.findLast(
    (change): change is AlarmChange =>
      change.is === "change" && change.alarm === alarm && change.to === "ALARM" && change.time <= time + 5 * second,
  );
}
