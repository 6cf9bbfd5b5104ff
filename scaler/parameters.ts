import type { Parameter } from "@aws-sdk/client-ssm";
import type { Aws } from "./clients";
import { desiredKey } from "./desired";
import { recentUpdates } from "./ladder";
import { parameterName } from "./names";
import type { DesiredRecord, DimensionConfig, DimensionState } from "./types";

/** SSM's standard parameters hold 4 KB. */
const parameterBytes = 4_096;

/** Below SSM's standard throughput of 40 reads a second, which the account's other readers share ("Increasing throughput"). */
const pagesPerSecond = 30;

/** The three parameters of a dimension, as they were read. */
export interface Stored {
  id: string;
  config: DimensionConfig;
  desired?: DesiredRecord;
  key: string;
  state: DimensionState;
  /** The state's text and SSM version: written again only when the text changes, and a foreign write in between is noticed. */
  stateText: string;
  stateVersion: number;
  /** The state parameter couldn't be read as JSON: it is begun anew. */
  stateBroken: boolean;
  /** Another run wrote the state meanwhile: this one writes it no more. */
  lost: boolean;
}

/** A dimension whose parameters are missing or broken, and why. */
export interface Broken {
  id: string;
  problem: string;
}

export function isBroken(entry: Stored | Broken): entry is Broken {
  return "problem" in entry;
}

/** All dimensions under the prefix, by id. */
export async function readAll(aws: Aws, prefix: string): Promise<(Stored | Broken)[]> {
  const byId: Record<string, Record<string, Parameter>> = {};
  let NextToken: string | undefined;
  for (let pages = 1; ; pages++) {
    const page = await aws.call("ssm", "GetParametersByPath", { Path: prefix, Recursive: true, MaxResults: 10, NextToken });
    for (const parameter of page.Parameters ?? []) {
      const [id, kind, more] = (parameter.Name ?? "").slice(prefix.length + 1).split("/");
      if (id && kind && more === undefined) (byId[id] ??= {})[kind] = parameter;
    }
    NextToken = page.NextToken;
    if (!NextToken) break;
    if (pages % pagesPerSecond === 0) await aws.pause(1_000);
  }
  return Object.keys(byId)
    .sort()
    .filter((id) => byId[id]?.["config"])
    .map((id) => parseStored(id, byId[id] ?? {}));
}

/** One dimension; undefined where it has no config parameter. */
export async function readOne(aws: Aws, prefix: string, id: string): Promise<Stored | Broken | undefined> {
  const kinds = ["config", "desired", "state"] as const;
  const { Parameters } = await aws.call("ssm", "GetParameters", { Names: kinds.map((kind) => parameterName(prefix, id, kind)) });
  const found: Record<string, Parameter> = {};
  for (const kind of kinds) {
    const parameter = (Parameters ?? []).find(({ Name }) => Name === parameterName(prefix, id, kind));
    if (parameter) found[kind] = parameter;
  }
  return found["config"] && parseStored(id, found);
}

function parseStored(id: string, found: Record<string, Parameter>): Stored | Broken {
  const missing = ["desired", "state"].filter((kind) => !found[kind]);
  if (missing.length > 0) return { id, problem: `parameter ${missing.join(" and ")} of ${id} is missing: run pulumi up` };
  const config = parseConfig(parseJson(found["config"]?.Value));
  if (typeof config === "string") return { id, problem: `parameter config of ${id} is broken: ${config}; run pulumi up` };
  const desired = parseDesired(parseJson(found["desired"]?.Value));
  if (desired === "broken") {
    return {
      id,
      problem: `parameter desired of ${id} is broken: it must be {} or {"desired": <count>, "at": <ms>}; set it to {}`,
    };
  }
  const stateText = found["state"]?.Value ?? "";
  const state = parseJson(stateText);
  return {
    id,
    config,
    desired,
    key: desiredKey(found["desired"]?.Version ?? 0, desired),
    state: isObject(state) ? (state as DimensionState) : {},
    stateText,
    stateVersion: found["state"]?.Version ?? 0,
    stateBroken: !isObject(state),
    lost: false,
  };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseDesired(value: unknown): DesiredRecord | undefined | "broken" {
  if (!isObject(value)) return "broken";
  if (Object.keys(value).length === 0) return undefined;
  const { desired, at } = value;
  return Number.isSafeInteger(desired) && Number.isFinite(at) ? { desired: desired as number, at: at as number } : "broken";
}

/** The configuration, or what is wrong with it. */
function parseConfig(value: unknown): DimensionConfig | string {
  if (!isObject(value)) return "it is not a JSON object";
  const text = ["name", "pipeline", "mode"].filter((key) => typeof value[key] !== "string" || value[key] === "");
  const numbers =
    value["kind"] === "stream"
      ? ["min", "max", "updatesPerDay"]
      : value["kind"] === "flink"
        ? ["min", "max", "parallelismPerKpu", "maxParallelism", "checkpointIntervalSeconds"]
        : undefined;
  if (!numbers) return `kind is ${JSON.stringify(value["kind"])}, it must be "stream" or "flink"`;
  const wrong = [...text, ...numbers.filter((key) => !Number.isFinite(value[key]) || (value[key] as number) < 0)];
  if (value["kind"] === "flink" && !((value["parallelismPerKpu"] as number) >= 1)) wrong.push("parallelismPerKpu");
  return wrong.length > 0 ? `${wrong.join(", ")} missing or out of range` : (value as unknown as DimensionConfig);
}

/** The state as it is stored: fixed order, empty fields left out, cut to what the parameter holds. */
export function stateText(state: DimensionState, now: number): string {
  const { actual, settled, change, pendingSince, blocked, updates, refusedAt, plan, backoff, putBackAt, reshardedAt, ...rest } =
    state;
  const ordered = {
    actual,
    settled,
    change,
    pendingSince,
    blocked,
    updates,
    refusedAt,
    plan,
    backoff,
    putBackAt,
    reshardedAt,
    ...rest,
  };
  if (ordered.updates) ordered.updates = recentUpdates(state, now);
  if (ordered.updates?.length === 0) ordered.updates = undefined;
  const text = JSON.stringify(ordered);
  return Buffer.byteLength(text) <= parameterBytes ? text : JSON.stringify({ ...ordered, updates: ordered.updates?.slice(-40) });
}

/** What a write of the state came to. Lost: another run had written meanwhile, and its word stands. */
export type Write = "written" | "unchanged" | "lost";

/**
 * Writes the state if it changed. SSM has no conditional write, but answers with the version: if it isn't the next one, another run
 * wrote in between. Then its text is put back, and this run begins nothing (`force`: ours stands, because a call was made).
 */
export async function writeState(
  aws: Aws,
  prefix: string,
  entry: Stored,
  state: DimensionState,
  now: number,
  force = false,
): Promise<Write> {
  const text = stateText(state, now);
  if (entry.lost) return "lost";
  if (text === entry.stateText) return "unchanged";
  const Name = parameterName(prefix, entry.id, "state");
  const { Version } = await aws.call("ssm", "PutParameter", { Name, Value: text, Overwrite: true });
  const expected = entry.stateVersion + 1;
  entry.stateVersion = Version ?? expected;
  entry.stateText = text;
  if (entry.stateVersion === expected || force) return "written";
  entry.lost = true;
  const { Parameter } = await aws.call("ssm", "GetParameter", { Name: `${Name}:${entry.stateVersion - 1}` });
  const theirs = Parameter?.Value;
  if (theirs !== undefined && theirs !== text) await aws.call("ssm", "PutParameter", { Name, Value: theirs, Overwrite: true });
  return "lost";
}

/** Writes an accepted desired. Gives its key. */
export async function writeDesired(aws: Aws, prefix: string, id: string, record: DesiredRecord): Promise<string> {
  const Name = parameterName(prefix, id, "desired");
  const { Version } = await aws.call("ssm", "PutParameter", { Name, Value: JSON.stringify(record), Overwrite: true });
  return desiredKey(Version ?? 0, record);
}
