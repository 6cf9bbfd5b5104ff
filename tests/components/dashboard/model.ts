import type { DashboardModel } from "../../../components/dashboard/pipelineDashboard";
import type { PipelineNames } from "../../../components/metrics/catalogue";
import type { FlinkSignal } from "../../../components/scaling/signals";
import { flinkUtilisation, LagMetric, streamUtilisation } from "../../../components/scaling/signals";

export const runtimes = ["FLINK-1_8", "FLINK-1_13", "FLINK-1_20", "FLINK-2_2", "FLINK-2_3"];
export const metricsLevels = ["APPLICATION", "TASK", "OPERATOR", "PARALLELISM"];

export const names: PipelineNames = {
  stack: "dev",
  streamName: "rides",
  applicationName: "tally",
  streamDimension: "dev-stream",
  applicationDimension: "dev-flink",
};

const flink: FlinkSignal = {
  recordsPerKpuPerMinute: 30_000,
  catchUpSeconds: 600,
  lagForScaleInSeconds: 60,
  lagMetric: LagMetric.Flink,
};

const thresholds = { scaleOutPercent: 80, targetPercent: 60, scaleInPercent: 35 };

/** A stack in eu-west-1 with everything optional left out. */
export function model(changes: Partial<DashboardModel> = {}): DashboardModel {
  return {
    dashboardName: "dev-pipeline",
    stack: "dev",
    region: "eu-west-1",
    streamName: names.streamName,
    applicationName: names.applicationName,
    scalerFunctionName: undefined,
    consumerName: undefined,
    runtime: "FLINK-1_20",
    metricsLevel: "APPLICATION",
    lagMetric: "flink",
    lagSeconds: 300,
    checkpointIntervalSeconds: 60,
    shardLevelMetrics: false,
    updatesPerDay: 10,
    streamScaling: {
      dimensionId: "dev-stream",
      min: 1,
      max: 64,
      ...thresholds,
      scaleOutUtilisation: streamUtilisation("out", names),
      scaleInUtilisation: streamUtilisation("in", names),
    },
    applicationScaling: {
      dimensionId: "dev-flink",
      min: 1,
      max: 32,
      ...thresholds,
      scaleOutUtilisation: flinkUtilisation("out", names, flink),
      scaleInUtilisation: flinkUtilisation("in", names, flink),
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
  const optional = { scalerFunctionName: "dev-scaler", consumerName: "tally-efo", applicationLogGroup: "/flink/tally" };
  return model({ ...optional, shardLevelMetrics: true, metricsLevel: "TASK", ...changes });
}
