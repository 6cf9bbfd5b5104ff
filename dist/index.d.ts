import * as pulumi from "@pulumi/pulumi";
/** The stack: a stream and an application that scale themselves, and the dashboard and alarms to watch them. */
declare const _default: () => {
    dashboardUrl: pulumi.Output<string>;
    endpoint: pulumi.Output<string>;
    streamName: pulumi.Output<string>;
    streamArn: pulumi.Output<string>;
    applicationName: pulumi.Output<string>;
    applicationArn: pulumi.Output<string>;
    applicationLogGroup: pulumi.Output<string>;
    scalerFunctionName: pulumi.Output<pulumi.Input<string>>;
    scalerLogGroup: pulumi.Output<pulumi.Input<string>>;
    alarmTopicArn: pulumi.Output<string>;
};
export = _default;
