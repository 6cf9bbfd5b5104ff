import { strict as assert } from "node:assert";
import type { PipelineState } from "../../../sandbox/page/messages";
import { startFeed, type Feed } from "../../../sandbox/page/feed";
import { pipelineState } from "../../../sandbox/page/pipelineState";
import { openLivePage, steadyTraffic, type LivePage } from "./livePage";

describe("what is happening, in words", () => {
  let live: LivePage;
  let feed: Feed;
  const state = (): PipelineState => pipelineState(live.sandbox, feed.timeline, feed.lastMinute());
  const open = async (minutes?: number, config?: Record<string, unknown>) => {
    live = await openLivePage({ traffic: { ...steadyTraffic, minutes }, config });
    feed = await startFeed(live.sandbox);
  };

  afterEach(async () => {
    feed.end();
    await live.close();
  });

  it("says that nothing has been measured, then that it is steady", async () => {
    await open();
    assert.equal(state().now, "Nothing has been measured yet.");
    await live.sandbox.advance(10);
    assert.match(state().now, /^Steady: the stream is used to 50 %/);
  });

  it("says in observe mode what is asked for as what doesn't come, and never that anything is to scale", async () => {
    await open(undefined, { "sluice:mode": "observe" });
    live.sandbox.producer.spike(1.75, 60);
    await live.sandbox.advance(15);
    const { stream, application, now } = state();
    assert.deepEqual([stream.shards, stream.desired, stream.observed], [8, 14, true]);
    assert.deepEqual([application.kpus, application.desired, application.observed], [16, 27, true]);
    assert.match(now, /^Steady: /);
    const told = feed.timeline.entries().filter(({ title }) => /scale/.test(title));
    assert.deepEqual(
      told.map(({ title, state: how }) => [title, how]),
      [
        ["Would scale out from 8 to 14 shards", "noted"],
        ["Would scale out from 16 to 27 KPUs", "noted"],
      ],
    );
    assert.match(told[0]?.why ?? "", /^Utilisation 87.5 %.*scale-out threshold of 75 %\.$/);
  });

  it("says of a deleted stream that it does not exist, not that it scales or throttles; the timeline says it once", async () => {
    await open();
    live.sandbox.producer.spike(3, 60);
    await live.sandbox.advance(3);
    assert.match(state().now, /The stream is to scale out/);
    const { cloud, deployment } = live.sandbox;
    const { streamName: StreamName } = deployment.outputs;
    await cloud.call("kinesis", "DeleteStream", { StreamName, EnforceConsumerDeletion: true }, cloud.deployer);
    await live.sandbox.advance(30);
    const { stream, now } = state();
    assert.equal(stream.status, "MISSING");
    assert.match(now, /^The stream does not exist: what is sent is lost\./);
    assert.doesNotMatch(now, /throttles|stream is to scale|Steady/);
    assert.match(now, /In alarm: .*stream-scaler-silent/);
    const told = feed.timeline.entries().filter(({ title }) => /does not exist/.test(title));
    assert.equal(told.length, 1);
  });

  it("says of a deleted application that it does not exist, not that it scales or is behind", async () => {
    await open();
    live.sandbox.producer.spike(3, 60);
    await live.sandbox.advance(3);
    const { cloud, deployment } = live.sandbox;
    const { applicationName: ApplicationName } = deployment.outputs;
    const described = await cloud.call("kinesisanalytics", "DescribeApplication", { ApplicationName }, cloud.deployer);
    const { CreateTimestamp } = described.ApplicationDetail as { CreateTimestamp: Date };
    await cloud.call("kinesisanalytics", "DeleteApplication", { ApplicationName, CreateTimestamp }, cloud.deployer);
    await live.sandbox.advance(30);
    const { application, now } = state();
    assert.deepEqual([application.status, application.lagSeconds], ["MISSING", 0]);
    assert.match(now, /The application does not exist: nothing is processed\./);
    assert.doesNotMatch(now, /application is to scale|behind|Steady/);
  });

  it("says when the trace is over", async () => {
    await open(5);
    await live.sandbox.advance(4);
    assert.equal(state().producer.status, "SENDING");
    await live.sandbox.advance(1);
    assert.equal(state().producer.status, "OVER");
    assert.match(state().now, /The trace is over: nothing is sent\./);
  });

  it("names a status that is neither at rest nor a scaling's", async () => {
    await open();
    await live.sandbox.advance(3);
    live.sandbox.cloud.flink.maintain(live.sandbox.deployment.outputs.applicationName);
    assert.match(state().now, /The application is MAINTENANCE\./);
  });

  it("knows a failed job by the service, and that an update has started it anew", async () => {
    await open();
    await live.sandbox.advance(3);
    const { flink } = live.sandbox.cloud;
    const { applicationName } = live.sandbox.deployment.outputs;
    flink.stop(applicationName);
    for (let i = 0; i < 500; i++) feed.timeline.command(0, `${i}`);
    assert.equal(state().application.status, "JOB FAILED");
    flink.resume(applicationName);
    assert.equal(state().application.status, "RUNNING");
  });
});
