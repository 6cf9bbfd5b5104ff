import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { isCommandError } from "../../../commands/commandError";
import { thisMachine } from "../../../commands/produce/machine";
import { produce } from "../../../commands/produce/produce";
import { parseProduceOptions } from "../../../commands/produce/produceOptions";
import { isInputError } from "../../../sandbox/inputError";
import { openCommandSandbox, testTerminal, type CommandSandbox } from "../commandSandbox";

const root = path.join(__dirname, "..", "..", "..");

interface Stored {
  PartitionKey: string;
  Data: Uint8Array;
}

describe("npm run produce against the sandbox's endpoint", function () {
  this.timeout(60_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "produce-"));
  let opened: CommandSandbox;
  let limits: NodeJS.Timeout;
  /** A new one for each test. */
  let stream = "";
  let streams = 0;

  before(async () => {
    opened = await openCommandSandbox(() => 0);
    await opened.sandbox.advance(2);
    // A shard's second lasts until something was refused.
    let refused = 0;
    limits = setInterval(() => {
      const { kinesis, clock } = opened.sandbox.cloud;
      const { throttledRecords } = kinesis.look(stream) ? kinesis.billing(stream) : { throttledRecords: 0 };
      if (throttledRecords !== refused) clock.stand(1_000);
      refused = throttledRecords;
    }, 20);
  });
  beforeEach(async () => {
    const { cloud, advance } = opened.sandbox;
    stream = `stream-${++streams}`;
    await cloud.call("kinesis", "CreateStream", { StreamName: stream, ShardCount: 2 }, cloud.deployer);
    await advance(1);
  });
  after(async () => {
    clearInterval(limits);
    await opened.close();
    fs.rmSync(folder, { recursive: true });
  });

  const fileOf = (name: string, lines: readonly string[]) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
    return file;
  };
  const trips = (count: number, areas: number) =>
    Array.from({ length: count }, (_, i) =>
      JSON.stringify({ pickup_location_id: i % areas, pickup_datetime: "2020-10-05T04:00:45.000Z", trip_id: i }),
    );
  const produced = async (line: string, to = stream) => {
    const terminal = testTerminal();
    const named = to === "" ? [] : ["--stream", to];
    const options = parseProduceOptions([...line.split(" "), ...named, "--sandbox", opened.url], {});
    if (options === "help") assert.fail("help");
    const code = await produce(options, terminal, {}, thisMachine());
    return { code, text: terminal.text(), json: lastLine(terminal.text()) };
  };
  const lastLine = (text: string) =>
    /^\{.*\}$/m.exec(text) ? (JSON.parse(text.trim().split("\n").at(-1)!) as object) : undefined;

  /** What a consumer gets, shard by shard. */
  async function stored(name = stream): Promise<Stored[]> {
    const { cloud } = opened.sandbox;
    const call = (operation: string, input: object) => cloud.call("kinesis", operation, input, cloud.deployer);
    const { Shards } = await call("ListShards", { StreamName: name });
    const records: Stored[] = [];
    for (const { ShardId } of Shards) {
      const at = { StreamName: name, ShardId, ShardIteratorType: "TRIM_HORIZON" };
      const { ShardIterator } = await call("GetShardIterator", at);
      records.push(...(await call("GetRecords", { ShardIterator })).Records);
    }
    return records;
  }
  const numberOf = ({ Data }: Stored) => (JSON.parse(Buffer.from(Data).toString()) as { trip_id: number }).trip_id;

  it("delivers each trip to the stack's stream once, as its line stands, under its area, the areas' trips in their order", async () => {
    const lines = trips(300, 12);
    const { code, text } = await produced(`--trips ${fileOf("good.jsonl", lines)} --rate 100000`, "");
    assert.equal(code, 0, text);
    assert.match(text, /^Stream sluice-dev on the sandbox at \S+, 8 open shards\nSent 300 records \(\d+ KiB\) in \d+ calls and /);
    const records = await stored("sluice-dev");
    assert.deepEqual(records.map(({ Data }) => Buffer.from(Data).toString()).sort(), [...lines].sort());
    for (let area = 0; area < 12; area++) {
      const numbers = records.filter(({ PartitionKey }) => PartitionKey === String(area)).map(numberOf);
      assert.deepEqual(
        numbers,
        Array.from({ length: 25 }, (_, i) => area + 12 * i),
      );
    }
  });

  it("sends again what a shard refuses, that alone", async () => {
    const { code, text, json } = await produced(
      `--trips ${fileOf("hot.jsonl", trips(2_500, 1))} --rate 1000000 --unordered --json`,
    );
    assert.equal(code, 0, text);
    const { sent, refused } = json as { sent: number; refused: number };
    assert.equal(sent, 2_500);
    assert.ok(refused > 0, `${refused} refused`);
    assert.deepEqual(
      (await stored()).map(numberOf).sort((a, b) => a - b),
      Array.from({ length: 2_500 }, (_, i) => i),
    );
  });

  it("refuses a file with bad lines before anything is sent, or counts them", async () => {
    const lines = trips(20, 3);
    lines.splice(4, 1, "{}");
    lines.splice(9, 1, "no trip");
    const file = fileOf("bad.jsonl", lines);
    const expected = [`${file}:5: pickup_location_id must be a whole number, got nothing`, `${file}:10: not JSON: "no trip"`];
    await assert.rejects(produced(`--trips ${file} --rate 1000`), (error: Error) => {
      assert.ok(isInputError(error));
      assert.deepEqual(error.message.split("\n"), expected);
      return true;
    });
    assert.deepEqual(await stored(), []);
    const { code, text } = await produced(`--trips ${file} --rate 1000 --bad-lines count`);
    assert.equal(code, 0);
    for (const line of expected) assert.ok(text.includes(line), text);
    assert.match(text, /Bad lines: 2\./);
    assert.equal((await stored()).length, 18);
  });

  it("says what is wrong with a file, or with the stream's name", async () => {
    const missing = path.join(folder, "missing.jsonl");
    for (const how of ["refuse", "count"]) {
      await assert.rejects(produced(`--trips ${missing} --rate 1 --bad-lines ${how}`), (error: Error) => {
        assert.ok(isInputError(error));
        assert.equal(error.message, `${missing}: no such file`);
        return true;
      });
    }
    await assert.rejects(produced("--made --rate 1", "nobody"), (error: Error) => {
      assert.ok(isCommandError(error), String(error.stack));
      assert.match(error.message, /^Looking at the stream nobody: ResourceNotFoundException: /);
      return true;
    });
  });

  it("publishes its metrics under the dashboard's names", async () => {
    await produced("--made --rate 300 --for 1s --metrics");
    const { cloud, advance } = opened.sandbox;
    await advance(3);
    const read = async (MetricName: string, Statistics: string[]) => {
      const input = {
        ...{ Namespace: "KinesisProducerLibrary", MetricName, Dimensions: [{ Name: "StreamName", Value: stream }] },
        ...{ StartTime: new Date(cloud.clock.now() - 600_000), EndTime: new Date(cloud.clock.now()), Period: 600, Statistics },
      };
      const { Datapoints } = await cloud.call("cloudwatch", "GetMetricStatistics", input, cloud.deployer);
      return Datapoints;
    };
    const retries = await read("RetriesPerRecord", ["SampleCount", "Average"]);
    assert.deepEqual([retries[0]?.SampleCount, retries[0]?.Average], [300, 0]);
    const buffering = await read("BufferingTime", ["Average"]);
    assert.ok(buffering[0]?.Average > 0 && buffering[0]?.Average < 1_000, JSON.stringify(buffering));
    assert.ok((await read("UserRecordsPending", ["Maximum"]))[0]?.Maximum >= 1);
  });

  it("ends when it is interrupted: what is due is sent, and the counts are those of the stream", async () => {
    const line = `produce --made --rate 400 --stream ${stream} --region us-east-1 --sandbox ${opened.url} --json`;
    const node = ["--disable-warning=ExperimentalWarning", "-r", "./sandbox/register.js", "commands/main.ts"];
    const child = spawn(process.execPath, [...node, ...line.split(" ")], { cwd: root });
    let said = "";
    let complained = "";
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    child.stderr.on("data", (chunk) => (complained += chunk));
    const begun = new Promise<void>((resolve) =>
      child.stdout.on("data", (chunk) => {
        said += chunk;
        resolve();
      }),
    );
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 600));
    // npm hands on what the terminal has sent already.
    child.kill("SIGINT");
    child.kill("SIGINT");
    assert.deepEqual({ code: await ended, complained }, { code: 0, complained: "" }, said);
    const { sent, pending } = lastLine(said) as { sent: number; pending: number };
    assert.ok(sent > 50, said);
    assert.equal(pending, 0);
    assert.equal((await stored()).length, sent);
  });
});
