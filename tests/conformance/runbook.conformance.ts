import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { credentials } from "../../sandbox/accessKey";
import { openCommandSandbox, type CommandSandbox } from "../commands/commandSandbox";
import { awsCli, needs } from "./tools";

const runbook = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "runbook.md"), "utf8");

/** Every command of the AWS CLI in the runbook: in blocks, and in the text. */
const commands = [
  ...[...runbook.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block
      .replaceAll("\\\n", " ")
      .split("\n")
      .filter((line) => line.startsWith("aws ")),
  ),
  ...[...runbook.matchAll(/`(aws [^`]+)`/g)].map(([, command = ""]) => command),
];

/** The runbook's commands as they are, with the real AWS CLI; `pulumi stack output` and `date` answer for the sandbox's stack and time. */
describe("the runbook's commands", function () {
  this.timeout(120_000);
  let opened: CommandSandbox;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-runbook-"));
  const outputs = () => opened.sandbox.deployment.outputs as Record<string, string>;

  before(async function () {
    needs(this, awsCli, "The AWS CLI");
    opened = await openCommandSandbox((index) => (index < 5 ? 4_000 : 7_000));
    const { cloud } = opened.sandbox;
    await opened.sandbox.advance(20);
    const own = (service: "ssm" | "logs", operation: string, input: object) =>
      cloud.call(service, operation, input, cloud.deployer);
    await own("ssm", "PutParameter", { Name: "/sluice/dev/dev-flink/desired", Value: "broken", Overwrite: true });
    await opened.sandbox.advance(1);
    await own("ssm", "PutParameter", { Name: "/sluice/dev/dev-flink/desired", Value: "{}", Overwrite: true });
    const stream = { logGroupName: outputs()["applicationLogGroup"], logStreamName: "job" };
    await own("logs", "CreateLogStream", stream);
    const logEvents = ["INFO all is well", "java.lang.Exception: the sink refuses"].map((message) => ({
      ...{ message, timestamp: cloud.clock.now() },
    }));
    await own("logs", "PutLogEvents", { ...stream, logEvents });
    program("date", `[ "$*" = +%s ] && echo ${Math.floor(cloud.clock.now() / 1_000)}`);
    program("pulumi", `[ "$1 $2" = "stack output" ] && cat "${folder}/output-$3"`);
    // As `pulumi stack output` prints them.
    for (const [name, value] of Object.entries<unknown>(outputs()))
      fs.writeFileSync(path.join(folder, `output-${name}`), typeof value === "string" ? value : JSON.stringify(value));
  });
  after(async () => {
    await opened?.close();
    fs.rmSync(folder, { recursive: true });
  });

  function program(name: string, text: string): void {
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }

  async function run(command: string, values: Record<string, string> = {}): Promise<string> {
    const { streamName = "", streamArn = "", applicationName = "", applicationLogGroup = "" } = outputs();
    const known: Record<string, string> = {
      ...{ STACK: "dev", STREAM: streamName, STREAM_ARN: streamArn, APPLICATION: applicationName },
      ...{ LOG_GROUP: applicationLogGroup, ...values },
    };
    const filled = command.replace(/\b[A-Z_]+\b/g, (word) => known[word] ?? word);
    const env = {
      PATH: `${folder}:${path.dirname(awsCli)}:${process.env["PATH"]}`,
      HOME: folder,
      AWS_REGION: opened.sandbox.deployment.config.region,
      AWS_DEFAULT_REGION: opened.sandbox.deployment.config.region,
      AWS_ENDPOINT_URL: opened.url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
    };
    return await new Promise((resolve, reject) =>
      execFile("sh", ["-c", filled], { env }, (error, out, errors) =>
        error ? reject(new Error(`${errors}${error.message}`)) : resolve(out),
      ),
    );
  }
  const the = (part: string) => {
    const found = [...new Set(commands.filter((command) => command.includes(part)))];
    assert.equal(found.length, 1, `${part}: ${found.join("\n")}`);
    return found[0]!;
  };
  const lines = (text: string) => text.trim().split("\n");

  const checks: Record<string, () => Promise<void>> = {
    decision: async () => {
      const found = lines(await run(the("decision")));
      assert.ok(found.length > 2);
      assert.ok(found.every((line) => line.includes('"sluice":"decision"')));
    },
    error: async () => {
      const found = lines(await run(the('\\"error')));
      assert.ok(found.length > 0);
      assert.ok(found.every((line) => line.includes('"sluice":"error"') && line.includes("dev-flink")));
    },
    Exception: async () => assert.deepEqual(lines(await run(the("Exception"))), ["java.lang.Exception: the sink refuses"]),
    "get-parameters-by-path": async () =>
      assert.match(await run(the("get-parameters-by-path")), /\/sluice\/dev\/dev-stream\/desired/),
    "describe-application --": async () => assert.match(await run(the("describe-application --")), /^"(RUNNING|UPDATING)"$/m),
    "list-stream-consumers": async () => assert.deepEqual(JSON.parse(await run(the("list-stream-consumers"))), { Consumers: [] }),
    "describe-application-operation": async () => {
      type Operations = { ApplicationOperationInfoList: { OperationId: string; Operation: string }[] };
      const { ApplicationOperationInfoList: all } = JSON.parse(await run(the("list-application-operations"))) as Operations;
      const { OperationId: ID, Operation } = all[0]!;
      assert.ok((await run(the("describe-application-operation"), { ID })).includes(`"${Operation}"`));
    },
    "update-shard-count": async () => assert.match(await run(the("update-shard-count"), { N: "12" }), /"TargetShardCount": 12/),
    "register-scalable-target": async () => {
      const { cloud } = opened.sandbox;
      await run(the("register-scalable-target"), { ID: "dev-stream", N: "2" });
      const input = {
        ServiceNamespace: "custom-resource",
        ResourceIds: [`${outputs()["endpoint"]}/scalableTargetDimensions/dev-stream`],
      };
      const { ScalableTargets } = await cloud.call("application-autoscaling", "DescribeScalableTargets", input, cloud.deployer);
      assert.equal(ScalableTargets[0].MinCapacity, 2);
    },
    "start-application": async () => {
      const { cloud } = opened.sandbox;
      const ApplicationName = outputs()["applicationName"];
      await cloud.call("kinesisanalytics", "StopApplication", { ApplicationName, Force: true }, cloud.deployer);
      await opened.sandbox.advance(1);
      await run(the("start-application"));
      assert.match(await run(the("describe-application --")), /STARTING|RUNNING/);
    },
  };
  for (const [name, check] of Object.entries(checks)) it(name, check);

  it("no other stands there", () => {
    const checked = [...Object.keys(checks), "list-application-operations"].map((part) => (part === "error" ? '\\"error' : part));
    assert.deepEqual(
      commands.filter((command) => !checked.some((part) => command.includes(part))),
      [],
    );
    assert.equal(runbook.match(/--filter-pattern/g)?.length, 3);
  });
});
