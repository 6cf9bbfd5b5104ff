import type { DimensionConfig } from "../types";
import { freshBackoff } from "./backoff";
import { clamp, isOverdue } from "./desired";
import type { Standing, StoredValues } from "./types";

/** A claim of the pipeline's turn is over after this time: the Lambda's timeout (55 s) and the event's age (60 s) are less. */
const turnMilliseconds = 120_000;

/**
 * How a dimension stands: what of its parameters still counts, and the capacity that is desired. What nobody looked at in time is nobody's
 * wish any more.
 */
export function standingOf(stored: StoredValues & { config: DimensionConfig }, now: number): Standing {
  const { id, config, key, record } = stored;
  const overdue = isOverdue(record, key, stored.state, now) ? record : undefined;
  const state = { ...stored.state, backoff: freshBackoff(stored.state, now) };
  if (!overdue) state.seen = key;
  if (state.settled?.of !== key) delete state.settled;
  if (state.turn && now - state.turn.at >= turnMilliseconds) delete state.turn;
  if (state.restUntil !== undefined && state.restUntil <= now) delete state.restUntil;
  const asked = state.settled?.desired ?? (overdue ? undefined : record?.desired);
  const counted = asked ?? state.actual;
  const desired = counted === undefined ? undefined : clamp(config, counted);
  return { id, record, key, state, now, overdue, asked, desired };
}
