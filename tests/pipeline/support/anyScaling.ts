import * as fc from "fast-check";
import type { PipelineNames } from "../../../components/names";
import { scaledKpus } from "../../../components/scaling/kpuScalingArgs";
import { scaledShards } from "../../../components/scaling/shardScalingArgs";
import type { ScalingArgs } from "../../../components/scaling/scalingArgs";
import { AdjustmentType, adjustedCapacity, type StepPolicy } from "../../../components/scaling/stepAdjustments";
import { stackArgs } from "../../../config";

/** A dimension's configuration that is accepted, the capacity that it begins with, and the constant demand, in units of capacity. */
export interface AnyDimension {
  scaling: ScalingArgs;
  min: number;
  max: number;
  begin: number;
  demand: number;
}

export interface AnyPipeline {
  stream: AnyDimension;
  application: AnyDimension;
  restartSeconds: number;
  catchUpSeconds: number;
  lagForScaleInSeconds: number;
}

type Kind = "stream" | "application";

const whole = (min: number, max: number) => fc.integer({ min, max });
/** Often as little as is allowed. */
const above = (least: number, more: number) => fc.oneof(fc.constant(least), whole(least, least + more));
const maybe = <T>(arbitrary: fc.Arbitrary<T>, weight = 3) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight }, { arbitrary, weight: 1 });

/** Explicit steps of the three kinds, at any ends. @param sign of what they change. */
function anySteps(sign: 1 | -1, most: number, reach: number): fc.Arbitrary<StepPolicy> {
  const amounts: Record<AdjustmentType, fc.Arbitrary<number>> = {
    ChangeInCapacity: whole(1, most).map((n) => sign * n),
    PercentChangeInCapacity: (sign > 0 ? whole(1, 300) : whole(1, 100)).map((n) => sign * n),
    ExactCapacity: whole(1, most),
  };
  return fc
    .record({
      adjustmentType: fc.constantFrom(...Object.values(AdjustmentType)),
      ends: fc.uniqueArray(whole(1, reach), { maxLength: 3 }).map((ends) => ends.sort((a, b) => a - b)),
      minAdjustmentMagnitude: maybe(whole(1, 4)),
    })
    .chain(({ adjustmentType, ends, minAdjustmentMagnitude }) =>
      fc.array(amounts[adjustmentType], { minLength: ends.length + 1, maxLength: ends.length + 1 }).map((adjustments) => ({
        adjustmentType,
        ...(adjustmentType === "PercentChangeInCapacity" && minAdjustmentMagnitude ? { minAdjustmentMagnitude } : {}),
        steps: adjustments.map((adjustment, i) => {
          const [near, far] = [i === 0 ? 0 : ends[i - 1]!, ends[i]];
          const interval =
            sign > 0
              ? { lowerBound: near, ...(far === undefined ? {} : { upperBound: far }) }
              : { ...(far === undefined ? {} : { lowerBound: -far }), upperBound: 0 - near };
          return { ...interval, adjustment };
        }),
      })),
    );
}

const windows = fc.record({ outMinutes: whole(1, 4), inMinutes: whole(1, 10) }).chain(({ outMinutes, inMinutes }) =>
  fc.record({ outDatapoints: whole(1, outMinutes), inDatapoints: whole(1, inMinutes) }).chain(({ outDatapoints, inDatapoints }) =>
    fc.record({
      scaleOutMinutes: fc.constant(outMinutes),
      scaleOutDatapoints: fc.constant(outDatapoints),
      scaleInMinutes: fc.constant(inMinutes),
      scaleInDatapoints: fc.constant(inDatapoints),
      scaleOutCooldownSeconds: above(60 * Math.max(outMinutes + 3, outMinutes - outDatapoints + 5), 300),
      scaleInCooldownSeconds: above(60 * (inMinutes - inDatapoints + 5), 300),
    }),
  ),
);

const signals: Record<Kind, fc.Arbitrary<ScalingArgs>> = {
  stream: fc.constant({}),
  application: fc.oneof(
    { arbitrary: fc.constant({}), weight: 3 },
    { arbitrary: fc.constant({ signal: "cpu" }), weight: 1 },
    { arbitrary: fc.constant({ signal: "busyTime", busyTask: "Source:_Kinesis_Source" }), weight: 1 },
    { arbitrary: above(61, 200).map((scaleOutLagSeconds) => ({ signal: "lag", scaleOutLagSeconds })), weight: 1 },
  ),
};

/** Thresholds near each other and far from each other, beyond 100 % too. */
const thresholds = fc
  .record({ scaleInPercent: whole(1, 99), toTarget: whole(1, 60), toOut: whole(1, 100) })
  .map(({ scaleInPercent, toTarget, toOut }) => ({
    ...{ scaleInPercent, targetPercent: scaleInPercent + toTarget, scaleOutPercent: scaleInPercent + toTarget + toOut },
  }));

const step = (kind: Kind, max: number): fc.Arbitrary<ScalingArgs> =>
  fc
    .record({
      signal: signals[kind],
      percents: fc.oneof({ arbitrary: fc.constant({}), weight: 1 }, { arbitrary: thresholds, weight: 4 }),
      windows,
      scaleOutSteps: maybe(anySteps(1, max, 120)),
      scaleInSteps: maybe(anySteps(-1, max, 40)),
    })
    .map(({ signal, percents, windows: own, scaleOutSteps, scaleInSteps }) => ({
      ...{ ...signal, ...percents, ...own },
      ...(scaleOutSteps && signal.signal !== "lag" ? { scaleOutSteps } : {}),
      ...(scaleInSteps ? { scaleInSteps } : {}),
    }));

const tracking = (kind: Kind): fc.Arbitrary<ScalingArgs> =>
  fc
    .record({
      signal: signals[kind].filter(({ signal }) => signal !== "lag"),
      targetPercent: whole(10, 95),
      scaleOutCooldownSeconds: whole(0, 400),
      scaleInCooldownSeconds: whole(0, 400),
    })
    .map(({ signal, ...rest }) => ({ policy: "targetTracking", ...signal, ...rest }));

const dimension = (kind: Kind): fc.Arbitrary<AnyDimension> =>
  fc
    .record({ min: above(1, 5), more: whole(1, 30) })
    .chain(({ min, more }) =>
      fc.record({
        min: fc.constant(min),
        max: fc.constant(min + more),
        begin: whole(min, min + more),
        scaling: fc.oneof({ arbitrary: step(kind, min + more), weight: 3 }, { arbitrary: tracking(kind), weight: 1 }),
        load: fc.double({ min: 0.02, max: 1.5, noNaN: true }),
        justBelow: fc.boolean(),
      }),
    )
    .map(({ load, justBelow, ...rest }) => ({ ...rest, demand: load * rest.begin, ...(justBelow ? edge(rest, kind) : {}) }));

const names = { streamName: "s", applicationName: "a" } as PipelineNames;
const shards = ({ min, max, scaling }: Pick<AnyDimension, "min" | "max" | "scaling">) =>
  scaledShards({ names, minShards: min, maxShards: max, scaling });
const kpus = ({ min, max, scaling }: Pick<AnyDimension, "min" | "max" | "scaling">) =>
  scaledKpus({ names, minKpus: min, maxKpus: max, scaling, recordsPerKpuPerMinute: 1 });

export const scaledStream = ({ stream }: AnyPipeline) => shards(stream);
export const scaledApplication = ({ application }: AnyPipeline) => kpus(application);

/** Begins where scaling in leaves the highest utilisation, with a demand just below where it begins. */
function edge(
  { scaling, min, max }: Omit<AnyDimension, "demand" | "begin">,
  kind: Kind,
): { begin: number; demand: number } | object {
  if (scaling.policy === "targetTracking") {
    const begin = Math.max(...[10, 20, 30].filter((capacity) => capacity > min && capacity <= max));
    return Number.isFinite(begin) ? { begin, demand: (0.8999 * begin * scaling.targetPercent!) / 100 } : {};
  }
  const { steps, threshold } = (kind === "stream" ? shards : kpus)({ scaling, min, max }).stepped.in;
  let worst = { begin: min, demand: 0, after: 0 };
  for (let capacity = min + 1; capacity <= max; capacity++)
    for (const one of steps.steps) {
      const percent = threshold + (one.upperBound ?? 0) - 0.01;
      const to = adjustedCapacity(steps, one, capacity, min, max);
      const after = (percent * capacity) / to;
      if (percent > 0 && to < capacity && after > worst.after)
        worst = { begin: capacity, demand: (percent * capacity) / 100, after };
    }
  return worst.after > 0 ? { begin: worst.begin, demand: worst.demand } : {};
}

const pipeline: fc.Arbitrary<AnyPipeline> = fc.record({
  stream: dimension("stream"),
  application: dimension("application"),
  restartSeconds: fc.oneof(fc.constant(60), whole(1, 60), whole(60, 400)),
  catchUpSeconds: fc.oneof(fc.constant(900), whole(60, 1500), whole(1500, 6000)),
  lagForScaleInSeconds: fc.oneof(fc.constant(60), whole(1, 600)),
});

/** Records/s of the constant traffic: a shard takes 1,000. */
export const rateOf = ({ stream }: AnyPipeline) => 1_000 * stream.demand;

/** The configuration's keys. What a KPU processes makes the stream's traffic the application's demand. */
export function configOf({ stream, application, ...job }: AnyPipeline) {
  const recordsPerKpuPerMinute = Math.max(1, Math.round((60_000 * stream.demand) / application.demand));
  return {
    ...{ codeJar: "job.jar", recordsPerKpuPerMinute, maxParallelism: 1024, ...job },
    ...{ minShards: stream.min, maxShards: stream.max, shards: stream.begin, streamScaling: stream.scaling },
    ...{ minKpus: application.min, maxKpus: application.max, kpus: application.begin, applicationScaling: application.scaling },
  };
}

function isAccepted(one: AnyPipeline): boolean {
  try {
    stackArgs(configOf(one), "flaps", "us-east-1");
    return true;
  } catch {
    return false;
  }
}

/** Pipelines that are accepted; every second one only just. */
export function* anyPipelines(seed: number): Generator<AnyPipeline> {
  let count = 0;
  for (let batch = 0; ; batch++)
    for (const one of fc.sample(pipeline, { seed: seed * 10_000 + batch, numRuns: 100 }))
      if (isAccepted(one)) yield count++ % 2 === 0 ? one : onlyJust(one);
}

/** With the least thresholds of scaling out, and then the least time to work a backlog off, that are accepted. */
function onlyJust(one: AnyPipeline): AnyPipeline {
  const withOut = (kind: Kind, from: AnyPipeline) => {
    const { scaleOutPercent, ...scaling } = from[kind].scaling;
    if (scaleOutPercent === undefined) return from;
    return least(1, scaleOutPercent, (percent) => ({
      ...from,
      [kind]: { ...from[kind], scaling: { ...scaling, scaleOutPercent: percent } },
    }));
  };
  const tight = withOut("application", withOut("stream", one));
  return least(1, tight.catchUpSeconds, (catchUpSeconds) => ({ ...tight, catchUpSeconds }));
}

/** The first that is accepted, where all after it are. The last one is. */
function least(from: number, to: number, make: (value: number) => AnyPipeline): AnyPipeline {
  let [refused, accepted] = [from - 1, to];
  while (accepted - refused > 1) {
    const middle = Math.floor((refused + accepted) / 2);
    if (isAccepted(make(middle))) accepted = middle;
    else refused = middle;
  }
  return make(accepted);
}
