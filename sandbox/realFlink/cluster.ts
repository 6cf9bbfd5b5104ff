import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { stackError } from "../deploy/stackFiles";
import { clusterFolder } from "./parts";
import { flinkRest, type FlinkRest } from "./rest";
import { javaCommand } from "./tools";

export interface ClusterOptions {
  classpath: string;
  /** Holds its configuration, logs, checkpoints and savepoints. */
  folder: string;
  /** Subtasks of each operator that it can run at once, all jobs together. */
  slots: number;
}

/** A JobManager and a TaskManager on this machine's loopback. */
export interface Cluster {
  readonly rest: FlinkRest;
  readonly folder: string;
  close(): Promise<void>;
}

/** What Flink's own start scripts open of the JDK (config.yaml's env.java.opts.all). */
const openModules = [
  ...["java.base/sun.net.util", "java.rmi/sun.rmi.registry", "java.security.jgss/sun.security.krb5"].map(
    (name) => `--add-exports=${name}=ALL-UNNAMED`,
  ),
  ...["lang", "net", "io", "nio", "lang.reflect", "text", "time", "util"].map(
    (name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`,
  ),
  ...["util.concurrent", "util.concurrent.atomic", "util.concurrent.locks"].map(
    (name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`,
  ),
  "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
];

const startSeconds = 240;

/** @throws StackError with the end of its log when it doesn't come up. */
export async function startCluster({ classpath, folder, slots }: ClusterOptions): Promise<Cluster> {
  const [rpcPort, restPort] = [await freePort(), await freePort()];
  for (const inner of ["tmp", "log", "upload"]) fs.mkdirSync(path.join(folder, inner), { recursive: true });
  fs.writeFileSync(path.join(folder, "config.yaml"), configuration(folder, slots, rpcPort, restPort));
  const start = (name: string, main: string) => {
    const log = path.join(folder, "log", name);
    const heap = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
    const logs = [`-Dlog.file=${log}.log`, `-Dlog4j.configurationFile=${path.join(clusterFolder, "log4j2.properties")}`];
    const args = [...heap, ...openModules, ...logs, "-cp", classpath, main, "-c", folder];
    const out = fs.openSync(`${log}.out`, "a");
    const child = spawn(javaCommand(process.env), args, { cwd: folder, stdio: ["ignore", out, out] });
    fs.closeSync(out);
    return child;
  };
  const processes = [
    start("jobmanager", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"),
    start("taskmanager", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner"),
  ];
  const orphans = () => processes.forEach((child) => child.kill("SIGKILL"));
  const terminated = () => {
    orphans();
    process.kill(process.pid, "SIGTERM");
  };
  process.once("exit", orphans);
  process.once("SIGTERM", terminated);
  const close = async () => {
    process.off("exit", orphans);
    process.off("SIGTERM", terminated);
    await Promise.all(processes.map(ended));
  };
  const rest = flinkRest(`http://127.0.0.1:${restPort}`);
  try {
    await cameUp(rest, slots, processes);
  } catch (error) {
    await close();
    throw stackError(`The Flink cluster didn't start: ${(error as Error).message}\n${lastLines(folder)}`);
  }
  return { rest, folder, close };
}

async function cameUp(rest: FlinkRest, slots: number, processes: readonly ChildProcess[]): Promise<void> {
  const until = performance.now() + startSeconds * 1_000;
  while (performance.now() < until) {
    if (processes.some(({ exitCode }) => exitCode !== null)) throw new Error("a process of it ended");
    const there = await rest.get("/overview").catch(() => undefined);
    if (there?.["slots-available"] === slots) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it wasn't there after ${startSeconds} s`);
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill("SIGKILL"), 5_000);
    child.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/** Of each log what it says of errors, else its end. */
function lastLines(folder: string): string {
  const log = path.join(folder, "log");
  return fs
    .readdirSync(log)
    .map((name) => {
      const lines = fs.readFileSync(path.join(log, name), "utf8").trim().split("\n");
      const errors = lines.filter((line) => / (ERROR|FATAL) |^Caused by: |^Error/.test(line));
      return (errors.length > 0 ? errors : lines).slice(-5).join("\n");
    })
    .join("\n")
    .trim();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function configuration(folder: string, slots: number, rpcPort: number, restPort: number): string {
  const own = "127.0.0.1";
  const settings: Record<string, string | number | boolean> = {
    "jobmanager.rpc.address": own,
    "jobmanager.rpc.port": rpcPort,
    "jobmanager.bind-host": own,
    "rest.address": own,
    "rest.bind-address": own,
    "rest.port": restPort,
    "taskmanager.host": own,
    "taskmanager.bind-host": own,
    "taskmanager.numberOfTaskSlots": slots,
    // What the start scripts would work out of a total.
    "taskmanager.cpu.cores": slots,
    "taskmanager.memory.framework.heap.size": "128m",
    "taskmanager.memory.framework.off-heap.size": "64m",
    "taskmanager.memory.task.heap.size": "128m",
    "taskmanager.memory.task.off-heap.size": "0m",
    "taskmanager.memory.network.min": "96m",
    "taskmanager.memory.network.max": "96m",
    "taskmanager.memory.managed.size": "0m",
    "taskmanager.memory.jvm-metaspace.size": "256m",
    "taskmanager.memory.jvm-overhead.min": "64m",
    "taskmanager.memory.jvm-overhead.max": "64m",
    "metrics.fetcher.update-interval": 500,
    "slot.request.timeout": 10_000,
    "web.upload.dir": path.join(folder, "upload"),
    "io.tmp.dirs": path.join(folder, "tmp"),
    "state.backend.type": "hashmap",
    "execution.checkpointing.dir": `file://${path.join(folder, "checkpoints")}`,
    // Managed Flink starts a job that failed again and again.
    "restart-strategy.type": "fixed-delay",
    "restart-strategy.fixed-delay.attempts": 2_147_483_647,
    "restart-strategy.fixed-delay.delay": "1 s",
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join("");
}
