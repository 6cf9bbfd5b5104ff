import { createHash } from "node:crypto";
import * as path from "node:path";
import { createCloud, type SandboxCloud } from "../../sandbox/createCloud";
import { createEngine, createProvider } from "../../sandbox/deploy/provider";
import { runProgram, type Registration } from "../../sandbox/deploy/pulumiRuntime";

/** What became of a program in the sandbox, ten minutes after its deployment. */
export interface Deployed {
  /** Of the Lambda's code, and the files that are uploaded. */
  code: { files: string[]; sha256: string };
  resources: number;
  outputs: Record<string, unknown>;
  application: { status: string; kpus: number };
  shards: number;
  /** Lines of the scaler's log that are errors. */
  errors: string[];
}

/** Deploys the program in `file` (`main` of its package) with the stack's configuration and lets ten minutes pass. */
async function main(file: string, project: string, config: Record<string, string>): Promise<Deployed> {
  const cloud = createCloud({ start: Date.UTC(2026, 2, 2), seed: 1, region: "us-east-1" });
  await makeExisting(cloud);
  const resources: Registration[] = [];
  const engine = createEngine(createProvider(cloud, cloud.deployer), (registration) => resources.push(registration));
  const outputs = await runProgram({
    project,
    stack: "dev",
    config: { "aws:region": "us-east-1", ...config },
    program: () => {
      const exported = require(path.resolve(file)) as object | (() => object);
      return typeof exported === "function" ? (exported as () => object)() : exported;
    },
    engine,
  });
  await cloud.clock.advanceTo(cloud.clock.now() + 10 * 60_000);
  const application = cloud.flink.look(String(outputs["applicationName"]));
  return {
    code: await codeOf(resources),
    resources: resources.length,
    outputs,
    application: { status: application?.status ?? "", kpus: application?.kpus ?? 0 },
    shards: cloud.kinesis.look(String(outputs["streamName"]))?.openShards ?? 0,
    errors: await errorsOf(cloud),
  };
}

/** The stream and the application that examples/adopt finds. */
async function makeExisting({ call, deployer, partition, account }: SandboxCloud): Promise<void> {
  await call("kinesis", "CreateStream", { StreamName: "clicks-prod", ShardCount: 6 }, deployer);
  const parallelism = { ConfigurationType: "CUSTOM", Parallelism: 6, ParallelismPerKPU: 1, AutoScalingEnabled: false };
  const ApplicationName = "enrich-clicks";
  const configuration = { FlinkApplicationConfiguration: { ParallelismConfiguration: parallelism } };
  const application = {
    ApplicationName,
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: `arn:${partition}:iam::${account}:role/${ApplicationName}`,
    ApplicationConfiguration: configuration,
  };
  await call("kinesisanalytics", "CreateApplication", application, deployer);
  await call("kinesisanalytics", "StartApplication", { ApplicationName, RunConfiguration: {} }, deployer);
}

async function codeOf(resources: readonly Registration[]): Promise<Deployed["code"]> {
  const [lambda, ...more] = resources.filter(({ type }) => type === "aws:lambda/function:Function");
  if (!lambda || more.length > 0) throw new Error(`${more.length + (lambda ? 1 : 0)} functions, one expected`);
  const assets = await (lambda.inputs["code"] as { assets: Promise<Record<string, { text: Promise<string> }>> }).assets;
  const text = await Object.values(assets)[0]!.text;
  return { files: Object.keys(assets), sha256: createHash("sha256").update(text).digest("hex") };
}

async function errorsOf({ call, deployer }: SandboxCloud): Promise<string[]> {
  const { logGroups } = await call("logs", "DescribeLogGroups", {}, deployer);
  const found: string[] = [];
  for (const { logGroupName } of logGroups as { logGroupName: string }[]) {
    const { events } = await call(
      "logs",
      "FilterLogEvents",
      { logGroupName, filterPattern: '"\\"sluice\\":\\"error\\""' },
      deployer,
    );
    found.push(...(events as { message: string }[]).map(({ message }) => message));
  }
  return found;
}

const [, , file = "", project = "", config = "{}"] = process.argv;
main(file, project, JSON.parse(config) as Record<string, string>).then(
  (deployed) => console.log(JSON.stringify(deployed)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
