import type { MetricEntry } from "./entry";
/** Keys are those of `capacityMetrics`; the application has no `updatesLeft`. */
export declare const streamScalerMetrics: {
    readonly desired: MetricEntry;
    readonly settled: MetricEntry;
    readonly actual: MetricEntry;
    readonly pendingMinutes: MetricEntry;
    readonly updatesLeft: MetricEntry;
    readonly changes: MetricEntry;
    readonly failedUpdates: MetricEntry;
    readonly errors: MetricEntry;
};
export declare const applicationScalerMetrics: {
    desired: MetricEntry;
    settled: MetricEntry;
    actual: MetricEntry;
    pendingMinutes: MetricEntry;
    changes: MetricEntry;
    failedUpdates: MetricEntry;
    errors: MetricEntry;
};
export declare const functionMetrics: {
    readonly Errors: MetricEntry;
    readonly Invocations: MetricEntry;
    readonly Duration: MetricEntry;
};
