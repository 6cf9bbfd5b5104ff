import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { ScalingChange } from "../../sandbox/report/report";
import { scalingChange } from "../../sandbox/report/scalingEvents";
import { readTrace } from "../../sandbox/traffic/trace";
import { traceTraffic } from "../../sandbox/traffic/traffic";
import { resourceOf } from "./support/deployed";
import { filesOf, minutesSince, openPipeline, phases, root, type PipelineRun, type Settings } from "./support/pipelineRun";
import { secondUp } from "./support/secondUp";

const folder = "examples/stacks";
const dimensions = ["stream", "flink"] as const;
type Dimension = (typeof dimensions)[number];

/** The stacks, each with the trace that its header plays. */
const examples = Object.fromEntries(
  fs.readdirSync(path.join(root, folder)).flatMap((file) => {
    const stack = /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1];
    return stack === undefined ? [] : [[stack, traceOf(file)]];
  }),
);

function traceOf(file: string): string {
  const header = /^(#.*\n)+/.exec(fs.readFileSync(path.join(root, folder, file), "utf8"))?.[0] ?? "";
  const trace = new RegExp(`npm start -- --config-file ${folder}/${file} --trace (${folder}/\\w+\\.csv)`).exec(header)?.[1];
  assert.ok(trace, `${file} says in its header how to run it`);
  return trace;
}

const fileOf = (stack: string) => path.join(root, folder, `Pulumi.${stack}.yaml`);
const trafficOf = (stack: string) => traceTraffic(readTrace(path.join(root, examples[stack]!)));
const open = (stack: string, traffic: Settings["traffic"] = trafficOf(stack)) =>
  openPipeline({ stack, configFile: fileOf(stack), traffic });
const changesOf = (run: PipelineRun, dimension: Dimension) => run.changes.filter((change) => change.dimension === dimension);
/** Directions, neighbours made one. */
const turnsOf = (changes: readonly ScalingChange[]) =>
  changes.map(({ from, to }) => (to > from ? "out" : "in")).filter((way, i, all) => way !== all[i - 1]);
const errorsOf = (run: PipelineRun) => run.lines.filter(({ sluice }) => sluice === "error");

describe("the example stacks, as npm start runs them", function () {
  this.timeout(120_000);
  const scaling = ["workshop", "lag-driven", "target-tracking"];

  it("are all played here", () => {
    for (const stack of Object.keys(examples)) assert.ok(trafficOf(stack).minutes! > 60, stack);
    assert.deepEqual(Object.keys(examples).sort(), [...scaling, "office-hours", "observe-first", "three-pipelines"].sort());
  });

  for (const stack of scaling)
    it(`${stack}: scales out and in, settles, and nothing is refused or lost`, async () => {
      const traffic = trafficOf(stack);
      const run = await open(stack, traffic);
      await run.advance(traffic.minutes!);
      for (const dimension of dimensions) {
        const changes = changesOf(run, dimension);
        assert.deepEqual(turnsOf(changes), ["out", "in"], dimension);
        const last = minutesSince(run.minutes[0]!.time, changes.at(-1)!.time);
        assert.ok(last < traffic.minutes! - 10, `${dimension} scales until the end: ${last} min`);
      }
      const { stream, flink } = run.report();
      assert.deepEqual([stream!.rejectedUpdates, flink!.rejectedUpdates, stream!.lostRecords], [0, 0, 0]);
      assert.deepEqual([errorsOf(run), run.last().flink!.lagSeconds], [[], 0]);
    });

  it("workshop: by as many KPUs as the blog's steps say", async () => {
    const run = await open("workshop");
    await run.advance(90);
    const steps = changesOf(run, "flink").map(({ from, to }) => to - from);
    assert.equal(steps[0], 8);
    assert.ok(
      steps.slice(1).every((step) => [-1, -2, -3, -4].includes(step)),
      String(steps),
    );
  });
});

describe("the example three-pipelines", function () {
  this.timeout(60_000);

  it("scales each pipeline out and in by itself, and settles", async () => {
    const traffic = trafficOf("three-pipelines");
    const run = await open("three-pipelines", traffic);
    await run.advance(traffic.minutes!);
    const names = run.deployment.pipelines.map(({ config }) => config.pipeline);
    assert.deepEqual(names, ["orders", "clicks", "audit"]);
    for (const { outputs } of run.deployment.pipelines)
      for (const [key, name] of [
        ["stream", outputs.streamName],
        ["application", outputs.applicationName],
      ] as const) {
        const changes = run.events.flatMap((event) => (event.detail[key] === name ? (scalingChange(event) ?? []) : []));
        assert.deepEqual(turnsOf(changes), ["out", "in"], `${key} ${name}`);
        assert.ok(minutesSince(run.begin, changes.at(-1)!.time) < traffic.minutes! - 10, `${key} ${name} scales until the end`);
      }
    assert.deepEqual(errorsOf(run), []);
  });
});

describe("the example observe-first", function () {
  this.timeout(60_000);

  it("tells that it would scale out and in, and changes nothing; then acts one dimension at a time", async () => {
    const run = await open("observe-first");
    const would = (id: string) =>
      run.lines.flatMap(({ action, id: of, reason }) => {
        const [, from, to] = /would call \w+ from (\d+) to (\d+)/.exec(reason) ?? [];
        return action === "observe" && of.endsWith(id) ? [Math.sign(Number(to) - Number(from))] : [];
      });
    await run.advance(120);
    assert.deepEqual([run.changes, errorsOf(run)], [[], []]);
    for (const id of dimensions) assert.deepEqual([...new Set(would(id))], [1, -1], id);

    for (const [acts, config] of [
      ["stream", { streamMode: "act" }],
      ["flink", { streamMode: "act", applicationMode: "act" }],
    ] as const) {
      const before = run.changes.length;
      await secondUp(run, filesOf("observe-first", config, fileOf("observe-first")));
      run.producer.play(phases([25, 9_000]));
      await run.advance(25);
      const changed = run.changes.slice(before);
      assert.ok(
        changed.some(({ dimension, from, to }) => dimension === acts && to > from),
        `${acts} out`,
      );
      if (acts === "stream") assert.deepEqual(changesOf(run, "flink"), []);
    }
    assert.deepEqual(errorsOf(run), []);
  });
});

describe("the example office-hours", function () {
  this.timeout(60_000);
  const files = (config: Record<string, unknown> = {}) => filesOf("office-hours", config, fileOf("office-hours"));
  const target = (dimension: Dimension) => `office-hours-${dimension}-target`;

  const minimums = async (run: PipelineRun) =>
    Promise.all(
      dimensions.map(async (dimension) => {
        const { id } = resourceOf(run, "aws:appautoscaling/target:Target", target(dimension)).deployed;
        const input = { ServiceNamespace: "custom-resource", ResourceIds: [id] };
        const answer = await run.cloud.call("application-autoscaling", "DescribeScalableTargets", input, run.cloud.deployer);
        return answer.ScalableTargets[0].MinCapacity as number;
      }),
    );
  const capacities = (run: PipelineRun) => [run.last().stream!.shards, run.last().flink!.kpus];
  const to = (run: PipelineRun, time: string) => run.advance(minutesSince(run.cloud.clock.now(), Date.parse(time)));
  /** Few records at any time: what is there is there by schedule. */
  const quiet = (start: string) => ({ name: "quiet", start: Date.parse(start), rate: () => 300 });

  it("raises the minimum at the local times, over midnight too, and gives it back; no pulumi up disturbs it", async () => {
    // Berlin is an hour ahead of UTC in winter.
    const run = await open("office-hours", quiet("2026-01-04T20:45:00Z"));
    await to(run, "2026-01-04T20:59:00Z");
    assert.deepEqual(
      [await minimums(run), capacities(run)],
      [
        [1, 1],
        [1, 2],
      ],
    );
    await to(run, "2026-01-04T21:00:00Z");
    assert.deepEqual(await minimums(run), [3, 6]);
    await to(run, "2026-01-04T23:30:00Z");
    assert.deepEqual(
      [await minimums(run), capacities(run)],
      [
        [3, 6],
        [3, 6],
      ],
    );
    await to(run, "2026-01-05T03:59:00Z");
    assert.deepEqual(await minimums(run), [3, 6]);
    await to(run, "2026-01-05T04:00:00Z");
    assert.deepEqual(await minimums(run), [1, 1]);
    await to(run, "2026-01-05T06:29:00Z");
    assert.deepEqual(
      [await minimums(run), capacities(run)],
      [
        [1, 1],
        [1, 1],
      ],
    );
    await to(run, "2026-01-05T06:45:00Z");
    assert.deepEqual(
      [await minimums(run), capacities(run)],
      [
        [8, 16],
        [8, 16],
      ],
    );

    assert.deepEqual(await secondUp(run, files(), { preview: true }), { created: [], updated: {}, replaced: [], deleted: [] });
    await secondUp(run, files({ scaleOutPercent: 80, maxShards: 32 }));
    assert.deepEqual(await minimums(run), [8, 16]);

    const without = files({ scaleOutPercent: 80, maxShards: 32, streamScaling: {}, applicationScaling: {} });
    const plan = await secondUp(run, without);
    assert.deepEqual(
      Object.keys(plan.updated).filter((name) => name.endsWith("-target")),
      dimensions.map(target),
    );
    assert.deepEqual([await minimums(run), plan.deleted.length], [[1, 1], 8]);
    assert.deepEqual([run.report().stream!.rejectedUpdates, errorsOf(run)], [0, []]);
  });

  it("refuses a maximum below the minimum of an open window, as AWS does, until the window closes or the minimum is set by hand", async () => {
    const window = { days: "MON-FRI", from: "07:30", to: "08:30", timezone: "Europe/Berlin" };
    const shards = (maxShards: number, minimum: number) => ({
      maxShards,
      streamScaling: { targetPercent: 50, scaleInPercent: 30, schedule: [{ minimum, ...window }] },
    });
    const opened = async () => {
      const traffic = quiet("2026-01-05T06:25:00Z");
      const run = await openPipeline({
        stack: "office-hours",
        configFile: fileOf("office-hours"),
        config: shards(64, 8),
        traffic,
      });
      await to(run, "2026-01-05T06:45:00Z");
      const message = "Maximum capacity cannot be less than minimum capacity";
      await assert.rejects(secondUp(run, files(shards(4, 4))), { name: "ValidationException", message });
      assert.deepEqual(await minimums(run), [8, 16]);
      return run;
    };
    const byHand = await opened();
    const { id } = resourceOf(byHand, "aws:appautoscaling/target:Target", target("stream")).deployed;
    const key = {
      ServiceNamespace: "custom-resource",
      ScalableDimension: "custom-resource:ResourceType:Property",
      ResourceId: id,
    };
    const set = { ...key, MinCapacity: 4 };
    await byHand.cloud.call("application-autoscaling", "RegisterScalableTarget", set, byHand.cloud.deployer);
    await secondUp(byHand, files(shards(4, 4)));
    await byHand.advance(5);
    assert.deepEqual(
      [await minimums(byHand), capacities(byHand)],
      [
        [4, 16],
        [4, 16],
      ],
    );

    const closed = await opened();
    await to(closed, "2026-01-05T07:31:00Z");
    await secondUp(closed, files(shards(4, 4)));
    assert.deepEqual(await minimums(closed), [1, 16]);
  });

  it("opens at the same local time in summer, and not at the weekend", async () => {
    const run = await open("office-hours", quiet("2026-07-05T05:20:00Z"));
    await to(run, "2026-07-05T05:40:00Z");
    assert.deepEqual(await minimums(run), [1, 1]);
    const monday = await open("office-hours", quiet("2026-07-06T05:20:00Z"));
    await to(monday, "2026-07-06T05:29:00Z");
    assert.deepEqual(await minimums(monday), [1, 1]);
    await to(monday, "2026-07-06T05:30:00Z");
    assert.deepEqual(await minimums(monday), [8, 16]);
  });
});
