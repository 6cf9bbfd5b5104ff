/** Every component that the package exports, by its name in the schema. */
export const componentNames = [
  "DataStream",
  "FlinkApplication",
  "KpuScaling",
  "OperationalAlarms",
  "Pipeline",
  "PipelineDashboard",
  "Pipelines",
  "Scaler",
  "ShardScaling",
];
