import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withDefaults } from "../fields";
import { alarmQueries } from "../metrics/alarmQueries";
import { partitionOf } from "../partition";
import { placeOf, type Place } from "../place";
import { checked } from "../problem";
import { operationalAlarms, type OperationalAlarm } from "./operationalAlarm";
import { operationalAlarmsFields, validateOperationalAlarms, type OperationalAlarmsArgs } from "./operationalAlarmsArgs";

/**
 * One alarm for everything that people should look at, sent to one encrypted topic. What each means and what to do stands in
 * docs/runbook.md.
 */
export class OperationalAlarms extends pulumi.ComponentResource {
  /** ARN of the topic: subscribe a pager to it. */
  public readonly topicArn: pulumi.Output<string>;
  /** ARNs of the alarms, in the order of docs/runbook.md. */
  public readonly alarmArns: pulumi.Output<string[]>;

  constructor(name: string, args: OperationalAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(
      "sluice:index:OperationalAlarms",
      name,
      checked(args, `OperationalAlarms ${name}`, validateOperationalAlarms(args)),
      opts,
    );
    const settings = withDefaults(args, operationalAlarmsFields);
    const topic = alarmTopic(name, settings.emails, this);
    const alarms = operationalAlarms(args.names, settings).map((alarm) =>
      metricAlarm(`${name}-${alarm.name}`, alarm, settings.runbookUrl, topic, this),
    );

    this.topicArn = topic.arn;
    this.alarmArns = pulumi.all(alarms.map((alarm) => alarm.arn));
    this.registerOutputs({ topicArn: this.topicArn, alarmArns: this.alarmArns });
  }
}

function metricAlarm(
  name: string,
  alarm: OperationalAlarm,
  runbookUrl: string,
  topic: aws.sns.Topic,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: `${alarm.meaning} ${runbookUrl}#${alarm.anchor}`,
      comparisonOperator: alarm.comparison,
      threshold: alarm.threshold,
      evaluationPeriods: alarm.minutes,
      datapointsToAlarm: alarm.datapoints,
      treatMissingData: alarm.treatMissingData,
      metricQueries: alarmQueries(alarm.queries),
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    },
    { parent },
  );
}

function alarmTopic(name: string, emails: readonly string[], parent: pulumi.ComponentResource): aws.sns.Topic {
  const place = placeOf(parent);
  // CloudWatch can't publish to a topic that is encrypted with AWS's own key: that key's policy doesn't name it.
  const key = new aws.kms.Key(
    `${name}-key`,
    { description: "Encrypts Sluice's alarm topic.", enableKeyRotation: true, policy: keyPolicy(place) },
    { parent },
  );
  const topic = new aws.sns.Topic(`${name}-topic`, { displayName: "Sluice alarms", kmsMasterKeyId: key.id }, { parent });
  new aws.sns.TopicPolicy(
    `${name}-topic-policy`,
    { arn: topic.arn, policy: topicPolicy(topic.arn, place.accountId) },
    { parent },
  );
  for (const email of new Set(emails))
    new aws.sns.TopicSubscription(`${name}-${email}`, { topic: topic.arn, protocol: "email", endpoint: email }, { parent });
  return topic;
}

function keyPolicy({ accountId, region }: Place): pulumi.Output<string> {
  return pulumi.all([accountId, region]).apply(([account, r]) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Account",
          Effect: "Allow",
          Principal: { AWS: `arn:${partitionOf(r).name}:iam::${account}:root` },
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
    }),
  );
}

function topicPolicy(topicArn: pulumi.Output<string>, accountId: pulumi.Input<string>): pulumi.Output<string> {
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
