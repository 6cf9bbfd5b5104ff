import type { Prices } from "../components/prices";
import { isObject } from "../config/keys";
import { stackConfigs, type StackConfig } from "../sandbox/deploy/deploy";
import type { StackFiles } from "../sandbox/deploy/stackFiles";
import { inputError } from "../sandbox/inputError";
import type { Trace } from "../sandbox/traffic/trace";
import { initialCount, shardMinute, type Workload } from "./model/workload";

/** What a backtest is told beside the stack. */
export interface Circumstances {
  trace: Trace;
  recordBytes: number;
  prices: Prices;
}

/** A pipeline's workload; "" is the name of a stack's only one. */
export interface PipelineWorkload {
  pipeline: string;
  workload: Workload;
}

/**
 * The trace through each of a stack's pipelines, by its configuration.
 * @throws ConfigError for the configuration; InputError for a trace that is shorter than what an alarm looks at.
 */
export function stackWorkloads(files: StackFiles, circumstances: Circumstances): PipelineWorkload[] {
  const configs = stackConfigs(files);
  for (const config of configs) requireLength(circumstances.trace, config);
  return configs.map((config) => ({ pipeline: config.pipeline, workload: workloadOfPipeline(config, circumstances) }));
}

function workloadOfPipeline({ stream, application }: StackConfig, { trace, recordBytes, prices }: Circumstances): Workload {
  return {
    ...{ trace, recordBytes, prices },
    recordsPerKpuPerMinute: application.recordsPerKpuPerMinute,
    restartSeconds: application.restartSeconds,
    shards: { min: stream.minShards, max: stream.maxShards },
    kpus: { min: application.minKpus, max: application.maxKpus },
    updatesPerDay: stream.updatesPerDay,
  };
}

function requireLength(trace: Trace, { stream, application, stack }: StackConfig): void {
  const windows = [stream, application].flatMap(({ scaling }) => [scaling.scaleInMinutes, scaling.scaleOutMinutes]);
  const longest = Math.max(...windows);
  if (trace.rates.length > longest) return;
  throw inputError(
    "TraceError",
    `${trace.name} has ${trace.rates.length} minutes; an alarm of stack ${stack} looks at ${longest}: give a longer trace, or a stack with ` +
      "shorter windows (scaleInMinutes).",
  );
}

/** The stack as a backtest starts it: each pipeline with what has the trace's first minutes at 70 %. What is adopted keeps its count. */
export function startedAtLoad(files: StackFiles, circumstances: Circumstances): StackFiles {
  const { project, config } = files;
  const all = stackConfigs(files).map((settings) => [settings.pipeline, initialKeys(settings, circumstances)] as const);
  const key = `${project}:pipelines`;
  const several = config[key];
  if (isObject(several) && all[0]![0] !== "") {
    const entries = all.map(([name, keys]) => [name, { ...(several[name] as object), ...keys }] as const);
    return { ...files, config: { ...config, [key]: Object.fromEntries(entries) } };
  }
  const own = Object.entries(all[0]![1]).map(([name, value]) => [`${project}:${name}`, value] as const);
  return { ...files, config: { ...config, ...Object.fromEntries(own) } };
}

function initialKeys(settings: StackConfig, circumstances: Circumstances): Record<string, number> {
  const workload = workloadOfPipeline(settings, circumstances);
  const { stream, application } = settings;
  const kpus = initialCount(workload, workload.recordsPerKpuPerMinute, workload.kpus);
  return {
    ...(stream.existing === undefined && { shards: initialCount(workload, shardMinute(workload), workload.shards) }),
    ...(application.existing === undefined && { kpus }),
  };
}
