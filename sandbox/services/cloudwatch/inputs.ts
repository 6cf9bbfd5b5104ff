import { members, type ModelledInputs } from "../../core/modelled";

const pair = members("Name", "Value");
const tag = members("Key", "Value");
const metric = { ...members("Namespace", "MetricName"), Dimensions: pair };
const query = {
  ...members("Id", "Expression", "Label", "ReturnData", "Period"),
  MetricStat: { ...members("Period", "Stat", "Unit"), Metric: metric },
};
const resource = { ResourceARN: "ownArn" } as const;
const paged = members("MaxRecords", "NextToken");

/** What is modelled of each operation's input. */
export const inputs: ModelledInputs = {
  DeleteAlarms: members("AlarmNames"),
  DeleteDashboards: members("DashboardNames"),
  DescribeAlarmHistory: {
    ...paged,
    ...members("AlarmName", "AlarmTypes", "HistoryItemType", "StartDate", "EndDate", "ScanBy"),
  },
  DescribeAlarms: { ...paged, ...members("AlarmNames", "AlarmNamePrefix", "AlarmTypes", "StateValue", "ActionPrefix") },
  DescribeAlarmsForMetric: { ...metric, ...members("Statistic", "ExtendedStatistic", "Period", "Unit") },
  DisableAlarmActions: members("AlarmNames"),
  EnableAlarmActions: members("AlarmNames"),
  GetDashboard: members("DashboardName"),
  GetMetricData: { ...members("StartTime", "EndTime", "NextToken", "ScanBy", "MaxDatapoints"), MetricDataQueries: query },
  GetMetricStatistics: { ...metric, ...members("StartTime", "EndTime", "Period", "Statistics", "ExtendedStatistics", "Unit") },
  ListDashboards: members("DashboardNamePrefix", "NextToken"),
  ListMetrics: { ...metric, ...members("NextToken", "RecentlyActive") },
  ListTagsForResource: resource,
  PutDashboard: members("DashboardName", "DashboardBody"),
  PutMetricAlarm: {
    ...metric,
    ...members("AlarmName", "AlarmDescription", "ActionsEnabled", "OKActions", "AlarmActions", "InsufficientDataActions"),
    ...members("Statistic", "ExtendedStatistic", "Period", "Unit", "EvaluationPeriods", "DatapointsToAlarm", "Threshold"),
    ...members("ComparisonOperator", "TreatMissingData"),
    // "evaluate" is what happens without it.
    EvaluateLowSampleCountPercentile: ["evaluate"],
    Metrics: query,
    Tags: tag,
  },
  PutMetricData: {
    ...members("Namespace"),
    MetricData: {
      ...members("MetricName", "Timestamp", "Value", "Values", "Counts", "Unit", "StorageResolution"),
      Dimensions: pair,
      StatisticValues: members("SampleCount", "Sum", "Minimum", "Maximum"),
    },
  },
  SetAlarmState: members("AlarmName", "StateValue", "StateReason", "StateReasonData"),
  TagResource: { ...resource, Tags: tag },
  UntagResource: { ...resource, ...members("TagKeys") },
};
