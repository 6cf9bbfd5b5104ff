import { updateParallelism } from "../aws/flink";
import { callPlanStep, openShards, updateShardCount } from "../aws/kinesis";
import { reachable } from "../decide/flink";
import { withUpdate } from "../decide/ladder";
import { nextPlanStep, planLength } from "../decide/plan";
import type { FlinkLook, Verdict, Wish } from "../decide/types";
import type { Capacity, Change, DimensionState } from "../types";
import type { Member, Run } from "./types";

/** A call to make, and what is stored before it. */
export interface Prepared {
  change: Change;
  intent: DimensionState;
  words: string;
  call: () => Promise<Answer>;
}

/** What an accepted call tells: an operation's id, or the shards that the stream really had. */
interface Answer {
  operationId?: string;
  shards?: Capacity;
}

/**
 * The call that a wish stands for. Undefined: a plan that is done.
 * @param risk what may be lost by it, in words.
 */
export async function prepare(
  run: Run,
  verdict: Verdict,
  wish: Wish,
  pipeline: readonly Member[],
  risk: string,
): Promise<Prepared | undefined> {
  const { look } = verdict;
  if (look.kind === "flink") return updateApplication(run, look, verdict, wish, pipeline, risk);
  return wish.call === "plan" ? planStep(run, verdict, wish) : updateStream(run, verdict, wish);
}

function updateApplication(
  { aws, now: at }: Run,
  { config, sight }: FlinkLook,
  { state }: Verdict,
  { from, to }: Wish,
  pipeline: readonly Member[],
  risk: string,
): Prepared {
  const { parallelism } = reachable(config, sight, to);
  const change: Change = { from, to, at, sent: false, call: "UpdateApplication", version: sight.version };
  return {
    change,
    intent: { ...state, change, blocked: undefined },
    words: `UpdateApplication from ${from} to ${to} KPUs (parallelism ${parallelism}${idleWords(parallelism, pipeline)})${risk}`,
    call: async () => ({ operationId: await updateParallelism(aws, config.name, sight.token, parallelism) }),
  };
}

/** A source reads a shard with one subtask: those beyond the shards have nothing to read. */
function idleWords(parallelism: number, pipeline: readonly Member[]): string {
  const shards = pipeline.flatMap(({ verdict }) => (verdict.look.config.kind === "stream" ? (verdict.actual ?? []) : []));
  const total = shards.reduce((sum, count) => sum + count, 0);
  return total > 0 && parallelism > total ? `, more than the ${total} shards: the sources beyond them idle` : "";
}

function updateStream({ aws, now: at }: Run, { look, state, desired }: Verdict, { from, to }: Wish): Prepared {
  const change: Change = { from, to, at, sent: false, call: "UpdateShardCount" };
  const step = to === desired ? "" : `, a step on the way to ${desired}`;
  return {
    change,
    intent: { ...state, change, blocked: undefined, updates: withUpdate(state, at, from) },
    words: `UpdateShardCount from ${from} to ${to} shards${step}`,
    call: async () => ({ shards: await updateShardCount(aws, look.config.name, to) }),
  };
}

async function planStep({ aws, now: at }: Run, { look, state }: Verdict, { to: goal }: Wish): Promise<Prepared | undefined> {
  const { name } = look.config;
  const ranges = await openShards(aws, name);
  const step = nextPlanStep(ranges, goal);
  if (!step) return undefined;
  const from = ranges.length;
  const to = step.call === "SplitShard" ? from + 1 : from - 1;
  const change: Change = { call: step.call, from, to, at, sent: false };
  const plan = { from: state.plan?.from ?? from, to: goal, since: state.plan?.since ?? at };
  const left = planLength(ranges, goal);
  return {
    change,
    intent: { ...state, change, plan, blocked: undefined },
    words: `${step.call} of ${step.shardId}, ${left} calls from ${goal} equal shards: the day's UpdateShardCount calls are spent`,
    async call() {
      await callPlanStep(aws, name, step);
      return {};
    },
  };
}
