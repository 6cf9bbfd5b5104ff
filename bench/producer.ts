import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { plainFigure, type Figure } from "./figure";
import type { Load, LoadResult } from "./producerLoad";

const root = path.join(__dirname, "..");
/** Where `npm run test:conformance` installs it. */
const kinesisLocal = path.join(root, ".cache", "conformance", "kinesis-local", "node_modules", "kinesis-local");
const seconds = 6;

/** How much the producer sends, what that takes of it, and how it grows with the number of streams. */
export async function producerBench(): Promise<Figure[]> {
  return [...(await sandboxFigures()), ...(await kinesisLocalFigures())];
}

async function sandboxFigures(): Promise<Figure[]> {
  const endpoint = spawn(process.execPath, [...compiled, "bench/kinesisEndpoint.ts"], options);
  try {
    const url = `http://127.0.0.1:${(await firstLine(endpoint)).trim()}`;
    const most = await load({ url, streams: ["ordered"], shards: 64, ordered: true, seconds });
    const unordered = await load({ url, streams: ["unordered"], shards: 64, ordered: false, seconds });
    const one = await load({ url, streams: ["one"], shards: 8, ordered: true, rate: 2_000, seconds });
    const streams = Array.from({ length: 10 }, (_, i) => `ten-${i}`);
    const ten = await load({ url, streams, shards: 8, ordered: true, rate: 200, seconds });
    return [
      plainFigure("producer to the sandbox: records a second", perSecond(most), "1/s"),
      plainFigure("producer to the sandbox, unordered: records a second", perSecond(unordered), "1/s"),
      plainFigure("producer at 2,000 records/s: of a core, for each 1,000 records/s", cpuPercent(one), "%"),
      plainFigure("producer at 2,000 records/s: memory", one.megabytes, "MB"),
      plainFigure("the same 2,000 records/s to ten streams: of a core, for each 1,000 records/s", cpuPercent(ten), "%"),
      plainFigure("the same 2,000 records/s to ten streams: memory", ten.megabytes, "MB"),
    ];
  } finally {
    await ended(endpoint);
  }
}

async function kinesisLocalFigures(): Promise<Figure[]> {
  if (!fs.existsSync(kinesisLocal)) {
    console.error("kinesis-local isn't installed: npm run test:conformance installs it into .cache/");
    return [];
  }
  const [plain, tls] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    ...{ KINESIS_MOCK_PLAIN_PORT: String(plain), KINESIS_MOCK_TLS_PORT: String(tls), LOG_LEVEL: "ERROR" },
    ...{ SHARD_LIMIT: "1000", CREATE_STREAM_DURATION: "50ms", AWS_ACCOUNT_ID: "123456789012" },
  };
  // Its certificate is looked for in the working directory.
  const server = spawn(process.execPath, ["main.js"], { cwd: kinesisLocal, env, stdio: "ignore" });
  try {
    await listens(plain);
    const url = `http://127.0.0.1:${plain}`;
    const most = await load({ url, streams: ["ordered"], shards: 64, ordered: true, seconds });
    const unordered = await load({ url, streams: ["unordered"], shards: 64, ordered: false, seconds });
    return [
      plainFigure("producer to kinesis-local: records a second", perSecond(most), "1/s"),
      plainFigure("producer to kinesis-local, unordered: records a second", perSecond(unordered), "1/s"),
    ];
  } finally {
    await ended(server);
  }
}

const compiled = ["--disable-warning=ExperimentalWarning", "-r", "./sandbox/register.js"];
const options = { cwd: root, stdio: ["ignore", "pipe", "inherit"] as ["ignore", "pipe", "inherit"] };

const perSecond = ({ sent, seconds: took }: LoadResult) => sent / took;
const cpuPercent = (result: LoadResult) => (100 * result.cpuSeconds) / result.seconds / (perSecond(result) / 1_000);

async function load(what: Load): Promise<LoadResult> {
  return JSON.parse(
    await firstLine(spawn(process.execPath, [...compiled, "bench/producerLoad.ts", JSON.stringify(what)], options)),
  ) as LoadResult;
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk) => {
      said += chunk;
      if (said.includes("\n")) resolve(said);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`it ended with ${code} and said nothing`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function listens(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.unref();
    });
    if (open) return;
    await sleep(100);
  }
  throw new Error(`nothing listens on ${port} after a minute`);
}
