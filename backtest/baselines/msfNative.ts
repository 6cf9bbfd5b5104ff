import type { ApplicationPolicy, Policy } from "../model/policy";
import { initialCount, type Workload } from "../model/workload";
import { allHold } from "./datapoints";

const outMinutes = 15;
const inMinutes = 360;

/**
 * Managed Flink's own autoscaling: CPU of 75 % for 15 minutes doubles the parallelism, less than 10 % for six hours halves it, never below
 * what the application was configured with. Windows begin anew after a rescale.
 * Source: Managed Service for Apache Flink Developer Guide, "Use automatic scaling".
 */
export const msfNative: Policy = {
  name: "msf-native",
  application(workload: Workload): ApplicationPolicy {
    const configured = initialCount(workload, workload.recordsPerKpuPerMinute, workload.kpus);
    let since = 0;
    return {
      decide({ minute, count, updating, minutes }) {
        if (updating) since = minute + 2;
        const holds = (length: number, test: (busy: number) => boolean) =>
          minute - length + 1 >= since && allHold((i) => minutes.busy[i]!, minute, length, test) === true;
        if (updating) return undefined;
        if (holds(outMinutes, (busy) => busy >= 0.75)) return Math.min(2 * count, workload.kpus.max);
        if (holds(inMinutes, (busy) => busy < 0.1)) return Math.max(Math.ceil(count / 2), configured);
        return undefined;
      },
    };
  },
};
