/** Words for what services say in their own formats. */

const threshold = /\[([^\]]*)\] (?:was|were) (not )?(greater|less) than (or equal to )?the threshold \((-?[\d.eE+]+)\)/;
/** "75.26666666666667 (05/01/26 00:14:00)" */
const datapoint = /(-?[\d.eE+-]+) \(/g;

/** An alarm's reason with figures that people read; AWS's own text when it isn't about a threshold. */
export function alarmWords(reason: string): string {
  const [, points, not, direction, orEqual, limit] = threshold.exec(reason) ?? [];
  if (points === undefined) return reason;
  const values = [...points.matchAll(datapoint)].map(([, value]) => figure(Number(value)));
  const above = (direction === "greater") !== (not !== undefined);
  const equal = (orEqual !== undefined) !== (not !== undefined);
  const relation = `${equal ? "at or " : ""}${above ? "above" : "below"}`;
  const listed =
    values.length > 3 ? `${values.slice(0, 3).join(", ")} and ${values.length - 3} more` : values.reverse().join(", ");
  return `${listed} ${values.length === 1 ? "was" : "were"} ${relation} the threshold of ${figure(Number(limit))}`;
}

/** At most three significant digits after the point's worth. */
export function figure(value: number): string {
  const size = Math.abs(value);
  const fraction = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: fraction });
}

/** A random suffix that Pulumi gave: "dev-alarms-lag-42e3769" is "dev-alarms-lag". */
export function plainName(name: string): string {
  return name.replace(/-[0-9a-f]{7}$/, "");
}

export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** Times of day instead of full times: the reader sees the date beside it. */
export function shortTimes(text: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z/g, "$1");
}
