import type { Action } from "../types";
import type { Verdict } from "./types";

/** Times are ms since the epoch and come from events; Date only gives them another form. */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}

/** SSM's standard parameters hold 4 KB: reasons are cut so that the state always fits. Bytes as written. */
const reasonBytes = 300;

/** Bytes of a text in a parameter: JSON, UTF-8, without its quotes. */
export function writtenBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

export function shortened(reason: string): string {
  if (writtenBytes(reason) <= reasonBytes) return reason;
  let end = Math.min(reason.length, reasonBytes);
  while (writtenBytes(reason.slice(0, end)) > reasonBytes - 3) end--;
  return `${reason.slice(0, end)}...`;
}

/** The verdict with one more line for the decision log. */
export function noted<V extends Verdict>(verdict: V, action: Action, reason: string): V {
  return { ...verdict, notes: [...verdict.notes, { action, reason }] };
}
