import type * as pulumi from "@pulumi/pulumi";

/** The names of a pipeline, which the dimensions of its metrics are made of. Signals, alarms and the dashboard are functions of these. */
export interface PipelineNames {
  /** Name of its scaler: the `Stack` dimension of what the scaler publishes. */
  scalerName: pulumi.Input<string>;
  /** Name of the stream. */
  streamName: pulumi.Input<string>;
  /** Name of the application. */
  applicationName: pulumi.Input<string>;
  /** Id of the stream's shards at the scaler's endpoint: the `Dimension` dimension of their metrics. */
  streamDimension: pulumi.Input<string>;
  /** Id of the application's KPUs at the scaler's endpoint. */
  applicationDimension: pulumi.Input<string>;
  /** Name of the enhanced fan-out consumer that the application is registered as. Default: it polls. Must be a plain value. */
  consumerName?: string;
  /** Name of the scaler's Lambda function. Default: its metrics are left out. */
  scalerFunctionName?: pulumi.Input<string>;
}
