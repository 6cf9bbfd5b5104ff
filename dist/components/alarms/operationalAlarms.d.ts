import * as pulumi from "@pulumi/pulumi";
import { type OperationalAlarmsArgs } from "./operationalAlarmsArgs";
/**
 * One alarm for everything that people should look at, sent to one encrypted topic. What each means and what to do stands in
 * docs/runbook.md.
 */
export declare class OperationalAlarms extends pulumi.ComponentResource {
    /** ARN of the topic: subscribe a pager to it. */
    readonly topicArn: pulumi.Output<string>;
    /** ARNs of the alarms, in the order of docs/runbook.md. */
    readonly alarmArns: pulumi.Output<string[]>;
    constructor(name: string, args: OperationalAlarmsArgs, opts?: pulumi.ComponentResourceOptions);
}
