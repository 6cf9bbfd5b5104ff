import { errorText } from "../aws/errors";
import { describeApplication } from "../aws/flink";
import { describeStream } from "../aws/kinesis";
import { newestLag } from "../aws/lag";
import { stateText, writeState } from "../aws/parameters";
import type { Stored } from "../aws/parameters";
import { decide } from "../decide/decide";
import { standingOf, withPending } from "../decide/desired";
import { besideBroken, held, needsLag, takeTurns } from "../decide/turns";
import type { Turns } from "../decide/turns";
import type { Lag, Look } from "../decide/types";
import { otherDimension } from "../names";
import { begin, writesToBegin } from "./begin";
import { firstStart } from "./firstStart";
import { report } from "./report";
import type { Member, Run } from "./types";
import { reserve } from "./writes";

/** Looks at a pipeline's dimensions, decides, begins at most one change, stores what changed and publishes. */
export async function runPipeline(run: Run, stored: readonly Stored[]): Promise<void> {
  const decided = await Promise.all(stored.map((entry) => lookAndDecide(run, entry)));
  const turns = await turnsOf(run, decided);
  const members = decided.map((member) => ({ ...member, verdict: withPending(held(member.verdict, turns)) }));
  const chosen = members.find(({ verdict }) => verdict.look.id === turns.go);
  const writes = chosen ? writesToBegin : members.filter((member) => isChanged(run, member)).length;
  const done = reserve(run.writes, writes) ? await carryOut(run, members, chosen, turns.risk) : members.map(postponed);
  for (const member of done) report(run, member);
}

async function lookAndDecide(run: Run, stored: Stored): Promise<Member> {
  const decided = decide(await lookAt(run, stored));
  const broken = run.broken.find(({ id }) => id === otherDimension(stored.id));
  const verdict = broken?.state ? besideBroken(decided, broken.state, broken.problem) : decided;
  return firstStart(run, { stored, verdict, errors: [...stored.problems] });
}

/** What can't be looked at is a look too. */
async function lookAt({ aws, now }: Run, stored: Stored): Promise<Look> {
  const { config, stateBroken } = stored;
  const { change, actual } = stored.state;
  // A state that can't be read says nothing of what was given up or adopted: what is there is adopted.
  const standing = standingOf(stateBroken ? { ...stored, record: undefined } : stored, now);
  try {
    return config.kind === "stream"
      ? { kind: "stream", config, sight: await describeStream(aws, config.name), ...standing }
      : { kind: "flink", config, sight: await describeApplication(aws, config.name, change, actual === undefined), ...standing };
  } catch (error) {
    return { kind: "unseen", config, error: errorText(error), ...standing };
  }
}

async function turnsOf(run: Run, members: readonly Member[]): Promise<Turns> {
  const verdicts = members.map(({ verdict }) => verdict);
  return takeTurns(verdicts, needsLag(verdicts, run.now) ? await lagOf(run, members) : undefined, run.now);
}

async function lagOf(run: Run, members: readonly Member[]): Promise<Lag | undefined> {
  for (const { verdict, errors } of members) {
    const { config } = verdict.look;
    if (config.kind !== "flink" || !config.lag) continue;
    try {
      return await newestLag(run.aws, config.lag, run.now);
    } catch (error) {
      errors.push(errorText(error));
    }
  }
  return undefined;
}

function isChanged({ now }: Run, { stored, verdict }: Member): boolean {
  return stateText(verdict.state, now) !== stored.stateText;
}

/** What is published is what was seen; what was decided is decided again by the next run. */
function postponed(member: Member): Member {
  const reason = "this run has written as many parameters as SSM's rate allows: the next one goes on";
  return { ...member, verdict: { ...member.verdict, notes: [{ action: "wait", reason }], failedUpdates: 0 } };
}

async function carryOut(run: Run, members: readonly Member[], chosen: Member | undefined, risk: string): Promise<Member[]> {
  const done = await Promise.all(members.map((member) => (member === chosen ? begun(run, member, members, risk) : member)));
  for (const member of done) await store(run, member);
  return done;
}

async function begun(run: Run, member: Member, members: readonly Member[], risk: string): Promise<Member> {
  const { verdict, stored, errors } = member;
  if (!verdict.wish) return member;
  try {
    return { ...member, verdict: withPending(await begin(run, member, verdict.wish, members, risk)) };
  } catch (error) {
    // What was stored before the call stands; what became of it the next run reads off the service.
    stored.lost = true;
    errors.push(errorText(error));
    return member;
  }
}

async function store(run: Run, { stored, verdict, errors }: Member): Promise<void> {
  if (stored.stateBroken && !verdict.state.settled) return;
  await writeState(run, stored, verdict.state).catch((error: unknown) => void errors.push(errorText(error)));
}
