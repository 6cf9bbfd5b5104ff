import * as assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { FlinkApplication, type FlinkApplicationArgs } from "../../../components/application/flinkApplication";
import { account, record, region, resource, resourcesOf } from "../../support/recorder";

const streamArn = `arn:aws:kinesis:${region}:${account}:stream/orders`;
const run = (args: Partial<FlinkApplicationArgs>) =>
  record(() => {
    const { applicationName, applicationArn, logGroupName } = new FlinkApplication("job", { streamArn, ...args });
    return { applicationName, applicationArn, logGroupName };
  });

const applicationType = "aws:kinesisanalyticsv2/application:Application";
interface Statement {
  Sid: string;
  Action: string[];
  Resource: string[];
  Condition?: unknown;
}
const rolePolicy = (recording: Awaited<ReturnType<typeof run>>): Statement[] =>
  JSON.parse(resource(recording, "aws:iam/rolePolicy:RolePolicy").inputs["policy"] as string).Statement;

describe("FlinkApplication", () => {
  it("creates an application with snapshots on, its own autoscaling off and parallelism = KPUs * parallelismPerKpu", async () => {
    const recording = await run({ codeJar: "job.jar", name: "counter", kpus: 6, parallelismPerKpu: 2 });
    const application = resource(recording, applicationType);
    assert.deepEqual(application.inputs, {
      name: "counter",
      runtimeEnvironment: "FLINK-1_20",
      applicationMode: "STREAMING",
      serviceExecutionRole: "arn:iam:job-role",
      cloudwatchLoggingOptions: { logStreamArn: "arn:cloudwatch:job-log-stream" },
      applicationConfiguration: {
        applicationCodeConfiguration: {
          codeContentType: "ZIPFILE",
          codeContent: {
            s3ContentLocation: { bucketArn: "arn:s3:job-code", fileKey: "application.jar", objectVersion: "version-1" },
          },
        },
        applicationSnapshotConfiguration: { snapshotsEnabled: true },
        runConfiguration: { applicationRestoreConfiguration: { applicationRestoreType: "RESTORE_FROM_LATEST_SNAPSHOT" } },
        environmentProperties: {
          propertyGroups: [{ propertyGroupId: "InputStream0", propertyMap: { "stream.arn": streamArn, "aws.region": region } }],
        },
        flinkApplicationConfiguration: {
          checkpointConfiguration: {
            configurationType: "CUSTOM",
            checkpointingEnabled: true,
            checkpointInterval: 60_000,
            minPauseBetweenCheckpoints: 5_000,
          },
          monitoringConfiguration: { configurationType: "CUSTOM", logLevel: "INFO", metricsLevel: "APPLICATION" },
          parallelismConfiguration: {
            configurationType: "CUSTOM",
            autoScalingEnabled: false,
            parallelism: 12,
            parallelismPerKpu: 2,
          },
        },
      },
    });
  });

  it("is protected where it is told to be", async () => {
    assert.equal(resource(await run({ codeJar: "job.jar", protect: true }), applicationType).options.protect, true);
    assert.equal(resource(await run({ codeJar: "job.jar" }), applicationType).options.protect, false);
  });

  it("ignores parallelism afterwards, and is made when its role may already read code and stream", async () => {
    const { options } = resource(await run({ codeJar: "job.jar" }), applicationType);
    assert.deepEqual(options.ignoreChanges, [
      "applicationConfiguration.flinkApplicationConfiguration.parallelismConfiguration.parallelism",
      "startApplication",
    ]);
    assert.ok(options.dependsOn.includes("job-role-policy"));
  });

  it("puts a local jar into a bucket that is private, encrypted, versioned and reachable over TLS only", async () => {
    const recording = await run({ codeJar: "target/job.jar" });
    const inputs = (type: string) => resource(recording, type).inputs;
    const object = inputs("aws:s3/bucketObjectv2:BucketObjectv2");
    assert.equal(await (object["source"] as pulumi.asset.FileAsset).path, "target/job.jar");
    assert.equal(object["key"], "application.jar");
    assert.deepEqual(inputs("aws:s3/bucketVersioning:BucketVersioning")["versioningConfiguration"], { status: "Enabled" });
    assert.deepEqual(inputs("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")["rules"], [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    const access = inputs("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    for (const block of ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"])
      assert.equal(access[block], true);
    assert.deepEqual(JSON.parse(inputs("aws:s3/bucketPolicy:BucketPolicy")["policy"] as string).Statement, [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:s3:job-code", "arn:s3:job-code/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    assert.ok(resource(recording, "aws:s3/bucketObjectv2:BucketObjectv2").options.dependsOn.includes("job-code-versioning"));
  });

  it("reads code from an S3 location without making a bucket", async () => {
    const recording = await run({ codeBucket: "jars", codeKey: "counter/1.jar" });
    assert.deepEqual(resourcesOf(recording, "aws:s3/bucket:Bucket"), []);
    const configuration = resource(recording, applicationType).inputs["applicationConfiguration"] as Record<string, unknown>;
    assert.deepEqual(configuration["applicationCodeConfiguration"], {
      codeContentType: "ZIPFILE",
      codeContent: { s3ContentLocation: { bucketArn: "arn:aws:s3:::jars", fileKey: "counter/1.jar" } },
    });
    const readCode = rolePolicy(recording).find(({ Sid }) => Sid === "ReadCode");
    assert.deepEqual(readCode?.Resource, ["arn:aws:s3:::jars/counter/1.jar"]);
  });

  it("adds the user's properties, whose own values win, with groups in a fixed order", async () => {
    const properties = {
      Sink: { table: "rides" },
      InputStream0: { "stream.initial.position": "LATEST", "aws.region": "eu-west-1" },
    };
    const { inputs } = resource(await run({ codeJar: "job.jar", properties }), applicationType);
    const { environmentProperties } = inputs["applicationConfiguration"] as Record<string, unknown>;
    assert.deepEqual(environmentProperties, {
      propertyGroups: [
        {
          propertyGroupId: "InputStream0",
          propertyMap: { "stream.arn": streamArn, "aws.region": "eu-west-1", "stream.initial.position": "LATEST" },
        },
        { propertyGroupId: "Sink", propertyMap: { table: "rides" } },
      ],
    });
  });

  it("runs in a VPC when it is given one, with the rights to keep network interfaces, and without otherwise", async () => {
    const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const inside = await run({ codeJar: "job.jar", network });
    const configurationOf = (recording: typeof inside) =>
      resource(recording, applicationType).inputs["applicationConfiguration"] as Record<string, unknown>;
    assert.deepEqual(configurationOf(inside)["vpcConfiguration"], network);
    const ec2 = rolePolicy(inside).filter(({ Action }) => Action.some((action) => action.startsWith("ec2:")));
    assert.deepEqual(
      ec2.map(({ Sid }) => Sid),
      ["ReadNetwork", "KeepNetworkInterfaces"],
    );

    const outside = await run({ codeJar: "job.jar" });
    assert.ok(!("vpcConfiguration" in configurationOf(outside)));
    assert.ok(!JSON.stringify(rolePolicy(outside)).includes("ec2:"));
  });

  it("may read the stream, its jar and write its log, and nothing on *", async () => {
    const statements = rolePolicy(await run({ codeJar: "job.jar" }));
    assert.deepEqual(
      statements.map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ["ReadStream", [streamArn]],
        ["ReadAsConsumer", [`${streamArn}/consumer/*`]],
        ["ReadCode", ["arn:s3:job-code/application.jar"]],
        ["WriteLog", ["arn:cloudwatch:job-log:log-stream:*"]],
        ["FindLog", ["arn:cloudwatch:job-log", "arn:cloudwatch:job-log:*"]],
      ],
    );
    assert.ok(!JSON.stringify(statements).includes("kms:"));
  });

  it("may decrypt with a customer key, through Kinesis and for this stream alone", async () => {
    const customerKeyArn = `arn:aws:kms:${region}:${account}:key/1234`;
    const decrypt = rolePolicy(await run({ codeJar: "job.jar", customerKeyArn })).find(({ Sid }) => Sid === "DecryptRecords");
    assert.deepEqual(decrypt, {
      Sid: "DecryptRecords",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: [customerKeyArn],
      Condition: {
        StringEquals: {
          "kms:ViaService": `kinesis.${region}.amazonaws.com`,
          "kms:EncryptionContext:aws:kinesis:arn": streamArn,
        },
      },
    });
  });

  it("can be assumed by Managed Flink for this account only", async () => {
    const trust = JSON.parse(
      resource(await run({ codeJar: "job.jar" }), "aws:iam/role:Role").inputs["assumeRolePolicy"] as string,
    );
    assert.deepEqual(trust.Statement, [
      {
        Effect: "Allow",
        Principal: { Service: "kinesisanalytics.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ]);
  });

  it("adopts an application by name or ARN: nothing is created", async () => {
    const byName = await run({ existing: "counter" });
    assert.deepEqual(
      byName.resources.filter(({ custom }) => custom),
      [],
    );
    assert.deepEqual(byName.outputs, {
      applicationName: "counter",
      applicationArn: `arn:aws:kinesisanalytics:${region}:${account}:application/counter`,
      logGroupName: "",
    });
    const arn = `arn:aws:kinesisanalytics:${region}:${account}:application/other`;
    assert.equal((await run({ existing: arn })).outputs["applicationArn"], arn);
  });
});
