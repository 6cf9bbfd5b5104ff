import type { Policy, StreamPolicy } from "../model/policy";
import { initialCount, shardMinute, type Workload } from "../model/workload";

/** What a stream in on-demand mode has at least, in shards. */
const least = 4;
const growMinutes = 15;
const peakMinutes = 30 * 1440;

/**
 * On-demand: up to the double of the peak of the last 30 days; more than that can be throttled until 15 minutes later.
 * Source: Kinesis Data Streams Developer Guide, "Choose the right mode for your data stream".
 */
function followsPeak(workload: Workload, onDemand: "standard" | "advantage"): StreamPolicy {
  const perShard = shardMinute(workload);
  const initial = Math.max(least, initialCount(workload, perShard, workload.shards));
  /** Minutes that may still be the peak, the largest first. */
  const peaks: { minute: number; records: number }[] = [];
  let first = 0;
  return {
    ...{ initial, by: "free", onDemand },
    decide({ tick, count, minutes: { accepted, refused } }) {
      const minute = tick + 1 - growMinutes;
      if (minute < 0) return undefined;
      const records = accepted[minute]! + refused[minute]!;
      while (peaks.length > first && peaks.at(-1)!.records <= records) peaks.pop();
      peaks.push({ minute, records });
      while (peaks[first]!.minute <= minute - peakMinutes) first++;
      const wanted = Math.max(least, Math.ceil((2 * peaks[first]!.records) / perShard));
      // When AWS merges is undocumented; what a stream begins with it keeps as long as a peak would count.
      return tick < peakMinutes ? Math.max(count, wanted) : wanted;
    },
  };
}

export const onDemand: Policy = { name: "on-demand", stream: (workload) => followsPeak(workload, "standard") };

/** Without a warm throughput of one's own. */
export const onDemandAdvantage: Policy = {
  name: "on-demand-advantage",
  stream: (workload) => followsPeak(workload, "advantage"),
};
