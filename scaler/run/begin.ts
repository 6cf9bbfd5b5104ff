import { errorText, failureOf } from "../aws/errors";
import { writeState } from "../aws/parameters";
import { afterAttempt, afterFailure, block } from "../decide/giveUp";
import { withUpdate } from "../decide/ladder";
import { shortened } from "../decide/shortened";
import type { Verdict, Wish } from "../decide/types";
import { noted } from "../decide/verdict";
import type { Capacity, Change, DimensionState } from "../types";
import { prepare } from "./prepare";
import type { Prepared } from "./prepare";
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
    const state = { ...withUnseenUpdate(intent, change, shards), change: { ...change, sent: true, operationId } };
    return noted({ ...verdict, state, began: { call: change.call, target: change.to } }, "begin", words);
  } catch (error) {
    return notBegun(verdict, prepared, error);
  }
}

/** A count other than the one that was seen is another hand's update, which the stream showed late: it counts too. */
function withUnseenUpdate(state: DimensionState, { from, at }: Change, shards: Capacity | undefined): DimensionState {
  return shards === undefined || shards === from ? state : { ...state, updates: withUpdate(state, at, from) };
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
