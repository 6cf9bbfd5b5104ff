import type { Capacity, ChangeCall, DimensionConfig } from "../types";
import { directionOf } from "./backoff";
import { rungs } from "./ladder";
import type { Resolved, Standing, Verdict, Wish } from "./types";
import { noted } from "./words";

/**
 * The capacity that policies count from. In observe mode what was asked for plays the part of what is there, so that they go on as if
 * their changes had been made. Undefined: nothing has been seen.
 */
export function countedActual({ mode }: DimensionConfig, { state, desired }: Pick<Standing, "state" | "desired">) {
  return mode === "observe" ? (desired ?? state.actual) : state.actual;
}

/**
 * The verdict of a dimension in observe mode: what act mode would do now is told, and nothing is wished for. Each change is told once,
 * from the capacity that was told before.
 */
export function observing(verdict: Resolved, wish: Wish | string | undefined): Verdict {
  const { look, desired, actual } = verdict;
  const { gone: _gone, blocked: _blocked, attempts: _attempts, noted: before, ...rest } = verdict.state;
  const state = { ...rest, noted: desired === actual ? undefined : desired };
  const from = before ?? actual;
  // What was adopted or given up is what is there: a change to it is nobody's wish.
  const adopted = desired === actual && state.settled !== look.state.settled;
  if (from === desired || adopted) return { ...verdict, state };
  const obstacle = typeof wish === "string" ? wish : undefined;
  const would = { call: callOf(look.config), from, target: desired, begins: obstacle === undefined };
  return noted({ ...verdict, state, would }, "observe", wordsFor(look.config, from, desired, actual, obstacle));
}

function callOf({ kind }: DimensionConfig): ChangeCall {
  return kind === "stream" ? "UpdateShardCount" : "UpdateApplication";
}

function wordsFor(config: DimensionConfig, from: Capacity, to: Capacity, actual: Capacity, obstacle: string | undefined): string {
  const there = `nothing is changed, ${actual} are there`;
  const change = `scaling ${directionOf(from, to)} from ${from} to ${to} could not begin`;
  if (obstacle !== undefined) return `observe mode: ${change} (${obstacle}); ${there}`;
  const steps = config.kind === "stream" ? rungs(from, to) : 1;
  return `observe mode: would call ${callOf(config)} from ${from} to ${to}${steps > 1 ? ` in ${steps} steps` : ""}; ${there}`;
}
