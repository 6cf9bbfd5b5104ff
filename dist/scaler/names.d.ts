/** Names that the scaler writes and the program reads: metrics, parameters, the API's path. One place, no imports. */
/** CloudWatch namespace of everything the scaler publishes (embedded metric format). */
export declare const metricNamespace = "Sluice";
/** CloudWatch dimension names: `Stack` (Pulumi stack) and `Dimension` (id of the scalable dimension). */
export declare const stackDimension = "Stack";
export declare const idDimension = "Dimension";
/** Metrics per scalable dimension. Units: capacity in shards or KPUs, the rest counts or minutes. */
export declare const capacityMetrics: {
    /** Capacity asked for; timestamp is minute t-2, so that a minute with capacity also has the services' metrics. */
    readonly desired: "DesiredCapacity";
    /**
     * Capacity asked for; timestamp is minute t-4, by when metrics are in that come three minutes late. A minute that has it and no
     * records had none; until then a minute without records is one whose records are late.
     */
    readonly settled: "SettledCapacity";
    /** Capacity that serves now. */
    readonly actual: "ActualCapacity";
    /** Minutes for which actual has differed from desired; 0 when they agree. */
    readonly pendingMinutes: "PendingMinutes";
    /** UpdateShardCount calls left of the day's limit (streams only). */
    readonly updatesLeft: "UpdatesLeft";
    /** Changes begun in this run: 0 or 1. */
    readonly changes: "Changes";
    /** Updates that failed or were rolled back, seen in this run. */
    readonly failedUpdates: "FailedUpdates";
    /** Dimensions that this run could not handle (an AWS call failed, a parameter is broken). */
    readonly errors: "ScalerErrors";
};
/** The contract's path: https://{api}.execute-api.{region}.amazonaws.com/{stage}/scalableTargetDimensions/{id} */
export declare const apiResource = "scalableTargetDimensions";
/** `version` of the custom-resource contract. It never changes: another value deregisters the scalable target. */
export declare const contractVersion = "1";
/** The three parameters of a dimension. `prefix` is `/sluice/{stack}`. */
export declare function parameterName(prefix: string, id: string, kind: "config" | "desired" | "state"): string;
