/**
 * Step adjustments: what a scaling policy adds or removes for how far the metric is beyond the alarm's threshold.
 * Rules of intervals and rounding: "Step scaling policies for Application Auto Scaling" (user guide).
 */
/** How a step's `adjustment` is meant; Application Auto Scaling's own names. */
export declare const AdjustmentType: {
    readonly ChangeInCapacity: "ChangeInCapacity";
    readonly PercentChangeInCapacity: "PercentChangeInCapacity";
    readonly ExactCapacity: "ExactCapacity";
};
export type AdjustmentType = (typeof AdjustmentType)[keyof typeof AdjustmentType];
/** One step. The bounds are relative to the alarm's threshold, in the metric's unit (percentage points of utilisation). */
export interface Step {
    /** Lower end of the interval, relative to the threshold. Left out: minus infinity. */
    lowerBound?: number;
    /** Upper end of the interval, relative to the threshold. Left out: plus infinity. */
    upperBound?: number;
    /** Shards or KPUs to add (negative: to remove), percent of the capacity, or the exact capacity. A whole number. */
    adjustment: number;
}
/** A step scaling policy without its cooldown. */
export interface StepPolicy {
    /** ChangeInCapacity, PercentChangeInCapacity or ExactCapacity. */
    adjustmentType: AdjustmentType;
    /** Least change in shards or KPUs of a percent step. Only with PercentChangeInCapacity. 1 or more. */
    minAdjustmentMagnitude?: number;
    /** 1 to 20 steps without gap or overlap. */
    steps: Step[];
}
/** Fixed quota of Application Auto Scaling: steps in one policy. */
export declare const maxSteps = 20;
/**
 * Percent steps that bring any utilisation from `scaleOutPercent` to `highestPercent` to the target or just below it: each step
 * serves the upper end of its interval. Above `highestPercent` the last step applies again after the cooldown.
 * @param callPercent what one call of the service can add. Where that leads at least halfway from the threshold to the target
 * it is enough: a second call would take as long as the first, for little.
 */
export declare function scaleOutSteps(scaleOutPercent: number, targetPercent: number, highestPercent: number, callPercent?: number): StepPolicy;
/**
 * Percent steps that bring any utilisation below `scaleInPercent` to the target or just below it: each step serves the upper end
 * of its interval, so that capacity is removed late rather than early. The last one (-100 %) goes to the minimum: it begins where
 * the minimum suffices even for a fleet of `max`.
 * @param callPercent what one call of the service can remove; enough where it leads at least halfway.
 */
export declare function scaleInSteps(scaleInPercent: number, targetPercent: number, min: number, max: number, callPercent?: number): StepPolicy;
/**
 * Capacity after one step as Application Auto Scaling computes it: the step whose interval holds the value, percents rounded
 * (above 1 down, between 0 and 1 to 1, between 0 and -1 to -1, below -1 toward zero), at least the minimum magnitude, in bounds.
 */
export declare function adjustedCapacity(policy: StepPolicy, step: Step, capacity: number, min: number, max: number): number;
/** The step for a metric value: above the threshold intervals are [lower, upper), below it (lower, upper]. */
export declare function stepFor(policy: StepPolicy, threshold: number, value: number): Step | undefined;
/** What Application Auto Scaling or the direction of the policy forbids in explicit steps; [] when they are fine. */
export declare function stepProblems(policy: StepPolicy, direction: "out" | "in"): string[];
