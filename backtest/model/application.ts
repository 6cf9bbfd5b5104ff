import { emptyBacklog } from "../../sandbox/services/flink/backlog";
import type { ApplicationMinutes, ApplicationPolicy } from "./policy";
import type { Begun } from "./stream";
import type { Workload } from "./workload";

const minuteMs = 60_000;

/** A Managed Flink application in ticks of a minute. */
export interface ApplicationModel {
  readonly minutes: ApplicationMinutes;
  readonly count: number;
  readonly updating: boolean;
  readonly refusedUpdates: number;
  /** What is due by the start of `tick` is done. */
  complete(tick: number): void;
  /** Asks for `wanted` KPUs at the start of `tick`; tells what began. */
  ask(tick: number, wanted: number): Begun | undefined;
  /** A minute's records arrive and are processed; the KPUs that are billed. */
  process(tick: number, records: number): number;
}

export function applicationModel(workload: Workload, initial: number, by: ApplicationPolicy["by"] = "update"): ApplicationModel {
  const length = workload.trace.rates.length;
  const array = () => new Float64Array(length);
  const minutes: ApplicationMinutes = {
    ...{ arrived: array(), processed: array(), busy: array(), backlog: array(), lagSeconds: array(), kpus: array() },
  };
  const { recordsPerKpuPerMinute, restartSeconds } = workload;
  const backlog = emptyBacklog();
  let count = initial;
  /** A restart ends at `due`, in ticks and parts of one. */
  let restart: { to: number; due: number } | undefined;
  let refusedUpdates = 0;

  const end = () => {
    count = restart!.to;
    restart = undefined;
  };

  return {
    minutes,
    get count() {
      return count;
    },
    get updating() {
      return restart !== undefined;
    },
    get refusedUpdates() {
      return refusedUpdates;
    },
    complete(tick) {
      if (restart && restart.due <= tick) end();
    },
    ask(tick, wanted) {
      if (restart) refusedUpdates++;
      if (restart || wanted === count) return undefined;
      const from = count;
      if (by === "free") {
        count = wanted;
        return undefined;
      }
      restart = { to: wanted, due: tick + restartSeconds / 60 };
      return { kind: "update", from, to: wanted };
    },
    process(tick, records) {
      const stopped = restart ? Math.min(1, restart.due - tick) : 0;
      const larger = restart ? Math.max(count, restart.to) : count;
      minutes.kpus[tick] = count;
      // A restart that ends within the minute.
      if (restart && stopped < 1) end();
      const capacity = (1 - stopped) * count * recordsPerKpuPerMinute;
      backlog.add(tick * minuteMs, records);
      const processed = backlog.take(capacity);
      minutes.arrived[tick] = records;
      minutes.processed[tick] = processed;
      minutes.busy[tick] = capacity > 0 ? processed / capacity : NaN;
      minutes.backlog[tick] = backlog.total();
      minutes.lagSeconds[tick] = backlog.age((tick + 1) * minuteMs) / 1000;
      return stopped * larger + (1 - stopped) * count;
    },
  };
}
