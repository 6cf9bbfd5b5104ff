import type { Capacity, FlinkConfig, FlinkSight, Look, Verdict } from "./types";
/** Statuses: "ApplicationDetail", Managed Service for Apache Flink API Reference. */
export declare function decideFlink(look: Look, sight: FlinkSight): Verdict;
/** Parallelism of a number of KPUs, ended at maxParallelism, and the KPUs that this really is. */
export declare function reachable(config: FlinkConfig, sight: FlinkSight, kpus: Capacity): {
    parallelism: number;
    kpus: Capacity;
};
