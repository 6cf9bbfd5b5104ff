/** Names that the scaler writes and the program reads: metrics, parameters, the API's path. One place, no imports. */

/** CloudWatch namespace of everything the scaler publishes (embedded metric format). */
export const metricNamespace = "Sluice";

/** CloudWatch dimension names: `Stack` (Pulumi stack) and `Dimension` (id of the scalable dimension). */
export const stackDimension = "Stack";
export const idDimension = "Dimension";

/** Metrics per scalable dimension. Units: capacity in shards or KPUs, the rest counts or minutes. */
export const capacityMetrics = {
  /** Capacity asked for; timestamp is minute t-2, so that a minute with capacity also has the services' metrics. */
  desired: "DesiredCapacity",
  /**
   * Capacity asked for; timestamp is minute t-4, by when metrics are in that come three minutes late. A minute that has it and no
   * records had none; until then a minute without records is one whose records are late.
   */
  settled: "SettledCapacity",
  /**
   * Capacity that serves now; timestamp as of the capacity asked for: a minute has both or neither, and a run that is missing costs one
   * minute's evidence. Two minutes before a change was seen have the new count already: what was throttled in them counts against that.
   */
  actual: "ActualCapacity",
  /** Minutes for which actual has differed from desired; 0 when they agree. */
  pendingMinutes: "PendingMinutes",
  /** UpdateShardCount calls left of the day's limit (streams only). */
  updatesLeft: "UpdatesLeft",
  /** Changes begun in this run: 0 or 1. */
  changes: "Changes",
  /** In observe mode: changes that act mode would have begun in this run, 0 or 1. */
  observed: "ObservedChanges",
  /** Updates that failed or were rolled back, seen in this run. */
  failedUpdates: "FailedUpdates",
  /** Dimensions that this run could not handle (an AWS call failed, a parameter is broken). */
  errors: "ScalerErrors",
} as const;

/** The contract's path: https://{api}.execute-api.{region}.amazonaws.com/{stage}/scalableTargetDimensions/{id} */
export const apiResource = "scalableTargetDimensions";

/** `version` of the custom-resource contract. It never changes: another value deregisters the scalable target. */
export const contractVersion = "1";

/** Id of a pipeline's scalable dimension: the end of the endpoint's path, and a part of its parameters' names. */
export function dimensionId(pipeline: string, kind: "stream" | "flink"): string {
  return `${pipeline}-${kind}`;
}

/** Id of a pipeline's other dimension; undefined where `id` isn't made like one. */
export function otherDimension(id: string): string | undefined {
  const [, pipeline, kind] = /^(.*)-(stream|flink)$/.exec(id) ?? [];
  return pipeline === undefined ? undefined : dimensionId(pipeline, kind === "stream" ? "flink" : "stream");
}

/** What the parameters' names of a scaler's dimensions begin with. */
export function parameterPrefix(scaler: string): string {
  return `/sluice/${scaler}`;
}

/** Log group of a scaler's function. */
export function scalerLogGroup(scaler: string): string {
  return `/sluice/${scaler}/scaler`;
}

/** The three parameters of a dimension. */
export function parameterName(prefix: string, id: string, kind: "config" | "desired" | "state"): string {
  return `${prefix}/${id}/${kind}`;
}
