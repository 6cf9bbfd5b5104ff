import { begin, writesToBegin } from "./begin";
import type { Begun, Member, Run } from "./begin";
import { decide } from "./decide";
import { effectiveDesired } from "./desired";
import { errorText } from "./errors";
import { firstStart } from "./firstStart";
import { describeApplication } from "./flink";
import { block } from "./giveUp";
import { describeStream } from "./kinesis";
import { newestLag } from "./lag";
import { stateText, writeState } from "./parameters";
import type { Stored } from "./parameters";
import { report } from "./report";
import { needsLag, takeTurns } from "./turns";
import type { Lag, Turn } from "./turns";
import type { Sight } from "./types";
import { reserve } from "./writes";

/** Looks at a pipeline's dimensions, decides, begins at most one change, stores what changed and publishes. */
export async function runPipeline(run: Run, stored: readonly Stored[]): Promise<void> {
  const members = await Promise.all(stored.map((entry) => look(run, entry)));
  const lock = members[0];
  if (!lock) return;
  const errors = new Map(stored.map(({ id, problems }) => [id, [...problems]]));
  const failed = (id: string, error: unknown) => void errors.get(id)?.push(errorText(error));

  for (const member of members) {
    const trouble = await firstStart(run, member);
    if (trouble) errors.get(member.look.id)?.push(trouble);
  }
  const turns = members.map(asTurn);
  const lag = await lagOf(run, members, turns, failed);
  const turn = takeTurns(turns, lag, run.now);
  const held = lock.verdict.state.turn !== undefined;
  for (const member of members) hold(member, turn.waiting.get(member.look.id), turn.patient, held);

  for (const member of members) settleAccounts(run, member);

  const chosen = members.find(({ look: { id } }) => id === turn.go && !held);
  if (!reserve(run.writes, chosen ? writesToBegin : changed(run, members).length)) return postpone(run, members, errors);
  const stopped: Member[] = [];
  let begun: Begun | undefined;
  if (chosen?.verdict.wish) {
    try {
      begun = await begin(run, chosen, chosen.verdict.wish, members, turn.risk);
      take(chosen, begun);
      settleAccounts(run, chosen);
    } catch (error) {
      // What was stored before the call stands; what became of it the next run reads off the service.
      stopped.push(chosen);
      failed(chosen.look.id, error);
    }
  }
  for (const member of members.filter((other) => !stopped.includes(other))) {
    await store(run, member).catch((error: unknown) => failed(member.look.id, error));
  }
  for (const member of members) report(run, member, member === chosen ? begun : undefined, errors.get(member.look.id) ?? []);
}

function changed({ now }: Run, members: readonly Member[]): Member[] {
  return members.filter(({ stored, verdict }) => stateText(verdict.state, now) !== stored.stateText);
}

/** Publishes what was seen; what was decided is decided again by the next run. */
function postpone(run: Run, members: readonly Member[], errors: ReadonlyMap<string, string[]>): void {
  const reason = "this run has written as many parameters as SSM's rate allows: the next one goes on";
  for (const member of members) {
    member.verdict = { ...member.verdict, notes: [{ action: "wait", reason }], failedUpdates: 0 };
    report(run, member, undefined, errors.get(member.look.id) ?? []);
  }
}

async function look(run: Run, stored: Stored): Promise<Member> {
  const { id, config, state, key, stateBroken } = stored;
  // A state that can't be read says nothing of what was given up or adopted: what is there is adopted.
  const desired = stateBroken ? undefined : stored.desired;
  const looked = { id, config, desired, key, state, sight: await sightOf(run, stored), now: run.now };
  return { stored, look: looked, verdict: decide(looked) };
}

async function sightOf({ aws }: Run, { config, state }: Stored): Promise<Sight> {
  try {
    return config.kind === "stream"
      ? await describeStream(aws, config.name)
      : await describeApplication(aws, config.name, state.change);
  } catch (error) {
    return { kind: "unseen", error: errorText(error) };
  }
}

function asTurn({ look: { id, config }, verdict }: Member): Turn {
  return { id, config, verdict };
}

async function lagOf(
  run: Run,
  members: Member[],
  turns: Turn[],
  failed: (id: string, error: unknown) => void,
): Promise<Lag | undefined> {
  if (!needsLag(turns, run.now)) return undefined;
  for (const {
    look: { id, config },
  } of members) {
    if (config.kind !== "flink" || !config.lag) continue;
    try {
      return await newestLag(run.aws, config.lag, run.now);
    } catch (error) {
      failed(id, error);
    }
  }
  return undefined;
}

/** Keeps a dimension that wants to begin and may not. */
function hold(member: Member, waiting: string | undefined, patient: string[], held: boolean): void {
  const { look: looked, verdict } = member;
  const { actual, desired } = verdict;
  const reason =
    verdict.obstacle ?? waiting ?? (held && verdict.wish ? "another run of the scaler holds the pipeline's turn" : undefined);
  if (reason === undefined || actual === undefined || desired === undefined) return;
  const action = verdict.obstacle ? "blocked" : "wait";
  if (actual === desired || patient.includes(looked.id)) {
    delete verdict.state.blocked;
    verdict.notes.push({ action, reason });
    return;
  }
  const found = block(looked, verdict.state, actual, desired, reason);
  verdict.state = found.state;
  verdict.notes.push(found.note.action === "blocked" ? { ...found.note, action } : found.note);
}

function take({ verdict }: Member, begun: Begun): void {
  verdict.state = begun.state;
  verdict.notes.push(...begun.notes);
  verdict.failedUpdates += begun.failedUpdates;
}

/** The desired that now counts, and since when actual has differed from it. */
function settleAccounts({ now }: Run, { verdict, look: looked }: Member): void {
  const { state, actual } = verdict;
  const desired = effectiveDesired(looked.config, looked.desired, looked.key, state);
  if (actual !== undefined)
    state.pendingSince = desired === undefined || desired === actual ? undefined : (state.pendingSince ?? now);
  verdict.desired = desired ?? verdict.desired;
}

async function store(run: Run, { stored, verdict }: Member): Promise<void> {
  if (stored.stateBroken && !verdict.state.settled) return;
  await writeState(run.aws, run.prefix, stored, verdict.state, run.now);
}
