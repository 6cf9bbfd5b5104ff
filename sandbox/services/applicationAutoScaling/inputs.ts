import * as z from "zod";
import type { Shape } from "../../core/cloud";
import { serializationException } from "./errors";

const text = z.string().optional();
const count = z.number().optional();
const flag = z.boolean().optional();
const texts = z.array(z.string()).optional();
const moment = z.union([z.date(), z.number()]).optional();
const tags = z.record(z.string(), z.string()).optional();
const targetKey = { ServiceNamespace: text, ResourceId: text, ScalableDimension: text };
const paging = { ...targetKey, MaxResults: count, NextToken: text };

const stepScaling = z.looseObject({
  AdjustmentType: text,
  StepAdjustments: z
    .array(z.looseObject({ MetricIntervalLowerBound: count, MetricIntervalUpperBound: count, ScalingAdjustment: count }))
    .optional(),
  MinAdjustmentMagnitude: count,
  Cooldown: count,
  MetricAggregationType: text,
});

const dimensions = z.array(z.looseObject({ Name: text, Value: text })).optional();
const metric = z.looseObject({ MetricName: text, Namespace: text, Dimensions: dimensions }).optional();
const query = z.looseObject({
  Id: text,
  Label: text,
  Expression: text,
  MetricStat: z.looseObject({ Metric: metric, Stat: text, Unit: text }).optional(),
  ReturnData: flag,
});
const targetTracking = z.looseObject({
  TargetValue: count,
  PredefinedMetricSpecification: z.looseObject({ PredefinedMetricType: text, ResourceLabel: text }).optional(),
  CustomizedMetricSpecification: z
    .looseObject({
      MetricName: text,
      Namespace: text,
      Dimensions: dimensions,
      Statistic: text,
      Unit: text,
      Metrics: z.array(query).optional(),
    })
    .optional(),
  ScaleOutCooldown: count,
  ScaleInCooldown: count,
  DisableScaleIn: flag,
});

/** The types of what each operation reads, as the API's model has them. Whether a value makes sense is the operation's to say. */
const shapes: Record<string, z.ZodType> = {
  RegisterScalableTarget: z.looseObject({
    ...targetKey,
    MinCapacity: count,
    MaxCapacity: count,
    RoleARN: text,
    SuspendedState: z
      .looseObject({ DynamicScalingInSuspended: flag, DynamicScalingOutSuspended: flag, ScheduledScalingSuspended: flag })
      .optional(),
    Tags: tags,
  }),
  DescribeScalableTargets: z.looseObject({ ...paging, ResourceIds: texts }),
  DeregisterScalableTarget: z.looseObject(targetKey),
  PutScalingPolicy: z.looseObject({
    ...targetKey,
    PolicyName: text,
    PolicyType: text,
    StepScalingPolicyConfiguration: stepScaling.optional(),
    TargetTrackingScalingPolicyConfiguration: targetTracking.optional(),
    PredictiveScalingPolicyConfiguration: z.looseObject({}).optional(),
  }),
  DescribeScalingPolicies: z.looseObject({ ...paging, PolicyNames: texts }),
  DeleteScalingPolicy: z.looseObject({ ...targetKey, PolicyName: text }),
  PutScheduledAction: z.looseObject({
    ...targetKey,
    Schedule: text,
    Timezone: text,
    ScheduledActionName: text,
    StartTime: moment,
    EndTime: moment,
    ScalableTargetAction: z.looseObject({ MinCapacity: count, MaxCapacity: count }).optional(),
  }),
  DescribeScheduledActions: z.looseObject({ ...paging, ScheduledActionNames: texts }),
  DeleteScheduledAction: z.looseObject({ ...targetKey, ScheduledActionName: text }),
  DescribeScalingActivities: z.looseObject({ ...paging, IncludeNotScaledActivities: flag }),
  TagResource: z.looseObject({ ResourceARN: text, Tags: tags }),
  UntagResource: z.looseObject({ ResourceARN: text, TagKeys: texts }),
  ListTagsForResource: z.looseObject({ ResourceARN: text }),
};

/** A request whose types are right; null means absent, as in AWS's JSON. */
export function typedInput(operation: string, input: Shape): Shape {
  const present = withoutNulls(input ?? {});
  const result = shapes[operation]!.safeParse(present);
  if (result.success) return present;
  throw serializationException(result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member)]));
}
