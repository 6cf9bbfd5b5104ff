import { updateMinutes } from "../../components/stream/updateMinutes";
import type { Bounds } from "../model/workload";
import { levelsBetween, shortage } from "./levels";

const dayMinutes = 1440;
/** Minutes that have a price of their own for an update. */
const slotMinutes = 72;
const rounds = 12;

/** An update that serves from `tick` on. */
export interface Planned {
  tick: number;
  from: number;
  to: number;
}

/**
 * The cheapest known plan that takes every record in the minute in which it comes, where that can be, under UpdateShardCount's limits: each
 * update at most doubles or halves and takes its time, one at a time, `updatesPerDay` in any 1,440 minutes. A dynamic programme finds the cheapest plan for
 * given prices of an update, which rise where a day has too many and fall where it has few: near the optimum, not it.
 */
export function shardPlan(needed: Uint16Array, initial: number, bounds: Bounds, updatesPerDay: number): Planned[] {
  const levels = levelsBetween(
    bounds.min,
    needed.reduce((a, b) => Math.max(a, b), initial),
  );
  const mean = needed.reduce((a, b) => a + b, 0) / needed.length;
  const prices = new Float64Array(Math.ceil(needed.length / slotMinutes)).fill(20 * mean);
  const choices = new Uint16Array(needed.length * levels.length);
  let best: { plan: Planned[]; cost: number } | undefined;
  for (let round = 0; round < rounds || !best; round++) {
    const plan = cheapest(needed, levels, initial, prices, choices);
    const crowded = crowding(plan, prices.length, updatesPerDay);
    const cost = shardMinutes(plan, initial, needed);
    if (crowded.every((share) => share <= 0) && cost < (best?.cost ?? Infinity)) best = { plan, cost };
    // At last prices only rise, until a plan is found that keeps to the limit.
    const [change, least] = round < rounds ? [0.75 ** round, -1] : [0.3, 0];
    crowded.forEach((share, slot) => (prices[slot]! *= Math.exp(change * Math.max(least, share))));
  }
  return best.plan;
}

/** What a plan costs, shortage included. */
function shardMinutes(plan: readonly Planned[], initial: number, needed: Uint16Array): number {
  let [sum, count, i] = [0, initial, 0];
  for (let tick = 0; tick < needed.length; tick++) {
    while (plan[i]?.tick === tick) count = plan[i++]!.to;
    sum += minuteCost(count, needed[tick]!);
  }
  return sum;
}

const minuteCost = (count: number, needed: number): number => count + (needed > count ? shortage * (needed - count) : 0);

/** For each slot the updates of the fullest day around it, less what is allowed, as a share of that: -1 to 1. */
function crowding(plan: readonly Planned[], slots: number, updatesPerDay: number): Float64Array {
  const shares = new Float64Array(slots).fill(-1);
  let first = 0;
  plan.forEach(({ tick }, i) => {
    // An update begins up to `longest` minutes before it serves.
    while (plan[first]!.tick <= tick - dayMinutes - longest) first++;
    const share = Math.min(1, (i - first + 1) / updatesPerDay - 1);
    for (let slot = Math.floor(plan[first]!.tick / slotMinutes); slot * slotMinutes <= tick; slot++) {
      shares[slot] = Math.max(shares[slot]!, share);
    }
  });
  return shares;
}

/** An update of many shards begins this many minutes before it serves, at most. */
const longest = 14;

function cheapest(
  needed: Uint16Array,
  levels: readonly number[],
  initial: number,
  prices: Float64Array,
  choices: Uint16Array,
): Planned[] {
  const [ticks, many] = [needed.length, levels.length];
  const reach = levels.map((n) => [levels.findIndex((m) => 2 * m >= n), levels.findLastIndex((m) => m <= 2 * n)] as const);
  const taking = levels.map((n) => Math.min(longest, updateMinutes(n, Math.min(2 * n, levels[many - 1]!))));
  const rows = longest + 1;
  const values = Array.from({ length: rows }, () => new Float64Array(many));
  const bests = Array.from({ length: rows }, () => new Float64Array(many).fill(Infinity));
  const targets = Array.from({ length: rows }, () => new Uint16Array(many));
  /** Cost of a level from a tick on while an update is under way. */
  const meanwhile = new Float64Array(many);
  const queue = new Int32Array(many);
  for (let tick = ticks - 1; tick >= 0; tick--) {
    const [value, next] = [values[tick % rows]!, values[(tick + 1) % rows]!];
    for (let i = 0; i < many; i++) {
      const n = levels[i]!;
      const own = minuteCost(n, needed[tick]!);
      const serves = tick + taking[i]!;
      meanwhile[i]! += own - (serves < ticks ? minuteCost(n, needed[serves]!) : 0);
      let cost = own + (tick + 1 < ticks ? next[i]! : 0);
      let choice = 0;
      if (serves < ticks) {
        const changed = meanwhile[i]! + prices[Math.floor(serves / slotMinutes)]! + bests[serves % rows]![i]!;
        if (changed < cost - 1e-9) {
          cost = changed;
          choice = targets[serves % rows]![i]! + 1;
        }
      }
      value[i] = cost;
      choices[tick * many + i] = choice;
    }
    leastWithin(value, reach, bests[tick % rows]!, targets[tick % rows]!, queue);
  }
  return walk(
    levels,
    taking,
    choices,
    ticks,
    levels.findIndex((n) => n >= initial),
  );
}

/** For each level the least value among those that one update reaches: both ends of its reach only rise. */
function leastWithin(
  value: Float64Array,
  reach: readonly (readonly [number, number])[],
  best: Float64Array,
  target: Uint16Array,
  queue: Int32Array,
): void {
  let [head, tail, taken] = [0, 0, 0];
  for (let i = 0; i < reach.length; i++) {
    const [low, high] = reach[i]!;
    for (; taken <= high; taken++) {
      while (tail > head && value[queue[tail - 1]!]! >= value[taken]!) tail--;
      queue[tail++] = taken;
    }
    while (queue[head]! < low) head++;
    best[i] = value[queue[head]!]!;
    target[i] = queue[head]!;
  }
}

function walk(
  levels: readonly number[],
  taking: readonly number[],
  choices: Uint16Array,
  ticks: number,
  initial: number,
): Planned[] {
  const plan: Planned[] = [];
  for (let tick = 1, level = initial; tick < ticks;) {
    const choice = choices[tick * levels.length + level]!;
    if (choice === 0) {
      tick++;
      continue;
    }
    tick += taking[level]!;
    plan.push({ tick, from: levels[level]!, to: levels[choice - 1]! });
    level = choice - 1;
  }
  return plan;
}
