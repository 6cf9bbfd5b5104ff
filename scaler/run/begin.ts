import { errorText, failureOf } from "../aws/errors";
import { updateParallelism } from "../aws/flink";
import { callPlanStep, openShards, updateShardCount } from "../aws/kinesis";
import { writeState } from "../aws/parameters";
import { reachable } from "../decide/flink";
import { afterAttempt, afterFailure, block } from "../decide/giveUp";
import { withUpdate } from "../decide/ladder";
import { nextPlanStep, planLength } from "../decide/plan";
import type { FlinkLook, Verdict, Wish } from "../decide/types";
import { noted, shortened } from "../decide/words";
import type { Capacity, Change, DimensionState } from "../types";
import type { Member, Run } from "./types";

/** Parameters that beginning a change writes: turn and intent before the call, and what came of both. */
export const writesToBegin = 4;

/**
 * Begins the one change of a pipeline and run. What will be called is stored first, in the dimension and as the pipeline's turn in
 * its first dimension; a run that finds another one's write in between begins nothing. So neither a crash between any two calls
 * nor a second run at the same time loses a change or makes it twice.
 */
export async function begin(run: Run, member: Member, wish: Wish, pipeline: readonly Member[], risk: string): Promise<Verdict> {
  const { verdict, stored } = member;
  let prepared: Prepared | undefined;
  try {
    prepared = await prepare(run, verdict, wish, pipeline, risk);
  } catch (error) {
    const reason = `the next step of a plan could not be found (${errorText(error)})`;
    return afterAttempt(verdict, { from: wish.from, to: wish.to, reason }, run.now, "blocked");
  }
  if (!prepared) {
    const { plan: _plan, ...state } = verdict.state;
    return noted({ ...verdict, state }, "done", `the plan is done: ${wish.to} equal shards`);
  }
  if (!(await claim(run, member, prepared, pipeline[0] ?? member))) {
    // The other run's word stands in the whole pipeline: what this one would store of its members is older.
    for (const other of pipeline) other.stored.lost = true;
    return noted(verdict, "blocked", "another run of the scaler has the pipeline's turn: nothing is begun in this one");
  }
  const sent = await send(verdict, prepared);
  const { turn: _turn, ...state } = sent.state;
  await writeState(run, stored, state, true);
  return { ...sent, state };
}

async function claim(run: Run, member: Member, { intent }: Prepared, lock: Member): Promise<boolean> {
  const turn = { id: member.verdict.look.id, at: run.now };
  const write = async (of: Member, state: DimensionState) => (await writeState(run, of.stored, state)) !== "lost";
  if (lock === member) return write(member, { ...intent, turn });
  return (await write(lock, { ...lock.verdict.state, turn })) && (await write(member, intent));
}

async function send(verdict: Verdict, prepared: Prepared): Promise<Verdict> {
  const { change, intent, words } = prepared;
  try {
    const { operationId, shards } = await prepared.call();
    // A count other than the one that was seen is another hand's update, which the stream showed late: it counts too.
    const unseen = shards !== undefined && shards !== change.from;
    const updates = unseen ? withUpdate(intent, change.at, change.from) : intent.updates;
    const state = { ...intent, updates, change: { ...change, sent: true, operationId } };
    return noted({ ...verdict, state, began: { call: change.call, target: change.to } }, "begin", words);
  } catch (error) {
    return notBegun(verdict, prepared, error);
  }
}

function notBegun(verdict: Verdict, { change, intent, words }: Prepared, error: unknown): Verdict {
  const { look, state } = verdict;
  const { call, from, to, at } = change;
  const text = shortened(errorText(error));
  // Without the intent: the service said that nothing began. A plan that is under way stays.
  const before = { ...state, plan: intent.plan };
  switch (failureOf(call, error)) {
    case "unknown":
      return noted({ ...verdict, state: intent }, "wait", `${words}: no clear answer (${text}); the next run looks`);
    case "busy": {
      const reason = `${words}: ${look.config.name} is busy (${text})`;
      return afterAttempt({ ...verdict, state: before }, { from, to, reason }, at, "blocked");
    }
    case "spent":
      return block({ ...verdict, state: { ...before, refusedAt: at } }, `${words}: the day's updates are spent (${text})`);
    case "refused":
      return afterFailure({ ...verdict, state: before }, { from, to, reason: `${words} was refused: ${text}` }, false);
  }
}

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
