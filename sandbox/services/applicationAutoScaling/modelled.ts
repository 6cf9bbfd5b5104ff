import { members, type ModelledInputs } from "../../core/modelled";

const target = members("ServiceNamespace", "ResourceId", "ScalableDimension");
const paging = members("MaxResults", "NextToken");
const paged = { ...target, ...paging };
const resource = { ResourceARN: "ownArn" } as const;
const pair = members("Name", "Value");
const metric = { ...members("MetricName", "Namespace"), Dimensions: pair };

/** What is modelled of each operation's input. */
export const modelled: ModelledInputs = {
  DeleteScalingPolicy: { ...target, ...members("PolicyName") },
  DeleteScheduledAction: { ...target, ...members("ScheduledActionName") },
  DeregisterScalableTarget: target,
  DescribeScalableTargets: { ...paging, ...members("ServiceNamespace", "ScalableDimension", "ResourceIds") },
  DescribeScalingActivities: { ...paged, ...members("IncludeNotScaledActivities") },
  DescribeScalingPolicies: { ...paged, ...members("PolicyNames") },
  DescribeScheduledActions: { ...paged, ...members("ScheduledActionNames") },
  ListTagsForResource: resource,
  PutScalingPolicy: {
    ...target,
    ...members("PolicyName", "PolicyType"),
    StepScalingPolicyConfiguration: {
      ...members("AdjustmentType", "MinAdjustmentMagnitude", "Cooldown", "MetricAggregationType"),
      StepAdjustments: members("MetricIntervalLowerBound", "MetricIntervalUpperBound", "ScalingAdjustment"),
    },
    TargetTrackingScalingPolicyConfiguration: {
      ...members("TargetValue", "ScaleOutCooldown", "ScaleInCooldown", "DisableScaleIn"),
      CustomizedMetricSpecification: {
        ...metric,
        ...members("Statistic", "Unit"),
        Metrics: {
          ...members("Id", "Label", "Expression", "ReturnData"),
          MetricStat: { ...members("Stat", "Unit"), Metric: metric },
        },
      },
    },
  },
  PutScheduledAction: {
    ...target,
    ...members("Schedule", "Timezone", "ScheduledActionName", "StartTime", "EndTime"),
    ScalableTargetAction: members("MinCapacity", "MaxCapacity"),
  },
  RegisterScalableTarget: {
    ...target,
    ...members("MinCapacity", "MaxCapacity", "Tags"),
    SuspendedState: members("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended"),
  },
  TagResource: { ...resource, ...members("Tags") },
  UntagResource: { ...resource, ...members("TagKeys") },
};
