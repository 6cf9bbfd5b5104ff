"use strict";
/** Names that the scaler writes and the program reads: metrics, parameters, the API's path. One place, no imports. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.contractVersion = exports.apiResource = exports.capacityMetrics = exports.idDimension = exports.stackDimension = exports.metricNamespace = void 0;
exports.parameterName = parameterName;
/** CloudWatch namespace of everything the scaler publishes (embedded metric format). */
exports.metricNamespace = "Sluice";
/** CloudWatch dimension names: `Stack` (Pulumi stack) and `Dimension` (id of the scalable dimension). */
exports.stackDimension = "Stack";
exports.idDimension = "Dimension";
/** Metrics per scalable dimension. Units: capacity in shards or KPUs, the rest counts or minutes. */
exports.capacityMetrics = {
    /** Capacity asked for; timestamp is minute t-2, so that a minute with capacity also has the services' metrics. */
    desired: "DesiredCapacity",
    /**
     * Capacity asked for; timestamp is minute t-4, by when metrics are in that come three minutes late. A minute that has it and no
     * records had none; until then a minute without records is one whose records are late.
     */
    settled: "SettledCapacity",
    /** Capacity that serves now. */
    actual: "ActualCapacity",
    /** Minutes for which actual has differed from desired; 0 when they agree. */
    pendingMinutes: "PendingMinutes",
    /** UpdateShardCount calls left of the day's limit (streams only). */
    updatesLeft: "UpdatesLeft",
    /** Changes begun in this run: 0 or 1. */
    changes: "Changes",
    /** Updates that failed or were rolled back, seen in this run. */
    failedUpdates: "FailedUpdates",
    /** Dimensions that this run could not handle (an AWS call failed, a parameter is broken). */
    errors: "ScalerErrors",
};
/** The contract's path: https://{api}.execute-api.{region}.amazonaws.com/{stage}/scalableTargetDimensions/{id} */
exports.apiResource = "scalableTargetDimensions";
/** `version` of the custom-resource contract. It never changes: another value deregisters the scalable target. */
exports.contractVersion = "1";
/** The three parameters of a dimension. `prefix` is `/sluice/{stack}`. */
function parameterName(prefix, id, kind) {
    return `${prefix}/${id}/${kind}`;
}
