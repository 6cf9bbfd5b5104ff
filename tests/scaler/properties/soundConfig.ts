/** A `config` parameter that a dimension may be scaled by, read without the scaler's own eyes. */
export function isSoundConfig(text: string): boolean {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return false;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const whole = (key: string, least: number, most = 1_000_000) =>
    Number.isInteger(value[key]) && (value[key] as number) >= least && (value[key] as number) <= most;
  const words = (key: string) => typeof value[key] === "string" && value[key] !== "";
  const bounded = whole("min", 0) && whole("max", 1) && (value["min"] as number) <= (value["max"] as number);
  if (!bounded || !words("name") || !words("pipeline") || !["act", "observe"].includes(value["mode"] as string)) return false;
  if (value["kind"] === "stream") return whole("updatesPerDay", 0);
  return value["kind"] === "flink" && whole("parallelismPerKpu", 1) && whole("maxParallelism", 1);
}

/** A `desired` parameter that says something, or that nothing has been asked for. */
export function isSoundDesired(text: string): boolean {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    if (Object.keys(value).length === 0) return true;
    return Number.isSafeInteger(value["desired"]) && Number.isFinite(value["at"]);
  } catch {
    return false;
  }
}
