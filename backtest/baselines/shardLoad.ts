import type { StreamView } from "../model/policy";
import { shardMinute, type Workload } from "../model/workload";
import { sumsOf, type Sums } from "./datapoints";

/** What share of their limits as many shards as there are now would have taken, 0 to 1: of bytes or records, whichever is more. */
export interface ShardLoad {
  /** Mean of the `minutes` minutes that end with `end`. */
  mean(view: StreamView, end: number, minutes: number): number;
}

export function shardLoad(workload: Workload): ShardLoad {
  const perShard = shardMinute(workload);
  let sums: Sums | undefined;
  return {
    mean(view, end, minutes) {
      sums ??= sumsOf(view.minutes.accepted);
      return sums.between(end - minutes + 1, end) / (minutes * view.count * perShard);
    },
  };
}
