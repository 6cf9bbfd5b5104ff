import { alarmOf, capacityOf, causeOf, causeOfRule } from "./causes";
import type { Activity, AlarmChange, Evidence, Rule } from "./evidence";
import type { Explanation } from "./explanation";
import { afterWords, timeOfDay } from "./words";

const minute = 60_000;

/** "Scaling activities for Application Auto Scaling": the codes of NotScaledReasons. */
const reasonWords: Readonly<Record<string, (capacity: string) => string>> = {
  AlreadyAtMaxCapacity: (capacity) => `already at the maximum${capacity}`,
  AlreadyAtMinCapacity: (capacity) => `already at the minimum${capacity}`,
  AlreadyAtDesiredCapacity: (capacity) => `the result is the capacity that is there${capacity}, or one that is asked for already`,
  AutoScalingAnticipatedFlapping: () => "scaling in would lead to flapping",
  TargetServicePutResourceAsUnscalable: () => "the service temporarily doesn't let the resource be scaled",
};

/** Policies that were triggered and, by Application Auto Scaling's own word, asked for nothing. Each spell once. */
export function tellNotScaled(evidence: Evidence): Explanation[] {
  const spells: { key: string; explanation: Explanation; times: number }[] = [];
  for (const activity of evidence.activities.filter(({ notScaled }) => notScaled)) {
    const { code, capacity } = activity.notScaled as { code: string; capacity?: number };
    const key = `${activity.id} ${code} ${alarmOf(activity)}`;
    const words = (reasonWords[code] ?? (() => code))(capacity === undefined ? "" : ` (${capacity})`);
    const before = spells.findLast((spell) => spell.key === key);
    // The alarm triggers its policy once a minute; a longer gap is another spell.
    if (before && activity.time - (before.explanation.end ?? 0) <= 3 * minute) {
      before.times++;
      before.explanation.end = activity.time;
      before.explanation.result = `not scaled: ${words}; ${before.times} times until ${timeOfDay(activity.time)}`;
      continue;
    }
    const { time, id } = activity;
    const told = { ...causeOf(evidence, activity), steps: [], result: `not scaled: ${words}` };
    spells.push({
      key,
      times: 1,
      explanation: { time, end: time, id, outcome: "notScaled", from: capacity, to: capacity, ...told },
    });
  }
  return spells.map(({ explanation }) => explanation);
}

/** Activities that no line of the log answers: the request never reached the scaler, or the log is gone. */
export function tellUnanswered(evidence: Evidence, used: ReadonlySet<Activity>): Explanation[] {
  return evidence.activities
    .filter((activity) => !activity.notScaled && !used.has(activity))
    .map((activity) => {
      const { time, end, id, status, message } = activity;
      const outcome = status === "Successful" ? "done" : end === undefined ? "inProgress" : "failed";
      const result = `${status}: ${message ?? "no message"}${end === undefined ? "" : ` (${afterWords(time, end)})`}`;
      return { time, end: end ?? time, id, outcome, to: capacityOf(activity), ...causeOf(evidence, activity), steps: [], result };
    });
}

/**
 * Alarms that went to ALARM without any activity. Application Auto Scaling publishes no reason for cooldowns, suspensions and
 * activities in progress: this is what the evidence suggests.
 */
export function tellSilent(evidence: Evidence): Explanation[] {
  return evidence.rules.flatMap((rule) =>
    spellsOf(evidence, rule).flatMap(({ change, until }) => {
      const answered = evidence.activities.some(
        (activity) =>
          activity.id === rule.id &&
          alarmOf(activity) === rule.alarm &&
          activity.time >= change.time - minute &&
          activity.time < until,
      );
      if (answered) return [];
      const { time } = change;
      const result = `not scaled: ${silentReason(evidence, rule, time)}`;
      return [
        {
          time,
          end: until === Infinity ? time : until,
          id: rule.id,
          outcome: "notScaled" as const,
          ...causeOfRule(rule, change, time),
          steps: [],
          result,
        },
      ];
    }),
  );
}

/** From each change to ALARM to the next change. */
function spellsOf({ alarms }: Evidence, rule: Rule): { change: AlarmChange; until: number }[] {
  const changes = alarms.filter((change): change is AlarmChange => change.is === "change" && change.alarm === rule.alarm);
  return changes.flatMap((change, i) => (change.to === "ALARM" ? [{ change, until: changes[i + 1]?.time ?? Infinity }] : []));
}

function silentReason(evidence: Evidence, rule: Rule, time: number): string {
  const failed = evidence.alarms.find(
    (event) => event.is === "failedAction" && event.alarm === rule.alarm && Math.abs(event.time - time) < minute,
  );
  if (failed?.is === "failedAction") return `the alarm's action failed: ${failed.error}`;
  if (rule.suspended) return `scaling ${rule.direction} is suspended`;
  const earlier = evidence.activities.filter(
    (activity) => activity.id === rule.id && !activity.notScaled && activity.time <= time,
  );
  const running = earlier.find(({ end = Infinity }) => end > time);
  if (running) return `the scaling to ${capacityOf(running) ?? "another capacity"} of ${timeOfDay(running.time)} was in progress`;
  const cooling = earlier.findLast((activity) => coolsUntil(evidence, activity) > time);
  if (cooling) {
    const until = timeOfDay(coolsUntil(evidence, cooling));
    return `within the cooldown of the scaling of ${timeOfDay(cooling.time)}, until ${until}`;
  }
  return "Application Auto Scaling tells no reason";
}

function coolsUntil({ rules }: Evidence, activity: Activity): number {
  const rule = rules.find(({ alarm }) => alarm === alarmOf(activity));
  if (activity.status !== "Successful" || activity.end === undefined || rule?.cooldownSeconds === undefined) return -Infinity;
  return activity.end + rule.cooldownSeconds * 1_000;
}
