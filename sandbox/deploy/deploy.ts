import * as path from "node:path";
import { pipelineSettings, type PipelineSettings } from "../../components/pipelineArgs";
import { nameAmong } from "../../components/identity";
import { stackArgs, type StackArgs } from "../../config";
import type { SandboxCloud } from "../createCloud";
import { createEngine, createProvider } from "./provider";
import { runProgram, type Registered, type Registration } from "./pulumiRuntime";
import { withCode } from "./standInCode";
import { configStrings, holdsSecret, stackError, type StackFiles } from "./stackFiles";

/** A stack's pipeline, with every default. */
export interface StackConfig extends PipelineSettings {
  stack: string;
  region: string;
  /** Its name among the stack's; "" for the only one. */
  pipeline: string;
  /** What the ids of its dimensions and the names of its resources begin with. */
  identity: string;
}

/** A pipeline that runs in the sandbox. */
export interface DeployedPipeline {
  config: StackConfig;
  /** What the program exports of it and of the stack. */
  outputs: StackOutputs;
}

/** A stack that runs in the sandbox; by itself it is its first pipeline. */
export interface Deployment extends DeployedPipeline {
  /** At least one. */
  pipelines: readonly DeployedPipeline[];
  /** Name of the dashboard over several pipelines. */
  overview?: string;
  resources: readonly DeployedResource[];
}

export interface DeployedResource extends Registration {
  deployed: Registered;
}

export interface StackOutputs extends Record<string, unknown> {
  dashboardUrl: string;
  endpoint: string;
  streamName: string;
  applicationName: string;
  scalerFunctionName: string;
}

/** Folder of the Pulumi project. */
export const projectFolder = path.join(__dirname, "..", "..");

/** The stack's pipelines with every default. @throws ConfigError with every problem. */
export function stackConfigs(files: StackFiles, environment = process.env): StackConfig[] {
  const { stack } = files;
  const { pipeline, pipelines, region } = checkedStack(files, environment);
  if (pipeline) return [{ ...pipelineSettings(pipeline), stack, region, pipeline: "", identity: stack }];
  return Object.entries(pipelines!.pipelines).map(([name, args]) => {
    return { ...pipelineSettings(args), stack, region, pipeline: name, identity: nameAmong(stack, name) };
  });
}

/** The first pipeline of the stack: of most stacks the only one. */
export function stackConfig(files: StackFiles, environment = process.env): StackConfig {
  return stackConfigs(files, environment)[0]!;
}

/**
 * What the stack builds, checked as the program does it: with the region it finds. @throws ConfigError with every problem, StackError for
 * values that are encrypted.
 */
export function checkedStack(files: StackFiles, environment = process.env): StackArgs & { region: string } {
  const secret = Object.keys(files.config).filter((key) => holdsSecret(files.config[key]));
  if (secret.length > 0)
    throw stackError(`Encrypted, so that only \`pulumi\` can read it: ${secret.join(", ")}. The sandbox needs a plain value.`);
  const { project, stack, config } = withCode(files);
  const own = Object.entries(config).filter(([key]) => key.startsWith(`${project}:`));
  const region = String(("aws:region" in config ? config["aws:region"] : regionOf(environment)) ?? "");
  const keys = Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), value]));
  return { ...stackArgs(keys, stack, region), region };
}

const regionOf = ({ AWS_REGION, AWS_DEFAULT_REGION }: NodeJS.ProcessEnv) => AWS_REGION ?? AWS_DEFAULT_REGION;

/**
 * Deploys the program into the sandbox: the same index.ts that `pulumi up` runs, with the sandbox's provider for AWS's.
 * What the stack adopts ("existing") is made first, as if it had been there.
 * @throws ConfigError before anything is registered; whatever a service answers to a resource it refuses.
 */
export async function deployStack(cloud: SandboxCloud, files: StackFiles): Promise<Deployment> {
  const configs = stackConfigs(files);
  for (const config of configs) await makeExisting(cloud, config);
  const resources: DeployedResource[] = [];
  const engine = createEngine(createProvider(cloud, cloud.deployer), (registration, deployed) =>
    resources.push({ ...registration, deployed }),
  );
  const outputs = await runProgram({
    project: files.project,
    stack: files.stack,
    config: configStrings(withCode(files).config),
    // Loaded here, not above: @pulumi/aws is slow to load and not everything that imports this file deploys.
    program: () => (require("../../index") as () => object)(),
    engine,
  });
  const { pipelines: ofEach = {}, ...ofStack } = outputs as StackOutputs & { pipelines?: Record<string, Partial<StackOutputs>> };
  const [first, ...others] = configs.map((config) => ({ config, outputs: { ...ofStack, ...ofEach[config.pipeline] } }));
  const overview = first!.config.pipeline === "" ? {} : { overview: dashboardName(ofStack) };
  return { ...first!, pipelines: [first!, ...others], ...overview, resources };
}

/** The last part of its address in the console. */
export function dashboardName({ dashboardUrl }: Pick<StackOutputs, "dashboardUrl">): string {
  return decodeURIComponent(lastPart(dashboardUrl));
}

export async function makeExisting(cloud: SandboxCloud, { stream, application }: StackConfig): Promise<void> {
  if (stream.existing) {
    const StreamName = lastPart(String(stream.existing));
    await cloud.call("kinesis", "CreateStream", { StreamName, ShardCount: stream.shards }, cloud.deployer);
  }
  if (!application.existing) return;
  const ApplicationName = lastPart(String(application.existing));
  const Parallelism = application.kpus * application.parallelismPerKpu;
  const parallelism = {
    ConfigurationType: "CUSTOM",
    Parallelism,
    ParallelismPerKPU: application.parallelismPerKpu,
    AutoScalingEnabled: false,
  };
  await cloud.call(
    "kinesisanalytics",
    "CreateApplication",
    {
      ApplicationName,
      RuntimeEnvironment: application.runtime,
      ServiceExecutionRole: `arn:${cloud.partition}:iam::${cloud.account}:role/${ApplicationName}`,
      ApplicationConfiguration: { FlinkApplicationConfiguration: { ParallelismConfiguration: parallelism } },
    },
    cloud.deployer,
  );
  await cloud.call("kinesisanalytics", "StartApplication", { ApplicationName, RunConfiguration: {} }, cloud.deployer);
}

function lastPart(nameOrArn: string): string {
  return nameOrArn.split("/").pop() ?? nameOrArn;
}
