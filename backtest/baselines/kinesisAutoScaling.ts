import type { Policy, StreamView } from "../model/policy";
import { shardLoad } from "./shardLoad";

const period = 5;
const outPeriods = 5;
const inPeriods = 60;
const inDatapoints = 57;

/**
 * aws-samples/kinesis-auto-scaling: doubles at 75 % in 5 of 5 periods of five minutes, halves (rounded down) below 25 % in 57 of 60. Its
 * alarms are rewritten with the new count, so that their history is seen with it; what was refused is asked for again. A consumer without lag holds nothing up.
 */
export const kinesisAutoScaling: Policy = {
  name: "kinesis-auto-scaling",
  stream(workload) {
    const load = shardLoad(workload);
    const holding = (view: StreamView, periods: number, holds: (load: number) => boolean): number => {
      if (view.minute + 1 < periods * period) return 0;
      let count = 0;
      for (let i = 0; i < periods; i++) if (holds(load.mean(view, view.minute - i * period, period))) count++;
      return count;
    };
    return {
      decide(view) {
        if (view.updating) return undefined;
        if (holding(view, outPeriods, (share) => share >= 0.75) === outPeriods) return 2 * view.count;
        if (view.count === 1 || holding(view, inPeriods, (share) => share < 0.25) < inDatapoints) return undefined;
        return Math.floor(view.count / 2);
      },
    };
  },
};
