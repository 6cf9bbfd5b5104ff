import type { MetricQuery, MetricStat } from "../metrics/metricQuery";
import type { MetricEntry } from "../metrics/catalogue";
import type { PipelineNames } from "../names";
/**
 * What the scaling alarms watch: utilisation in percent of the capacity asked for, as metric math.
 *
 * A missing datapoint counts as 0 in arithmetic and a division by zero gives no point ("Using math expressions with CloudWatch
 * metrics"). So every result ends divided by the capacity `c`: a minute without capacity has no utilisation, a minute with
 * capacity and no records has 0. `+ 0 * c` fills a series with zeros wherever there is capacity; it stands wherever a
 * missing point would otherwise drop out (inside IF, MIN and MAX).
 *
 * Records may come up to three minutes late, after the capacity, or not at all for hours. So a minute counts (`known`) once its
 * records are in; without them it had none (`idle`) only if a witness in the same namespace says so: a consumer that was served and
 * read next to nothing, once the settled capacity is there, which is published when nothing should come any more.
 *
 * Absence of data is no evidence. For scaling in, a settled minute that isn't known is `unknownPercent`, which lies above any
 * threshold; for scaling out it has no datapoint.
 */
/** A scaling direction: `out` divides by the largest capacity asked for in the minute, `in` by the smallest. */
export type Direction = "out" | "in";
/** Per shard and minute: 1,000 records and 1 MiB a second ("Quotas and limits", Kinesis Data Streams). */
export declare const recordsPerShardMinute = 60000;
export declare const bytesPerShardMinute: number;
/**
 * Throttled demand counts where the shards that serve are fuller than this, in percent; below it, throttling is a hot shard. The
 * shards asked for don't tell: while they are on their way, those that serve can be full at a low utilisation.
 */
export declare const throttlingCountsAbovePercent = 50;
/** Utilisation to scale in by of a settled minute of which something is not known, in percent. */
export declare const unknownPercent = 100;
/**
 * Bytes that consumers read in a minute without records at most: 1 KiB a second. Not 0: what came at the end of one minute is read in
 * the next.
 */
export declare const idleReadBytes: number;
/** Where the consumer's lag is read. */
export declare const LagMetric: {
    readonly Flink: "flink";
    readonly IteratorAge: "iteratorAge";
    readonly EnhancedFanOut: "efo";
};
export type LagMetric = (typeof LagMetric)[keyof typeof LagMetric];
export interface FlinkSignal {
    recordsPerKpuPerMinute: number;
    /** Seconds in which a backlog is to be worked off. */
    catchUpSeconds: number;
    /** Seconds of lag that count as 100 % where scaling in is decided. */
    lagForScaleInSeconds: number;
    lagMetric: LagMetric;
}
/** The metric that says how far the consumer is behind, in milliseconds; Flink reports -1 until it knows. */
export declare function lagEntry(lagMetric: string): MetricEntry;
export declare function lagStat(names: PipelineNames, lagMetric: LagMetric): MetricStat;
/**
 * Utilisation of the stream in percent: the larger of records and bytes, accepted plus throttled. Throttled records are retries
 * too, so they count at most once more (MIN) and only where the shards that serve are more than half full. For scaling in, a
 * minute whose throttled records aren't in counts as throttled once, and one whose shards that serve aren't known isn't known.
 */
export declare function streamUtilisation(direction: Direction, names: PipelineNames): MetricQuery[];
/**
 * Percent of the attempts that were throttled although the shards that serve are at most half full on average: a hot shard, or
 * bursts within a second. 0 where they are fuller.
 */
export declare function hotShardThrottling(names: PipelineNames): MetricQuery[];
/** Percent of the attempts that were throttled. */
export declare function throttledPercent(names: PipelineNames): MetricQuery[];
/**
 * Utilisation of the application in percent: rate * (1 + lag / catchUp) / (KPUs * throughput of a KPU). A lag that is missing or -1
 * (not known yet) counts 0. For scaling in, the larger of that and the lag in percent of `lagForScaleInSeconds`; a minute without a
 * lag (the job restarts, or fails in front of a backlog) isn't known.
 */
export declare function flinkUtilisation(direction: Direction, names: PipelineNames, signal: FlinkSignal): MetricQuery[];
export declare const row: (id: string, metric: MetricStat) => MetricQuery;
export declare const term: (id: string, expression: string) => MetricQuery;
export declare const result: (id: string, expression: string, label: string) => MetricQuery;
