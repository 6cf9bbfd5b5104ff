import type { DimensionConfig, FlinkConfig, StreamConfig } from "../../../scaler/types";
import { interleaving } from "../../support/interleaving";
import { scalerWorld, type Handle, type ScalerWorld } from "../../support/scalerWorld";
import { happen } from "./happen";
import { judgeOf, type Judge } from "./judge";
import { lateViews, type LateViews } from "./lateViews";
import { quiet } from "./quiet";
import type { Broken } from "./rules";
import type { Id, Scenario, Timed } from "./scenario";
import { interference } from "./trouble";

const minute = 60_000;
const start = Date.UTC(2026, 2, 2, 8);

/** A scenario under way. */
export interface Play {
  scenario: Scenario;
  world: ScalerWorld;
  judge: Judge;
  views: LateViews;
  ids: Id[];
  configs: Partial<Record<Id, DimensionConfig>>;
  /** Minutes played. */
  at: number;
  /** Lag of a minute, unless an event says otherwise. */
  lags: { from: number; to: number; milliseconds?: number }[];
  /** Parameters written when the answers were last looked at. */
  writes: number;
  /** Calls of this minute are interfered with. */
  disturbed: boolean;
  /** The last minute changed no parameter. */
  restful: boolean;
  /** A run that stopped between two of its calls and goes on in the next minute. */
  slow?: { run: Promise<void>; among: ReturnType<typeof interleaving>; choices: number[] };
}

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
    return one.judge.broken;
  } finally {
    console.log = log;
  }
}

async function open(scenario: Scenario, handle: Handle | undefined): Promise<Play> {
  const { services, stream, flink } = scenario;
  const world = scalerWorld({
    ...{ start, handle },
    kinesis: {
      ...{ updatesPerDay: stream?.updatesPerDay ?? 10, updateShardCountSeconds: () => services.reshardSeconds },
      ...{
        splitShardSeconds: services.splitSeconds,
        mergeShardsSeconds: services.splitSeconds,
        rates: { DescribeStreamSummary: Infinity },
      },
    },
    flink: { restartSeconds: services.restartSeconds },
  });
  const configs = configsOf(scenario);
  const { "dev-stream": streamConfig, "dev-flink": flinkConfig } = configs;
  if (stream && streamConfig) await world.addStream("dev-stream", streamConfig, stream.shards);
  if (flink && flinkConfig) await world.addApplication("dev-flink", flinkConfig, flink.kpus);
  const lags: Play["lags"] = [];
  const lagAt = (time: number) => lags.findLast(({ from, to }) => time >= from && time < to) ?? { milliseconds: 0 };
  const names = { stream: stream && "orders", flink: flink && "enrich" };
  const views = lateViews(world, services, names, (time) => lagAt(time).milliseconds);
  const judge = judgeOf({ world, views, scenario, configs, start });
  for (const id of Object.keys(configs) as Id[]) if (configs[id]) judge.bounded(id, configs[id]);
  world.answer = (call) => {
    judge.before(call);
    return views.answer(call);
  };
  world.watch = judge.watch;
  const ids = (Object.keys(configs) as Id[]).filter((id) => configs[id]);
  return { scenario, world, judge, views, ids, configs, at: 0, lags, writes: -1, restful: false, disturbed: false };
}

function configsOf({ stream, flink }: Scenario): { "dev-stream"?: StreamConfig; "dev-flink"?: FlinkConfig } {
  const mode = (observe: boolean) => (observe ? ("observe" as const) : ("act" as const));
  return {
    "dev-stream": stream && {
      ...{ kind: "stream", name: "orders", pipeline: "dev", min: stream.min, max: stream.min + stream.more },
      ...{ mode: mode(stream.observe), updatesPerDay: stream.updatesPerDay },
    },
    "dev-flink": flink && {
      ...{
        kind: "flink",
        name: "enrich",
        pipeline: "dev",
        min: flink.min,
        max: flink.min + flink.more,
        mode: mode(flink.observe),
      },
      ...{ parallelismPerKpu: flink.perKpu, maxParallelism: flink.most * flink.perKpu - (flink.cut && flink.perKpu > 1 ? 1 : 0) },
      ...{ drainAfterReshard: flink.drain, checkpointIntervalSeconds: 60, lagLimitSeconds: 300 },
      ...(flink.lag && {
        lag: { namespace: "AWS/KinesisAnalytics", metricName: "millisBehindLatest", dimensions: { Application: "enrich" } },
      }),
    },
  };
}

/** The events of minute 1, 2, ... */
function byMinute({ minutes, events }: Scenario): Timed[][] {
  const all: Timed[][] = Array.from({ length: minutes }, () => []);
  for (const event of events) {
    const last = event.is === "trouble" ? Math.min(minutes, event.minute + event.minutes - 1) : event.minute;
    for (let at = event.minute; at <= last; at++) all[at - 1]?.push(event);
  }
  return all;
}

/**
 * The last run left everything at rest at what is desired, and nothing in the state waits for its time: more runs would do the same.
 * Every sixteenth minute is played all the same.
 */
function isIdle(one: Play): boolean {
  const { world, judge, ids } = one;
  if (one.slow || !one.restful || (one.at + 1) % 16 === 0 || policyPatches(one, one.at + 1).length > 0) return false;
  return ids.every((id) => {
    if (!judge.atRest(id) || !world.parameter(id, "state").text.startsWith("{")) return false;
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
  const troubles = events.filter((event) => event.is === "trouble");
  world.interfere = interference(troubles);
  const disturbed = (one.disturbed = troubles.length > 0);
  const silent = one.scenario.events.some((e) => e.is === "silence" && one.at >= e.minute && one.at < e.minute + e.minutes);
  if (!silent || one.slow) await runs(one, events, disturbed, silent);
  judge.lines(world.lines);
  world.lines = [];
  judge.afterRun();
  await lookAtAnswers(one);
  await within(one, events, now, disturbed);
  world.interfere = undefined;
  one.restful = world.writes === before && events.length === 0;
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

type Patch = Extract<Timed, { is: "patch" }>;

/** A policy of 70 % and 35 % with a target of 50 %, every five minutes, as Application Auto Scaling would send it. */
function policyPatches(one: Play, at: number): Patch[] {
  const { traffic, stream, flink } = one.scenario;
  if (!traffic || at % 5 !== 0 || at > one.scenario.minutes) return [];
  const percent = traffic[Math.floor(at / 60) % traffic.length] ?? 100;
  return one.ids.flatMap((id) => {
    const demand = (percent / 100) * ((id === "dev-stream" ? stream?.shards : flink?.kpus) ?? 1);
    const text = one.world.parameter(id, "desired").text;
    const { desired = 1 } = JSON.parse(text) as { desired?: number };
    if (demand <= 0.7 * desired && (demand >= 0.35 * desired || at % 15 !== 0)) return [];
    return [{ is: "patch", id, capacity: Math.ceil(demand / 0.5), second: 5, late: 0, twice: false, minute: at }];
  });
}
