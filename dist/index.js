"use strict";
const pulumi = require("@pulumi/pulumi");
const components_1 = require("./components");
const config_1 = require("./config");
module.exports = () => {
    const pipeline = new components_1.Pipeline(pulumi.getStack(), (0, config_1.readConfig)());
    const { dashboardUrl, endpoint, alarmTopicArn, streamName, streamArn, applicationName, applicationArn, applicationLogGroup } = pipeline;
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
    };
};
