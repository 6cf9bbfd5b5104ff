"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.OperationalAlarms = void 0;
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const fields_1 = require("../fields");
const alarmQueries_1 = require("../metrics/alarmQueries");
const partition_1 = require("../partition");
const place_1 = require("../place");
const problem_1 = require("../problem");
const operationalAlarm_1 = require("./operationalAlarm");
const operationalAlarmsArgs_1 = require("./operationalAlarmsArgs");
/**
 * One alarm for everything that people should look at, sent to one encrypted topic. What each means and what to do stands in
 * docs/runbook.md.
 */
class OperationalAlarms extends pulumi.ComponentResource {
    /** ARN of the topic: subscribe a pager to it. */
    topicArn;
    /** ARNs of the alarms, in the order of docs/runbook.md. */
    alarmArns;
    constructor(name, args, opts) {
        super("sluice:index:OperationalAlarms", name, (0, problem_1.checked)(args, `OperationalAlarms ${name}`, (0, operationalAlarmsArgs_1.validateOperationalAlarms)(args)), opts);
        const settings = (0, fields_1.withDefaults)(args, operationalAlarmsArgs_1.operationalAlarmsFields);
        const topic = alarmTopic(name, settings.emails, this);
        const alarms = (0, operationalAlarm_1.operationalAlarms)(args.names, settings).map((alarm) => metricAlarm(`${name}-${alarm.name}`, alarm, settings.runbookUrl, topic, this));
        this.topicArn = topic.arn;
        this.alarmArns = pulumi.all(alarms.map((alarm) => alarm.arn));
        this.registerOutputs({ topicArn: this.topicArn, alarmArns: this.alarmArns });
    }
}
exports.OperationalAlarms = OperationalAlarms;
function metricAlarm(name, alarm, runbookUrl, topic, parent) {
    return new aws.cloudwatch.MetricAlarm(name, {
        alarmDescription: `${alarm.meaning} ${runbookUrl}#${alarm.anchor}`,
        comparisonOperator: alarm.comparison,
        threshold: alarm.threshold,
        evaluationPeriods: alarm.minutes,
        datapointsToAlarm: alarm.datapoints,
        treatMissingData: alarm.treatMissingData,
        metricQueries: (0, alarmQueries_1.alarmQueries)(alarm.queries),
        alarmActions: [topic.arn],
        okActions: [topic.arn],
    }, { parent });
}
function alarmTopic(name, emails, parent) {
    const place = (0, place_1.placeOf)(parent);
    // CloudWatch can't publish to a topic that is encrypted with AWS's own key: that key's policy doesn't name it.
    const key = new aws.kms.Key(`${name}-key`, { description: "Encrypts Sluice's alarm topic.", enableKeyRotation: true, policy: keyPolicy(place) }, { parent });
    const topic = new aws.sns.Topic(`${name}-topic`, { displayName: "Sluice alarms", kmsMasterKeyId: key.id }, { parent });
    new aws.sns.TopicPolicy(`${name}-topic-policy`, { arn: topic.arn, policy: topicPolicy(topic.arn, place.accountId) }, { parent });
    for (const email of new Set(emails))
        new aws.sns.TopicSubscription(`${name}-${email}`, { topic: topic.arn, protocol: "email", endpoint: email }, { parent });
    return topic;
}
function keyPolicy({ accountId, region }) {
    return pulumi.all([accountId, region]).apply(([account, r]) => JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "Account",
                Effect: "Allow",
                Principal: { AWS: `arn:${(0, partition_1.partitionOf)(r).name}:iam::${account}:root` },
                Action: "kms:*",
                Resource: "*",
            },
            {
                Sid: "AlarmsPublish",
                Effect: "Allow",
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
                Resource: "*",
                Condition: { StringEquals: { "aws:SourceAccount": account } },
            },
        ],
    }));
}
function topicPolicy(topicArn, accountId) {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "AlarmsPublish",
                Effect: "Allow",
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: "sns:Publish",
                Resource: topicArn,
                Condition: { StringEquals: { "aws:SourceAccount": accountId } },
            },
            {
                Sid: "TlsOnly",
                Effect: "Deny",
                Principal: "*",
                Action: "sns:Publish",
                Resource: topicArn,
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ],
    });
}
