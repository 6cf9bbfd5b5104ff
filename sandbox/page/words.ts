/** Words for what services say in their own formats. */

const threshold = /\b(?:was|were) (not )?(greater|less) than (or equal to )?the threshold \((-?[\d.eE+]+)\)/;
/** "75.26666666666667 (05/01/26 00:14:00)" */
const datapoint = /(-?[\d.eE+-]+) \(/g;

/**
 * An alarm's reason with figures that people read; AWS's own text when it isn't about a threshold.
 * @param unit what stands behind a figure, such as " %".
 */
export function alarmWords(reason: string, unit = ""): string {
  const [, not, direction, orEqual, limit] = threshold.exec(reason) ?? [];
  const [, points] = /\[([^\]]*\d[^\]]*)\]/.exec(reason) ?? [];
  if (limit === undefined || points === undefined) return reason;
  // The newest comes first in the reason; people read from left to right.
  const values = [...points.matchAll(datapoint)].map(([, value]) => `${figure(Number(value))}${unit}`).reverse();
  const above = (direction === "greater") !== (not !== undefined);
  const equal = (orEqual !== undefined) !== (not !== undefined);
  const [, breaching, of] = /(\d+) out of the last (\d+) datapoints/.exec(reason) ?? [];
  const count =
    of === undefined || Number(of) === values.length
      ? ""
      : breaching === of
        ? ` for ${of} minutes`
        : ` in ${breaching} of ${of} minutes`;
  return `${values.join(", ")}: ${equal ? "at or " : ""}${above ? "above" : "below"} the threshold of ${figure(Number(limit))}${unit}${count}`;
}

/** At most three significant digits after the point's worth. */
export function figure(value: number): string {
  const size = Math.abs(value);
  const fraction = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: fraction });
}

/** Without the random suffix that Pulumi gave and the stack: "dev-alarms-lag-42e3769" is "lag". */
export function plainName(name: string, stack: string): string {
  const plain = name.replace(/-[0-9a-f]{7}$/, "");
  const own = plain.startsWith(`${stack}-`) ? plain.slice(stack.length + 1) : plain;
  return own.replace(/^alarms-/, "").replace(/-alarm$/, "");
}

export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** Times of day instead of full times: the reader sees the date beside it. */
export function shortTimes(text: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z/g, "$1");
}
