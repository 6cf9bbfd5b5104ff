import { duration } from "./figures";

/** How a scaling policy tells what it does. */
export interface PolicyWords {
  /** When it scales a dimension of this capacity, and how far: sentences without full stops, joined by semicolons. "": never. */
  at(capacity: number): string;
  /** Its steps, where they aren't derived from the target. */
  steps?: string;
  /** How soon after a scaling the next one may come. */
  pace: string;
  /** Minutes from a load that asks for more to the first call for it, about. */
  minutesToBegin: number;
}

/** Cooldowns; undefined: it never scales in. Within one of scaling out what it added counts: a larger step adds the rest ("Step scaling policies", Cooldown period). */
export function paceWords(outSeconds: number, inSeconds: number | undefined): string {
  const back = inSeconds === undefined ? "never in" : `in again ${duration(inSeconds)} after one in`;
  return `out again ${duration(outSeconds)} after a scaling out is done, sooner by a larger step only; ${back}`;
}

/** Beside an alarm's datapoints: the minute in which the load came, one until metrics are there, one until the scaler looks. */
export const minutesToBegin = 3;
