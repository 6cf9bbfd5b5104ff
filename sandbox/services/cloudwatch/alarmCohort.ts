import { scalesIn, type Alarm } from "./alarm";
import type { AlarmDefinition } from "./alarmDefinition";
import { evaluate, type AlarmState } from "./alarmEvaluation";
import { readWindow } from "./alarmWindow";
import { grown } from "./grown";
import { asSeries, newValues, type Frame, type Values } from "./math/values";
import type { MetricStore } from "./metricStore";

/**
 * Hears what an alarm's window says. `state`: by `points`; undefined: the alarm keeps the one it has. `points`: oldest first,
 * NaN = missing; used again for the next alarm.
 */
export type See = (alarm: Alarm, state: AlarmState | undefined, points: Float64Array) => void;

/** Alarms that differ in nothing but the metrics they watch: the same alarm of several pipelines. */
export interface AlarmCohort {
  readonly size: number;
  add(alarm: Alarm): void;
  remove(alarm: Alarm): void;
  /** The alarm's state was changed: it is shown again. */
  wake(alarm: Alarm): void;
  /**
   * Moves the windows up to `nowMinute` and shows the alarms; one whose state has no scaling policy only if its points say another
   * state than the last time.
   */
  look(nowMinute: number, see: See): void;
}

/**
 * A one-minute expression that looks at each minute for itself is computed for all alarms of the cohort at once, and only for the
 * minutes that are new or got late data: what they watch stands side by side, as if it were one long series. Anything else (longer
 * periods slide by less than a point; RATE looks back) is computed alarm by alarm, the whole window.
 */
export function alarmCohort(definition: AlarmDefinition, length: number, store: MetricStore): AlarmCohort {
  const { watched, period } = definition;
  return watched.pointwise && period === 60 ? slidingCohort(definition, length, store) : wholeCohort(definition, length, store);
}

function wholeCohort({ rule }: AlarmDefinition, length: number, store: MetricStore): AlarmCohort {
  const alarms = new Set<Alarm>();
  return {
    get size() {
      return alarms.size;
    },
    add: (alarm) => void alarms.add(alarm),
    remove: (alarm) => void alarms.delete(alarm),
    wake: () => undefined,
    look(nowMinute, see) {
      for (const alarm of alarms) {
        const points = readWindow(store, alarm, nowMinute, length);
        see(alarm, evaluate(points, rule), points);
      }
    },
  };
}

function slidingCohort({ rows, watched, period, rule }: AlarmDefinition, length: number, store: MetricStore): AlarmCohort {
  const alarms: Alarm[] = [];
  /** By row of the definition: what is read, and each alarm's series by its row in the store. */
  const inputs = new Map([...watched.metrics].map((row) => [row, { reading: rows[row]!.metric!, series: [] as number[] }]));
  /** `length` points of each alarm, and the minute that they end with. */
  let windows: Float64Array = new Float64Array(length);
  const ends: number[] = [];
  /** First minute to compute of each alarm. */
  const froms: number[] = [];
  /** State without a scaling policy that an alarm was last seen in: as long as its points say the same there is nothing to do. */
  const quiet: (AlarmState | undefined)[] = [];
  const points = new Float64Array(length);

  const firstStale = (index: number, nowMinute: number) => {
    let from = ends[index]!;
    for (const { series } of inputs.values()) from = Math.min(from, store.changedFrom(series[index]!));
    return Math.max(from, nowMinute - length);
  };

  const readMetrics = (row: number, nowMinute: number, total: number): Values => {
    const { reading, series } = inputs.get(row)!;
    const out = newValues(total);
    let at = 0;
    for (let index = 0; index < series.length; index++) {
      const from = froms[index]!;
      store.read(series[index]!, reading, from, 1, nowMinute - from, out, at);
      at += nowMinute - from;
    }
    return out;
  };

  /** Values of the minutes from each alarm's `froms` on, alarm after alarm. */
  const compute = (nowMinute: number): Values => {
    let total = 0;
    for (let index = 0; index < alarms.length; index++) {
      froms[index] = firstStale(index, nowMinute);
      total += nowMinute - froms[index]!;
    }
    const metric: Frame["metric"] = (row) => readMetrics(row, nowMinute, total);
    return asSeries(watched.run({ start: Number.NaN, period, length: total, metric, search: () => [] }));
  };

  /** Moves a window on and leaves it in `points`, the newest of them from `values[at]` on. */
  const slide = (index: number, nowMinute: number, values: Values, at: number) => {
    const first = index * length;
    const shift = nowMinute - ends[index]!;
    const kept = froms[index]! - (nowMinute - length);
    for (let i = 0; i < kept; i++) points[i] = windows[first + i + shift]!;
    for (let i = kept; i < length; i++) points[i] = values[at + i - kept]!;
    windows.set(points, first);
    ends[index] = nowMinute;
  };

  const show = (index: number, see: See) => {
    const state = evaluate(points, rule);
    const before = quiet[index];
    if (before !== undefined && (state === undefined || state === before)) return;
    const alarm = alarms[index]!;
    see(alarm, state, points);
    const seen = state ?? alarm.state;
    quiet[index] = scalesIn(alarm, seen) ? undefined : seen;
  };

  return {
    get size() {
      return alarms.length;
    },
    add(alarm) {
      if (windows.length < (alarms.length + 1) * length) windows = grown(windows);
      alarms.push(alarm);
      for (const [row, { series }] of inputs) series.push(alarm.series[row]!.row);
      ends.push(Number.NEGATIVE_INFINITY);
      quiet.push(undefined);
    },
    remove(alarm) {
      // The last takes its place.
      const index = alarms.indexOf(alarm);
      const last = alarms.length - 1;
      windows.copyWithin(index * length, last * length, (last + 1) * length);
      const series = [...inputs.values()].map((input) => input.series);
      for (const list of [alarms, ends, quiet, ...series] as unknown[][]) {
        list[index] = list[last];
        list.pop();
      }
    },
    wake: (alarm) => void (quiet[alarms.indexOf(alarm)] = undefined),
    look(nowMinute, see) {
      const values = compute(nowMinute);
      let at = 0;
      for (let index = 0; index < alarms.length; index++) {
        slide(index, nowMinute, values, at);
        at += nowMinute - froms[index]!;
        show(index, see);
      }
    },
  };
}
