import * as assert from "node:assert/strict";
import { createProvider } from "../../sandbox/deploy/provider";
import { openPipeline, phases, type PipelineRun } from "./support/pipelineRun";

describe("pulumi destroy of a stack that has scaled", function () {
  this.timeout(60_000);
  let run: PipelineRun;
  const listed = async (service: "kinesis" | "kinesisanalytics" | "cloudwatch" | "s3" | "ssm", operation: string, input = {}) =>
    (await run.cloud.call(service, operation, input, run.cloud.deployer)) as Record<string, unknown[]>;

  before(async () => {
    run = await openPipeline({ stack: "dev", traffic: phases([10, 4_800], [20, 14_000]) });
    await run.advance(25);
    // The source reads with enhanced fan-out: its consumer outlives the application.
    const { streamArn } = run.deployment.outputs;
    await run.cloud.call("kinesis", "RegisterStreamConsumer", { StreamARN: streamArn, ConsumerName: "job" }, run.cloud.deployer);
    const provider = createProvider(run.cloud, run.cloud.deployer);
    for (const { type, custom, deployed } of [...run.deployment.resources].reverse())
      if (custom) await provider.delete(type, deployed.id, deployed.state);
    await run.advance(3);
  });

  it("leaves no stream, application, alarm, dashboard or parameter", async () => {
    assert.deepEqual((await listed("kinesis", "ListStreams"))["StreamNames"], []);
    assert.deepEqual((await listed("kinesisanalytics", "ListApplications"))["ApplicationSummaries"], []);
    assert.deepEqual((await listed("cloudwatch", "DescribeAlarms"))["MetricAlarms"], []);
    assert.deepEqual((await listed("cloudwatch", "ListDashboards"))["DashboardEntries"], []);
    assert.deepEqual((await listed("ssm", "GetParametersByPath", { Path: "/sluice", Recursive: true }))["Parameters"], []);
  });

  it("empties the bucket of the code, all versions of it, and deletes it", async () => {
    assert.deepEqual((await listed("s3", "ListBuckets"))["Buckets"], []);
  });
});

describe("a pipeline whose application is deleted under traffic", function () {
  this.timeout(60_000);

  it("goes on: nothing is processed, the bill stands still, and one that is made anew does its work", async () => {
    const run = await openPipeline({ stack: "dev", traffic: phases([60, 4_800]) });
    await run.advance(10);
    const { applicationName } = run.deployment.outputs;
    const call = (operation: string, input: object) =>
      run.cloud.call("kinesisanalytics", operation, { ApplicationName: applicationName, ...input }, run.cloud.deployer);
    const { ApplicationDetail: detail } = await call("DescribeApplication", {});
    await call("DeleteApplication", { CreateTimestamp: detail.CreateTimestamp });
    await run.advance(5);
    assert.equal(run.last().flink?.kpus, 0);
    const { kpuHours } = run.cloud.flink.billing(applicationName);
    assert.ok(kpuHours > 0);
    await run.advance(5);
    assert.equal(run.cloud.flink.billing(applicationName).kpuHours, kpuHours);
    assert.ok(run.lines.some(({ reason }) => /does not exist: it was deleted/.test(reason)));

    await call("CreateApplication", {
      RuntimeEnvironment: "FLINK-1_20",
      ServiceExecutionRole: detail.ServiceExecutionRole,
      ApplicationConfiguration: { FlinkApplicationConfiguration: { ParallelismConfiguration: parallelism } },
    });
    await call("StartApplication", { RunConfiguration: {} });
    await run.advance(5);
    assert.equal(run.last().flink?.kpus, 16);
    assert.ok(run.cloud.flink.billing(applicationName).kpuHours > kpuHours);
  });
});

const parallelism = { ConfigurationType: "CUSTOM", Parallelism: 16, ParallelismPerKPU: 1, AutoScalingEnabled: false };
