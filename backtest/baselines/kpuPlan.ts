import type { Bounds } from "../model/workload";
import { levelsBetween, shortage } from "./levels";
import type { Planned } from "./shardPlan";

/**
 * The cheapest plan for an application: outside restarts every minute's records are processed in it, and what a restart leaves is drained
 * `drainMinutes` after it. A restart stops for `stopMinutes` and is billed at the larger of old and new. A dynamic programme, exact on
 * its levels. Each `tick` is where a restart begins.
 */
export function kpuPlan(
  records: Float64Array,
  recordsPerKpu: number,
  initial: number,
  bounds: Bounds,
  stopMinutes: number,
  drainMinutes: number,
): Planned[] {
  const ticks = records.length;
  const needed = Uint16Array.from(records, (count) => Math.max(1, Math.ceil(count / recordsPerKpu)));
  const most = 2 * needed.reduce((a, b) => Math.max(a, b), initial);
  const levels = levelsBetween(bounds.min, Math.min(bounds.max, most));
  const many = levels.length;
  const busy = stopMinutes + drainMinutes;
  const rows = busy + 1;
  const values = Array.from({ length: rows }, () => new Float64Array(many));
  const choices = new Uint16Array(ticks * many);
  const after = new Float64Array(many);
  const above = new Float64Array(many + 1).fill(Infinity);
  const aboveAt = new Uint16Array(many + 1);
  let sum = 0;
  for (let tick = ticks - 1; tick >= 0; tick--) {
    sum += records[tick]! - (tick + busy < ticks ? records[tick + busy]! : 0);
    const [value, next] = [values[tick % rows]!, values[(tick + 1) % rows]!];
    const later = values[(tick + busy) % rows]!;
    const possible = tick + busy < ticks;
    for (let i = many - 1; i >= 0; i--) {
      const n = levels[i]!;
      const missing = Math.max(0, sum / recordsPerKpu - drainMinutes * n);
      after[i] = possible ? drainMinutes * n + shortage * missing + later[i]! : Infinity;
      const larger = stopMinutes * n + after[i]!;
      above[i] = Math.min(above[i + 1]!, larger);
      aboveAt[i] = larger <= above[i + 1]! ? i : aboveAt[i + 1]!;
    }
    let [below, belowAt] = [Infinity, 0];
    for (let i = 0; i < many; i++) {
      const n = levels[i]!;
      let cost = n + shortage * Math.max(0, needed[tick]! - n) + (tick + 1 < ticks ? next[i]! : 0);
      let choice = 0;
      if (above[i + 1]! < cost) [cost, choice] = [above[i + 1]!, aboveAt[i + 1]! + 1];
      if (below + stopMinutes * n < cost) [cost, choice] = [below + stopMinutes * n, belowAt + 1];
      if (after[i]! < below) [below, belowAt] = [after[i]!, i];
      value[i] = cost;
      choices[tick * many + i] = choice;
    }
  }
  const plan: Planned[] = [];
  let level = levels.findIndex((n) => n >= initial);
  for (let tick = 1; tick < ticks;) {
    const choice = choices[tick * many + level]!;
    if (choice === 0) tick++;
    else {
      plan.push({ tick, from: levels[level]!, to: levels[choice - 1]! });
      level = choice - 1;
      tick += busy;
    }
  }
  return plan;
}
