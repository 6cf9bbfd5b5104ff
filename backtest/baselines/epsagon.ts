import type { Policy } from "../model/policy";
import { shardLoad } from "./shardLoad";

const period = 5;
const inPeriods = 288;

/**
 * epsagon/kinesis-autoscaler: at 75 % in one period of five minutes to the double (up to 3 shards), half as many more (up to 50) or a
 * quarter more; after a day of periods at 25 % or less to 50 % of the day's busiest one, at most half.
 */
export const epsagon: Policy = {
  name: "epsagon",
  stream(workload) {
    const load = shardLoad(workload);
    return {
      decide(view) {
        const { minute, count, updating } = view;
        if (updating || minute + 1 < period) return undefined;
        if (load.mean(view, minute, period) >= 0.75) return Math.ceil(count * (count <= 3 ? 2 : count <= 50 ? 1.5 : 1.25));
        if (minute + 1 < inPeriods * period) return undefined;
        let busiest = 0;
        for (let i = 0; i < inPeriods && busiest <= 0.25; i++) {
          busiest = Math.max(busiest, load.mean(view, minute - i * period, period));
        }
        return busiest <= 0.25 ? Math.max(1, Math.ceil(count / 2), Math.ceil(2 * count * busiest)) : undefined;
      },
    };
  },
};
