import { decide } from "../../../scaler/decide/decide";
import { standingOf } from "../../../scaler/decide/desired";
import type { FlinkSight, Look, StreamSight, Verdict } from "../../../scaler/decide/types";
import type { Change, DimensionConfig, DesiredRecord, DimensionState } from "../../../scaler/types";
import { flinkConfig, minute, start, streamConfig } from "../scenario";

/** Looks at a stream of 8 shards or an application of 8 KPUs, and what is decided about each: for tests of the decision alone. */

export const key = "2:0";
export const begun = "2026-03-02T08:00:00.000Z";
export const settled = (desired: number) => ({ desired, of: key, at: start, reason: "asked", failed: false });
export const streamChange: Change = { call: "UpdateShardCount", from: 8, to: 12, at: start, sent: true };
export const flinkChange: Change = { call: "UpdateApplication", from: 8, to: 12, at: start, sent: true, version: 3 };

export interface Given {
  state?: DimensionState;
  sight?: Partial<Omit<StreamSight, "status"> & Omit<FlinkSight, "status">> & { status?: string };
  /** Minutes since `start`. */
  at?: number;
  desired?: number;
}

export function stream({ state = {}, sight = {}, at = 0, desired = 8 }: Given = {}): Verdict {
  return decided("orders", { status: "ACTIVE", shards: 8, onDemand: false, ...sight }, state, at, desired);
}

export function flink({ state = {}, sight = {}, at = 0, desired = 8 }: Given = {}): Verdict {
  const seen = { status: "RUNNING", kpus: 8, parallelismPerKpu: 1, version: 4, token: "token", ...sight };
  return decided("enrich", seen, state, at, desired);
}

export function decided(
  name: "orders" | "enrich",
  sight: object | { error: string },
  state: DimensionState,
  at: number,
  desired: number,
): Verdict {
  const config = name === "orders" ? streamConfig : flinkConfig;
  return decide(lookOf(config, sight, { actual: 8, settled: settled(desired), ...state }, start + at * minute));
}

/** A look at a sight, or at a service that couldn't be looked at. */
export function lookOf(
  config: DimensionConfig,
  sight: object | { error: string },
  state: DimensionState,
  now = start,
  record?: DesiredRecord,
): Look {
  const seen = "error" in sight ? { kind: "unseen", ...sight } : { kind: config.kind, sight };
  return { ...standingOf({ id: config.name, config, record, key, state }, now), config, ...seen } as Look;
}

export const words = ({ notes }: Verdict) => notes.map(({ action, reason }) => `${action}: ${reason}`);
