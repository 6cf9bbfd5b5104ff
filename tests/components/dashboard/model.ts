import type { OverviewModel } from "../../../components/dashboard/overview/overviewArgs";
import type { DashboardModel } from "../../../components/dashboard/pipelineDashboard";
import type { MetricQuery } from "../../../components/metrics/metricQuery";
import type { ThroughputSignal } from "../../../components/scaling/signals/application";
import { flinkUtilisation } from "../../../components/scaling/signals/application";
import { LagMetric } from "../../../components/scaling/signals/lag";
import { toScaleIn, toScaleOut } from "../../../components/scaling/signals/reading";
import { streamUtilisation } from "../../../components/scaling/signals/stream";

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

const flink: ThroughputSignal = {
  recordsPerKpuPerMinute: 30_000,
  catchUpSeconds: 600,
  lagForScaleInSeconds: 60,
  lagMetric: LagMetric.Flink,
};

/** These names are known: none is an Output. */
const known = (queries: MetricQuery[]) => queries as DashboardModel["streamScaling"]["utilisation"];

const percent = { quantity: "utilisation", unit: "%" };

function panel(max: number, out: MetricQuery[], scaleIn: MetricQuery[]): DashboardModel["streamScaling"] {
  return {
    ...{ min: 1, max, target: 60, utilisation: known(out) },
    scaleOut: { ...percent, threshold: 80, queries: known(out) },
    scaleIn: { ...percent, threshold: 35, queries: known(scaleIn) },
  };
}

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
    streamScaling: panel(64, streamUtilisation(toScaleOut, names), streamUtilisation(toScaleIn, names)),
    applicationScaling: panel(32, flinkUtilisation(toScaleOut, names, flink), flinkUtilisation(toScaleIn, names, flink)),
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

/** An overview of pipelines with everything optional: the most rows. */
export function overview(count: number, changes: Partial<OverviewModel> = {}): OverviewModel {
  const { names, streamScaling, applicationScaling, alarmArns } = fullModel();
  const pipelines = Array.from({ length: count }, (_, i) => ({
    title: `p${i}`,
    dashboardUrl: `https://console/p${i}`,
    names: { ...names, streamDimension: `dev-p${i}-stream`, applicationDimension: `dev-p${i}-flink` },
    streamScaling,
    applicationScaling,
    alarmArns,
  }));
  return {
    dashboardName: "all",
    title: "dev",
    pipelines,
    scalerLogGroup: "/sluice/dev/scaler",
    region: "eu-west-1",
    prices: undefined,
    ...changes,
  };
}
