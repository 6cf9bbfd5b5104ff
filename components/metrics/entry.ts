import type * as pulumi from "@pulumi/pulumi";
import type { PipelineNames } from "../names";
import type { MetricStat } from "./metricQuery";

/** Managed Flink's four reporting levels, and what the other namespaces report by. */
export type ReportingLevel =
  "Application" | "Task" | "Operator" | "Parallelism" | "Stream" | "Shard" | "Consumer" | "Producer" | "Dimension" | "Function";

export interface MetricEntry {
  namespace: string;
  name: string;
  dimensions: (names: PipelineNames) => Record<string, pulumi.Input<string>>;
  /** The statistic that says what the metric is for, and why this one. */
  stat: string;
  why: string;
  unit: string;
  /** Seconds between datapoints. */
  period: number;
  levels: readonly ReportingLevel[];
  healthy: string;
  /** Flink versions that emit it, `from` inclusive, `before` exclusive; absent: all. */
  flink?: { from?: string; before?: string };
  /** Samples a minute where that is more than one and Sum must be divided by it. */
  snapshotsPerMinute?: number;
}

/** 1.20 is 120, 2.2 is 202: so that versions compare as numbers. */
function versionNumber(version: string): number {
  const [major, minor] = version.split(".").map(Number);
  return (major ?? 0) * 100 + (minor ?? 0);
}

/**
 * Version of a Managed Flink runtime environment: "FLINK-1_20" gives "1.20".
 * @throws {RangeError} If the runtime is not FLINK-<major>_<minor>.
 */
export function flinkVersion(runtime: string): string {
  const match = /^FLINK-(\d+)_(\d+)$/.exec(runtime);
  if (!match)
    throw new RangeError(`runtime "${runtime}" is not a Flink runtime; give FLINK-<major>_<minor>, such as FLINK-1_20.`);
  return `${match[1]}.${match[2]}`;
}

/** Whether an application on this runtime emits the metric at all. */
export function emittedBy(entry: MetricEntry, runtime: string): boolean {
  const version = versionNumber(flinkVersion(runtime));
  const { from, before } = entry.flink ?? {};
  return (from === undefined || version >= versionNumber(from)) && (before === undefined || version < versionNumber(before));
}

/** The generations of Flink that emit the metric: of 1.x, 2.x or both. */
export function generations(entry: MetricEntry): string[] {
  const { from, before } = entry.flink ?? {};
  const first = from === undefined || versionNumber(from) < 200 ? ["1.x"] : [];
  const second = before === undefined || versionNumber(before) > 200 ? ["2.x"] : [];
  return [...first, ...second];
}

const flinkLevels: readonly ReportingLevel[] = ["Application", "Task", "Operator", "Parallelism"];

/** Whether a metrics level (APPLICATION | TASK | OPERATOR | PARALLELISM) reports the metric by `level`; a lower one includes the upper. */
export function reportedAt(entry: MetricEntry, metricsLevel: string, level: ReportingLevel): boolean {
  const reach = flinkLevels.findIndex((known) => known.toUpperCase() === metricsLevel);
  return entry.levels.includes(level) && flinkLevels.indexOf(level) <= reach;
}

/** The metric of this pipeline, ready for an alarm or a dashboard; `stat` replaces the catalogue's. */
export function statOf(entry: MetricEntry, names: PipelineNames, stat = entry.stat): MetricStat {
  return {
    namespace: entry.namespace,
    metricName: entry.name,
    dimensions: entry.dimensions(names),
    stat,
    period: entry.period,
  };
}
