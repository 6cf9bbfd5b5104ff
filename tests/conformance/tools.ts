import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";

/** Where tests/conformance/run installs what this project did not write. */
const cache = path.join(__dirname, "..", "..", ".cache", "conformance");

export const python = path.join(cache, "python", "bin", "python");
export const awsCli = path.join(cache, "python", "bin", "aws");
export const schemathesis = path.join(cache, "python", "bin", "schemathesis");
export const kinesisLocalFolder = path.join(cache, "kinesis-local", "node_modules", "kinesis-local");
/** The server that `pip install "moto[server]"` brings. */
export const motoServer = path.join(cache, "python", "bin", "moto_server");

/** For a suite's `before`: without its tool a suite fails in CI and is skipped aloud elsewhere. */
export function needs(context: Mocha.Context, tool: string, what: string): void {
  if (fs.existsSync(tool)) return;
  const text = `${what} is missing (${tool}): tests/conformance/run installs it`;
  if (process.env["CI"] === "true") throw new Error(text);
  console.log(`      SKIPPED: ${text}`);
  context.skip();
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export interface RunningServer {
  port: number;
  stop(): Promise<void>;
}

/** Starts a server and waits until it takes connections. @throws with what it printed when it ends or takes over a minute. */
export async function startServer(
  command: string,
  args: string[],
  port: number,
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<RunningServer> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  let ended = false;
  child.stdout.on("data", (chunk) => (printed = (printed + chunk).slice(-5_000)));
  child.stderr.on("data", (chunk) => (printed = (printed + chunk).slice(-5_000)));
  child.on("exit", () => (ended = true));
  for (let tries = 0; tries < 600; tries++) {
    if (ended) throw new Error(`${command} ended:\n${printed}`);
    if (await accepts(port)) return { port, stop: () => stop(child) };
    await sleep(100);
  }
  await stop(child);
  throw new Error(`${command} doesn't listen on ${port} after a minute:\n${printed}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
