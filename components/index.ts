/** What a program builds with: a whole pipeline, or its parts alone. Each stands with its arguments and with the check of these. */
export { OperationalAlarms } from "./alarms/operationalAlarms";
export { validateOperationalAlarms, type AlarmSettingsArgs, type OperationalAlarmsArgs } from "./alarms/operationalAlarmsArgs";
export type { ApplicationArgs } from "./application/applicationArgs";
export { FlinkApplication, validateFlinkApplication, type FlinkApplicationArgs } from "./application/flinkApplication";
export type { DashboardPrices, DimensionPanelArgs, PipelineDashboardArgs, WatchedSignalArgs } from "./dashboard/args";
export type { DashboardSettingsArgs } from "./dashboard/extraWidgets";
export {
  validateOverviewDashboard,
  type OverviewDashboardArgs,
  type OverviewPipelineArgs,
} from "./dashboard/overview/overviewArgs";
export { OverviewDashboard } from "./dashboard/overview/overviewDashboard";
export { PipelineDashboard } from "./dashboard/pipelineDashboard";
export type { PipelineNames } from "./names";
export type { NetworkArgs } from "./network/networkArgs";
export { Pipeline } from "./pipeline";
export { validatePipeline, type PipelineApplicationArgs, type PipelineArgs, type PipelineStreamArgs } from "./pipelineArgs";
export { Pipelines, type PipelineAddresses } from "./pipelines";
export { validatePipelines, type PipelinesArgs } from "./pipelinesArgs";
export type { Problem } from "./problem";
export { Scaler } from "./scaler/scaler";
export { validateScaler, type ScalerArgs, type SharedScaler } from "./scaler/scalerArgs";
export { KpuScaling } from "./scaling/kpuScaling";
export { validateKpuScaling, type KpuScalingArgs, type KpuSignalArgs } from "./scaling/kpuScalingArgs";
export type { ScalingArgs } from "./scaling/scalingArgs";
export { ShardScaling } from "./scaling/shardScaling";
export { validateShardScaling, type ShardScalingArgs } from "./scaling/shardScalingArgs";
export { LagMetric } from "./scaling/signals/lag";
export type { ExpressionArgs, ExpressionMetricArgs } from "./scaling/expressionArgs";
export type { ScheduledMinimumArgs } from "./scaling/scheduleArgs";
export { AdjustmentType, type Step, type StepPolicy } from "./scaling/stepAdjustments";
export { DataStream } from "./stream/dataStream";
export { validateDataStream, type DataStreamArgs } from "./stream/dataStreamArgs";
export type { ScalingWords } from "./words/pipelineWords";
