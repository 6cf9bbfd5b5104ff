import type { Shape } from "../../core/cloud";
import { flinkError } from "./account";
import { kpusFor, parallelismOf } from "./application";

/** Values that hold while a ConfigurationType is DEFAULT, and what CUSTOM leaves out. */
const checkpointDefaults = { CheckpointingEnabled: true, CheckpointInterval: 60_000, MinPauseBetweenCheckpoints: 5_000 };
const monitoringDefaults = { MetricsLevel: "APPLICATION", LogLevel: "INFO" };
/** Automatic scaling is on unless it is switched off ("Use automatic scaling in Managed Service for Apache Flink"). */
const parallelismDefaults = { Parallelism: 1, ParallelismPerKPU: 1, AutoScalingEnabled: true };

/** ApplicationConfiguration of CreateApplication as DescribeApplication shows it. */
export function describeConfiguration(given: Shape): Shape {
  const flink = given.FlinkApplicationConfiguration ?? {};
  return {
    ...(given.ApplicationCodeConfiguration && {
      ApplicationCodeConfigurationDescription: describeCode(given.ApplicationCodeConfiguration),
    }),
    FlinkApplicationConfigurationDescription: {
      CheckpointConfigurationDescription: typed("CheckpointConfiguration", flink.CheckpointConfiguration, checkpointDefaults),
      MonitoringConfigurationDescription: typed("MonitoringConfiguration", flink.MonitoringConfiguration, monitoringDefaults),
      ParallelismConfigurationDescription: typed("ParallelismConfiguration", flink.ParallelismConfiguration, parallelismDefaults),
    },
    EnvironmentPropertyDescriptions: { PropertyGroupDescriptions: given.EnvironmentProperties?.PropertyGroups ?? [] },
    ApplicationSnapshotConfigurationDescription: { SnapshotsEnabled: true, ...given.ApplicationSnapshotConfiguration },
    ApplicationSystemRollbackConfigurationDescription: {
      RollbackEnabled: given.ApplicationSystemRollbackConfiguration?.RollbackEnabled ?? false,
    },
    VpcConfigurationDescriptions: (given.VpcConfigurations ?? []).map(describeVpc),
    ...(given.ApplicationEncryptionConfiguration && {
      ApplicationEncryptionConfigurationDescription: given.ApplicationEncryptionConfiguration,
    }),
  };
}

/** "You must set this property to CUSTOM in order to change" the others; AWS's text is undocumented. */
function typed(what: string, given: Shape, defaults: Shape): Shape {
  const type = given?.ConfigurationType ?? "DEFAULT";
  const named = Object.keys(defaults).filter((key) => given?.[key] !== undefined);
  if (type !== "CUSTOM" && named.length > 0) {
    throw flinkError(
      "InvalidArgumentException",
      `${what}.ConfigurationType must be CUSTOM to set ${named.join(", ")}, got ${type}.`,
    );
  }
  const chosen = Object.fromEntries(named.map((key) => [key, given[key]]));
  return { ConfigurationType: type, ...defaults, ...chosen };
}

function describeCode(given: Shape): Shape {
  const { S3ContentLocation: location, TextContent: text, ZipFileContent: zip } = given.CodeContent ?? {};
  if (given.CodeContentType === "ZIPFILE" && !location && !zip) {
    throw flinkError(
      "InvalidArgumentException",
      "CodeContent must have an S3ContentLocation or ZipFileContent for CodeContentType ZIPFILE.",
    );
  }
  return {
    CodeContentType: given.CodeContentType,
    CodeContentDescription: {
      ...(location && { S3ApplicationCodeLocationDescription: location }),
      ...(text !== undefined && { TextContent: text }),
    },
  };
}

export function describeVpc(given: Shape, index: number): Shape {
  return { VpcConfigurationId: `${index + 1}.1`, VpcId: "vpc-0123456789abcdef0", ...given };
}

/** The configuration after ApplicationConfigurationUpdate; the one given stays as it is. */
export function updatedConfiguration(before: Shape, update: Shape = {}): Shape {
  const flink = update.FlinkApplicationConfigurationUpdate ?? {};
  const described = before.FlinkApplicationConfigurationDescription;
  return {
    ...before,
    ...(update.ApplicationCodeConfigurationUpdate && {
      ApplicationCodeConfigurationDescription: updatedCode(
        before.ApplicationCodeConfigurationDescription,
        update.ApplicationCodeConfigurationUpdate,
      ),
    }),
    FlinkApplicationConfigurationDescription: {
      ...described,
      CheckpointConfigurationDescription: merged(
        "CheckpointConfiguration",
        described.CheckpointConfigurationDescription,
        flink.CheckpointConfigurationUpdate,
        checkpointDefaults,
      ),
      MonitoringConfigurationDescription: merged(
        "MonitoringConfiguration",
        described.MonitoringConfigurationDescription,
        flink.MonitoringConfigurationUpdate,
        monitoringDefaults,
      ),
      ParallelismConfigurationDescription: merged(
        "ParallelismConfiguration",
        described.ParallelismConfigurationDescription,
        flink.ParallelismConfigurationUpdate,
        parallelismDefaults,
      ),
    },
    ...(update.EnvironmentPropertyUpdates && {
      EnvironmentPropertyDescriptions: { PropertyGroupDescriptions: update.EnvironmentPropertyUpdates.PropertyGroups },
    }),
    ...(update.ApplicationSnapshotConfigurationUpdate && {
      ApplicationSnapshotConfigurationDescription: {
        ...before.ApplicationSnapshotConfigurationDescription,
        ...withoutSuffix(update.ApplicationSnapshotConfigurationUpdate),
      },
    }),
    ...(update.ApplicationSystemRollbackConfigurationUpdate && {
      ApplicationSystemRollbackConfigurationDescription: withoutSuffix(update.ApplicationSystemRollbackConfigurationUpdate),
    }),
    ...(update.VpcConfigurationUpdates && { VpcConfigurationDescriptions: updatedVpcs(before, update.VpcConfigurationUpdates) }),
    ...(update.ApplicationEncryptionConfigurationUpdate && {
      ApplicationEncryptionConfigurationDescription: withoutSuffix(update.ApplicationEncryptionConfigurationUpdate),
    }),
  };
}

/** ParallelismUpdate -> Parallelism, for every member. */
const withoutSuffix = (update: Shape): Shape =>
  Object.fromEntries(
    Object.entries(update ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key.replace(/Update$/, ""), value]),
  );

function merged(what: string, before: Shape, update: Shape, defaults: Shape): Shape {
  if (!update) return before;
  const changes = withoutSuffix(update);
  const type = changes.ConfigurationType ?? before.ConfigurationType;
  const kept = type === "CUSTOM" ? before : {};
  return typed(what, { ...kept, ...changes, ConfigurationType: type }, defaults);
}

function updatedCode(before: Shape, update: Shape): Shape {
  const { S3ContentLocationUpdate: location, TextContentUpdate: text } = update.CodeContentUpdate ?? {};
  const content = before?.CodeContentDescription ?? {};
  return {
    CodeContentType: update.CodeContentTypeUpdate ?? before?.CodeContentType,
    CodeContentDescription: {
      ...content,
      ...(location && {
        S3ApplicationCodeLocationDescription: { ...content.S3ApplicationCodeLocationDescription, ...withoutSuffix(location) },
      }),
      ...(text !== undefined && { TextContent: text }),
    },
  };
}

function updatedVpcs(before: Shape, updates: Shape[]): Shape[] {
  return before.VpcConfigurationDescriptions.map((vpc: Shape) => {
    const update = updates.find((u) => u.VpcConfigurationId === vpc.VpcConfigurationId);
    if (!update) return vpc;
    return {
      ...vpc,
      ...(update.SubnetIdUpdates && { SubnetIds: update.SubnetIdUpdates }),
      ...(update.SecurityGroupIdUpdates && { SecurityGroupIds: update.SecurityGroupIdUpdates }),
    };
  });
}

/** What the API itself refuses. "ParallelismPerKPU: 1 to 8"; KPUs above the quota are a LimitExceededException (text undocumented). */
export function checkParallelism(configuration: Shape, kpuLimit: number): void {
  const parallelism = parallelismOf(configuration);
  if (parallelism.perKpu > 8) {
    throw flinkError("InvalidArgumentException", `ParallelismPerKPU must be from 1 to 8, got ${parallelism.perKpu}.`);
  }
  const kpus = kpusFor(parallelism);
  if (kpus <= kpuLimit) return;
  throw flinkError(
    "LimitExceededException",
    `Parallelism ${parallelism.parallelism} with ParallelismPerKPU ${parallelism.perKpu} needs ${kpus} KPUs. ` +
      `The limit for an application is ${kpuLimit} KPUs.`,
  );
}
