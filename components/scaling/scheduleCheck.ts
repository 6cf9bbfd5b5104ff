import { fieldProblems } from "../fields";
import type { Problem } from "../problem";
import type { Bounds } from "./scaledDimension";
import { scheduleFields, type ScheduledMinimumArgs } from "./scheduleArgs";
import { openMinutes, scheduledActions } from "./scheduledActions";

/** What is wrong with a dimension's schedule. @param at its path: "stream.scaling.schedule". */
export function scheduleProblems(entries: readonly ScheduledMinimumArgs[], bounds: Bounds | undefined, at: string): Problem[] {
  const own = entries.flatMap((entry, i) => fieldProblems(entry, scheduleFields, `${at}[${i}].`));
  if (own.length > 0) return own;
  const problems = entries.flatMap((entry, i) => [
    ...formProblems(entry, `${at}[${i}]`),
    ...(bounds ? boundProblems(entry, bounds, `${at}[${i}].minimum`) : []),
  ]);
  return problems.length > 0 ? problems : togetherProblems(entries, at);
}

function formProblems(entry: ScheduledMinimumArgs, path: string): Problem[] {
  const { schedule, from, to, days: opens } = entry;
  const isWindow = schedule === undefined && from !== undefined && to !== undefined;
  const isInstant = schedule !== undefined && from === undefined && to === undefined && opens === undefined;
  if (isWindow || isInstant) return [];
  return [
    { path, value: entry, text: "allowed is either a window (from, to, days) or a schedule. Set the one, remove the other" },
  ];
}

function boundProblems({ minimum }: ScheduledMinimumArgs, { min, max }: Bounds, path: string): Problem[] {
  if (minimum >= min && minimum <= max) return [];
  return [
    {
      path,
      value: minimum,
      text: `allowed is a minimum between the dimension's bounds (${min} to ${max}). Change it, or the bounds`,
    },
  ];
}

/** Windows that overlap would undo each other; those of two time zones can't be compared. */
function togetherProblems(entries: readonly ScheduledMinimumArgs[], at: string): Problem[] {
  const windows = entries.map((entry, i) => ({ ...entry, i })).filter(({ from }) => from !== undefined);
  const zones = new Set(windows.map(({ timezone = "UTC" }) => timezone));
  if (zones.size > 1)
    return [{ path: at, value: [...zones], text: "its windows have several time zones. Give all the same one" }];
  const taken = new Map<number, number>();
  for (const window of windows) {
    for (const minute of openMinutes(window)) {
      const other = taken.get(minute);
      const text = `it overlaps with \`${at}[${other}]\`. Make the one end before the other begins`;
      if (other !== undefined)
        return [{ path: `${at}[${window.i}]`, value: { from: window.from, to: window.to, days: window.days }, text }];
      taken.set(minute, window.i);
    }
  }
  const most = 200;
  if (scheduledActions(entries, 0).length <= most) return [];
  return [
    {
      path: at,
      value: entries.length,
      text: `Application Auto Scaling has at most ${most} scheduled actions a target. Use fewer`,
    },
  ];
}
