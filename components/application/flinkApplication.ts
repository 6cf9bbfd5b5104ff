import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { anything, fieldProblems, required, withDefaults, type FieldsOf, type WithDefaults } from "../fields";
import { partitionOf } from "../partition";
import { adoptedApplication, placeOf, type Place } from "../place";
import { policyDocument, trustPolicy } from "../policyDocument";
import { checked, type Problem } from "../problem";
import { protection } from "../protection";
import { applicationFields, applicationRules, type ApplicationArgs } from "./applicationArgs";
import { uploadedCode, type CodeLocation } from "./applicationCode";
import { applicationStatements } from "./applicationPolicy";

/** The application of a pipeline: what it is, and what it reads. */
export interface FlinkApplicationArgs extends ApplicationArgs {
  /** ARN of the stream that the application reads: its role and its properties name it. */
  streamArn: pulumi.Input<string>;
  /** ARN of the customer's KMS key of the stream; empty for AWS's own key. Default empty. */
  customerKeyArn?: pulumi.Input<string>;
}

/**
 * The application of a pipeline with its role, its log group and its code. Its own autoscaling is off, snapshots are on; parallelism is
 * ignored after the creation: scaling is never drift. It is created and not started: the scaler starts it (`start` of its dimension).
 *
 *     new FlinkApplication("orders", { streamArn, codeJar: "target/your-job.jar" });
 *     new FlinkApplication("orders", { streamArn, existing: "orders-prod" });
 */
export class FlinkApplication extends pulumi.ComponentResource {
  /** Name of the application. */
  public readonly applicationName: pulumi.Output<string>;
  /** ARN of the application. */
  public readonly applicationArn: pulumi.Output<string>;
  /** Log group of the application; empty for an adopted one. */
  public readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: FlinkApplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:FlinkApplication", name, checked(args, `FlinkApplication ${name}`, validateFlinkApplication(args)), opts);
    const place = placeOf(this);

    if (args.existing) {
      const application = adoptedApplication(place, args.existing);
      this.applicationName = application.name;
      this.applicationArn = application.arn;
      this.logGroupName = pulumi.output("");
    } else {
      const { application, logGroup } = createApplication(name, withDefaults(args, fields), place, this);
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

const fields = {
  ...applicationFields,
  streamArn: required(anything("the ARN of the stream that it reads")),
  customerKeyArn: anything(),
} satisfies FieldsOf<FlinkApplicationArgs>;

/** What is wrong with the arguments; [] when they are fine. */
export function validateFlinkApplication(args: FlinkApplicationArgs): Problem[] {
  const problems = fieldProblems(args, fields, "");
  return [...problems, ...applicationRules(args, problems, "")];
}

type FlinkApplicationSettings = WithDefaults<FlinkApplicationArgs, typeof fields>;

function createApplication(name: string, args: FlinkApplicationSettings, place: Place, parent: pulumi.Resource) {
  const code = codeLocation(name, args, place, parent);
  const logGroup = new aws.cloudwatch.LogGroup(`${name}-log`, { retentionInDays: args.logRetentionDays }, { parent });
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
        StringEquals: { "aws:SourceAccount": place.accountId },
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
            region: place.region,
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
      name: args.name,
      runtimeEnvironment: args.runtime,
      applicationMode: "STREAMING",
      serviceExecutionRole: role.arn,
      cloudwatchLoggingOptions: { logStreamArn: logStream.arn },
      applicationConfiguration: applicationConfiguration(args, code, place),
    },
    { parent, dependsOn: [rolePolicy], ignoreChanges: [parallelismPath, "startApplication"], ...protection(args) },
  );
  return { application, logGroup };
}

/** What the scaler changes and Pulumi leaves alone. (Beside `startApplication`: without it the provider would stop a running one.) */
const parallelismPath = "applicationConfiguration.flinkApplicationConfiguration.parallelismConfiguration.parallelism";

function codeLocation(
  name: string,
  { codeJar, codeBucket, codeKey }: FlinkApplicationSettings,
  place: Place,
  parent: pulumi.Resource,
): CodeLocation {
  if (codeJar) return uploadedCode(name, codeJar, parent);
  const partition = pulumi.output(place.region).apply((region) => partitionOf(region).name);
  return { bucketArn: pulumi.interpolate`arn:${partition}:s3:::${codeBucket}`, key: codeKey ?? "" };
}

// ApplicationSystemRollbackConfiguration has no property in @pulumi/aws 7.48: the scaler switches system rollback on with its updates.
function applicationConfiguration(args: FlinkApplicationSettings, code: CodeLocation, place: Place) {
  const { parallelismPerKpu } = args;
  return {
    applicationCodeConfiguration: {
      codeContentType: "ZIPFILE",
      codeContent: { s3ContentLocation: { bucketArn: code.bucketArn, fileKey: code.key, objectVersion: code.version } },
    },
    applicationSnapshotConfiguration: { snapshotsEnabled: true },
    runConfiguration: { applicationRestoreConfiguration: { applicationRestoreType: "RESTORE_FROM_LATEST_SNAPSHOT" } },
    environmentProperties: { propertyGroups: propertyGroups(args, place) },
    flinkApplicationConfiguration: {
      checkpointConfiguration: {
        configurationType: "CUSTOM",
        checkpointingEnabled: true,
        checkpointInterval: args.checkpointIntervalSeconds * 1000,
        minPauseBetweenCheckpoints: 5000,
      },
      monitoringConfiguration: {
        configurationType: "CUSTOM",
        logLevel: args.logLevel,
        metricsLevel: args.metricsLevel,
      },
      parallelismConfiguration: {
        configurationType: "CUSTOM",
        autoScalingEnabled: false,
        parallelism: args.kpus * parallelismPerKpu,
        parallelismPerKpu,
      },
    },
    ...(args.network
      ? { vpcConfiguration: { subnetIds: args.network.subnetIds, securityGroupIds: args.network.securityGroupIds } }
      : {}),
  };
}

/** The group of the source's properties, as AWS's samples name it. */
const inputGroup = "InputStream0";

function propertyGroups({ properties = {}, streamArn }: FlinkApplicationSettings, place: Place) {
  const source = { "stream.arn": streamArn, "aws.region": place.region, ...properties[inputGroup] };
  const groups: [string, Record<string, pulumi.Input<string>>][] = Object.entries({ ...properties, [inputGroup]: source });
  return groups.sort(([a], [b]) => (a < b ? -1 : 1)).map(([propertyGroupId, propertyMap]) => ({ propertyGroupId, propertyMap }));
}
