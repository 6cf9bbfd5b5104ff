import type { Policy } from "../model/policy";
import { autoScaling } from "./autoScaling";
import { shardLoad } from "./shardLoad";

const cooldown = 10;
const threshold = 0.8;
const inPeriods = 3;
const inPeriod = 5;

/**
 * aws-samples/aws-application-auto-scaling-kinesis: a shard more above 80 % of the record limit in one minute, one less below the same
 * number of records in three periods of five minutes, which is 16 %. The bounds are the workload's, not the sample's 1 to 8.
 */
export const aasKinesis: Policy = {
  name: "aas-kinesis",
  stream(workload) {
    const load = shardLoad(workload);
    const scaling = autoScaling(workload.shards, cooldown, cooldown);
    return {
      decide(view) {
        const { minute } = view;
        if (minute < 0) return undefined;
        const grows = load.mean(view, minute, 1) > threshold;
        let shrinks = minute + 1 >= inPeriods * inPeriod;
        for (let i = 0; i < inPeriods && shrinks; i++) {
          shrinks = load.mean(view, minute - i * inPeriod, inPeriod) < threshold / inPeriod;
        }
        return scaling.decide(view, grows ? (base) => base + 1 : undefined, shrinks ? (base) => base - 1 : undefined);
      },
    };
  },
};
