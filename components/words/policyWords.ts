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

/** Cooldowns. Within one of scaling out what it added counts: a larger step adds the rest ("Step scaling policies", Cooldown period). */
export function paceWords(outSeconds: number, inSeconds: number): string {
  return `out again ${duration(outSeconds)} after a scaling out is done, sooner by a larger step only; in again ${duration(inSeconds)} after one in`;
}
