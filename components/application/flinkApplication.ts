import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { uploadedCode, type CodeLocation } from "./applicationCode";
import { applicationStatements } from "./applicationPolicy";
import type { NetworkArgs } from "./network";
import { arnOf, nameFromArn, partitionOf, type Place } from "../place";
import { policyDocument, trustPolicy } from "../policyDocument";

/** A Managed Service for Apache Flink application: one to create, or one that exists. */
export interface FlinkApplicationArgs {
  /** Account and region of the application. */
  place: Place;
  /** Name to create the application with: 1 to 128 letters, digits, _ . -. Left out: Pulumi makes one. Not with `existing`. */
  applicationName?: pulumi.Input<string>;
  /** Name or ARN of an application to adopt; nothing is created then. Must be a plain value. */
  existing?: string;
  /** Runtime environment. Default FLINK-1_20. */
  runtime?: pulumi.Input<string>;
  /** Path of a local jar, relative to the project. One of `codeJar` and `codeBucket` with `codeKey`. Must be a plain value. */
  codeJar?: string;
  /** S3 bucket that holds the jar. Must be a plain value. */
  codeBucket?: string;
  /** Key of the jar in `codeBucket`. Must be a plain value. */
  codeKey?: string;
  /** Runtime properties by group. The group `InputStream0` gets `stream.arn` and `aws.region` unless it sets them itself. */
  properties?: Record<string, Record<string, string>>;
  /** Stream that the application reads: its name goes into no property, its ARN into role and properties. */
  streamArn: pulumi.Input<string>;
  /** ARN of the customer's KMS key of the stream; empty for AWS's own key. Default empty. */
  customerKeyArn?: pulumi.Input<string>;
  /** KPUs to create the application with. The scaler changes them afterwards; Pulumi doesn't. Default 1. 1 or more. */
  kpus?: pulumi.Input<number>;
  /** Parallelism of one KPU. Default 1. 1..8. */
  parallelismPerKpu?: pulumi.Input<number>;
  /** Seconds between checkpoints. Default 60. 1..3600. */
  checkpointIntervalSeconds?: pulumi.Input<number>;
  /** APPLICATION, TASK, OPERATOR or PARALLELISM. Default APPLICATION. */
  metricsLevel?: pulumi.Input<string>;
  /** INFO, WARN, ERROR or DEBUG. Default INFO. */
  logLevel?: pulumi.Input<string>;
  /** Days that the application's log is kept. Default 30. One of CloudWatch Logs' retentions. */
  logRetentionDays?: pulumi.Input<number>;
  /** VPC to run in. Default none. Must be a plain value. */
  network?: NetworkArgs;
}

/**
 * The application of a pipeline with its role, its log group and its code. Its own autoscaling is off, snapshots are on; parallelism is
 * ignored after the creation: scaling is never drift. It is created and not started: the scaler starts it (`start` of its dimension).
 *
 *     new FlinkApplication("orders", { place, streamArn, codeJar: "target/your-job.jar" });
 *     new FlinkApplication("orders", { place, streamArn, existing: "orders-prod" });
 */
export class FlinkApplication extends pulumi.ComponentResource {
  /** Name of the application. */
  public readonly applicationName: pulumi.Output<string>;
  /** ARN of the application. */
  public readonly applicationArn: pulumi.Output<string>;
  /** Log group of the application; empty for an adopted one. */
  public readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: FlinkApplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:FlinkApplication", name, args, opts);

    if (args.existing) {
      this.applicationName = pulumi.output(nameFromArn(args.existing));
      this.applicationArn = args.existing.startsWith("arn:")
        ? pulumi.output(args.existing)
        : arnOf(args.place, "kinesisanalytics", `application/${args.existing}`);
      this.logGroupName = pulumi.output("");
    } else {
      const { application, logGroup } = createApplication(name, args, this);
      this.applicationName = application.name;
      this.applicationArn = application.arn;
      this.logGroupName = logGroup.name;
    }
    this.registerOutputs({
      applicationName: this.applicationName,
      applicationArn: this.applicationArn,
      logGroupName: this.logGroupName,
    });
  }
}

function createApplication(name: string, args: FlinkApplicationArgs, parent: pulumi.Resource) {
  const code = codeLocation(name, args, parent);
  const logGroup = new aws.cloudwatch.LogGroup(`${name}-log`, { retentionInDays: args.logRetentionDays ?? 30 }, { parent });
  const logStream = new aws.cloudwatch.LogStream(
    `${name}-log-stream`,
    { logGroupName: logGroup.name, name: "application" },
    { parent },
  );
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      description: "Managed Service for Apache Flink: reads the stream and its code, writes its log.",
      assumeRolePolicy: trustPolicy("kinesisanalytics.amazonaws.com", {
        StringEquals: { "aws:SourceAccount": args.place.accountId },
      }),
    },
    { parent },
  );
  const rolePolicy = new aws.iam.RolePolicy(
    `${name}-role-policy`,
    {
      role: role.id,
      policy: pulumi.output(args.customerKeyArn ?? "").apply((customerKeyArn) =>
        policyDocument(
          applicationStatements({
            streamArn: args.streamArn,
            logGroupArn: logGroup.arn,
            code,
            region: args.place.region,
            customerKeyArn,
            inVpc: args.network !== undefined,
          }),
        ),
      ),
    },
    { parent },
  );
  const application = new aws.kinesisanalyticsv2.Application(
    `${name}-application`,
    {
      name: args.applicationName,
      runtimeEnvironment: args.runtime ?? "FLINK-1_20",
      applicationMode: "STREAMING",
      serviceExecutionRole: role.arn,
      cloudwatchLoggingOptions: { logStreamArn: logStream.arn },
      applicationConfiguration: applicationConfiguration(args, code),
    },
    { parent, dependsOn: [rolePolicy], ignoreChanges: [parallelismPath, "startApplication"] },
  );
  return { application, logGroup };
}

/** What the scaler changes and Pulumi leaves alone. (Beside `startApplication`: without it the provider would stop a running one.) */
const parallelismPath = "applicationConfiguration.flinkApplicationConfiguration.parallelismConfiguration.parallelism";

function codeLocation(
  name: string,
  { codeJar, codeBucket, codeKey, place }: FlinkApplicationArgs,
  parent: pulumi.Resource,
): CodeLocation {
  if (codeJar) return uploadedCode(name, codeJar, parent);
  const partition = pulumi.output(place.region).apply((region) => partitionOf(region).name);
  return { bucketArn: pulumi.interpolate`arn:${partition}:s3:::${codeBucket}`, key: codeKey ?? "" };
}

// ApplicationSystemRollbackConfiguration has no property in @pulumi/aws 7.48: the scaler switches system rollback on with its updates.
function applicationConfiguration(args: FlinkApplicationArgs, code: CodeLocation) {
  const perKpu = pulumi.output(args.parallelismPerKpu ?? 1);
  return {
    applicationCodeConfiguration: {
      codeContentType: "ZIPFILE",
      codeContent: { s3ContentLocation: { bucketArn: code.bucketArn, fileKey: code.key, objectVersion: code.version } },
    },
    applicationSnapshotConfiguration: { snapshotsEnabled: true },
    runConfiguration: { applicationRestoreConfiguration: { applicationRestoreType: "RESTORE_FROM_LATEST_SNAPSHOT" } },
    environmentProperties: { propertyGroups: propertyGroups(args) },
    flinkApplicationConfiguration: {
      checkpointConfiguration: {
        configurationType: "CUSTOM",
        checkpointingEnabled: true,
        checkpointInterval: pulumi.output(args.checkpointIntervalSeconds ?? 60).apply((seconds) => seconds * 1000),
        minPauseBetweenCheckpoints: 5000,
      },
      monitoringConfiguration: {
        configurationType: "CUSTOM",
        logLevel: args.logLevel ?? "INFO",
        metricsLevel: args.metricsLevel ?? "APPLICATION",
      },
      parallelismConfiguration: {
        configurationType: "CUSTOM",
        autoScalingEnabled: false,
        parallelism: pulumi.all([args.kpus ?? 1, perKpu]).apply(([kpus, parallelism]) => kpus * parallelism),
        parallelismPerKpu: perKpu,
      },
    },
    ...(args.network
      ? { vpcConfiguration: { subnetIds: args.network.subnetIds, securityGroupIds: args.network.securityGroupIds } }
      : {}),
  };
}

/** The group of the source's properties, as AWS's samples name it. */
const inputGroup = "InputStream0";

function propertyGroups({ properties = {}, streamArn, place }: FlinkApplicationArgs) {
  const source = { "stream.arn": streamArn, "aws.region": place.region, ...properties[inputGroup] };
  const groups: [string, Record<string, pulumi.Input<string>>][] = Object.entries({ ...properties, [inputGroup]: source });
  return groups.sort(([a], [b]) => (a < b ? -1 : 1)).map(([propertyGroupId, propertyMap]) => ({ propertyGroupId, propertyMap }));
}
