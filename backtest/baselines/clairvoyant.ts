import { updateMinutes } from "../../components/stream/updateMinutes";
import { wholeRecords } from "../../sandbox/traffic/wholeRecords";
import type { ApplicationPolicy, Policy, StreamPolicy } from "../model/policy";
import { initialCount, shardMinute, type Workload } from "../model/workload";
import { neededUnits } from "./bounds";
import { kpuPlan } from "./kpuPlan";
import { shardPlan } from "./shardPlan";

/**
 * Knows the whole trace and keeps to the services' limits: what a policy could come to at best. The stream loses nothing and throttles
 * nothing, unless its beginning or the limits leave no way. The application lags by its restarts alone: what one leaves is drained in as long as it took.
 */
export const clairvoyant: Policy = {
  name: "clairvoyant",
  stream(workload: Workload): StreamPolicy {
    const perShard = shardMinute(workload);
    const initial = initialCount(workload, perShard, workload.shards);
    const plan = shardPlan(neededUnits(workload, perShard, workload.shards), initial, workload.shards, workload.updatesPerDay);
    const asked = new Map(plan.map(({ tick, from, to }) => [tick - updateMinutes(from, to) - 1, to]));
    return { initial, decide: ({ tick }) => asked.get(tick) };
  },
  application(workload: Workload): ApplicationPolicy {
    const { trace, recordsPerKpuPerMinute, restartSeconds, kpus } = workload;
    const initial = initialCount(workload, recordsPerKpuPerMinute, kpus);
    const stop = Math.ceil(restartSeconds / 60);
    const records = Float64Array.from(trace.rates, wholeRecords());
    const asked = new Map(
      kpuPlan(records, recordsPerKpuPerMinute, initial, kpus, stop, stop).map(({ tick, to }) => [tick - 1, to]),
    );
    return { initial, decide: ({ tick }) => asked.get(tick) };
  },
};
