import { decide } from "../../../scaler/decide/decide";
import type { Change, DimensionState, FlinkSight, Look, Sight, StreamSight, Verdict } from "../../../scaler/types";
import { flinkConfig, minute, start, streamConfig } from "../scenario";

/** Looks at a stream of 8 shards or an application of 8 KPUs, and what is decided about each: for tests of the decision alone. */

export const key = "2:0";
export const begun = "2026-03-02T08:00:00.000Z";
export const settled = (desired: number) => ({ desired, of: key, at: start, reason: "asked", failed: false });
export const streamChange: Change = { call: "UpdateShardCount", from: 8, to: 12, at: start, sent: true };
export const flinkChange: Change = { call: "UpdateApplication", from: 8, to: 12, at: start, sent: true, version: 3 };

export interface Given {
  state?: DimensionState;
  sight?: Partial<Omit<StreamSight, "kind" | "status"> & Omit<FlinkSight, "kind" | "status">> & { status?: string };
  /** Minutes since `start`. */
  at?: number;
  desired?: number;
}

export function stream({ state = {}, sight = {}, at = 0, desired = 8 }: Given = {}): Verdict {
  const seen = { kind: "stream", status: "ACTIVE", shards: 8, onDemand: false, ...sight };
  return decided("orders", seen as Sight, state, at, desired);
}

export function flink({ state = {}, sight = {}, at = 0, desired = 8 }: Given = {}): Verdict {
  const seen = { kind: "flink", status: "RUNNING", kpus: 8, parallelismPerKpu: 1, version: 4, token: "token", ...sight };
  return decided("enrich", seen as Sight, state, at, desired);
}

export function decided(name: "orders" | "enrich", sight: Sight, state: DimensionState, at: number, desired: number): Verdict {
  const config = name === "orders" ? streamConfig : flinkConfig;
  const stored = { actual: 8, settled: settled(desired), ...state };
  return decide({ id: name, config, key, now: start + at * minute, state: stored, sight } as Look);
}

export const words = ({ notes }: Verdict) => notes.map(({ action, reason }) => `${action}: ${reason}`);
