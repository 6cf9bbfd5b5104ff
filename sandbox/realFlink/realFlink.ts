import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { projectFolder, type StackConfig } from "../deploy/deploy";
import { stackError } from "../deploy/stackFiles";
import type { JobRunner } from "../services/flink/jobRunner";
import { startCluster } from "./cluster";
import { createJobs } from "./jobs";
import { clusterClasspath, referenceJar, requireJar } from "./parts";
import { requireJava } from "./tools";

export interface RealFlinkOptions {
  configs: readonly StackConfig[];
  /** The AWS endpoint, which the jobs read from. */
  endpoint: string;
  region: string;
  /** Makes an access key for a role. */
  keyOf(role: string): { accessKeyId: string; secretAccessKey: string };
  speed: number;
  say(text: string): void;
}

export interface RealFlink {
  readonly runner: JobRunner;
  /** Holds logs, checkpoints and savepoints while it runs. */
  readonly folder: string;
  close(): Promise<void>;
}

/** More subtasks than this on one machine show the machine, not the job. */
const mostSlots = 32;

/**
 * A Flink cluster for a stack's applications, on this machine.
 * @throws StackError that says what is missing or too large.
 */
export async function startRealFlink(options: RealFlinkOptions): Promise<RealFlink> {
  const { configs, endpoint, region, keyOf, speed, say } = options;
  const slots = slotsOf(configs);
  const jar = jarOf(configs);
  requireJar(jar);
  await requireJava(process.env);
  const classpath = await clusterClasspath(say);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-flink-"));
  say("Starting a Flink cluster ...");
  try {
    const cluster = await startCluster({ classpath, folder, slots });
    const jobs = createJobs({ cluster, jar, speed, connection: (role) => connection(endpoint, region, keyOf(role)) });
    return {
      runner: jobs,
      folder,
      async close() {
        jobs.close();
        await cluster.close();
        fs.rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function slotsOf(configs: readonly StackConfig[]): number {
  const slots = configs.reduce((sum, { application }) => sum + application.maxKpus * application.parallelismPerKpu, 0);
  if (slots <= mostSlots) return slots;
  throw stackError(
    `--flink real runs at most ${mostSlots} subtasks of an operator on this machine; this stack's maxKpus, times parallelismPerKpu, ` +
      `make ${slots}. Lower maxKpus, or take --config-file flink-job/Pulumi.local.yaml.`,
  );
}

/** The stack's own job, where it names one that is there; else the reference job. */
function jarOf(configs: readonly StackConfig[]): string {
  const named = new Set(configs.map(({ application }) => path.resolve(projectFolder, application.codeJar ?? "")));
  const own = [...named].filter((jar) => fs.existsSync(jar) && fs.statSync(jar).isFile());
  if (own.length > 1) throw stackError("--flink real runs one job: this stack's pipelines name several jars.");
  return own[0] ?? referenceJar;
}

/** In the names of Flink's Kinesis connectors. */
function connection(endpoint: string, region: string, key: ReturnType<RealFlinkOptions["keyOf"]>): Record<string, string> {
  return {
    "aws.region": region,
    "aws.endpoint": endpoint,
    "aws.credentials.provider": "BASIC",
    "aws.credentials.provider.basic.accesskeyid": key.accessKeyId,
    "aws.credentials.provider.basic.secretkey": key.secretAccessKey,
    // As often as virtual minutes want it.
    "flink.shard.discovery.intervalmillis": "1000",
    "flink.shard.idle.interval": "5000",
  };
}
