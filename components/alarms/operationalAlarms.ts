import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { alarmQueries } from "../metrics/alarmQueries";
import type { PipelineNames } from "../metrics/catalogue";
import { operationalAlarms, type OperationalAlarm } from "./operationalAlarm";
import { partitionOf, type Place } from "../place";
import type { LagMetric } from "../scaling/signals";

/** The names that metrics' dimensions are made of. */
export interface AlarmNames {
  /** Name of the pipeline: the `Stack` dimension of the scaler's metrics. */
  stack: pulumi.Input<string>;
  /** Name of the stream. */
  streamName: pulumi.Input<string>;
  /** Name of the application. */
  applicationName: pulumi.Input<string>;
  /** Id of the stream's scalable dimension. */
  streamDimension: pulumi.Input<string>;
  /** Id of the application's scalable dimension. */
  applicationDimension: pulumi.Input<string>;
  /** Name of the scaler's Lambda function. */
  scalerFunctionName: pulumi.Input<string>;
  /** Name of the enhanced fan-out consumer; needed with lagMetric efo. */
  consumerName?: pulumi.Input<string>;
}

/** Alarms for people, and where they go. */
export interface OperationalAlarmsArgs {
  /** Account and region. */
  place: Place;
  /** Names that the metrics' dimensions are made of. */
  names: AlarmNames;
  /** Runtime environment, e.g. FLINK-1_20: Flink 2 has other metrics. Must be a plain value. */
  runtime: string;
  /** Where the lag is read: flink, iteratorAge or efo. Must be a plain value. */
  lagMetric: LagMetric;
  /** Seconds of lag above which the lag alarm fires. 1 or more. Must be a plain value. */
  lagSeconds: number;
  /** Percent of throttled writes from which the throttling alarms fire. Default 1. 1..100. Must be a plain value. */
  throttledPercent?: number;
  /** E-mail addresses that the alarms are sent to; each must confirm AWS's message. Default none. Must be plain values. */
  emails?: string[];
  /** Address of docs/runbook.md. Must be a plain value. */
  runbookUrl: string;
}

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
    super("sluice:index:OperationalAlarms", name, args, opts);
    const topic = alarmTopic(name, args, this);
    const names = pulumi.output(args.names);
    const settings = { ...args, throttledPercent: args.throttledPercent ?? 1 };

    // Which alarms there are doesn't depend on the names, so they are listed without, and each gets its queries when they are known.
    const listed = operationalAlarms(unnamed, settings);
    const alarms = listed.map((alarm, index) => {
      const queries = names.apply((known) => operationalAlarms(known, settings)[index]!.queries);
      return metricAlarm(`${name}-${alarm.name}`, alarm, queries, args.runbookUrl, topic, this);
    });

    this.topicArn = topic.arn;
    this.alarmArns = pulumi.all(alarms.map((alarm) => alarm.arn));
    this.registerOutputs({ topicArn: this.topicArn, alarmArns: this.alarmArns });
  }
}

const unnamed: PipelineNames = { stack: "", streamName: "", applicationName: "", streamDimension: "", applicationDimension: "" };

function metricAlarm(
  name: string,
  alarm: OperationalAlarm,
  queries: pulumi.Output<OperationalAlarm["queries"]>,
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
      metricQueries: queries.apply(alarmQueries),
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    },
    { parent },
  );
}

function alarmTopic(name: string, args: OperationalAlarmsArgs, parent: pulumi.Resource): aws.sns.Topic {
  const { accountId } = args.place;
  // CloudWatch can't publish to a topic that is encrypted with AWS's own key: that key's policy doesn't name it.
  const key = new aws.kms.Key(
    `${name}-key`,
    { description: "Encrypts Sluice's alarm topic.", enableKeyRotation: true, policy: keyPolicy(args.place) },
    { parent },
  );
  const topic = new aws.sns.Topic(`${name}-topic`, { displayName: "Sluice alarms", kmsMasterKeyId: key.id }, { parent });
  new aws.sns.TopicPolicy(`${name}-topic-policy`, { arn: topic.arn, policy: topicPolicy(topic.arn, accountId) }, { parent });
  for (const email of new Set(args.emails))
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
