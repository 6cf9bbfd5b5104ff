import type { AlarmChange, Rule } from "./evidence";

/** At most this many values are listed. */
const listed = 5;

/** "Stream utilisation 76.6, 78.3 % was at or above 75 % in 2 of 2 minutes". */
export function signalWords(rule: Rule, change: AlarmChange | undefined): string {
  const [, name = rule.signal, unit = ""] = /^(.*?)(?: \((.+)\))?$/.exec(rule.signal) ?? [];
  const behind = unit && ` ${unit}`;
  const values = (change?.values ?? []).slice(-listed).map(figure).join(", ");
  const seen = values === "" ? name : `${name} ${values}${behind}`;
  return `${seen} was ${sideOf(rule)} ${figure(rule.threshold)}${behind} in ${rule.datapoints} of ${rule.minutes} minutes`;
}

/** "policy dev-stream-scale-out-policy: adds 25 %, then 300 s of cooldown". */
export function ruleWords(rule: Rule, change: AlarmChange | undefined): string {
  const step = change && stepWords(rule, change.values);
  const cooldown = rule.cooldownSeconds === undefined ? undefined : `${rule.cooldownSeconds} s of cooldown afterwards`;
  return [`policy ${plainName(rule.policy)}`, [step, cooldown].filter(Boolean).join(", ")].filter(Boolean).join(": ");
}

function sideOf({ direction, inclusive }: Rule): string {
  return `${inclusive ? "at or " : ""}${direction === "out" ? "above" : "below"}`;
}

/** Which step the most loaded datapoint falls into ("Step scaling policies": lower bound inclusive above the threshold, exclusive below). */
function stepWords({ steps, threshold }: Rule, values: readonly number[]): string | undefined {
  if (!steps || values.length === 0) return undefined;
  const breach = Math.max(...values) - threshold;
  const step = steps.adjustments.find(({ lower = -Infinity, upper = Infinity }) =>
    breach >= 0 ? lower <= breach && breach < upper : lower < breach && breach <= upper,
  );
  if (!step) return undefined;
  const size = Math.abs(step.adjustment);
  const verb = step.adjustment < 0 ? "takes away" : "adds";
  if (steps.type === "ExactCapacity") return `sets ${step.adjustment}`;
  return steps.type === "PercentChangeInCapacity" ? `${verb} ${size} %` : `${verb} ${size}`;
}

export function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : 1;
  return String(Number(value.toFixed(digits)));
}

/** A name without the random suffix that Pulumi gave. */
export function plainName(name: string): string {
  return name.replace(/-[0-9a-f]{7}$/, "");
}

/** Times of day instead of full times: the reader sees the date beside it. */
export function shortTimes(text: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z/g, "$1");
}

export function timeOfDay(time: number): string {
  return new Date(time).toISOString().slice(11, 16);
}

/** "after 3 minutes", "at once". */
export function afterWords(from: number, to: number): string {
  const minutes = Math.round((to - from) / 60_000);
  return minutes <= 0 ? "at once" : `after ${minutes} minute${minutes === 1 ? "" : "s"}`;
}
