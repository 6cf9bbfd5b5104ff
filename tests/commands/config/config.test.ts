import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { stringify } from "yaml";
import { config } from "../../../commands/config/config";
import { projectFolder } from "../../../commands/place";
import { pipelineWords, type ScalingWords } from "../../../components/words/pipelineWords";
import { table } from "../../../config/table";
import { stackConfigs } from "../../../sandbox/deploy/deploy";
import { readStackFiles } from "../../../sandbox/deploy/stackFiles";

/** Pulumi.yaml as it is, and stacks of the test's own. */
let folder: string;
const projectFile = fs.readFileSync(path.join(projectFolder, "Pulumi.yaml"), "utf8");
const write = (stack: string, own: Record<string, unknown>) => {
  const keys = Object.entries(own).map(([key, value]) => [key.includes(":") ? key : `sluice:${key}`, value]);
  fs.writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), stringify({ config: Object.fromEntries(keys) }));
};
const least = { "aws:region": "eu-west-1", recordsPerKpuPerMinute: 30_000 };

interface Asked {
  configFile?: string;
  diff?: string;
  pipeline?: string;
  width?: number;
  environment?: NodeJS.ProcessEnv;
  in?: string;
}

async function printed(
  stack: string,
  { configFile, diff, pipeline, width = 120, environment = {}, in: place = folder }: Asked = {},
  json = false,
) {
  let text = "";
  const terminal = { width, write: (line: string) => void (text += `${line}\n`) };
  assert.equal(await config({ stack, configFile, diff, pipeline, json }, terminal, environment, place), 0);
  return text;
}

interface JsonPipeline {
  name: string | null;
  keys: Record<string, { value: unknown; from: string; default: unknown }>;
  scaling: ScalingWords;
}
interface Json {
  region: string;
  pipelines: JsonPipeline[];
  notes: string[];
}
const jsonOf = async (stack: string, asked?: Asked) => JSON.parse(await printed(stack, asked, true)) as Json;
/** Of a stack that is one pipeline. */
async function asJson(stack: string, asked?: Asked) {
  const { pipelines, ...rest } = await jsonOf(stack, asked);
  assert.deepEqual(
    pipelines.map(({ name }) => name),
    [null],
  );
  return { ...rest, ...pipelines[0]! };
}

/** The line of a key: "shards 8 default". */
const lineOf = (text: string, key: string) =>
  text
    .split("\n")
    .find((line) => line.startsWith(`  ${key} `))
    ?.trim()
    .replace(/\s+/g, " ");

const delay = (minutes: number) =>
  "a change begins within about 5 minutes of the load that asks for it; one UpdateShardCount at most doubles or halves, takes up to " +
  `${minutes} minutes and may begin 10 times in 24 hours; then shards are split and merged one at a time`;

describe("npm run config", () => {
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-config-"));
    fs.writeFileSync(path.join(folder, "Pulumi.yaml"), projectFile);
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  describe("one stack", () => {
    it("prints every key of Pulumi.yaml with its value and where it comes from", async () => {
      const { project, stack } = {
        project: projectFile.replace("default: FLINK-1_20", "default: FLINK-2_2"),
        stack: { ...least, shards: 12, mode: "act" },
      };
      fs.writeFileSync(path.join(folder, "Pulumi.yaml"), project);
      write("mine", stack);
      const text = await printed("mine");
      assert.match(text, /^Stack mine, region eu-west-1\n\nWhat the scaler does\n/);
      for (const key of Object.keys(table)) assert.ok(lineOf(text, key), key);
      const lines = [
        "shards",
        "minShards",
        "runtime",
        "mode",
        "streamName",
        "existingStream",
        "callerArns",
        "recordsPerKpuPerMinute",
      ];
      assert.deepEqual(
        lines.map((key) => lineOf(text, key)),
        [
          "shards 12 Pulumi.mine.yaml (default 8)",
          "minShards 1 default",
          "runtime FLINK-2_2 Pulumi.yaml (default FLINK-1_20)",
          "mode act Pulumi.mine.yaml (default act)",
          "streamName sluice-mine default",
          "existingStream none default",
          "callerArns none default",
          "recordsPerKpuPerMinute 30000 Pulumi.mine.yaml (default none)",
        ],
      );
      assert.equal(lineOf(text, "streamScaling"), "streamScaling { targetPercent: 50, scaleInPercent: 30 } default");
    });

    it("says what follows, in the words of the stack's output", async () => {
      for (const stack of ["dev", "prod"]) {
        const { scaling, keys } = await asJson(stack, { in: projectFolder });
        assert.deepEqual(scaling, pipelineWords(stackConfigs(readStackFiles(projectFolder, stack))[0]!));
        const text = (await printed(stack, { in: projectFolder })).replace(/\s+/g, " ");
        for (const sentence of [scaling.stream, scaling.application].flatMap((words) => Object.values(words)))
          assert.ok(text.includes(` ${sentence} `), sentence);
        assert.deepEqual(Object.keys(keys), Object.keys(table));
      }
    });

    it("gives values of their types as JSON, and null where there is none", async () => {
      write("mine", { ...least, alarmEmails: ["me@example.com"] });
      const { keys, region } = await asJson("mine");
      assert.equal(region, "eu-west-1");
      assert.deepEqual(keys["shards"], { value: 8, from: "default", default: 8 });
      assert.deepEqual(keys["alarmEmails"], { value: ["me@example.com"], from: "Pulumi.mine.yaml", default: null });
      assert.deepEqual(keys["existingStream"], { value: null, from: "default", default: null });
    });

    it("notes that pulumi up needs code where none is named, and shows no stand-in", async () => {
      write("mine", least);
      const { keys, notes } = await asJson("mine");
      assert.equal(keys["codeJar"]?.value, null);
      assert.match(notes.join(), /^No code is named: /);
      write("mine", { ...least, codeJar: "target/job.jar" });
      const named = await asJson("mine");
      assert.deepEqual([named.keys["codeJar"]?.value, named.notes], ["target/job.jar", []]);
    });

    it("tells what comes of keys that are left out, but of none that is both dimensions' what one has of its own", async () => {
      write("mine", {
        ...least,
        mode: "observe",
        streamScaling: { suspended: ["out"] },
        applicationScaling: { signal: "busyTime", busyTask: "Map" },
      });
      const { keys } = await asJson("mine");
      const values = ["streamMode", "applicationMode", "metricsLevel", "suspended"].map((key) => keys[key]?.value);
      assert.deepEqual(values, ["observe", "observe", "TASK", null]);
    });

    it("reads the stack's file wherever it is, and says whose values they are", async () => {
      const examples = path.join(projectFolder, "examples", "stacks");
      const files = fs.readdirSync(examples).filter((file) => file.endsWith(".yaml"));
      assert.ok(files.length > 4);
      for (const file of files) {
        const { pipelines } = await jsonOf("example", { configFile: path.join(examples, file), in: projectFolder });
        const sources = pipelines.flatMap(({ keys }) => Object.values(keys).map(({ from }) => from.split(",")[0]));
        assert.ok(sources.includes(file), file);
        assert.doesNotMatch(JSON.stringify(pipelines.map(({ scaling }) => scaling)), /NaN|undefined|Infinity/, file);
      }
      await assert.rejects(printed("mine", { configFile: "none.yaml" }), {
        message: 'No stack "mine": there is no file none.yaml.',
      });
    });

    it("takes the region from the environment where no file names it", async () => {
      write("mine", { recordsPerKpuPerMinute: 1 });
      assert.equal((await asJson("mine", { environment: { AWS_REGION: "eu-north-1" } })).region, "eu-north-1");
    });

    it("stays within the terminal's width", async () => {
      write("mine", { ...least, streamScaling: { targetPercent: 45, scaleInPercent: 20 } });
      write("other", { ...least, maxShards: 100, minKpus: 2, scaleOutPercent: 80 });
      for (const width of [36, 50, 71, 72, 73, 80, 99, 120, 200])
        for (const diff of [undefined, "other"]) {
          const lines = (await printed("mine", { width, diff })).split("\n");
          const long = lines.filter((line) => line.length > width);
          assert.deepEqual(long, [], `${width} columns`);
        }
    });
  });

  describe("encrypted values", () => {
    const secret = { secure: "AAABAKv1" };

    it("prints none of them, wherever they stand, and goes on as if they were not set", async () => {
      write("mine", {
        ...least,
        shards: 12,
        alarmEmails: [secret],
        kmsKey: secret,
        properties: { db: { user: "me", password: secret } },
      });
      write("other", { ...least, kmsKey: "alias/other" });
      for (const text of [await printed("mine"), await printed("mine", {}, true), await printed("mine", { diff: "other" })]) {
        assert.ok(!text.includes("AAAB") && text.includes("[encrypted]"), text);
      }
      const { keys, notes } = await asJson("mine");
      assert.equal(keys["kmsKey"]?.value, "[encrypted]");
      assert.deepEqual(keys["properties"]?.value, { db: { user: "me", password: "[encrypted]" } });
      assert.equal(keys["properties"]?.from, "Pulumi.mine.yaml");
      assert.equal(keys["shards"]?.value, 12);
      const of = notes.filter((note) => note.includes("encrypted")).map((note) => note.split(" ")[0]);
      assert.deepEqual(of.sort(), ["sluice:alarmEmails", "sluice:kmsKey", "sluice:properties"]);
    });

    it("says so where something is missing because of it", async () => {
      write("mine", { ...least, recordsPerKpuPerMinute: secret });
      await assert.rejects(printed("mine"), {
        name: "CommandError",
        message:
          /recordsPerKpuPerMinute = \(not set\)[^]*\nEncrypted values count as not set here: sluice:recordsPerKpuPerMinute\.$/,
      });
    });
  });

  describe("files that are wrong", () => {
    it("lists every problem of every stack as the program does", async () => {
      write("mine", { ...least, shards: 99, sclaeInPercent: 3 });
      write("other", { ...least, minKpus: 0 });
      await assert.rejects(printed("mine", { diff: "other" }), (error: Error) => {
        assert.equal(error.name, "CommandError");
        const named = error.message.split("\n").filter((line) => !line.startsWith("Set a key"));
        assert.deepEqual(
          named.map((line) => line.split(":").slice(0, 2).join(":")),
          [
            "Configuration of stack mine has 2 problems:",
            "  sluice:shards = 99",
            "  sluice:sclaeInPercent = 3",
            "Configuration of stack other has 1 problem:",
            "  sluice:minKpus = 0",
          ],
        );
        return true;
      });
    });

    it("names the stacks that there are, and a file that isn't YAML", async () => {
      write("mine", least);
      await assert.rejects(printed("prod"), { name: "StackError", message: /^No stack "prod": .*Stacks here: mine\.$/ });
      await assert.rejects(printed("mine", { diff: "prod" }), { name: "StackError" });
      fs.writeFileSync(path.join(folder, "Pulumi.mine.yaml"), "config: [");
      await assert.rejects(printed("mine"), { name: "StackError", message: /^Pulumi\.mine\.yaml can't be read as YAML/ });
    });
  });

  describe("two stacks", () => {
    beforeEach(() => {
      write("mine", { ...least, maxShards: 100, streamName: "orders", applicationName: "counter" });
      write("other", { ...least, "aws:region": "eu-west-3", streamName: "orders", applicationName: "counter" });
    });

    it("puts two stacks side by side, what differs and nothing else: keys and sentences", async () => {
      assert.deepEqual(JSON.parse(await printed("mine", { diff: "other" }, true)), {
        stacks: ["mine", "other"],
        regions: ["eu-west-1", "eu-west-3"],
        pipelines: [
          {
            keys: [{ key: "maxShards", values: [100, 64] }],
            scaling: [
              {
                dimension: "stream",
                name: "bounds",
                words: ["1 to 100 shards, created with 8", "1 to 64 shards, created with 8"],
              },
              {
                dimension: "stream",
                name: "atMaximum",
                words: [
                  "at 100 shards, the maximum: in below 30,000 records/s and 30 MiB/s for 90 minutes, to 60, and to 1 without load",
                  "at 64 shards, the maximum: in below 19,200 records/s and 19.2 MiB/s for 90 minutes, to 39, and to 1 without load",
                ],
              },
              { dimension: "stream", name: "delay", words: [delay(4), delay(2)] },
            ],
          },
        ],
        alone: [[], []],
      });
      const lines = (await printed("mine", { diff: "other", width: 100 })).split("\n").map((line) => line.trim().split(/ {2,}/));
      assert.deepEqual(lines.slice(0, 7), [
        ["Stacks mine and other: what differs"],
        [""],
        ["mine", "other"],
        ["aws:region", "eu-west-1", "eu-west-3"],
        ["maxShards", "100", "64"],
        [""],
        ["The stream's shards"],
      ]);
      assert.deepEqual(lines[7], ["bounds", "1 to 100 shards, created with 8", "1 to 64 shards, created with 8"]);
      assert.ok(!lines.flat().some((text) => text.includes("KPUs")));
    });

    it("puts them below each other on a narrow terminal", async () => {
      const text = await printed("mine", { diff: "other", width: 60 });
      assert.ok(text.includes("  maxShards\n    mine   100\n    other  64\n"), text);
    });

    it("says it when nothing differs", async () => {
      write("other", { ...least, maxShards: 100, streamName: "orders", applicationName: "counter" });
      assert.equal(await printed("mine", { diff: "other" }), "Stacks mine and other don't differ.\n");
    });
  });

  describe("several pipelines", () => {
    const several = {
      ...{ "aws:region": "eu-west-1", recordsPerKpuPerMinute: 30_000, maxShards: 100 },
      pipelines: {
        orders: { shards: 12, kmsKey: { secure: "AAABAKv1" } },
        clicks: { existingApplication: "enrich", recordsPerKpuPerMinute: 45_000, codeJar: "" },
      },
    };
    beforeEach(() => write("mine", several));

    it("are told together as far as they are the same, and then each by itself", async () => {
      const text = await printed("mine");
      const [together = "", orders = "", clicks = ""] = text.split(/^Pipeline .*$/m);
      assert.equal(lineOf(together, "maxShards"), "maxShards 100 Pulumi.mine.yaml (default 64)");
      assert.equal(lineOf(together, "pipelines"), "pipelines orders, clicks Pulumi.mine.yaml (default none)");
      assert.equal(lineOf(together, "shards"), undefined);
      assert.equal(lineOf(orders, "maxShards"), undefined);
      assert.equal(lineOf(orders, "shards"), "shards 12 Pulumi.mine.yaml, pipelines.orders (default 8)");
      assert.equal(lineOf(orders, "streamName"), "streamName sluice-mine-orders default");
      assert.equal(lineOf(clicks, "shards"), "shards 8 default");
      assert.equal(
        lineOf(clicks, "existingApplication"),
        "existingApplication enrich Pulumi.mine.yaml, pipelines.clicks (default none)",
      );
      assert.match(orders, /at 12 shards: out at 9,000 records/);
      assert.match(clicks, /process \(750 records\/s each\)/);
      assert.ok(!text.includes("AAAB"));
      assert.match(text, /^sluice:pipelines\.orders\.kmsKey is encrypted, .*\n\nNo code is named/m);
    });

    it("are told one by one on request", async () => {
      const text = await printed("mine", { pipeline: "orders" });
      assert.match(text, /^Stack mine, pipeline orders, region eu-west-1\n/);
      assert.equal(lineOf(text, "kmsKey"), "kmsKey [encrypted] Pulumi.mine.yaml, pipelines.orders (default alias/aws/kinesis)");
      const { pipelines } = await jsonOf("mine", { pipeline: "clicks" });
      assert.deepEqual(
        pipelines.map(({ name, keys }) => [name, keys["recordsPerKpuPerMinute"]]),
        [["clicks", { value: 45_000, from: "Pulumi.mine.yaml, pipelines.clicks", default: null }]],
      );
      assert.equal((await jsonOf("mine")).pipelines.length, 2);
    });

    it("that aren't there are refused with those that are", async () => {
      await assert.rejects(printed("mine", { pipeline: "click" }), {
        name: "CommandError",
        message: 'Stack mine has no pipeline "click": there are orders, clicks.',
      });
      write("other", least);
      await assert.rejects(printed("other", { pipeline: "orders" }), { message: /"orders": it is one, without a name\.$/ });
      await assert.rejects(printed("mine", { diff: "other" }), {
        name: "CommandError",
        message: /^No pipeline is in both stacks: mine has orders, clicks; other has one, without a name\. With --pipeline NAME /,
      });
    });

    it("are compared by their names, and one with the only one of another stack", async () => {
      write("other", { ...several, maxShards: 64, pipelines: { orders: { shards: 12 }, views: {} } });
      const text = await printed("mine", { diff: "other" });
      assert.match(text, /^Only in mine: clicks\n\nOnly in other: views\n/m);
      assert.match(text, /^Pipeline orders\n {2}streamName +sluice-mine-orders +sluice-other-orders\n/m);
      assert.ok(!/^Pipeline clicks/m.test(text));
      write("one", { ...least, shards: 12, streamName: "sluice-mine-orders" });
      const beside = await printed("mine", { diff: "one", pipeline: "orders" });
      assert.equal(lineOf(beside, "maxShards"), "maxShards 100 64");
      assert.equal(lineOf(beside, "shards"), undefined);
    });

    it("with problems are refused with the path of each key", async () => {
      write("mine", { ...several, pipelines: { orders: { shards: 500 }, clicks: { callerArns: [] } } });
      await assert.rejects(printed("mine"), {
        name: "CommandError",
        message: /sluice:pipelines\.clicks\.callerArns = [^]*sluice:pipelines\.orders\.shards = 500: /,
      });
    });
  });
});
