import type { DashboardModel } from "../../../components/dashboard/pipelineDashboard";
import type { MetricQuery } from "../../../components/metrics/metricQuery";
import type { FlinkSignal } from "../../../components/scaling/signals";
import { flinkUtilisation, LagMetric, streamUtilisation } from "../../../components/scaling/signals";

export const runtimes = ["FLINK-1_8", "FLINK-1_13", "FLINK-1_20", "FLINK-2_2", "FLINK-2_3"];
export const metricsLevels = ["APPLICATION", "TASK", "OPERATOR", "PARALLELISM"];

export const names: DashboardModel["names"] = {
  scalerName: "dev",
  streamName: "rides",
  applicationName: "tally",
  streamDimension: "dev-stream",
  applicationDimension: "dev-flink",
  consumerName: undefined,
  scalerFunctionName: undefined,
};

const flink: FlinkSignal = {
  recordsPerKpuPerMinute: 30_000,
  catchUpSeconds: 600,
  lagForScaleInSeconds: 60,
  lagMetric: LagMetric.Flink,
};

/** These names are known: none is an Output. */
const known = (queries: MetricQuery[]) => queries as DashboardModel["streamScaling"]["scaleOutUtilisation"];

const thresholds = { scaleOutPercent: 80, targetPercent: 60, scaleInPercent: 35 };

/** A stack in eu-west-1 with everything optional left out. */
export function model(changes: Partial<DashboardModel> = {}): DashboardModel {
  return {
    dashboardName: "dev-pipeline",
    title: "dev",
    names,
    region: "eu-west-1",
    runtime: "FLINK-1_20",
    metricsLevel: "APPLICATION",
    lagMetric: "flink",
    lagSeconds: 300,
    checkpointIntervalSeconds: 60,
    shardLevelMetrics: false,
    updatesPerDay: 10,
    streamScaling: {
      min: 1,
      max: 64,
      ...thresholds,
      scaleOutUtilisation: known(streamUtilisation("out", names)),
      scaleInUtilisation: known(streamUtilisation("in", names)),
    },
    applicationScaling: {
      min: 1,
      max: 32,
      ...thresholds,
      scaleOutUtilisation: known(flinkUtilisation("out", names, flink)),
      scaleInUtilisation: known(flinkUtilisation("in", names, flink)),
    },
    alarmArns: ["arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a", "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:b"],
    scalerLogGroup: "/aws/lambda/dev-scaler",
    applicationLogGroup: undefined,
    runbookUrl: "https://example.com/runbook.md",
    prices: undefined,
    extraWidgets: undefined,
    ...changes,
  };
}

/** The stack with the most widgets: everything optional is there. */
export function fullModel(changes: Partial<DashboardModel> = {}): DashboardModel {
  const optional = { applicationLogGroup: "/flink/tally" };
  return model({
    ...optional,
    names: { ...names, scalerFunctionName: "dev-scaler", consumerName: "tally-efo" },
    shardLevelMetrics: true,
    metricsLevel: "TASK",
    ...changes,
  });
}
