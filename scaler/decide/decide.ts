import { decideFlink } from "./flink";
import { block } from "./giveUp";
import { decideStream } from "./stream";
import type { Look, UnseenLook, Verdict } from "./types";

const minute = 60_000;
/** A dimension that can't be looked at holds its pipeline up so long; with a change under way longer, for that may still run. */
const unseenMinutes = 10;
const unseenWithChangeMinutes = 60;

/**
 * The decision about one dimension: what became of its last change, what is desired, and what it would begin. Pure: the
 * same look gives the same verdict. Whether it may begin is the pipeline's decision (turns.ts).
 */
export function decide(look: Look): Verdict {
  if (look.kind === "unseen") return unseen(look);
  const { unseenSince } = look.state;
  const seen = unseenSince === undefined ? look : { ...look, state: { ...look.state, unseenSince: undefined } };
  return seen.kind === "stream" ? decideStream(seen) : decideFlink(seen);
}

function unseen(look: UnseenLook): Verdict {
  const { config, desired, now } = look;
  const { unseenSince = now, change, actual } = look.state;
  const reason = `${config.name} could not be looked at (${look.error})`;
  const patience = change ? unseenWithChangeMinutes : unseenMinutes;
  const busy = now - unseenSince < patience * minute ? reason : undefined;
  const verdict: Verdict = { look, state: { ...look.state, unseenSince }, actual, desired, busy, notes: [], failedUpdates: 0 };
  const waits = actual !== undefined && desired !== actual && !change && config.mode === "act";
  return { ...(waits ? block(verdict, reason) : verdict), actual: undefined };
}
