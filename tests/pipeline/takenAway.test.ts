import * as assert from "node:assert/strict";
import type { ServiceName, Shape } from "../../sandbox/core/cloud";
import { openPipeline, phases, type PipelineRun } from "./support/pipelineRun";

type Call = (service: ServiceName, operation: string, input?: object) => Promise<Shape>;

/** What somebody with a client at the sandbox's endpoint may do to a stack that runs. */
const deeds: Record<string, (call: Call, run: PipelineRun) => Promise<unknown>> = {
  "a config parameter": (call) => call("ssm", "DeleteParameter", { Name: "/sluice/dev/dev-stream/config" }),
  "a state parameter": (call) => call("ssm", "DeleteParameter", { Name: "/sluice/dev/dev-flink/state" }),
  "all alarms": async (call) => {
    const { MetricAlarms } = await call("cloudwatch", "DescribeAlarms");
    for (const { AlarmName } of MetricAlarms) await call("cloudwatch", "DeleteAlarms", { AlarmNames: [AlarmName] });
  },
  "the dashboard": async (call) => {
    const { DashboardEntries } = await call("cloudwatch", "ListDashboards");
    for (const { DashboardName } of DashboardEntries)
      await call("cloudwatch", "DeleteDashboards", { DashboardNames: [DashboardName] });
  },
  "the scalable targets": async (call) => {
    const namespace = { ServiceNamespace: "custom-resource" };
    const { ScalableTargets } = await call("application-autoscaling", "DescribeScalableTargets", namespace);
    for (const { ResourceId, ScalableDimension } of ScalableTargets)
      await call("application-autoscaling", "DeregisterScalableTarget", { ...namespace, ResourceId, ScalableDimension });
  },
  "the scaler's function": (call, { deployment }) =>
    call("lambda", "DeleteFunction", { FunctionName: deployment.outputs.scalerFunctionName }),
  "the stream, and made anew": async (call, run) => {
    const StreamName = run.deployment.outputs.streamName;
    await call("kinesis", "DeleteStream", { StreamName, EnforceConsumerDeletion: true });
    await run.advance(3);
    assert.equal(run.last().accepted, 0);
    await call("kinesis", "CreateStream", { StreamName, ShardCount: 16 });
  },
  "the application's work, by force": (call, { deployment }) =>
    call("kinesisanalytics", "StopApplication", { ApplicationName: deployment.outputs.applicationName, Force: true }),
};

describe("a sandbox from which somebody takes away", function () {
  this.timeout(30_000);

  for (const [what, deed] of Object.entries(deeds)) {
    it(`${what} goes on`, async () => {
      const run = await openPipeline({ stack: "dev", traffic: phases([10, 4_800], [60, 9_000]) });
      await run.advance(8);
      await deed((service, operation, input = {}) => run.cloud.call(service, operation, input, run.cloud.deployer), run);
      const before = run.minutes.length;
      await run.advance(8);
      assert.equal(run.minutes.length, before + 8);
      assert.ok(run.last().accepted > 0);
      assert.ok(run.report().minutes > 0);
    });
  }
});
