/** The components that other programs build with, each with its arguments. */
export { AutoScaling, type AutoScalingArgs, type DimensionScaling } from "./autoScaling";
export { PipelineDashboard, type PipelineDashboardArgs } from "./dashboard";
export { DataStream, type DataStreamArgs } from "./dataStream";
export { FlinkApplication, type FlinkApplicationArgs } from "./flinkApplication";
export { OperationalAlarms, type OperationalAlarmsArgs } from "./operationalAlarms";
export { ScalerEndpoint, type ScalerEndpointArgs } from "./scalerEndpoint";
