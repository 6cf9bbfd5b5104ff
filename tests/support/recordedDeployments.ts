import { partitionOf } from "../../components/partition";
import type { Principal, ServiceName, Shape } from "../../sandbox/core/cloud";
import { createCloud, type SandboxCloud } from "../../sandbox/createCloud";
import { makeExisting, projectFolder, stackConfig, type DeployedResource } from "../../sandbox/deploy/deploy";
import { createEngine, createProvider } from "../../sandbox/deploy/provider";
import { runProgram } from "../../sandbox/deploy/pulumiRuntime";
import { configStrings, readStackFiles, type StackFiles } from "../../sandbox/deploy/stackFiles";
import { withCode } from "../../sandbox/deploy/standInCode";

/** A call of AWS that a deployment made. */
export interface DeploymentCall {
  service: ServiceName;
  operation: string;
  input: Shape;
}

export interface RecordedDeployment {
  cloud: SandboxCloud;
  /** In the order in which they were made. */
  calls: DeploymentCall[];
  resources: DeployedResource[];
}

const expression = {
  math: "FILL(m, 0) / (60000 * desired) * 100",
  metrics: [
    { id: "m", namespace: "AWS/Kinesis", metricName: "IncomingRecords", dimensions: { StreamName: "orders" }, stat: "Sum" },
  ],
  unit: "%",
  scaleOutAt: 75,
  target: 55,
  scaleInAt: 30,
};

/** Stacks that together register every kind of resource that the components have: keys beside those of a stack's file. */
export const variants: Record<string, { stack: string; config: Record<string, unknown> }> = {
  dev: { stack: "dev", config: {} },
  prod: { stack: "prod", config: {} },
  bench: { stack: "bench", config: {} },
  "target tracking": { stack: "dev", config: { policy: "targetTracking" } },
  "schedules and signals": {
    stack: "dev",
    config: {
      streamScaling: {
        schedule: [{ minimum: 6, from: "08:00", to: "18:00", days: "MON-FRI", timezone: "Europe/Berlin" }],
        signal: "expression",
        expression,
      },
      applicationScaling: { schedule: [{ minimum: 4, schedule: "cron(0 6 * * ? *)" }], signal: "cpu" },
      suspended: ["in"],
    },
  },
  "several pipelines": { stack: "prod", config: { kpus: 8, pipelines: { orders: {}, clicks: { shards: 4 } } } },
  "everything that can be asked for": {
    stack: "prod",
    config: {
      kmsKey: "alias/orders",
      codeBucket: "jars-of-ours",
      codeKey: "orders.jar",
      subnetIds: ["subnet-0a1b2c3d"],
      securityGroupIds: ["sg-0a1b2c3d"],
      lagMetric: "efo",
      consumerName: "orders",
      properties: { Orders: { window: "60" } },
      alarmEmails: ["oncall@example.com"],
      runbookUrl: "https://example.com/runbook",
      callerArns: ["arn:aws:iam::123456789012:user/deployer"],
    },
  },
  adopted: { stack: "dev", config: { existingStream: "orders", existingApplication: "order-counter", codeJar: "" } },
};

/** A variant's files in a region. */
export function filesOfVariant(name: string, region = "us-east-1"): StackFiles {
  const variant = variants[name];
  if (!variant) throw new Error(`no variant ${name}`);
  return filesOf(variant.stack, variant.config, region);
}

/** A stack's files, as if they had these keys too, in a region: ARNs are those of its partition. */
export function filesOf(stack: string, config: Record<string, unknown>, region = "us-east-1"): StackFiles {
  const files = readStackFiles(projectFolder, stack);
  const own = JSON.parse(JSON.stringify(config).replaceAll("arn:aws:", `arn:${partitionOf(region).name}:`)) as object;
  const keys = Object.entries(own).map(([key, value]) => [`sluice:${key}`, value as unknown]);
  return withCode({ ...files, config: { ...files.config, ...Object.fromEntries(keys), "aws:region": region } });
}

/** A cloud for the stack, with what it adopts in it. */
export async function cloudFor(files: StackFiles): Promise<SandboxCloud> {
  const cloud = createCloud({ start: Date.UTC(2026, 0, 5), seed: 1, region: String(files.config["aws:region"]) });
  if (files.config["sluice:existingStream"]) await makeExisting(cloud, stackConfig(files));
  return cloud;
}

/** The first `pulumi up` of a stack in the sandbox. @throws what a service answers to a resource that it refuses. */
export async function recordDeployment(files: StackFiles, settings: { cloud?: SandboxCloud; principal?: Principal } = {}) {
  const cloud = settings.cloud ?? (await cloudFor(files));
  const recorded: RecordedDeployment = { cloud, calls: [], resources: [] };
  const engine = createEngine(
    createProvider(recording(cloud, recorded.calls), settings.principal ?? cloud.deployer),
    (registration, deployed) => recorded.resources.push({ ...registration, deployed }),
  );
  const program = () => (require("../../index") as () => object)();
  await runProgram({ project: files.project, stack: files.stack, config: configStrings(files.config), program, engine });
  return recorded;
}

/** The cloud, as whoever calls it through this sees it: each call is noted before it is made. */
function recording(cloud: SandboxCloud, calls: DeploymentCall[]): SandboxCloud {
  return {
    ...cloud,
    call(service, operation, input, caller) {
      calls.push({ service, operation, input });
      return cloud.call(service, operation, input, caller);
    },
  };
}
