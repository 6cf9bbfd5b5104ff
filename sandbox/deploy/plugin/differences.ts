/** How a property differs: "shardCount", "metricQueries[0].expression". */
export interface PropertyDifference {
  path: string;
  kind: "add" | "delete" | "update";
}

/** The innermost properties that differ, as the engine shows them. */
export function differences(before: unknown, after: unknown, path = ""): PropertyDifference[] {
  if (before === after) return [];
  if (isEmpty(before) && isEmpty(after)) return [];
  if (isEmpty(before)) return [{ path, kind: "add" }];
  if (isEmpty(after)) return [{ path, kind: "delete" }];
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i).flatMap((i) =>
      differences(before[i], after[i], `${path}[${i}]`),
    );
  if (isRecord(before) && isRecord(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      differences(before[key], after[key], path ? `${path}${member(key)}` : key),
    );
  return [{ path, kind: "update" }];
}

const member = (key: string) => (/^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
