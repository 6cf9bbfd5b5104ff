import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { createCloud } from "../../sandbox/createCloud";
import { deployStack } from "../../sandbox/deploy/deploy";
import { filesOf, openPipeline, root, type PipelineRun } from "./support/pipelineRun";

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** `npm start -- ...` without npm. @param firstLineOnly closes its standard output after the first line, as `| head -1` does. */
function start(args: readonly string[], firstLineOnly = false): Promise<Ended> {
  const program = ["--disable-warning=ExperimentalWarning", "-r", "./sandbox/register.js", "sandbox/main.ts"];
  const child = spawn(process.execPath, [...program, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const ended: Ended = { code: null, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    ended.out += text;
    if (firstLineOnly && ended.out.includes("\n")) child.stdout.destroy();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (ended.err += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...ended, code }));
  });
}

const headless = ["--headless", "--speed", "max"];

describe("npm start, given what it can't use", function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-input-"));
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  const refused = ({ code, out, err }: Ended) => {
    assert.equal(code, 2, err);
    assert.equal(out, "");
    assert.doesNotMatch(err, /^ {4}at /m, "no stack trace");
    return err.trim();
  };

  it("says file, line and reason of everything that is wrong in a trace, and leaves with 2", async () => {
    const file = path.join(folder, "broken.csv");
    fs.writeFileSync(
      file,
      "time,records_per_second\n2026-01-05T00:00:00Z,5\n2026-01-05T00:01:00Z,-1\n2026-01-05T00:01:00Z,many\n2026-01-05T00:00:30Z,7\n",
    );
    const lines = refused(await start([...headless, "--trace", file])).split("\n");
    const told = lines.map((line) => /^(.*):(\d+): \S/.exec(line)?.slice(1));
    assert.ok(
      told.every((place) => place?.[0] === file),
      lines.join("\n"),
    );
    assert.deepEqual([...new Set(told.map((place) => Number(place?.[1])))].sort(), [3, 4, 5]);
  });

  it("names the stacks there are when asked for another, and leaves with 2", async () => {
    const text = refused(await start([...headless, "--stack", "staging"]));
    assert.match(text, /^No stack "staging": there is no Pulumi\.staging\.yaml\. Stacks here: .*\bbench\b.*\bdev\b.*\.$/);
  });

  it("names an unknown option and everything else that is wrong on the command line, and leaves with 2", async () => {
    const text = refused(await start(["--stak", "dev", "--speed", "fast", "--until", "1w"]));
    for (const wrong of ["--stak", "--speed", "--until"]) assert.ok(text.includes(wrong), text);
  });

  it("says that a port is taken and what to do, and leaves with 2", async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as net.AddressInfo;
    const ended = await start(["--speed", "max", "--until", "1m", "--port", String(port)]);
    server.close();
    assert.match(refused(ended), new RegExp(`^Port ${port}, for the page, is taken\\. .*--port`));
  });
});

describe("npm start, headless", function () {
  this.timeout(120_000);

  it("prints the report as JSON in its last line, with exactly these fields, and leaves with 0", async () => {
    const { code, out, err } = await start([...headless, "--json", "--until", "30m"]);
    assert.equal(code, 0, err);
    assert.equal(err, "");
    const [report, ...more] = JSON.parse(out.trimEnd().split("\n").pop()!) as Record<string, unknown>[];
    assert.deepEqual(more, []);
    assert.deepEqual(Object.keys(report!), ["trace", "policy", "minutes", "costUsd", "stream", "flink"]);
    assert.deepEqual(Object.keys(report!["stream"] as object), [
      ...["shardHours", "costUsd", "putUsd", "offeredRecords", "throttledRecords", "lostRecords"],
      ...["reshards", "splits", "merges", "reversals", "rejectedUpdates", "peakShards"],
    ]);
    assert.deepEqual(Object.keys(report!["flink"] as object), [
      ...["kpuHours", "costUsd", "rescales", "reversals", "rejectedUpdates"],
      ...["lagMinutes", "lagP99Seconds", "lagMaxSeconds", "peakKpus"],
    ]);
    assert.equal(report!["minutes"], 30);
  });

  it("ends without a word when nobody reads on", async () => {
    const { code, err } = await start([...headless, "--json", "--until", "1d"], true);
    assert.equal(err, "");
    assert.equal(code, 0);
  });
});

describe("a stack whose configuration is wrong", () => {
  const wrong = {
    shards: 0,
    minKpus: 9,
    maxKpus: 4,
    scaleInPercent: 74,
    shardz: 3,
    streamName: "a",
    existingStream: "b",
    recordsPerKpuPerMinute: 0,
  };
  const problems = ["shards", "minKpus", "targetPercent", "shardz", "streamName", "recordsPerKpuPerMinute"];

  it("is refused with one error that lists every problem with key, value and what is allowed", async () => {
    await assert.rejects(openPipeline({ stack: "dev", config: wrong }), (error: Error) => {
      assert.equal(error.name, "ConfigError");
      const lines = error.message.split("\n");
      for (const key of problems) {
        const line = lines.find((text) => text.startsWith(`  sluice:${key} = `));
        assert.ok(line, `${key} in:\n${error.message}`);
      }
      return true;
    });
  });

  it("is refused before any resource is registered", async () => {
    const files = filesOf("dev", wrong);
    const cloud = createCloud({ start: Date.UTC(2026, 0, 5), seed: 1, region: "us-east-1" });
    const calls = cloud.events.recent().length;
    await assert.rejects(deployStack(cloud, files), { name: "ConfigError" });
    assert.equal(cloud.events.recent().length, calls);
    assert.deepEqual((await cloud.call("kinesis", "ListStreams", {}, cloud.deployer)).StreamNames, []);
    assert.deepEqual(cloud.cloudwatch.alarms(), []);
  });
});

describe("the scaling API, given what it can't use", () => {
  let run: PipelineRun;
  before(async function () {
    this.timeout(60_000);
    run = await openPipeline({ stack: "dev" });
    await run.advance(2);
  });

  const request = (method: "GET" | "PATCH", id: string, body?: string) => {
    const { host, pathname } = new URL(`${run.deployment.outputs.endpoint}/scalableTargetDimensions/${id}`);
    return run.cloud.peers.requestApi({ method, host, path: pathname, headers: {}, body }, run.cloud.deployer);
  };
  const parameters = async () => {
    const Path = "/sluice/dev";
    return (await run.cloud.call("ssm", "GetParametersByPath", { Path, Recursive: true }, run.cloud.deployer))
      .Parameters as object[];
  };

  const bodies: Record<string, string | undefined> = {
    "no body": undefined,
    "no JSON": "desiredCapacity=4",
    "no number": '{"desiredCapacity":"4"}',
    nothing: "{}",
    null: '{"desiredCapacity":null}',
    NaN: '{"desiredCapacity":NaN}',
    infinity: '{"desiredCapacity":1e999}',
    "a negative number": '{"desiredCapacity":-1}',
    "a fraction": '{"desiredCapacity":4.5}',
    "a list": "[4]",
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`answers a PATCH with ${name} by 400 with a message, and changes nothing`, async () => {
      const before = await parameters();
      const answer = await request("PATCH", "dev-stream", body);
      assert.equal(answer.statusCode, 400, answer.body);
      assert.ok((JSON.parse(answer.body) as { message: string }).message.length > 10, answer.body);
      assert.deepEqual(await parameters(), before);
    });
  }

  it("answers 404 for a dimension that it doesn't know", async () => {
    for (const method of ["GET", "PATCH"] as const) {
      const answer = await request(method, "dev-queue", method === "PATCH" ? '{"desiredCapacity":4}' : undefined);
      assert.equal(answer.statusCode, 404, answer.body);
      assert.match((JSON.parse(answer.body) as { message: string }).message, /dev-queue/);
    }
  });
});
