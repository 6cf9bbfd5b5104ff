import * as assert from "node:assert/strict";
import { resourceOf } from "./support/deployed";
import { filesOf, openPipeline, phases, type PipelineRun } from "./support/pipelineRun";
import { secondUp } from "./support/secondUp";

describe("pulumi up on a stack that has scaled", function () {
  this.timeout(60_000);
  let run: PipelineRun;
  const capacities = () => {
    const { streamName, applicationName } = run.deployment.outputs;
    return { shards: run.cloud.kinesis.look(streamName)!.openShards, kpus: run.cloud.flink.look(applicationName)!.kpus };
  };
  const alarm = async (name: string) => {
    const AlarmNames = [resourceOf(run, "aws:cloudwatch/metricAlarm:MetricAlarm", name).deployed.id];
    return (await run.cloud.call("cloudwatch", "DescribeAlarms", { AlarmNames }, run.cloud.deployer)).MetricAlarms[0] as {
      Threshold: number;
    };
  };

  before(async () => {
    run = await openPipeline({ stack: "dev", traffic: phases([10, 4_800], [60, 14_000]) });
    await run.advance(40);
    const { shards, kpus } = capacities();
    assert.ok(shards > 8 && kpus > 16, `${shards} shards, ${kpus} KPUs`);
  });

  it("has nothing to change", async () => {
    assert.deepEqual(await secondUp(run, filesOf("dev"), { preview: true }), {
      created: [],
      updated: {},
      replaced: [],
      deleted: [],
    });
  });

  it("updates alarms, policies and the dashboard in place for a changed threshold, and neither shards nor KPUs", async () => {
    const before = capacities();
    const plan = await secondUp(run, filesOf("dev", { scaleOutPercent: 80 }));
    assert.deepEqual(plan.created, []);
    assert.deepEqual(plan.replaced, []);
    const expected = /-scale-(in|out)-(alarm|policy)$|-dashboard$/;
    assert.deepEqual(
      Object.keys(plan.updated).filter((name) => !expected.test(name)),
      [],
    );
    for (const id of ["dev-stream", "dev-flink"]) {
      assert.ok(plan.updated[`${id}-scale-out-policy`], id);
      assert.equal((await alarm(`${id}-scale-out-alarm`)).Threshold, 80);
    }
    await run.advance(3);
    assert.deepEqual(capacities(), before);
  });

  it("sends the shards and KPUs that are there along when it changes another property of stream and application", async () => {
    const before = capacities();
    const calls = run.changes.length;
    const plan = await secondUp(run, filesOf("dev", { scaleOutPercent: 80, retentionHours: 48, checkpointIntervalSeconds: 30 }));
    assert.deepEqual(plan.updated["dev-stream"], ["retentionPeriod"]);
    assert.deepEqual(plan.updated["dev-flink-application"], ["applicationConfiguration"]);
    await run.advance(5);
    assert.deepEqual(capacities(), before);
    assert.deepEqual(run.changes.slice(calls), []);
    assert.equal(run.cloud.kinesis.look(run.deployment.outputs.streamName)!.retentionHours, 48);
  });
});

describe("pulumi up while the application is rescaled", function () {
  this.timeout(60_000);
  const changed = filesOf("dev", { checkpointIntervalSeconds: 30 });
  let run: PipelineRun;
  const application = () => run.cloud.flink.look(run.deployment.outputs.applicationName)!;
  const flink = async (operation: string, input: object = {}) => {
    const ApplicationName = run.deployment.outputs.applicationName;
    return run.cloud.call("kinesisanalytics", operation, { ApplicationName, ...input }, run.cloud.deployer);
  };
  /** What the scaler does when Application Auto Scaling has asked for it. */
  const rescale = async (kpus: number) => {
    const { ApplicationDetail } = await flink("DescribeApplication");
    const ParallelismConfigurationUpdate = { ConfigurationTypeUpdate: "CUSTOM", ParallelismUpdate: kpus };
    await flink("UpdateApplication", {
      ConditionalToken: ApplicationDetail.ConditionalToken,
      ApplicationConfigurationUpdate: { FlinkApplicationConfigurationUpdate: { ParallelismConfigurationUpdate } },
    });
  };
  const checkpointMs = async () =>
    (await flink("DescribeApplication")).ApplicationDetail.ApplicationConfigurationDescription
      .FlinkApplicationConfigurationDescription.CheckpointConfigurationDescription.CheckpointInterval as number;

  beforeEach(async () => {
    run = await openPipeline({ stack: "dev", traffic: phases([10, 4_800]) });
    await run.advance(3);
  });

  it("fails when the rescale is under way, changes nothing of it, and succeeds afterwards", async () => {
    await rescale(20);
    await assert.rejects(secondUp(run, changed), { name: "ResourceInUseException", message: /in state UPDATING/ });
    await run.advance(3);
    assert.equal(application().kpus, 20);
    await secondUp(run, changed);
    assert.deepEqual([application().kpus, await checkpointMs()], [20, 30_000]);
  });

  it("fails when a whole rescale came after its refresh: the version that it sends is the refreshed one", async () => {
    const refreshed = async () => {
      await rescale(20);
      await run.advance(3);
    };
    await assert.rejects(secondUp(run, changed, { refreshed }), { name: "ConcurrentModificationException" });
    assert.deepEqual([application().kpus, await checkpointMs()], [20, 60_000]);
    await secondUp(run, changed);
    assert.deepEqual([application().kpus, await checkpointMs()], [20, 30_000]);
  });

  it("is not disturbed where nothing of the application changes", async () => {
    await rescale(20);
    await secondUp(run, filesOf("dev", { scaleOutPercent: 80, maxKpus: 48 }));
  });
});
