import type { Direction, ScaledDimension } from "../../../components/scaling/scaledDimension";
import { trackedScaleIn } from "../../../components/scaling/trackedScaleIn";
import { decide } from "../../../sandbox/services/applicationAutoScaling/decision";
import type { ScalableTarget, ScalingPolicy } from "../../../sandbox/services/applicationAutoScaling/types";

/**
 * What Application Auto Scaling decides on a constant demand, one decision after the other, as if each change were there at once: its own
 * rounding, steps and bounds, without time. A restart's backlog shows once, right after it.
 * @param restart what the backlog that a restart leaves multiplies the utilisation by.
 * @returns every capacity that it comes to, the first included.
 */
export function decisions(dimension: ScaledDimension, demand: number, begin: number, restart: number): number[] {
  const { scaling, bounds, kind } = dimension;
  const capacities = [begin];
  const target = targetOf(dimension);
  const tracking = scaling.policy === "targetTracking";
  const [out, low] = tracking
    ? [dimension.tracked.threshold, trackedScaleIn * dimension.tracked.threshold]
    : [dimension.stepped.out.threshold, dimension.stepped.in.threshold];
  while (capacities.length < 40) {
    const capacity = capacities.at(-1)!;
    const utilisation = Math.min((100 * demand) / capacity, kind.highestPercent);
    const restarted = capacities.length > 1 && utilisation < 100 ? utilisation * restart : utilisation;
    const isOut = (value: number) => (tracking ? value > out : value >= out);
    const direction = isOut(restarted) && !tracking ? "out" : isOut(utilisation) ? "out" : utilisation < low ? "in" : undefined;
    if (!direction) return capacities;
    const value = direction === "out" ? Math.max(restarted, utilisation) : utilisation;
    target.pending = [pending(dimension, direction, value, direction === "out" ? out : low)];
    const to = decide(target, 0, { actual: capacity, desired: capacity }, "actual")?.to ?? capacity;
    if (to === capacity) return capacities;
    capacities.push(Math.min(Math.max(to, bounds.min), bounds.max));
  }
  return capacities;
}

/**
 * Demands just beyond, on and just within every end of a step and every threshold, at a capacity. Not exactly at what target tracking aims
 * at: there the last bit of a floating-point number decides.
 */
export function edges({ scaling, stepped, tracked }: ScaledDimension, capacity: number): number[] {
  const isTracked = scaling.policy === "targetTracking";
  const ends = isTracked
    ? [tracked.threshold, trackedScaleIn * tracked.threshold]
    : (["out", "in"] as const).flatMap((direction) => {
        const { threshold, steps } = stepped[direction];
        return steps.steps.flatMap(({ lowerBound = 0, upperBound = 0 }) => [threshold + lowerBound, threshold + upperBound]);
      });
  const around = (end: number) => [end - 0.001, ...(isTracked ? [] : [end]), end + 0.001];
  const percents = [...new Set(ends)].flatMap(around).filter((percent) => percent > 0);
  return percents.map((percent) => (percent * capacity) / 100);
}

function targetOf({ bounds }: ScaledDimension): ScalableTarget {
  return {
    ...{ resourceId: "r", arn: "a", ...bounds, createdAt: 0, tags: {}, version: "1", pending: [], registered: true },
    suspended: { DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: false },
    ...{ policies: new Map(), scheduledActions: new Map() },
  };
}

function pending(
  dimension: ScaledDimension,
  direction: Direction,
  value: number,
  threshold: number,
): ScalableTarget["pending"][number] {
  const policy = dimension.scaling.policy === "targetTracking" ? trackingPolicy(dimension) : stepPolicy(dimension, direction);
  return { policy, trigger: { alarmName: direction === "in" ? "low" : "high", threshold, datapoints: [value] } as never };
}

function stepPolicy({ stepped }: ScaledDimension, direction: Direction): ScalingPolicy {
  const { adjustmentType, minAdjustmentMagnitude, steps } = stepped[direction].steps;
  const StepAdjustments = steps.map(({ lowerBound, upperBound, adjustment }) => ({
    ...{ MetricIntervalLowerBound: lowerBound, MetricIntervalUpperBound: upperBound, ScalingAdjustment: adjustment },
  }));
  const step = { AdjustmentType: adjustmentType, MinAdjustmentMagnitude: minAdjustmentMagnitude, StepAdjustments };
  return {
    ...{ name: direction, arn: direction, createdAt: 0, alarms: [] },
    step: { ...step, MetricAggregationType: "Maximum" },
  };
}

function trackingPolicy({ scaling, tracked }: ScaledDimension): ScalingPolicy {
  const alarms = [
    { name: "low", arn: "low", side: "low" as const },
    { name: "high", arn: "high", side: "high" as const },
  ];
  const targetTracking = {
    TargetValue: tracked.threshold,
    CustomizedMetricSpecification: {},
    DisableScaleIn: scaling.disableScaleIn,
  };
  return { ...{ name: "tracking", arn: "tracking", createdAt: 0, alarms }, targetTracking };
}
