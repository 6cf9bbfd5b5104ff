/** Source: "Metrics and dimensions in Managed Service for Apache Flink". */
import type { MetricEntry } from "./entry";
export declare const healthMetrics: {
    readonly uptime: MetricEntry;
    readonly downtime: MetricEntry;
    readonly fullRestarts: MetricEntry;
    readonly numRestarts: MetricEntry;
    readonly runningTime: MetricEntry;
    readonly restartingTime: MetricEntry;
    readonly cancellingTime: MetricEntry;
    readonly failingTime: MetricEntry;
    readonly lastCheckpointSize: MetricEntry;
    readonly lastCheckpointDuration: MetricEntry;
    readonly numberOfFailedCheckpoints: MetricEntry;
};
export declare const resourceMetrics: {
    readonly cpuUtilization: MetricEntry;
    readonly containerCPUUtilization: MetricEntry;
    readonly heapMemoryUtilization: MetricEntry;
    readonly containerMemoryUtilization: MetricEntry;
    readonly containerDiskUtilization: MetricEntry;
    readonly oldGenerationGCCount: MetricEntry;
    readonly oldGenerationGCTime: MetricEntry;
    readonly threadsCount: MetricEntry;
    readonly managedMemoryUsed: MetricEntry;
    readonly managedMemoryTotal: MetricEntry;
    readonly managedMemoryUtilization: MetricEntry;
    readonly KPUs: MetricEntry;
};
export declare const progressMetrics: {
    readonly numRecordsInPerSecond: MetricEntry;
    readonly numRecordsOutPerSecond: MetricEntry;
    readonly numRecordsIn: MetricEntry;
    readonly numRecordsOut: MetricEntry;
    readonly numLateRecordsDropped: MetricEntry;
    readonly currentInputWatermark: MetricEntry;
    readonly currentOutputWatermark: MetricEntry;
    readonly busyTimeMsPerSecond: MetricEntry;
    readonly backPressuredTimeMsPerSecond: MetricEntry;
    readonly idleTimeMsPerSecond: MetricEntry;
};
export declare const sourceMetrics: {
    readonly millisBehindLatest: MetricEntry;
};
