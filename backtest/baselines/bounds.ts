import { wholeRecords } from "../../sandbox/traffic/wholeRecords";
import type { Policy } from "../model/policy";
import { shardMinute, withinBounds, type Bounds, type Workload } from "../model/workload";

/** Units that take each minute's records, one a minute at least. */
export function neededUnits({ trace }: Workload, recordsPerMinute: number, bounds: Bounds): Uint16Array {
  const whole = wholeRecords();
  return Uint16Array.from(trace.rates, (rate) => withinBounds(Math.ceil(whole(rate) / recordsPerMinute), bounds));
}

/** Always what the busiest minute needs. */
const atPeak = (needed: Uint16Array) => ({ initial: needed.reduce((a, b) => Math.max(a, b), 1), decide: () => undefined });

/** In each minute what it needs, without limits and restarts. */
const atEach = (needed: Uint16Array) => ({
  initial: needed[0],
  by: "free" as const,
  decide: ({ tick }: { tick: number }) => needed[tick + 1],
});

const shardsOf = (workload: Workload) => neededUnits(workload, shardMinute(workload), workload.shards);
const kpusOf = (workload: Workload) => neededUnits(workload, workload.recordsPerKpuPerMinute, workload.kpus);

export const staticPeak: Policy = {
  name: "static-peak",
  stream: (workload) => atPeak(shardsOf(workload)),
  application: (workload) => atPeak(kpusOf(workload)),
};

/** Cheaper is nothing that takes all records in the minute in which they come. */
export const lowerBound: Policy = {
  name: "lower-bound",
  stream: (workload) => atEach(shardsOf(workload)),
  application: (workload) => atEach(kpusOf(workload)),
};
