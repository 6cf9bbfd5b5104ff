import { writtenBytes } from "../decide/words";
import type { DesiredRecord, DimensionConfig, DimensionState } from "../types";

/**
 * What the parameters hold is somebody else's word until it has been read here: anybody with a console may have written it.
 * Plain checks instead of a library: everything that this file imports would be in the Lambda. All is read every minute, and a call of a
 * serialised function costs a microsecond: a check is made for the fields that are there.
 */

type Check = (value: unknown) => boolean;

/** Above any quota of shards, KPUs or subtasks. */
const largestCount = 1_000_000;
/** The last time that a Date can hold, ms. */
const lastTime = 8.64e15;
/** Events of one minute may come a minute late, and two runs may be under way: what lies further ahead was never written by a run. */
const aheadMilliseconds = 180_000;
/** The furthest that a run looks ahead: an hour's back-off. */
const backoffMilliseconds = 3_600_000;
/** Bytes of texts as they are written. With these a state that was read fits its parameter when it is written again. */
const longestName = 255;
const longestReason = 400;

export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= largestCount;
}

export function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= lastTime;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isName(value: unknown): boolean {
  return isText(value) && value !== "" && writtenBytes(value) <= longestName;
}

function isReason(value: unknown): boolean {
  return isText(value) && writtenBytes(value) <= longestReason;
}

function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}

function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function oneOf(...allowed: readonly string[]): Check {
  return (value) => isText(value) && allowed.includes(value);
}

function each(check: Check): Check {
  return (value) => isObject(value) && Object.values(value).every(check);
}

/** The fields whose values don't pass. */
function wrongFields(value: Record<string, unknown>, checks: Record<string, Check>): string[] {
  return Object.keys(checks).filter((field) => !checks[field]?.(value[field]));
}

/** These fields and no others. */
function shape(checks: Record<string, Check>): Check {
  return (value) =>
    isObject(value) &&
    Object.keys(value).every((field) => Object.hasOwn(checks, field)) &&
    wrongFields(value, checks).length === 0;
}

/** `desired`: a record, nothing ({}), or "broken". */
export function parseDesired(value: unknown): DesiredRecord | undefined | "broken" {
  if (!isObject(value)) return "broken";
  if (Object.keys(value).length === 0) return undefined;
  const { desired, at } = value;
  return isCount(desired) && isTime(at) ? { desired, at } : "broken";
}

/** The configuration, or what is wrong with it. */
export function parseConfig(value: unknown): DimensionConfig | string {
  if (!isObject(value)) return "it is not a JSON object";
  const { kind, min, max } = value;
  if (kind !== "stream" && kind !== "flink") return `kind is ${JSON.stringify(kind)}, it must be "stream" or "flink"`;
  const checks = [commonChecks(), kind === "stream" ? streamChecks() : flinkChecks()];
  const wrong = checks.flatMap((some) => wrongFields(value, some));
  if (isCount(min) && isCount(max) && min > max) wrong.push("max");
  return wrong.length > 0 ? `${wrong.join(", ")} missing or out of range` : (value as unknown as DimensionConfig);
}

function commonChecks(): Record<string, Check> {
  return {
    name: isName,
    pipeline: isName,
    mode: oneOf("act", "observe"),
    min: isCount,
    max: isCount,
    initial: optional(isCount),
  };
}

function streamChecks(): Record<string, Check> {
  return { updatesPerDay: isCount };
}

function flinkChecks(): Record<string, Check> {
  const positive: Check = (value) => isCount(value) && value >= 1;
  return {
    parallelismPerKpu: positive,
    maxParallelism: positive,
    drainAfterReshard: isBoolean,
    checkpointIntervalSeconds: isCount,
    lag: optional(shape({ namespace: isName, metricName: isName, dimensions: each(isText) })),
    lagLimitSeconds: optional(isCount),
    start: optional(isBoolean),
  };
}

/**
 * The state, or undefined where it isn't one: not JSON, fields of another type, or times that lie ahead. What is not a field is
 * left out.
 * @param now time of the run; an API request, whose own time says nothing of the state's, gives none.
 */
export function parseState(value: unknown, kind: DimensionConfig["kind"], now = lastTime): DimensionState | undefined {
  if (!isObject(value)) return undefined;
  const known: Record<string, unknown> = {};
  const checks: Record<string, () => Check> = stateChecks(kind, now);
  for (const field of Object.keys(checks)) {
    if (value[field] === undefined) continue;
    if (!checks[field]?.()(value[field])) return undefined;
    known[field] = value[field];
  }
  return known;
}

function stateChecks(kind: DimensionConfig["kind"], now: number): Record<keyof DimensionState, () => Check> {
  const at: Check = (value) => isTime(value) && value <= now + aheadMilliseconds;
  const until: Check = (value) => isTime(value) && value <= now + aheadMilliseconds + backoffMilliseconds;
  const minute: Check = (value) => Number.isSafeInteger(value) && at((value as number) * 60_000);
  return {
    actual: () => isCount,
    seen: () => isName,
    settled: () => shape({ desired: isCount, of: isName, at, reason: isReason, failed: isBoolean }),
    change: () =>
      shape({
        call: kind === "stream" ? oneOf("UpdateShardCount", "SplitShard", "MergeShards") : oneOf("UpdateApplication"),
        from: isCount,
        to: isCount,
        at,
        sent: isBoolean,
        begun: optional(isBoolean),
        operationId: optional(isName),
        version: optional(isTime),
      }),
    pendingSince: () => at,
    blocked: () => shape({ of: isName, since: at, reason: isReason }),
    attempts: () => shape({ since: at, count: isCount, next: until }),
    updates: () => (value) => Array.isArray(value) && value.every((update) => isUpdate(update, minute)),
    refusedAt: () => at,
    plan: () => shape({ from: isCount, to: isCount, since: at }),
    backoff: () => {
      const one = optional(shape({ to: isCount, minutes: isCount, until, reason: isReason }));
      return shape({ out: one, in: one });
    },
    restUntil: () => until,
    putBackAt: () => at,
    reshardedAt: () => at,
    foreignSince: () => at,
    unseenSince: () => at,
    gone: () => isReason,
    ran: () => isTime,
    start: () => shape({ version: isTime, at, count: isCount, next: until, reason: optional(isReason) }),
    noted: () => isCount,
    turn: () => shape({ id: isName, at }),
  };
}

function isUpdate(value: unknown, minute: Check): boolean {
  return Array.isArray(value) && value.length === 2 && minute(value[0]) && isCount(value[1]);
}
