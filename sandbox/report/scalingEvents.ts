import type { SandboxEvent } from "../core/eventLog";
import type { ScalingChange } from "./report";

const calls: Readonly<Record<string, Pick<ScalingChange, "dimension" | "kind">>> = {
  UpdateShardCountStarted: { dimension: "stream", kind: "update" },
  SplitShardStarted: { dimension: "stream", kind: "split" },
  MergeShardsStarted: { dimension: "stream", kind: "merge" },
  UpdateStarted: { dimension: "flink", kind: "update" },
};

/** The change of capacity that an event of the log is; undefined for all others (an update of something else than capacity too). */
export function scalingChange(event: SandboxEvent): ScalingChange | undefined {
  const call = calls[event.type];
  const { from, to } = event.detail;
  if (!call || typeof from !== "number" || typeof to !== "number" || from === to) return undefined;
  return { ...call, time: event.time, from, to };
}
