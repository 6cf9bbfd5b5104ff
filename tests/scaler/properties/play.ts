import { interleaving } from "../../support/interleaving";
import type { Handle, ScalerWorld } from "../../support/scalerWorld";
import { happen } from "./happen";
import { open, start, type Play } from "./open";
import { policyPatches } from "./policy";
import { quiet } from "./quiet";
import type { Broken } from "./rules";
import type { Id, Scenario, Timed } from "./scenario";
import { interference } from "./trouble";

export type { Play } from "./open";

const minute = 60_000;
const lasting = ["trouble", "error", "denied"];

/** Plays a scenario and the quiet after it. Gives what broke a rule, in order. */
export async function play(scenario: Scenario, handle?: Handle): Promise<Broken[]> {
  const { log } = console;
  try {
    const one = await open(scenario, handle);
    console.log = (line: string) => void one.world.lines.push(line);
    for (const events of byMinute(scenario)) {
      if (events.length === 0 && isIdle(one)) one.at++;
      else await playMinute(one, events);
    }
    await quiet(one);
    for (const what of polluted()) one.judge.add("parameters", `${what} was written`);
    return one.judge.broken;
  } finally {
    console.log = log;
    polluted();
  }
}

/** What names that are special to the language have made the scaler write to. It is taken away again. */
function polluted(): string[] {
  const kinds = ["config", "desired", "state"];
  const places = { "Object.prototype": Object.prototype, Object, "Object.prototype.toString": Object.prototype.toString };
  return Object.entries(places).flatMap(([place, object]) =>
    kinds
      .filter((kind) => Object.hasOwn(object, kind))
      .map((kind) => {
        delete (object as Record<string, unknown>)[kind];
        return `${place}.${kind}`;
      }),
  );
}

/** The events of minute 1, 2, ... */
function byMinute({ minutes, events }: Scenario): Timed[][] {
  const all: Timed[][] = Array.from({ length: minutes }, () => []);
  for (const event of events) {
    const last =
      "minutes" in event && lasting.includes(event.is) ? Math.min(minutes, event.minute + event.minutes - 1) : event.minute;
    for (let at = event.minute; at <= last; at++) all[at - 1]?.push(event);
  }
  return all;
}

/**
 * The last run left everything at rest at what is desired, and nothing in the state waits for its time: more runs would do the same.
 * Every sixteenth minute is played all the same.
 */
export function isIdle(one: Play): boolean {
  const { world, judge, ids } = one;
  if (one.slow || !one.restful || one.wild > 0 || (one.at + 1) % 16 === 0 || policyPatches(one, one.at + 1).length > 0)
    return false;
  return ids.every((id) => {
    if (!judge.atRest(id) || !world.has(id, "state") || !world.parameter(id, "state").text.startsWith("{")) return false;
    const state = world.state(id);
    return timers.every((timer) => state[timer] === undefined);
  });
}

const timers = [
  "pendingSince",
  "change",
  "blocked",
  "plan",
  "backoff",
  "foreignSince",
  "unseenSince",
  "turn",
  "refusedAt",
] as const;

export async function playMinute(one: Play, events: readonly Timed[]): Promise<void> {
  const { world, judge } = one;
  one.at++;
  const now = start + one.at * minute;
  await world.cloud.clock.advanceTo(now);
  const before = world.writes;
  const troubles = events.filter(({ is }) => lasting.includes(is)) as Parameters<typeof interference>[0];
  world.interfere = sparing(one, interference(troubles));
  const disturbed = (one.disturbed = troubles.length > 0);
  const { events: all, minutes } = one.scenario;
  const silent = one.at <= minutes && all.some((e) => e.is === "silence" && one.at >= e.minute && one.at < e.minute + e.minutes);
  if (!silent || one.slow) await runs(one, events, disturbed, silent);
  judge.lines(world.lines);
  world.lines = [];
  judge.afterRun();
  const whole = !silent && !one.slow && !events.some(stopsRuns);
  judge.trouble.minute(whole);
  await one.beside?.minute(one.at, whole);
  await lookAtAnswers(one);
  await within(one, events, now, disturbed);
  world.interfere = undefined;
  one.restful = world.writes === before && events.length === 0;
}

/** What happens to the whole run, and not only to a dimension. */
function stopsRuns(event: Timed): boolean {
  if (event.is === "twin" || event.is === "slow") return true;
  if (event.is === "trouble" && (event.target === "any" || event.what.startsWith("crash"))) return true;
  return "target" in event && event.target === "GetParametersByPath";
}

/** A bystander's calls are left alone. */
function sparing({ beside }: Play, interfere: ScalerWorld["interfere"]): ScalerWorld["interfere"] {
  if (!beside) return interfere;
  return (call) => (beside.concerns(call) ? undefined : interfere?.(call));
}

/** The minute's run: alone, beside a second one, or one that stops on its way. */
async function runs(one: Play, events: readonly Timed[], disturbed: boolean, silent: boolean): Promise<void> {
  const { world, judge } = one;
  const now = world.cloud.clock.now();
  const guarded = (run: Promise<void>, interfered: boolean) =>
    run.catch((error: unknown) => judge.threw("run", interfered || one.disturbed, error));
  const twin = events.find((event) => event.is === "twin");
  const slow = events.find((event) => event.is === "slow");
  const before = one.slow;
  one.slow = undefined;
  if (!twin && !slow && !before) return guarded(world.run(), disturbed);

  const among = (world.interleaving = before?.among ?? interleaving());
  const going: Promise<unknown>[] = before ? [before.run] : [];
  const choices = [...(before?.choices ?? []), ...(twin?.choices ?? [])];
  if (!silent) {
    const run = guarded(world.run(), disturbed);
    if (slow && !before && !twin) {
      await among.step(slow.choices, slow.calls);
      world.interleaving = undefined;
      one.slow = { run, among, choices: slow.choices };
      return;
    }
    going.push(run);
  }
  if (twin && !silent) {
    if (twin.crash !== undefined) crashAt(world, twin.crash);
    going.push(guarded(world.run(now - twin.older * minute), disturbed || twin.crash !== undefined));
    const id = one.ids[(twin.patch ?? 0) % one.ids.length];
    if (twin.patch !== undefined && id) going.push(patch(one, id, twin.patch, now, disturbed));
  }
  await among.step(choices);
  await Promise.all(going);
  world.interleaving = undefined;
}

/** The first run that makes its call number `calls` ends there. */
function crashAt(world: ScalerWorld, calls: number): void {
  const { interfere } = world;
  let crashed = false;
  world.interfere = (call) => {
    if (!crashed && call.invocation.kind === "run" && call.invocation.calls > calls) {
      crashed = true;
      return { when: "after" };
    }
    return interfere?.(call);
  };
}

async function patch(one: Play, id: Id, capacity: number, time: number, disturbed: boolean): Promise<void> {
  const { world, judge } = one;
  const answer = await world.patch(id, capacity, time);
  if (answer.statusCode !== 200) judge.unknown(id);
  if (answer.statusCode !== 0) judge.answered(id, answer, "PATCH", disturbed);
}

/** GET answers from the parameters alone: a look is worth its time only when one has changed. */
export async function lookAtAnswers(one: Play, always = false): Promise<void> {
  const { world, judge, ids } = one;
  const { interfere, interleaving: among } = world;
  if (world.writes === one.writes && !always) return;
  one.writes = world.writes;
  world.interfere = undefined;
  world.interleaving = undefined;
  for (const id of ids) judge.answered(id, await world.get(id), "GET", false);
  world.interfere = interfere;
  world.interleaving = among;
}

/** What happens between this minute's run and the next. */
async function within(one: Play, events: readonly Timed[], now: number, disturbed: boolean): Promise<void> {
  const { world } = one;
  const { clock } = world.cloud;
  for (const event of events.filter((e) => one.at === e.minute && e.is !== "patch")) happen(one, event);
  for (const event of events) if (event.is === "patches") await together(one, event, disturbed);
  for (const event of events) if (event.is === "oddTime") await atOddTime(one, event);
  const patches = [...events.filter((e) => e.is === "patch"), ...policyPatches(one, one.at)].sort((a, b) => a.second - b.second);
  for (const { id, capacity, second, late, twice } of patches) {
    if (!one.configs[id]) continue;
    const at = now + second * 1_000;
    await clock.advanceTo(at);
    await patch(one, id, capacity, at - late * 1_000, disturbed);
    if (twice) await patch(one, id, capacity, at - late * 1_000, disturbed);
    await lookAtAnswers(one);
  }
}

/** Two PATCHes of one dimension at once. */
async function together(one: Play, event: Extract<Timed, { is: "patches" }>, disturbed: boolean): Promise<void> {
  const { world, judge } = one;
  const { id, capacities, older, choices } = event;
  if (!one.configs[id]) return;
  const now = world.cloud.clock.now();
  const among = (world.interleaving = interleaving());
  const both = capacities.map((capacity, i) => patch(one, id, capacity, now - i * older * 1_000, disturbed));
  await among.step(choices);
  await Promise.all(both);
  world.interleaving = undefined;
  judge.unknown(id);
  await lookAtAnswers(one);
}

/** Nobody knows what a PATCH of another time is worth: it must not do harm, and is not followed. */
async function atOddTime(one: Play, { id, capacity, off }: Extract<Timed, { is: "oddTime" }>): Promise<void> {
  const { world, judge } = one;
  if (!one.configs[id]) return;
  const { statusCode, body } = await world.patch(id, capacity, world.cloud.clock.now() + off);
  if (statusCode >= 500) judge.add("answers", `PATCH ${id} of a time ${off} ms off: ${statusCode} ${body}`);
  judge.unknown(id);
  if (statusCode === 200) judge.trouble.accepted(id);
}
