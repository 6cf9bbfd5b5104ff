import type { Shape } from "../../../sandbox/core/cloud";
import type { Invocation, ScalerCall } from "../../support/scalerWorld";
import { parallelismPerKpu, type Cast, type Facts } from "./facts";
import type { Rule } from "./rules";
import type { Id } from "./scenario";

const minute = 60_000;
const day = 86_400_000;
/** Ten minutes by the time of events, which may be two minutes old while a run works. */
const backOff = 8 * minute;

export interface Outcome {
  output?: Shape;
  /** The service said no. */
  refusal?: Error;
  /** The scenario's fault. */
  injected?: Error;
}

/** Judges the calls that change capacity. */
export interface CallJudge {
  before(call: ScalerCall): void;
  called(call: ScalerCall, outcome: Outcome): void;
  inBounds(id: Id, desired: number, what: string): void;
  /** Width of the widest open shard's range. */
  widestRange(): bigint;
}

export function judgeCalls(
  { world, views, configs }: Cast,
  facts: Facts,
  add: (rule: Rule, what: string) => void,
  isUnknown: (id: Id) => boolean,
): CallJudge {
  const { foreignUpdates, starts, failures, history, ours, spoiledAt, unseenSince, atRest, countOf, isRace, statusOf } = facts;
  const now = () => world.cloud.clock.now();
  let statusBefore: string | undefined;

  /** A slow run may still speak of the bounds that held when it began. */
  function inBounds(id: Id, desired: number, what: string): void {
    const known = history[id];
    const recent = known.filter((_, i) => i === known.length - 1 || (known[i + 1]?.at ?? 0) > now() - 2 * minute);
    if (recent.some(({ min, max }) => desired >= min && desired <= max)) return;
    add("bounds", `${what}, the bounds are ${JSON.stringify(recent)}`);
  }

  function called(call: ScalerCall, outcome: Outcome): void {
    const id: Id = call.operation === "UpdateApplication" ? "dev-flink" : "dev-stream";
    facts.lastChange = now();
    if (configs[id]?.mode === "observe") add("observe", `${call.operation} in observe mode`);
    if (outcome.refusal) return refused(id, call, outcome.refusal);
    if (outcome.injected && !("output" in outcome)) return;
    begun(id, call, outcome.output);
  }

  function refused(id: Id, { operation, invocation, input }: ScalerCall, refusal: Error): void {
    if (isRace(id, invocation)) return;
    if ("daily" in refusal) {
      facts.spentOnce = true;
      const hidden = foreignUpdates.some(({ at, seen }) => !seen && at > now() - day - minute);
      if (hidden || starts.some((at) => at > now() - day && at <= spoiledAt["dev-stream"])) return;
    }
    add("limits", `${operation} ${JSON.stringify(input)} was refused: ${refusal.name}: ${refusal.message}`);
  }

  function begun(id: Id, call: ScalerCall, output: Shape): void {
    const { operation, invocation } = call;
    const other: Id = id === "dev-stream" ? "dev-flink" : "dev-stream";
    // Who spoils the state and comes before the change can be seen makes it unknown.
    const forgotten = spoiledAt[other] >= now() - 4 * minute;
    if (configs[other] && !atRest(other) && !forgotten && !isUnknown(other)) {
      if (ours[other] !== undefined || !(isRace(other, invocation) || isBlind(other)))
        add("oneChange", `${operation} while ${other} is ${statusOf(other)}`);
    }
    ours[id] = operation;
    if (operation === "UpdateShardCount") {
      starts.push(now());
      towards(id, Number(output.CurrentShardCount), Number(output.TargetShardCount), operation);
    } else if (operation === "UpdateApplication") updateBegun(call, output);
    else planBegun(call);
  }

  /** What can't be looked at stands in nobody's way for more than ten minutes; what is risked by that is said. */
  function isBlind(id: Id): boolean {
    const since = unseenSince[id];
    return since !== undefined && now() - since >= 9 * minute;
  }

  /** Within the bounds, or on the way there from outside. */
  function towards(id: Id, from: number, to: number, what: string): void {
    const known = history[id].slice(-2);
    // Whoever spoiled the state made it forget a change that isn't visible yet: the same call again moves nothing.
    if (from === to && spoiledAt[id] >= now() - 4 * minute) return;
    if (known.some(({ min, max }) => to >= min && to <= max)) return;
    if (known.some(({ min, max }) => (from > max && to < from && to > max) || (from < min && to > from && to < min))) return;
    add("bounds", `${what} from ${from} to ${to}, the bounds are ${JSON.stringify(known)}`);
  }

  function updateBegun({ invocation, input }: ScalerCall, output: Shape): void {
    const config = configs["dev-flink"];
    if (config?.kind !== "flink") return;
    const update = input.ApplicationConfigurationUpdate.FlinkApplicationConfigurationUpdate.ParallelismConfigurationUpdate;
    const to = Math.ceil(update.ParallelismUpdate / parallelismPerKpu(world));
    const from = countOf("dev-flink");
    towards("dev-flink", from, to, "UpdateApplication");
    facts.sent = { operation: output.OperationId as string, from, to, begun: now() };
    for (const { from: failedFrom, to: failedTo, begun: at, restedAt } of failures.slice(-1)) {
      const covered = failedTo > failedFrom ? to >= failedTo && to > from : to <= failedTo && to < from;
      if (restedAt !== undefined && covered && now() - restedAt < backOff && spoiledAt["dev-flink"] < at)
        add("backOff", `UpdateApplication to ${to}, ${(now() - restedAt) / minute} min after ${failedTo} had failed`);
    }
    const failure = failures.at(-1);
    // Who spoils the state doesn't make the application forget what failed.
    if (failure && failure.failedAt > facts.worked && now() - failure.failedAt < backOff)
      add("restarts", `UpdateApplication to ${to}, ${(now() - failure.failedAt) / minute} min after ${failure.to} had failed`);
    if (statusBefore === "READY" && !isRace("dev-flink", invocation)) add("stopped", "UpdateApplication while READY");
    if (config.drainAfterReshard) drained(config.checkpointIntervalSeconds, invocation);
  }

  function drained(checkpointSeconds: number, invocation: Invocation): void {
    const since = now() - facts.reshardEnded;
    // Times are those of events, and an event may be a minute old when the run that saw the reshard's end began.
    if (!(since < 14 * minute) || spoiledAt["dev-stream"] > facts.reshardEnded - day) return;
    if (facts.hiddenSince !== undefined && facts.sawUpdating < facts.hiddenSince) return;
    if (isRace("dev-stream", invocation) || isBlind("dev-stream")) return;
    // A slow run reads it at any time from its begin on.
    const lags = [invocation.began, now()].flatMap((at) => views.newestLag(at) ?? []);
    const known = lags.some(
      ({ at, milliseconds }) => milliseconds >= 0 && milliseconds < minute && at >= facts.reshardEnded - 2 * minute,
    );
    if (since < 2 * checkpointSeconds * 1_000 - minute || !known)
      add("drained", `UpdateApplication ${since / minute} min after a reshard, lag ${JSON.stringify(lags)}`);
  }

  function planBegun({ operation, input }: ScalerCall): void {
    const widths = openWidths();
    const widest = (facts.widest ??= widestRange());
    if (operation !== "MergeShards") return;
    const merged = (widths.get(input.ShardToMerge) ?? 0n) + (widths.get(input.AdjacentShardToMerge) ?? 0n);
    if (merged > widest + widest / 1_000_000n) add("noWiderRange", `a merge to ${merged}, the widest was ${widest}`);
  }

  function openWidths(): Map<string, bigint> {
    const { Shards } = world.call("kinesis", "ListShards", { StreamName: "orders", ShardFilter: { Type: "AT_LATEST" } });
    const width = ({ HashKeyRange: range }: Shape) => BigInt(range.EndingHashKey) - BigInt(range.StartingHashKey) + 1n;
    return new Map((Shards as Shape[]).map((shard) => [shard.ShardId as string, width(shard)]));
  }

  function widestRange(): bigint {
    return [...openWidths().values()].reduce((a, b) => (a > b ? a : b), 0n);
  }

  return {
    before({ operation }) {
      facts.countBefore = countOf("dev-stream");
      facts.kpusBefore = countOf("dev-flink");
      if (operation === "UpdateApplication") statusBefore = statusOf("dev-flink");
    },
    called,
    inBounds,
    widestRange,
  };
}
