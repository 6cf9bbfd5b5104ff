import { updateMinutes } from "../../components/stream/updateMinutes";
import type { StreamMinutes, StreamPolicy } from "./policy";
import { shardMinute, type Workload } from "./workload";

const dayMinutes = 1440;
/** A split or a merge takes half a minute: so many are done in one. */
const splitsPerMinute = 2;

/** A change that a service took. */
export interface Begun {
  kind: "update" | "split" | "merge";
  from: number;
  to: number;
}

/** A provisioned stream in ticks of a minute. */
export interface StreamModel {
  readonly minutes: StreamMinutes;
  readonly count: number;
  readonly updating: boolean;
  readonly refusedUpdates: number;
  /** What is due at the start of `tick` is done. */
  complete(tick: number): void;
  /** Asks for `wanted` shards at the start of `tick`; tells what began. */
  ask(tick: number, wanted: number): Begun[];
  /** Offers a minute's first attempts, after those that wait; what it took. */
  offer(tick: number, records: number): number;
}

export function streamModel(workload: Workload, initial: number, by: StreamPolicy["by"] = "update"): StreamModel {
  const length = workload.trace.rates.length;
  const array = () => new Float64Array(length);
  const minutes: StreamMinutes = { offered: array(), accepted: array(), refused: array(), lost: array(), shards: array() };
  const perShard = shardMinute(workload);
  const updates: number[] = [];
  let count = initial;
  let update: { to: number; due: number } | undefined;
  let splitsTo: number | undefined;
  let waiting = 0;
  let refusedUpdates = 0;

  const accepts = (tick: number, to: number): boolean => {
    while (updates.length > 0 && updates[0]! <= tick - dayMinutes) updates.shift();
    return to <= 2 * count && to >= count / 2 && updates.length < workload.updatesPerDay;
  };

  const ask = (tick: number, wanted: number): Begun[] => {
    if (wanted === count && !update) return [];
    if (by === "free") {
      count = wanted;
      return [];
    }
    if (update || splitsTo !== undefined || !accepts(tick, wanted)) {
      refusedUpdates++;
      if (update || splitsTo !== undefined || by !== "splits") return [];
      splitsTo = wanted;
      const kind = wanted > count ? ("split" as const) : ("merge" as const);
      return Array.from({ length: Math.abs(wanted - count) }, (_, i) => {
        const from = kind === "split" ? count + i : count - i;
        return { kind, from, to: kind === "split" ? from + 1 : from - 1 };
      });
    }
    updates.push(tick);
    update = { to: wanted, due: tick + updateMinutes(count, wanted) };
    return [{ kind: "update", from: count, to: wanted }];
  };

  /** Shards that serve in a minute, and after it, while splits or merges go on: one step each half minute. */
  const servingSplits = (): { served: number; after: number } => {
    if (splitsTo === undefined) return { served: count, after: count };
    const towards = splitsTo;
    const step = (from: number) => from + Math.sign(towards - from);
    let served = 0;
    let after = count;
    for (let half = 0; half < splitsPerMinute; half++) {
      served += after / splitsPerMinute;
      after = step(after);
    }
    return { served, after };
  };

  return {
    minutes,
    get count() {
      return count;
    },
    get updating() {
      return update !== undefined || splitsTo !== undefined;
    },
    get refusedUpdates() {
      return refusedUpdates;
    },
    complete(tick) {
      if (update && tick >= update.due) {
        count = update.to;
        update = undefined;
      }
      if (splitsTo === count) splitsTo = undefined;
    },
    ask,
    offer(tick, records) {
      const { served, after } = servingSplits();
      const accepted = Math.min(waiting + records, served * perShard);
      minutes.offered[tick] = records;
      minutes.accepted[tick] = accepted;
      minutes.refused[tick] = waiting + records - accepted;
      minutes.lost[tick] = Math.max(0, waiting - accepted);
      minutes.shards[tick] = served;
      waiting = records - Math.max(0, accepted - waiting);
      count = after;
      return accepted;
    },
  };
}
