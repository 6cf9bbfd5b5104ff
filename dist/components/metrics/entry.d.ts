import type * as pulumi from "@pulumi/pulumi";
import type { PipelineNames } from "../names";
import type { MetricStat } from "./metricQuery";
/** Managed Flink's four reporting levels, and what the other namespaces report by. */
export type ReportingLevel = "Application" | "Task" | "Operator" | "Parallelism" | "Stream" | "Shard" | "Consumer" | "Producer" | "Dimension" | "Function";
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
    flink?: {
        from?: string;
        before?: string;
    };
    /** Samples a minute where that is more than one and Sum must be divided by it. */
    snapshotsPerMinute?: number;
}
/**
 * Version of a Managed Flink runtime environment: "FLINK-1_20" gives "1.20".
 * @throws {RangeError} If the runtime is not FLINK-<major>_<minor>.
 */
export declare function flinkVersion(runtime: string): string;
/** Whether an application on this runtime emits the metric at all. */
export declare function emittedBy(entry: MetricEntry, runtime: string): boolean;
/** The generations of Flink that emit the metric: of 1.x, 2.x or both. */
export declare function generations(entry: MetricEntry): string[];
/** Whether a metrics level (APPLICATION | TASK | OPERATOR | PARALLELISM) reports the metric by `level`; a lower one includes the upper. */
export declare function reportedAt(entry: MetricEntry, metricsLevel: string, level: ReportingLevel): boolean;
/** The metric of this pipeline, ready for an alarm or a dashboard; `stat` replaces the catalogue's. */
export declare function statOf(entry: MetricEntry, names: PipelineNames, stat?: string): MetricStat;
