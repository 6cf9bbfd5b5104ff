import type { PipelineNames } from "../../names";
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
    ...{ quantity: utilisationQuantity, unit: "%" },
    queries: (reading) => flinkUtilisation(reading, names, throughput),
  };
  const byLoad = (quantity: string, load: MeasuredLoad): Signal => ({
    ...{ quantity, unit: "%" },
    queries: (reading) => loadUtilisation(reading, names, load, throughput, targetPercent),
  });
  if (signal === SignalName.Cpu) return byLoad("CPU", cpuLoad(names));
  if (signal === SignalName.BusyTime) return byLoad("busy time", busyTime(names, busyTask));
  if (signal === SignalName.Lag) return { ...byThroughput, out: lagWatch(scaling, names, throughput) };
  if (signal === SignalName.Expression && expression) return expressionSignal(names, "application", expression);
  return byThroughput;
}

function lagWatch(
  { scaleOutLagSeconds }: ScalingSettings,
  names: PipelineNames,
  { lagMetric, catchUpSeconds, observed }: ThroughputSignal,
) {
  return {
    ...{ quantity: "lag that doesn't drain in time", unit: "s", threshold: scaleOutLagSeconds },
    queries: () => lagThatStays(names, lagMetric, catchUpSeconds, observed),
    steps: backlogSteps(scaleOutLagSeconds, catchUpSeconds),
  };
}
