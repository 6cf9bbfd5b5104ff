/** Every component that the package exports, by its name in the schema. */
export const componentNames = [
  "DataStream",
  "FlinkApplication",
  "KpuScaling",
  "OperationalAlarms",
  "OverviewDashboard",
  "Pipeline",
  "PipelineDashboard",
  "Pipelines",
  "Scaler",
  "ShardScaling",
];
