import type { Member, Members } from "../kinesis/memberValidation";

const text = (min: number, max: number, pattern?: string): Member => ({ type: "string", min, max, pattern });
const required = (member: Member): Member => ({ ...member, required: true });
const oneOf = (...values: string[]): Member => ({ type: "string", enum: values });
const integer = (min: number, max?: number): Member => ({ type: "integer", min, max });
const structure = (members: Members): Member => ({ type: "structure", members });
const list = (element: Member, min?: number, max?: number): Member => ({ type: "list", element, min, max });

const flag: Member = { type: "boolean" };
const name = text(1, 128, "[a-zA-Z0-9_.-]+");
const snapshotName = text(1, 256, "[a-zA-Z0-9_.-]+");
const id = text(1, 50, "[a-zA-Z0-9_.-]+");
const arn = text(1, 2_048, "arn:.*");
const ownArn: Member = { ...arn, ownArn: true };
const versionId = integer(1, 999_999_999);
const token = text(1, 512, "[a-zA-Z0-9-_+/=]+");
const limit = integer(1, 50);
const nextToken = text(1, 512);
const runtime = oneOf(
  "SQL-1_0",
  "FLINK-1_6",
  "FLINK-1_8",
  "ZEPPELIN-FLINK-1_0",
  "FLINK-1_11",
  "FLINK-1_13",
  "ZEPPELIN-FLINK-2_0",
  "FLINK-1_15",
  "ZEPPELIN-FLINK-3_0",
  "FLINK-1_18",
  "FLINK-1_19",
  "FLINK-1_20",
  "FLINK-2_2",
  "FLINK-2_3",
);
const configurationType = oneOf("DEFAULT", "CUSTOM");
const metricsLevel = oneOf("APPLICATION", "TASK", "OPERATOR", "PARALLELISM");
const logLevel = oneOf("INFO", "WARN", "ERROR", "DEBUG");
const snapshotMode = oneOf("APPLICATION_SNAPSHOTS_LEGACY", "ENHANCED_SNAPSHOTS");
const keyType = oneOf("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KEY");
const tags = list(structure({ Key: required(text(1, 128)), Value: text(0, 256) }), 1, 200);
const propertyGroups = required(
  list(structure({ PropertyGroupId: required(id), PropertyMap: required({ type: "map", min: 1, max: 50 }) }), undefined, 50),
);
const subnets = list({ type: "string" }, 1, 16);
const securityGroups = list({ type: "string" }, 1, 5);
const vpc = structure({ SubnetIds: required(subnets), SecurityGroupIds: required(securityGroups) });
const runConfiguration: Members = {
  FlinkRunConfiguration: structure({ AllowNonRestoredState: flag }),
  ApplicationRestoreConfiguration: structure({
    ApplicationRestoreType: required(
      oneOf("SKIP_RESTORE_FROM_SNAPSHOT", "RESTORE_FROM_LATEST_SNAPSHOT", "RESTORE_FROM_CUSTOM_SNAPSHOT"),
    ),
    SnapshotName: snapshotName,
  }),
};

const configuration = structure({
  FlinkApplicationConfiguration: structure({
    CheckpointConfiguration: structure({
      ConfigurationType: required(configurationType),
      CheckpointingEnabled: flag,
      CheckpointInterval: integer(1),
      MinPauseBetweenCheckpoints: integer(0),
    }),
    MonitoringConfiguration: structure({
      ConfigurationType: required(configurationType),
      MetricsLevel: metricsLevel,
      LogLevel: logLevel,
    }),
    ParallelismConfiguration: structure({
      ConfigurationType: required(configurationType),
      Parallelism: integer(1),
      ParallelismPerKPU: integer(1),
      AutoScalingEnabled: flag,
    }),
  }),
  EnvironmentProperties: structure({ PropertyGroups: propertyGroups }),
  ApplicationCodeConfiguration: structure({
    CodeContentType: required(oneOf("PLAINTEXT", "ZIPFILE")),
    CodeContent: structure({
      TextContent: text(0, 102_400),
      ZipFileContent: { type: "blob", max: 52_428_800 },
      S3ContentLocation: structure({
        BucketARN: required(arn),
        FileKey: required(text(1, 1_024)),
        ObjectVersion: text(0, 1_024),
      }),
    }),
  }),
  ApplicationSnapshotConfiguration: structure({ SnapshotsEnabled: required(flag), SnapshotMode: snapshotMode }),
  ApplicationSystemRollbackConfiguration: structure({ RollbackEnabled: required(flag) }),
  VpcConfigurations: list(vpc),
  ApplicationEncryptionConfiguration: structure({ KeyType: required(keyType), KeyId: text(1, 2_048) }),
});

const configurationUpdate = structure({
  FlinkApplicationConfigurationUpdate: structure({
    CheckpointConfigurationUpdate: structure({
      ConfigurationTypeUpdate: configurationType,
      CheckpointingEnabledUpdate: flag,
      CheckpointIntervalUpdate: integer(1),
      MinPauseBetweenCheckpointsUpdate: integer(0),
    }),
    MonitoringConfigurationUpdate: structure({
      ConfigurationTypeUpdate: configurationType,
      MetricsLevelUpdate: metricsLevel,
      LogLevelUpdate: logLevel,
    }),
    ParallelismConfigurationUpdate: structure({
      ConfigurationTypeUpdate: configurationType,
      ParallelismUpdate: integer(1),
      ParallelismPerKPUUpdate: integer(1),
      AutoScalingEnabledUpdate: flag,
    }),
  }),
  EnvironmentPropertyUpdates: structure({ PropertyGroups: propertyGroups }),
  ApplicationCodeConfigurationUpdate: structure({
    CodeContentTypeUpdate: oneOf("PLAINTEXT", "ZIPFILE"),
    CodeContentUpdate: structure({
      TextContentUpdate: text(0, 102_400),
      S3ContentLocationUpdate: structure({
        BucketARNUpdate: arn,
        FileKeyUpdate: text(1, 1_024),
        ObjectVersionUpdate: text(0, 1_024),
      }),
    }),
  }),
  ApplicationSnapshotConfigurationUpdate: structure({ SnapshotsEnabledUpdate: required(flag), SnapshotModeUpdate: snapshotMode }),
  ApplicationSystemRollbackConfigurationUpdate: structure({ RollbackEnabledUpdate: required(flag) }),
  VpcConfigurationUpdates: list(
    structure({ VpcConfigurationId: required(id), SubnetIdUpdates: subnets, SecurityGroupIdUpdates: securityGroups }),
  ),
  ApplicationEncryptionConfigurationUpdate: structure({ KeyTypeUpdate: required(keyType), KeyIdUpdate: text(1, 2_048) }),
});

const application: Members = { ApplicationName: required(name) };
const current: Members = { ...application, CurrentApplicationVersionId: versionId, ConditionalToken: token };
const paged: Members = { ...application, Limit: limit, NextToken: nextToken };

/** Members of every request and their constraints, as the API reference of Managed Service for Apache Flink has them. */
export const inputs: Readonly<Record<string, Members>> = {
  AddApplicationCloudWatchLoggingOption: {
    ...current,
    CloudWatchLoggingOption: required(structure({ LogStreamARN: required(arn) })),
  },
  AddApplicationVpcConfiguration: { ...current, VpcConfiguration: required(vpc) },
  CreateApplication: {
    ...application,
    ApplicationDescription: text(0, 1_024),
    RuntimeEnvironment: required(runtime),
    ServiceExecutionRole: required(arn),
    ApplicationConfiguration: configuration,
    CloudWatchLoggingOptions: list(structure({ LogStreamARN: required(arn) })),
    Tags: tags,
    ApplicationMode: oneOf("STREAMING", "INTERACTIVE"),
  },
  CreateApplicationSnapshot: { ...application, SnapshotName: required(snapshotName) },
  DeleteApplication: { ...application, CreateTimestamp: required({ type: "timestamp" }) },
  DeleteApplicationCloudWatchLoggingOption: { ...current, CloudWatchLoggingOptionId: required(id) },
  DeleteApplicationSnapshot: {
    ...application,
    SnapshotName: required(snapshotName),
    SnapshotCreationTimestamp: required({ type: "timestamp" }),
  },
  DeleteApplicationVpcConfiguration: { ...current, VpcConfigurationId: required(id) },
  DescribeApplication: application,
  DescribeApplicationOperation: { ...application, OperationId: required(text(1, 64)) },
  DescribeApplicationSnapshot: { ...application, SnapshotName: required(snapshotName) },
  DescribeApplicationVersion: { ...application, ApplicationVersionId: required(versionId) },
  ListApplicationOperations: {
    ...paged,
    Operation: text(1, 64),
    OperationStatus: oneOf("IN_PROGRESS", "CANCELLED", "SUCCESSFUL", "FAILED"),
  },
  ListApplicationSnapshots: paged,
  ListApplicationVersions: paged,
  ListApplications: { Limit: limit, NextToken: name },
  ListTagsForResource: { ResourceARN: required(ownArn) },
  RollbackApplication: { ...application, CurrentApplicationVersionId: required(versionId) },
  StartApplication: { ...application, RunConfiguration: structure(runConfiguration) },
  StopApplication: { ...application, Force: flag },
  TagResource: { ResourceARN: required(ownArn), Tags: required(tags) },
  UntagResource: { ResourceARN: required(ownArn), TagKeys: required(list(text(1, 128), 1, 200)) },
  UpdateApplication: {
    ...current,
    ApplicationConfigurationUpdate: configurationUpdate,
    ServiceExecutionRoleUpdate: arn,
    RunConfigurationUpdate: structure(runConfiguration),
    CloudWatchLoggingOptionUpdates: list(structure({ CloudWatchLoggingOptionId: required(id), LogStreamARNUpdate: arn })),
    RuntimeEnvironmentUpdate: runtime,
  },
  UpdateApplicationMaintenanceConfiguration: {
    ...application,
    ApplicationMaintenanceConfigurationUpdate: required(
      structure({ ApplicationMaintenanceWindowStartTimeUpdate: required(text(5, 5, "([01][0-9]|2[0-3]):[0-5][0-9]")) }),
    ),
  },
};
