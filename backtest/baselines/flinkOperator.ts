import type { ApplicationMinutes, ApplicationPolicy, Policy } from "../model/policy";
import type { Workload } from "../model/workload";

/** The setting in the operator's documentation, minutes and shares; what it doesn't name is the default. */
const setting = {
  stabilisation: 1,
  window: 5,
  target: 0.6,
  highest: 0.8,
  lowest: 0.4,
  restart: 2,
  catchUp: 5,
  backlog: 5,
  scaleInInterval: 60,
  largestScaleIn: 0.6,
};

/** What the operator makes of its window, records a minute. */
interface Evaluation {
  arriving: number;
  /** True processing rate of all KPUs. */
  capacity: number;
  lag: number;
  processed: number;
}

function evaluate({ processed, busy, backlog }: ApplicationMinutes, minute: number, seesLag: boolean): Evaluation {
  const { window } = setting;
  const mean = (values: Float64Array) => values.subarray(minute - window + 1, minute + 1).reduce((a, b) => a + b, 0) / window;
  const rate = mean(processed);
  const lag = seesLag ? backlog[minute]! : 0;
  const growth = seesLag ? (backlog[minute]! - backlog[minute - window + 1]!) / (window - 1) : 0;
  let capacity = rate > 0 ? rate / mean(busy) : Infinity;
  // Half a minute of lag: what is processed is what can be.
  if (seesLag && rate > 0 && lag >= rate / 2 && capacity > 1.15 * rate) capacity = rate;
  return { arriving: Math.max(0, rate + growth), capacity, lag, processed: rate };
}

/**
 * The autoscaler of apache/flink-kubernetes-operator on one vertex, looked at once a minute.
 * @param seesLag it reads records that wait from Kafka's and Pulsar's metrics alone; of a Kinesis source it sees none.
 */
function operator({ kpus }: Workload, seesLag: boolean): ApplicationPolicy {
  let readyAt = setting.stabilisation + setting.window;
  let scaleIn: { since: number; largest: number } | undefined;
  return {
    decide({ tick, minute, count, updating, minutes }) {
      if (updating) {
        readyAt = tick + 1 + setting.stabilisation + setting.window;
        scaleIn = undefined;
      }
      if (updating || minute < readyAt || !minutes.busy.subarray(minute - setting.window + 1, minute + 1).every((b) => b >= 0)) {
        return undefined;
      }
      const { arriving, capacity, lag, processed } = evaluate(minutes, minute, seesLag);
      const needed = (share: number, restart: boolean) =>
        lag / setting.catchUp + (restart ? (arriving * setting.restart) / setting.catchUp : 0) + arriving / share;
      const late = processed > 0 && lag / processed > setting.backlog;
      const least = needed(late ? 1 : setting.highest, false);
      const most = late ? Infinity : needed(setting.lowest, true);
      const outside = capacity < least || capacity > most;
      const factor = Math.max(1 - setting.largestScaleIn, needed(setting.target, true) / capacity);
      const wanted = Math.min(kpus.max, Math.max(kpus.min, Math.ceil(factor * count)));
      if (wanted >= count) {
        scaleIn = undefined;
        return outside && wanted > count ? wanted : undefined;
      }
      scaleIn = { since: scaleIn?.since ?? tick, largest: Math.max(wanted, scaleIn?.largest ?? 0) };
      if (tick - scaleIn.since < setting.scaleInInterval || !outside) return undefined;
      const { largest } = scaleIn;
      scaleIn = undefined;
      return largest;
    },
  };
}

export const flinkOperator: Policy = { name: "flink-operator", application: (workload) => operator(workload, false) };
export const flinkOperatorIdeal: Policy = { name: "flink-operator-ideal", application: (workload) => operator(workload, true) };
