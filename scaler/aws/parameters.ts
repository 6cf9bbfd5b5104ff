import type { GetParametersByPathCommandInput, GetParametersByPathCommandOutput, Parameter } from "@aws-sdk/client-ssm";
import { desiredKey, isNewer } from "../decide/desired";
import { recentUpdates } from "../decide/ladder";
import type { StoredValues } from "../decide/types";
import { parameterName } from "../names";
import type { DesiredRecord, DimensionConfig, DimensionState } from "../types";
import type { Aws } from "./clients";
import type { Context } from "./context";
import { isThrottled } from "./errors";
import { parseConfig, parseDesired, parseJson, parseState } from "./parse";

/** SSM's standard parameters hold 4 KB. */
const parameterBytes = 4_096;

/** Below SSM's standard throughput of 40 reads a second, which the account's other readers share ("Increasing throughput"). */
const pagesPerSecond = 30;

/** A page that is throttled is asked for again after 1, 2, 3 and 4 seconds. */
const pageTries = 5;

/** The three parameters of a dimension, as they were read. */
export interface Stored extends StoredValues {
  config: DimensionConfig;
  /** SSM's version of `desired`: an older request that is written after a newer one is noticed by it. */
  desiredVersion: number;
  /** The state's text and SSM version: written again only when the text changes, and a foreign write in between is noticed. */
  stateText: string;
  stateVersion: number;
  /** The state parameter isn't a state: it is begun anew. */
  stateBroken: boolean;
  /** What is wrong with the parameters and costs a minute only. */
  problems: string[];
  /** This run writes the state no more: another one has meanwhile, or what came of a call is for the next run to find out. */
  lost: boolean;
}

/** A dimension whose parameters are missing or broken, and why. */
export interface Broken {
  id: string;
  problem: string;
  /** Where its configuration alone is broken: what it began may still be under way. */
  state?: DimensionState;
}

export function isBroken(entry: Stored | Broken): entry is Broken {
  return "problem" in entry;
}

/** All dimensions under the prefix, by id. @param now time of the run, ms. */
export async function readAll(aws: Aws, prefix: string, now: number): Promise<(Stored | Broken)[]> {
  const byId = new Map<string, Record<string, Parameter>>();
  let NextToken: string | undefined;
  for (let pages = 1; ; pages++) {
    const page = await readPage(aws, { Path: prefix, Recursive: true, MaxResults: 10, NextToken });
    for (const parameter of page.Parameters ?? []) {
      const [id, kind, more] = (parameter.Name ?? "").slice(prefix.length + 1).split("/");
      if (!id || !kind || more !== undefined) continue;
      const found = byId.get(id) ?? {};
      byId.set(id, { ...found, [kind]: parameter });
    }
    NextToken = page.NextToken;
    if (!NextToken) break;
    if (pages % pagesPerSecond === 0) await aws.pause(1_000);
  }
  return [...byId]
    .filter(([, found]) => found["config"] || (found["desired"] && found["state"]))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, found]) => parseStored(id, found, now));
}

const kinds = ["config", "desired", "state"] as const;

/** One throttled page must not cost every pipeline its minute. */
async function readPage(aws: Aws, input: GetParametersByPathCommandInput): Promise<GetParametersByPathCommandOutput> {
  for (let tries = 1; ; tries++) {
    try {
      return await aws.call("ssm", "GetParametersByPath", input);
    } catch (error) {
      if (tries >= pageTries || !isThrottled(error)) throw error;
      await aws.pause(1_000 * tries);
    }
  }
}

/** One dimension; undefined where it has no config parameter. */
export async function readOne(aws: Aws, prefix: string, id: string): Promise<Stored | Broken | undefined> {
  const { Parameters } = await aws.call("ssm", "GetParameters", { Names: kinds.map((kind) => parameterName(prefix, id, kind)) });
  const found: Record<string, Parameter> = {};
  for (const kind of kinds) {
    const parameter = (Parameters ?? []).find(({ Name }) => Name === parameterName(prefix, id, kind));
    if (parameter) found[kind] = parameter;
  }
  return found["config"] && parseStored(id, found);
}

function parseStored(id: string, found: Record<string, Parameter>, now?: number): Stored | Broken {
  const missing = kinds.filter((kind) => !found[kind]);
  const stateText = found["state"]?.Value ?? "";
  const config = found["config"] ? parseConfig(parseJson(found["config"].Value)) : "missing";
  const begun = () => parseState(parseJson(stateText), "stream", now) ?? parseState(parseJson(stateText), "flink", now);
  if (missing.length > 0)
    return { id, problem: `parameter ${missing.join(" and ")} of ${id} is missing: run pulumi up`, state: begun() };
  if (typeof config === "string")
    return { id, problem: `parameter config of ${id} is broken: ${config}; run pulumi up`, state: begun() };
  const read = parseDesired(parseJson(found["desired"]?.Value));
  const record = read === "broken" ? undefined : read;
  const state = parseState(parseJson(stateText), config.kind, now);
  const desiredVersion = found["desired"]?.Version ?? 0;
  const problems = [
    ...(read === "broken"
      ? [`parameter desired of ${id} is broken: it must be {} or {"desired": <count>, "at": <ms>}; what is there is adopted`]
      : []),
    ...(state ? [] : [`parameter state of ${id} is not a state: begun anew, what is there is adopted`]),
  ];
  return {
    id,
    config,
    record,
    desiredVersion,
    key: desiredKey(desiredVersion, record),
    state: state ?? {},
    stateText,
    stateVersion: found["state"]?.Version ?? 0,
    stateBroken: !state,
    problems,
    lost: false,
  };
}

/**
 * The state as it is stored: fixed order, empty fields left out, cut to what the parameter holds. Written field by field: every run does
 * it for every dimension, and rest and spread of so many fields cost three times as much.
 */
export function stateText(state: DimensionState, now: number): string {
  const updates = state.updates && recentUpdates(state, now);
  const ordered: Record<keyof DimensionState, unknown> = {
    actual: state.actual,
    seen: state.seen,
    settled: state.settled,
    change: state.change,
    pendingSince: state.pendingSince,
    blocked: state.blocked,
    attempts: state.attempts,
    refusedAt: state.refusedAt,
    plan: state.plan,
    backoff: state.backoff,
    restUntil: state.restUntil,
    putBackAt: state.putBackAt,
    reshardedAt: state.reshardedAt,
    foreignSince: state.foreignSince,
    unseenSince: state.unseenSince,
    gone: state.gone,
    ran: state.ran,
    start: state.start,
    noted: state.noted,
    turn: state.turn,
    updates: updates?.length ? updates : undefined,
  };
  const text = JSON.stringify(ordered);
  return Buffer.byteLength(text) <= parameterBytes ? text : JSON.stringify({ ...ordered, updates: updates?.slice(-40) });
}

/** What a write of the state came to. Lost: another run had written meanwhile, and its word stands. */
export type Write = "written" | "unchanged" | "lost";

/**
 * Writes the state if it changed. SSM has no conditional write, but answers with the version: if it isn't the next one, another run
 * wrote in between. Then its text is put back, and this run begins nothing (`force`: ours stands, because a call was made).
 */
export async function writeState(
  { aws, prefix, now }: Context,
  entry: Stored,
  state: DimensionState,
  force = false,
): Promise<Write> {
  const text = stateText(state, now);
  if (entry.lost) return "lost";
  if (text === entry.stateText) return "unchanged";
  const Name = parameterName(prefix, entry.id, "state");
  const expected = entry.stateVersion + 1;
  entry.stateVersion = (await putState(aws, Name, text)) ?? expected;
  entry.stateText = text;
  if (entry.stateVersion === expected || force) return "written";
  entry.lost = true;
  const { Parameter } = await aws.call("ssm", "GetParameter", { Name: `${Name}:${entry.stateVersion - 1}` });
  const theirs = Parameter?.Value;
  if (theirs !== undefined && theirs !== text) await aws.call("ssm", "PutParameter", { Name, Value: theirs, Overwrite: true });
  return "lost";
}

/** The version that a write got. One whose answer was lost may have been done, over another run's word too: the parameter tells. */
async function putState(aws: Aws, Name: string, Value: string): Promise<number | undefined> {
  try {
    return (await aws.call("ssm", "PutParameter", { Name, Value, Overwrite: true })).Version;
  } catch (error) {
    if (isThrottled(error)) throw error;
    const { Parameter } = await aws.call("ssm", "GetParameter", { Name }).catch(() => ({ Parameter: undefined }));
    if (Parameter?.Value !== Value) throw error;
    return Parameter.Version;
  }
}

/** What came of writing a desired: its key, or that a newer request came between. */
export interface DesiredWritten {
  record: DesiredRecord;
  key: string;
}

/**
 * Writes an accepted desired. Where another request was written since it was read, the newer of the two stands: SSM has no
 * conditional write, but its version tells.
 */
export async function writeDesired(aws: Aws, prefix: string, entry: Stored, record: DesiredRecord): Promise<DesiredWritten> {
  const Name = parameterName(prefix, entry.id, "desired");
  const put = async (value: DesiredRecord) =>
    (await aws.call("ssm", "PutParameter", { Name, Value: JSON.stringify(value), Overwrite: true })).Version ?? 0;
  const version = await put(record);
  const mine = { record, key: desiredKey(version, record) };
  if (version <= entry.desiredVersion + 1) return mine;
  const { Parameter } = await aws.call("ssm", "GetParameter", { Name: `${Name}:${version - 1}` });
  const theirs = parseDesired(parseJson(Parameter?.Value));
  if (theirs === undefined || theirs === "broken" || !isNewer(theirs, record)) return mine;
  return { record: theirs, key: desiredKey(await put(theirs), theirs) };
}
