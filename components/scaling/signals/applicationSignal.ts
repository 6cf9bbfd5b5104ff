import type { PipelineNames } from "../../names";
import { applicationThroughputWords, lagWords, loadWords } from "../../words/signalWords";
import type { ScalingSettings } from "../scalingArgs";
import { backlogSteps } from "../stepAdjustments";
import { busyTime, cpuLoad, flinkUtilisation, loadUtilisation, type MeasuredLoad, type ThroughputSignal } from "./application";
import { expressionSignal } from "./expression";
import { lagThatStays } from "./lag";
import { utilisationQuantity, type Signal } from "./signal";
import { SignalName } from "./signalName";

/** What an application's KPUs are scaled on. */
export function applicationSignal(scaling: ScalingSettings, names: PipelineNames, throughput: ThroughputSignal): Signal {
  const { signal, busyTask = "", expression, targetPercent } = scaling;
  const byThroughput: Signal = {
    ...{ quantity: utilisationQuantity, unit: "%", words: applicationThroughputWords(throughput) },
    queries: (reading) => flinkUtilisation(reading, names, throughput),
  };
  const byLoad = (quantity: string, of: string, load: MeasuredLoad): Signal => ({
    ...{ quantity, unit: "%", words: loadWords(quantity, of, throughput) },
    queries: (reading) => loadUtilisation(reading, names, load, throughput, targetPercent),
  });
  if (signal === SignalName.Cpu) return byLoad("CPU", "", cpuLoad(names));
  if (signal === SignalName.BusyTime) return byLoad("busy time", ` of ${busyTask}`, busyTime(names, busyTask));
  if (signal === SignalName.Lag)
    return { ...byThroughput, words: lagWords(throughput), out: lagWatch(scaling, names, throughput) };
  if (signal === SignalName.Expression && expression) return expressionSignal(names, "application", expression);
  return byThroughput;
}

function lagWatch(
  { scaleOutLagSeconds }: ScalingSettings,
  names: PipelineNames,
  { lagMetric, catchUpSeconds }: ThroughputSignal,
) {
  return {
    ...{ quantity: "lag that doesn't drain in time", unit: "s", threshold: scaleOutLagSeconds },
    queries: () => lagThatStays(names, lagMetric, catchUpSeconds),
    steps: backlogSteps(scaleOutLagSeconds, catchUpSeconds),
  };
}
