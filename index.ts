import * as pulumi from "@pulumi/pulumi";
import { Pipeline } from "./components";
import { readConfig } from "./config";

/** The stack: a stream and an application that scale themselves, and the dashboard and alarms to watch them. */
export = () => {
  const pipeline = new Pipeline(pulumi.getStack(), readConfig());
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
