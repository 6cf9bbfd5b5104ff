import * as pulumi from "@pulumi/pulumi";
import { Pipeline, Pipelines } from "./components";
import { readConfig } from "./config";

/** The stack: a stream and an application that scale themselves, or several such pairs, and dashboards and alarms to watch them. */
export = () => {
  const { pipeline: one, pipelines: several } = readConfig();
  if (several) {
    const { dashboardUrl, endpoint, scaler, pipelines } = new Pipelines(pulumi.getStack(), several);
    return { dashboardUrl, endpoint, scalerFunctionName: scaler.functionName, scalerLogGroup: scaler.logGroupName, pipelines };
  }
  const pipeline = new Pipeline(pulumi.getStack(), one!);
  const { dashboardUrl, endpoint, alarmTopicArn, streamName, streamArn, applicationName, applicationArn, applicationLogGroup } =
    pipeline;
  return {
    dashboardUrl,
    endpoint,
    streamName,
    streamArn,
    applicationName,
    applicationArn,
    applicationLogGroup,
    scalerFunctionName: pipeline.scaler.functionName,
    scalerLogGroup: pipeline.scaler.logGroupName,
    alarmTopicArn,
    scaling: pipeline.scaling,
  };
};
