import * as assert from "node:assert/strict";
import { errorsIn } from "./support/errors";
import { administrator, deny } from "./support/principals";
import { openStack, type Stack } from "./support/stack";
import { whatIsThere } from "./support/left";

describe("a stream and an application that are there, adopted with the real engine", () => {
  let stack: Stack;
  const look = () => {
    const { kinesis, flink } = stack.cloud;
    return { shards: kinesis.look("orders")!.openShards, kpus: flink.look("order-counter")!.kpus };
  };

  before(async () => {
    stack = openStack("dev");
    const { call, deployer } = stack.cloud;
    await call("kinesis", "CreateStream", { StreamName: "orders", ShardCount: 6 }, deployer);
    const parallelism = { ConfigurationType: "CUSTOM", Parallelism: 6, ParallelismPerKPU: 1, AutoScalingEnabled: false };
    const application = {
      ApplicationName: "order-counter",
      RuntimeEnvironment: "FLINK-1_20",
      ServiceExecutionRole: "arn:aws:iam::123456789012:role/order-counter",
      ApplicationConfiguration: { FlinkApplicationConfiguration: { ParallelismConfiguration: parallelism } },
    };
    await call("kinesisanalytics", "CreateApplication", application, deployer);
    await call("kinesisanalytics", "StartApplication", { ApplicationName: "order-counter", RunConfiguration: {} }, deployer);
    await stack.advance(5);
    await stack.done("pulumi stack init dev");
    await stack.done("pulumi config set sluice:existingStream orders");
    await stack.done("pulumi config set sluice:existingApplication order-counter");
  });
  after(() => stack.close());

  // Nothing that takes time is made before the scalable targets, and AWS tells late of new permissions.
  it("get their scaling from the next pulumi up where it can't be registered yet", async () => {
    const { cloud } = stack;
    await administrator(cloud, "ci");
    await deny(cloud, "ci", "execute-api:Invoke");
    const { code, stdout, stderr } = await stack.run("pulumi up --skip-preview", {
      arn: `arn:aws:iam::${cloud.account}:user/ci`,
    });
    assert.notEqual(code, 0);
    const said =
      "ValidationException: User is missing the following permissions: execute-api:Invoke:PATCH, execute-api:Invoke:GET";
    for (const lines of errorsIn(stdout + stderr).slice(0, 1)) assert.ok(lines.join(" ").includes(said), lines.join("\n"));
    assert.deepEqual(look(), { shards: 6, kpus: 6 });
  });

  it("aren't touched by pulumi up, which registers their scaling in one go", async () => {
    await stack.done("pulumi up --skip-preview");
    assert.deepEqual(look(), { shards: 6, kpus: 6 });
    const { ScalableTargets } = await stack.cloud.call(
      "application-autoscaling",
      "DescribeScalableTargets",
      { ServiceNamespace: "custom-resource" },
      stack.cloud.deployer,
    );
    assert.equal(ScalableTargets.length, 2);
    await stack.done("pulumi preview --expect-no-changes");
  });

  it("are left by pulumi destroy, and nothing else is", async () => {
    await stack.done("pulumi destroy --skip-preview");
    assert.deepEqual(look(), { shards: 6, kpus: 6 });
    assert.deepEqual(Object.keys(await whatIsThere(stack.cloud)), ["ListStreams", "ListApplications"]);
  });
});
