import type { Shape } from "../../core/cloud";
import { defined, finished, pascalCase, unlessGone, type Deployer, type Handlers, type Properties } from "./handler";

export const flinkHandlers: Handlers = {
  "aws:kinesisanalyticsv2/application:Application": {
    async create(deployer, name, inputs) {
      const ApplicationName = deployer.physicalName(name, inputs.name);
      await deployer.call("kinesisanalytics", "CreateApplication", {
        ApplicationName,
        ApplicationDescription: inputs.description ?? "",
        RuntimeEnvironment: inputs.runtimeEnvironment,
        ServiceExecutionRole: inputs.serviceExecutionRole,
        ApplicationMode: inputs.applicationMode ?? "STREAMING",
        ApplicationConfiguration: applicationConfiguration(inputs.applicationConfiguration),
        CloudWatchLoggingOptions: inputs.cloudwatchLoggingOptions
          ? [{ LogStreamARN: inputs.cloudwatchLoggingOptions.logStreamArn }]
          : [],
      });
      const created = async () => {
        const state = { ...inputs, ...(await live(deployer, ApplicationName, inputs)) };
        return { id: state.arn, state };
      };
      if (inputs.startApplication)
        await finished(await created(), async () => {
          await deployer.call("kinesisanalytics", "StartApplication", { ApplicationName, RunConfiguration: {} });
          await untilSettled(deployer, ApplicationName);
        });
      return created();
    },
    read: (deployer, id, state) => unlessGone(async () => ({ ...state, ...(await live(deployer, nameOf(id), state)) })),
    async update(deployer, id, state, inputs) {
      const ApplicationName = nameOf(id);
      // The version that the refresh saw, as the provider sends it: what was changed meanwhile is not overwritten.
      await deployer.call("kinesisanalytics", "UpdateApplication", {
        ApplicationName,
        CurrentApplicationVersionId: state.versionId,
        ApplicationConfigurationUpdate: configurationUpdate(inputs),
        RuntimeEnvironmentUpdate: inputs.runtimeEnvironment,
        ServiceExecutionRoleUpdate: inputs.serviceExecutionRole,
      });
      await untilSettled(deployer, ApplicationName);
      // Started with its creation or by a changed `startApplication`, never because it is READY.
      if (Boolean(inputs.startApplication) !== Boolean(state.startApplication)) {
        if (inputs.startApplication)
          await deployer.call("kinesisanalytics", "StartApplication", { ApplicationName, RunConfiguration: {} });
        else await deployer.call("kinesisanalytics", "StopApplication", { ApplicationName });
        await untilSettled(deployer, ApplicationName);
      }
      return { ...inputs, ...(await live(deployer, ApplicationName, inputs)) };
    },
    async delete(deployer, id) {
      const ApplicationName = nameOf(id);
      const { CreateTimestamp } = await describe(deployer, ApplicationName);
      await deployer.call("kinesisanalytics", "DeleteApplication", { ApplicationName, CreateTimestamp });
      await deployer.waitUntil(
        `the end of application ${ApplicationName}`,
        async () => !(await unlessGone(() => describe(deployer, ApplicationName))),
      );
    },
    replaceOn: ["name", "applicationMode", "description"],
  },
};

/** The API writes ARN and KPU in capitals (BucketARN, ParallelismPerKPU), takes a list of VPCs, and names property groups by PropertyGroups. */
function applicationConfiguration(configuration: Properties): Shape {
  const shape = capitalAbbreviations(pascalCase(configuration));
  // The run configuration is StartApplication's, not part of the application.
  const { VpcConfiguration: vpc, EnvironmentProperties: environment, RunConfiguration: _run, ...rest } = shape;
  return {
    ...rest,
    ...(vpc && { VpcConfigurations: [vpc] }),
    ...(environment && {
      EnvironmentProperties: {
        PropertyGroups: propertyGroups(configuration.environmentProperties.propertyGroups),
      },
    }),
  };
}

function capitalAbbreviations(shape: Shape): Shape {
  if (Array.isArray(shape)) return shape.map(capitalAbbreviations);
  if (typeof shape !== "object" || shape === null) return shape;
  return Object.fromEntries(
    Object.entries(shape).map(([key, value]) => [key.replace(/Arn$/, "ARN").replace(/Kpu$/, "KPU"), capitalAbbreviations(value)]),
  );
}

/** Sends the whole configuration, as the provider does when any of it changed. */
function configurationUpdate(inputs: Properties): Shape {
  const configuration = inputs.applicationConfiguration;
  const flink = configuration.flinkApplicationConfiguration ?? {};
  const location = configuration.applicationCodeConfiguration?.codeContent?.s3ContentLocation;
  const snapshots = configuration.applicationSnapshotConfiguration;
  const properties = configuration.environmentProperties?.propertyGroups;
  return {
    FlinkApplicationConfigurationUpdate: defined({
      CheckpointConfigurationUpdate: flink.checkpointConfiguration && updateOf(flink.checkpointConfiguration),
      ParallelismConfigurationUpdate: flink.parallelismConfiguration && updateOf(flink.parallelismConfiguration),
      MonitoringConfigurationUpdate: flink.monitoringConfiguration && updateOf(flink.monitoringConfiguration),
    }),
    ...(location && {
      ApplicationCodeConfigurationUpdate: { CodeContentUpdate: { S3ContentLocationUpdate: updateOf(location) } },
    }),
    ...(snapshots && { ApplicationSnapshotConfigurationUpdate: updateOf(snapshots) }),
    ...(properties && { EnvironmentPropertyUpdates: { PropertyGroups: propertyGroups(properties) } }),
  };
}

/** `{ parallelism: 4 }` -> `{ ParallelismUpdate: 4 }`: the names that UpdateApplication gives to members. */
function updateOf(properties: Properties): Shape {
  const shape: Record<string, Shape> = capitalAbbreviations(pascalCase(properties));
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [`${key}Update`, value]));
}

function propertyGroups(groups: Properties[]): Shape[] {
  return groups.map((group) => ({ PropertyGroupId: group.propertyGroupId, PropertyMap: group.propertyMap }));
}

function untilSettled(deployer: Deployer, ApplicationName: string): Promise<void> {
  return deployer.waitUntil(`the end of the change of application ${ApplicationName}`, async () =>
    ["RUNNING", "READY"].includes((await describe(deployer, ApplicationName)).ApplicationStatus),
  );
}

async function describe(deployer: Deployer, ApplicationName: string): Promise<Shape> {
  const { ApplicationDetail } = await deployer.call("kinesisanalytics", "DescribeApplication", { ApplicationName });
  return ApplicationDetail;
}

/** Computed outputs, and the live parallelism inside the configuration (a refresh must see what the scaler changed). */
async function live(deployer: Deployer, ApplicationName: string, inputs: Properties): Promise<Properties> {
  const detail = await describe(deployer, ApplicationName);
  const parallelism =
    detail.ApplicationConfigurationDescription?.FlinkApplicationConfigurationDescription?.ParallelismConfigurationDescription;
  const configuration = structuredClone(inputs.applicationConfiguration ?? {});
  const flink = configuration.flinkApplicationConfiguration;
  if (parallelism && flink?.parallelismConfiguration) flink.parallelismConfiguration.parallelism = parallelism.Parallelism;
  return {
    name: ApplicationName,
    arn: detail.ApplicationARN,
    status: detail.ApplicationStatus,
    versionId: detail.ApplicationVersionId,
    applicationConfiguration: configuration,
  };
}

function nameOf(arn: string): string {
  return arn.split("/").pop() ?? arn;
}
