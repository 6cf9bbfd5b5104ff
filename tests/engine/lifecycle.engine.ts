import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { administrator } from "./support/principals";
import { readmeCommands } from "./support/readme";
import { openStack, type Plan, type Stack } from "./support/stack";
import { whatIsThere } from "./support/left";

describe("README's commands on the real engine, and the life of the stack that they make", () => {
  let stack: Stack;
  const capacities = async () => {
    const { streamName, applicationName } = await stack.outputs();
    const { kinesis, flink } = stack.cloud;
    return { shards: kinesis.look(streamName)!.openShards, kpus: flink.look(applicationName)!.kpus };
  };
  const commands = readmeCommands();

  before(() => {
    stack = openStack("dev", { checkTypes: true });
    fs.mkdirSync(path.join(stack.folder, "path", "to"), { recursive: true });
    for (const jar of ["your-job.jar", "another.jar"]) fs.writeFileSync(path.join(stack.folder, "path", "to", jar), jar);
  });
  after(() => stack.close());

  it("end with pulumi up", () => {
    assert.deepEqual([commands[0], commands.at(-1)], ["pulumi stack init dev", "pulumi up"]);
  });

  it("are previewed on an empty stack: everything would be created, and nothing is there afterwards", async () => {
    for (const command of commands.slice(0, -1)) await stack.done(command);
    const plan = await stack.plan();
    assert.deepEqual([...new Set(Object.values(plan))], ["create"]);
    assert.ok("dev-stream" in plan && "dev-flink-application" in plan, Object.keys(plan).join());
    assert.deepEqual(await whatIsThere(stack.cloud), {});
  });

  it("bring it up: a running application, and nothing more to change", async () => {
    await stack.done(commands.at(-1)!);
    await stack.advance(5);
    assert.equal(stack.cloud.flink.look((await stack.outputs()).applicationName)?.status, "RUNNING");
    await stack.done("pulumi preview --expect-no-changes");
  });

  it("show no change to another role", async () => {
    await administrator(stack.cloud, "ci");
    await stack.done("pulumi preview --expect-no-changes", { arn: `arn:aws:iam::${stack.cloud.account}:user/ci` });
  });

  it("show no change after the scaler has resharded and rescaled", async () => {
    const before = await capacities();
    await stack.traffic({ name: "more", rate: () => 14_000 });
    await stack.advance(60);
    const after = await capacities();
    assert.ok(after.shards > before.shards && after.kpus > before.kpus, JSON.stringify({ before, after }));
    await stack.done("pulumi preview --expect-no-changes");
    await stack.done("pulumi refresh");
    await stack.done("pulumi preview --expect-no-changes");
  });

  it("change alarms and policies in place for a changed threshold, and no capacity", async () => {
    const before = await capacities();
    await stack.done("pulumi config set sluice:scaleOutPercent 80");
    const steps = "update stepScalingPolicyConfiguration.stepAdjustments";
    assert.deepEqual(await stack.plan(), {
      "dev-stream-scale-out-alarm": "update alarmDescription threshold",
      "dev-flink-scale-out-alarm": "update alarmDescription threshold",
      "dev-stream-scale-out-policy": steps,
      "dev-flink-scale-out-policy": steps,
      "dev-dashboard": "update dashboardBody",
    });
    await stack.done("pulumi up --skip-preview");
    await stack.advance(3);
    assert.deepEqual(await capacities(), before);
    await stack.done("pulumi preview --expect-no-changes");
  });

  const queries = "update metricQueries";
  const location = "applicationConfiguration.applicationCodeConfiguration.codeContent.s3ContentLocation.objectVersion";
  const changes: Record<string, { config: Record<string, string>; plan: Plan }> = {
    "bounds of the stream": {
      config: { minShards: "2", maxShards: "32" },
      plan: {
        "dev-stream-config": "update value",
        "dev-stream-target": "update maxCapacity minCapacity",
        "dev-stream-scale-in-policy": "update stepScalingPolicyConfiguration.stepAdjustments",
        "dev-dashboard": "update dashboardBody",
      },
    },
    "Flink's version and the jar": {
      config: { runtime: "FLINK-1_19", codeJar: "path/to/another.jar" },
      plan: {
        "dev-flink-code-jar": "update source",
        "dev-flink-application": `update ${location} runtimeEnvironment`,
      },
    },
    // The stream is another one then: what the old one holds is lost.
    "the stream's name": {
      config: { streamName: "another" },
      plan: {
        "dev-stream": "replace name",
        "dev-stream-config": "update value",
        "dev-flink-config": "update value",
        "dev-flink-application": "update applicationConfiguration.environmentProperties.propertyGroups",
        "dev-flink-role-policy": "update policy",
        "dev-scaler-policy": "update policy",
        "dev-alarms-hot-shard": queries,
        "dev-alarms-lag": queries,
        "dev-alarms-lag-missing": queries,
        "dev-alarms-read-throttling": queries,
        "dev-alarms-write-throttling": queries,
        "dev-flink-scale-in-alarm": queries,
        "dev-flink-scale-out-alarm": queries,
        "dev-stream-scale-in-alarm": queries,
        "dev-stream-scale-out-alarm": queries,
        "dev-dashboard": "update dashboardBody",
      },
    },
  };
  for (const [name, { config, plan }] of Object.entries(changes)) {
    it(`show exactly what changes with ${name}`, async () => {
      assert.deepEqual(await stack.plan(config), plan);
    });
  }

  it("end with pulumi destroy, which leaves nothing", async () => {
    await stack.done("pulumi destroy --skip-preview");
    assert.deepEqual(await whatIsThere(stack.cloud), {});
  });

  it("begin anew in the same way, and end so", async () => {
    await stack.done("pulumi up --skip-preview");
    await stack.done("pulumi preview --expect-no-changes");
    await stack.done("pulumi destroy --skip-preview");
    assert.deepEqual(await whatIsThere(stack.cloud), {});
  });
});
