import type { Aws } from "./clients";
import { reachable } from "./decideFlink";
import { errorText, failureOf } from "./errors";
import { updateParallelism } from "./flink";
import { afterAttempt, afterFailure, block, shortened } from "./giveUp";
import { callPlanStep, openShards, updateShardCount } from "./kinesis";
import { withUpdate } from "./ladder";
import { writeState } from "./parameters";
import type { Stored } from "./parameters";
import { nextPlanStep, planLength } from "./plan";
import type { Capacity, Change, DimensionState, FlinkConfig, Look, Note, Verdict, Wish } from "./types";
import type { WritesLeft } from "./writes";

/** One dimension of a pipeline in one run. */
export interface Member {
  stored: Stored;
  look: Look;
  verdict: Verdict;
}

/** What an invocation is given. `now` is its event's time, ms. */
export interface Context {
  aws: Aws;
  prefix: string;
  stack: string;
  now: number;
}

/** One minute's run. */
export interface Run extends Context {
  writes: WritesLeft;
}

/** Parameters that beginning a change writes: turn and intent before the call, and what came of both. */
export const writesToBegin = 4;

/** What came of a turn. */
export interface Begun {
  state: DimensionState;
  notes: Note[];
  failedUpdates: number;
  /** The call that was accepted, and the capacity it goes to. */
  call?: Change["call"];
  target?: number;
}

/** What an accepted call tells: an operation's id, or the shards that the stream really had. */
interface Answer {
  operationId?: string;
  shards?: Capacity;
}

/** A call to make, and what is stored before it. */
interface Prepared {
  change: Change;
  intent: DimensionState;
  words: string;
  send: () => Promise<Answer>;
}

/**
 * Begins the one change of a pipeline and run. What will be called is stored first, in the dimension and as the pipeline's turn in
 * its first dimension; a run that finds another one's write in between begins nothing. So neither a crash between any two calls
 * nor a second run at the same time loses a change or makes it twice.
 */
export async function begin(run: Run, member: Member, wish: Wish, pipeline: readonly Member[], risk: string): Promise<Begun> {
  const lock = pipeline[0] ?? member;
  let prepared: Prepared | undefined;
  try {
    prepared = wish.call === "plan" ? await preparePlan(run, member, wish) : prepare(run, member, wish, pipeline, risk);
  } catch (error) {
    return attempted(run, member, member.verdict.state, wish, `the next step of a plan could not be found (${errorText(error)})`);
  }
  if (!prepared) {
    const { plan: _plan, ...state } = member.verdict.state;
    return { state, notes: [{ action: "done", reason: `the plan is done: ${wish.to} equal shards` }], failedUpdates: 0 };
  }
  if (!(await claim(run, member, prepared, lock))) {
    // The other run's word stands in the whole pipeline: what this one would store of its members is older.
    for (const { stored } of pipeline) stored.lost = true;
    const reason = "another run of the scaler has the pipeline's turn: nothing is begun in this one";
    return { state: member.verdict.state, notes: [{ action: "blocked", reason }], failedUpdates: 0 };
  }
  const begun = await send(run, member, prepared);
  await writeState(run.aws, run.prefix, member.stored, withoutTurn(begun.state), run.now, true);
  return { ...begun, state: withoutTurn(begun.state) };
}

function withoutTurn({ turn: _turn, ...state }: DimensionState): DimensionState {
  return state;
}

async function claim(run: Run, member: Member, { intent }: Prepared, lock: Member): Promise<boolean> {
  const turn = { id: member.look.id, at: run.now };
  const write = async (of: Member, state: DimensionState) =>
    (await writeState(run.aws, run.prefix, of.stored, state, run.now)) !== "lost";
  if (lock === member) return write(member, { ...intent, turn });
  return (await write(lock, { ...lock.verdict.state, turn })) && (await write(member, intent));
}

function prepare(run: Run, { look, verdict }: Member, wish: Wish, pipeline: readonly Member[], risk: string): Prepared {
  const { name } = look.config;
  const base = { from: wish.from, to: wish.to, at: run.now, sent: false };
  if (look.sight.kind === "flink") {
    const { sight } = look;
    const { parallelism } = reachable(look.config as FlinkConfig, sight, wish.to);
    const change: Change = { ...base, call: "UpdateApplication", version: sight.version };
    return {
      change,
      intent: { ...verdict.state, change, blocked: undefined },
      words: `UpdateApplication from ${wish.from} to ${wish.to} KPUs (parallelism ${parallelism}${idleWords(parallelism, pipeline)})${risk}`,
      send: async () => ({ operationId: await updateParallelism(run.aws, name, sight.token, parallelism) }),
    };
  }
  const change: Change = { ...base, call: "UpdateShardCount" };
  return {
    change,
    intent: { ...verdict.state, change, blocked: undefined, updates: withUpdate(verdict.state, run.now, wish.from) },
    words: `UpdateShardCount from ${wish.from} to ${wish.to} shards${ladderWords(wish, verdict)}`,
    send: async () => ({ shards: await updateShardCount(run.aws, name, wish.to) }),
  };
}

function ladderWords(wish: Wish, { desired }: Verdict): string {
  return wish.to === desired ? "" : `, a step on the way to ${desired}`;
}

/** A source reads a shard with one subtask: those beyond the shards have nothing to read. */
function idleWords(parallelism: number, pipeline: readonly Member[]): string {
  const shards = pipeline.flatMap(({ look, verdict }) => (look.config.kind === "stream" ? (verdict.actual ?? []) : []));
  const total = shards.reduce((sum, count) => sum + count, 0);
  return total > 0 && parallelism > total ? `, more than the ${total} shards: the sources beyond them idle` : "";
}

async function preparePlan(run: Run, { look, verdict }: Member, wish: Wish): Promise<Prepared | undefined> {
  const { name } = look.config;
  const ranges = await openShards(run.aws, name);
  const step = nextPlanStep(ranges, wish.to);
  if (!step) return undefined;
  const from = ranges.length;
  const to = step.call === "SplitShard" ? from + 1 : from - 1;
  const change: Change = { call: step.call, from, to, at: run.now, sent: false };
  const plan = { from: verdict.state.plan?.from ?? from, to: wish.to, since: verdict.state.plan?.since ?? run.now };
  const left = planLength(ranges, wish.to);
  return {
    change,
    intent: { ...verdict.state, change, plan, blocked: undefined },
    words: `${step.call} of ${step.shardId}, ${left} calls from ${wish.to} equal shards: the day's UpdateShardCount calls are spent`,
    async send() {
      await callPlanStep(run.aws, name, step);
      return {};
    },
  };
}

async function send(run: Run, member: Member, { change, intent, words, send: call }: Prepared): Promise<Begun> {
  try {
    const { operationId, shards } = await call();
    const state = { ...withUnseenUpdate(intent, change, shards), change: { ...change, sent: true, operationId } };
    return { state, notes: [{ action: "begin", reason: words }], failedUpdates: 0, call: change.call, target: change.to };
  } catch (error) {
    return notBegun(run, member, { change, intent, words }, error);
  }
}

/** A count other than the one that was seen is another hand's update, which the stream showed late: it counts too. */
function withUnseenUpdate(state: DimensionState, { from, at }: Change, shards: Capacity | undefined): DimensionState {
  return shards === undefined || shards === from ? state : { ...state, updates: withUpdate(state, at, from) };
}

function notBegun(run: Run, member: Member, { change, intent, words }: Omit<Prepared, "send">, error: unknown): Begun {
  const { look, verdict } = member;
  const text = shortened(errorText(error));
  const { desired = change.to, actual = change.from, state } = verdict;
  // Without the intent: the service said that nothing began. A plan that is under way stays.
  const before: DimensionState = { ...state, plan: intent.plan };
  switch (failureOf(change.call, error)) {
    case "unknown":
      return {
        state: intent,
        notes: [{ action: "wait", reason: `${words}: no clear answer (${text}); the next run looks` }],
        failedUpdates: 0,
      };
    case "busy":
      return attempted(run, member, before, change, `${words}: ${look.config.name} is busy (${text})`);
    case "spent": {
      const reason = `${words}: the day's updates are spent (${text})`;
      const found = block(look, { ...before, refusedAt: run.now }, actual, desired, reason);
      return { state: found.state, notes: [found.note], failedUpdates: 0 };
    }
    case "refused": {
      const { from, to } = change;
      const reason = `${words} was refused: ${text}`;
      const failure = afterFailure(look, before, desired, actual, { from, to, reason, restarted: false });
      return { state: failure.state, notes: [failure.note], failedUpdates: 1 };
    }
  }
}

/** Nothing began, and it may next time. */
function attempted(
  run: Run,
  { look, verdict }: Member,
  state: DimensionState,
  { from, to }: Wish | Change,
  reason: string,
): Begun {
  const { desired = to, actual = from } = verdict;
  const attempt = afterAttempt(look, state, desired, actual, { from, to, reason, begun: run.now });
  return { state: attempt.state, notes: [attempt.note], failedUpdates: attempt.gaveUp ? 1 : 0 };
}
