/** The components that other programs build with, each with its arguments. */
export { AutoScaling, type AutoScalingArgs, type DimensionScaling } from "./scaling/autoScaling";
export { PipelineDashboard, type PipelineDashboardArgs } from "./dashboard/pipelineDashboard";
export { DataStream, type DataStreamArgs } from "./stream/dataStream";
export { FlinkApplication, type FlinkApplicationArgs } from "./application/flinkApplication";
export { OperationalAlarms, type OperationalAlarmsArgs } from "./alarms/operationalAlarms";
export { ScalerEndpoint, type ScalerEndpointArgs } from "./scaler/scalerEndpoint";
