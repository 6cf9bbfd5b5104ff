import type { ScheduledMinimumArgs } from "../scaling/scheduleArgs";

/** Scheduled minimums in words. @param least the dimension's own minimum. */
export function scheduleWords(schedule: readonly ScheduledMinimumArgs[], least: number): string {
  const entries = schedule.map(({ minimum, schedule: instants, from, to, days, timezone = "UTC" }) => {
    const when = instants === undefined ? `${days ?? "daily"} from ${from} to ${to}` : `from each ${instants} on`;
    return `${when} (${timezone}) at least ${minimum}`;
  });
  const closes = schedule.some(({ to }) => to !== undefined);
  return [...entries, ...(closes ? [`else ${least}`] : [])].join("; ");
}
