import { bounds, clamp } from "../decide/desired";
import { countedActual } from "../decide/observe";
import type { Standing } from "../decide/types";
import { isoTime } from "../decide/words";
import { contractVersion } from "../names";
import type { DesiredRecord, DimensionAnswer, DimensionConfig, DimensionState, ScalingStatus } from "../types";

const hour = 3_600_000;

/** The answer of GET and PATCH (aws-auto-scaling-custom-resource), from what the last minute run saw. Pure. */
export function answerOf(config: DimensionConfig, standing: Standing): DimensionAnswer {
  const { id, state, overdue } = standing;
  const created = clamp(config, config.initial ?? bounds(config).min);
  const { desired = created } = standing;
  const actual = countedActual(config, standing) ?? created;
  const failure = overdue ? overdueWords(overdue) : failureOf(standing);
  return {
    actualCapacity: actual,
    desiredCapacity: desired,
    scalableTargetDimensionId: id,
    scalingStatus: failure === undefined ? statusOf(config, state, actual, desired) : "Failed",
    version: contractVersion,
    resourceName: config.name,
    dimensionName: config.kind === "stream" ? "kinesis:stream:ShardCount" : "kinesisanalytics:application:KPU",
    ...(failure === undefined ? {} : { failureReason: failure }),
  };
}

/** An answer that says Failed: what was asked for is refused, and desired stays what is there. */
export function refusal(answer: DimensionAnswer, reason: string): DimensionAnswer {
  return { ...answer, scalingStatus: "Failed", failureReason: reason };
}

/** The minute's run is silent: its rule is disabled, or its function is throttled or fails. */
export function overdueWords({ desired, at }: DesiredRecord): string {
  return `${desired} was asked for at ${isoTime(at)}, and the scaler's run has not looked since: see its rule, its function and its log`;
}

/** Why the desired that counts was given up. Said for an hour: Application Auto Scaling polls within seconds. */
function failureOf({ state: { gone, settled }, now }: Standing): string | undefined {
  if (gone) return gone;
  return settled?.failed && now - settled.at < hour ? settled.reason : undefined;
}

function statusOf({ mode }: DimensionConfig, state: DimensionState, actual: number, desired: number): ScalingStatus {
  // A plan stands still in observe mode; a call that was made before is followed to its end.
  if (state.change || (state.plan && mode === "act")) return "InProgress";
  return actual === desired ? "Successful" : "Pending";
}

/** JSON with capacities as doubles ("6.0"): the contract's type. */
export function answerJson(answer: DimensionAnswer): string {
  return JSON.stringify(answer).replace(/"(actualCapacity|desiredCapacity)":(-?\d+)(?=[,}])/g, '"$1":$2.0');
}
