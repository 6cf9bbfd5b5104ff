import type { Policy } from "../model/policy";
import { autoScaling } from "./autoScaling";

const cooldown = 10;

/** KPUs more by how many KPUs' records are above the threshold, and less by how many are below it. */
const out = (excess: number): number => (excess < 1 ? 1 : excess < 2 ? 2 : excess < 3 ? 4 : 8);
const into = (excess: number): number => (excess > -1 ? 1 : excess > -2 ? 2 : excess > -3 ? 3 : 4);

/**
 * aws-samples/kda-flink-app-autoscaling, its step scaling on the stream's incoming records: out when a minute has as many records as the KPUs
 * take, in when two minutes have as many as one KPU less would take. The sample's 4,400 records a KPU are the workload's own number here, its
 * bounds of 1 to 32 the workload's.
 */
export const kdaStep: Policy = {
  name: "kda-step",
  application({ recordsPerKpuPerMinute, kpus }) {
    const scaling = autoScaling(kpus, cooldown, cooldown);
    return {
      decide(view) {
        const { minute, count, minutes } = view;
        if (minute < 1) return undefined;
        const load = minutes.arrived[minute]! / recordsPerKpuPerMinute;
        const before = minutes.arrived[minute - 1]! / recordsPerKpuPerMinute;
        const low = count - 1;
        const grows = load >= count;
        const shrinks = load <= low && before <= low;
        const mean = (load + before) / 2;
        return scaling.decide(
          view,
          grows ? (base) => base + out(load - count) : undefined,
          shrinks ? (base) => base - into(mean - low) : undefined,
        );
      },
    };
  },
};
