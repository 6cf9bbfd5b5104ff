import type { PipelineNames } from "../names";
import type { MetricQuery } from "../metrics/metricQuery";
import { type LagMetric } from "../scaling/signals";
/** One operational alarm: a metric or an expression beyond a threshold. */
export interface OperationalAlarm {
    /** End of the alarm's logical name. */
    name: string;
    /** Heading in docs/runbook.md, as an anchor. */
    anchor: string;
    /** What it means, in a sentence. */
    meaning: string;
    queries: MetricQuery[];
    comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
    threshold: number;
    /** Minutes beyond the threshold, of the minutes looked at. */
    datapoints: number;
    minutes: number;
    treatMissingData: "notBreaching" | "breaching";
}
export interface OperationalSettings {
    runtime: string;
    lagMetric: LagMetric;
    lagSeconds: number;
    throttledPercent: number;
}
/** All operational alarms of a pipeline, in the order of docs/runbook.md. */
export declare function operationalAlarms(names: PipelineNames, settings: OperationalSettings): OperationalAlarm[];
