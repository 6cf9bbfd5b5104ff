import * as assert from "node:assert/strict";
import { observeAll } from "../../sandbox/observe";
import type { MinuteRecord } from "../../sandbox/traffic/minuteRecord";
import { filesOf, openPipeline, phases, steady, type PipelineRun } from "./support/pipelineRun";
import { resourceOf } from "./support/deployed";
import { secondUp } from "./support/secondUp";

/** Of 8 shards and 16 KPUs of 30,000 records a minute: half of both. */
const half = 4_000;
const pipelines = {
  orders: {},
  clicks: { scaleOutPercent: 90, scaleInMinutes: 20, scaleInDatapoints: 20, scaleInCooldownSeconds: 1200 },
  adverts: { maxShards: 8 },
};
const names = Object.keys(pipelines);

describe("three pipelines on one scaler, each with traffic and thresholds of its own", function () {
  this.timeout(60_000);
  let run: PipelineRun;
  let minutes: Record<string, MinuteRecord[]>;
  let reports: ReturnType<typeof observeAll>;

  before(async () => {
    run = await openPipeline({
      stack: "dev",
      traffic: steady(half),
      config: { pipelines },
    });
    const silent = { minute: () => {}, notice: () => {}, decision: () => {}, end: () => {} };
    reports = observeAll(run, 500, silent);
    minutes = Object.fromEntries(names.map((name) => [name, []]));
    run.pipelines.forEach(({ producer }, i) => producer.subscribe((record) => minutes[names[i]!]!.push(record)));
    // 80 % of what is there is too much for orders alone; 100 % for clicks too, half an hour later.
    const [orders, clicks] = run.pipelines;
    orders!.producer.play(phases([5, half], [10, 6_400], [60, 1_500]));
    clicks!.producer.play(phases([5, half], [10, 6_400], [20, half], [10, 8_000], [60, 1_500]));
    await run.advance(85);
  });

  const changesOf = (name: string) =>
    run.events.flatMap(({ type, detail, time }) => {
      if (detail.stream !== `sluice-dev-${name}` && detail.application !== `sluice-dev-${name}`) return [];
      if (type !== "UpdateShardCountStarted" && type !== "UpdateStarted") return [];
      const minute = Math.round((time - run.begin) / 60_000);
      return [{ of: detail.stream ? "shards" : "KPUs", out: Number(detail.to) > Number(detail.from), minute }];
    });

  it("are deployed under the stack's and their own names", () => {
    assert.deepEqual(
      run.deployment.pipelines.map(({ config, outputs }) => [config.identity, outputs.streamName, outputs.applicationName]),
      names.map((name) => [`dev-${name}`, `sluice-dev-${name}`, `sluice-dev-${name}`]),
    );
    assert.equal(new Set(run.deployment.pipelines.map(({ outputs }) => outputs.scalerFunctionName)).size, 1);
  });

  it("scale out and in by their own traffic and thresholds: one early, one late, one not at all", () => {
    const [orders, clicks, adverts] = names.map(changesOf) as [
      ReturnType<typeof changesOf>,
      ReturnType<typeof changesOf>,
      ReturnType<typeof changesOf>,
    ];
    for (const [changes, from, to] of [
      [orders, 5, 15],
      [clicks, 35, 45],
    ] as const)
      for (const of of ["shards", "KPUs"]) {
        const out = changes.filter((change) => change.of === of && change.out);
        assert.ok(
          out.length > 0 && out.every(({ minute }) => minute > from && minute <= to + 2),
          `${of}: ${JSON.stringify(out)}`,
        );
      }
    for (const [changes, after] of [
      [orders, 15 + 10],
      [clicks, 45 + 20],
    ] as const)
      for (const of of ["shards", "KPUs"]) {
        const back = changes.filter((change) => change.of === of && !change.out);
        assert.ok(back.length > 0 && back.every(({ minute }) => minute >= after), `${of}: ${JSON.stringify(back)}`);
      }
    assert.deepEqual(adverts, []);
    for (const { stream, flink } of minutes["adverts"]!) assert.deepEqual([stream!.shards, flink!.kpus], [8, 16]);
  });

  it("are each reported by themselves", () => {
    const results = reports.map((report) => report.result());
    assert.deepEqual(
      results.map(({ pipeline }) => pipeline),
      names,
    );
    results.forEach((result, i) => {
      const own = changesOf(names[i]!);
      assert.deepEqual(
        [result.stream!.reshards, result.flink!.rescales],
        ["shards", "KPUs"].map((of) => own.filter((change) => change.of === of).length),
      );
      assert.equal(result.stream!.lostRecords, 0);
    });
    assert.deepEqual(
      results.map(({ stream }) => stream!.peakShards > 8),
      [true, true, false],
    );
  });

  it("need nothing that the scaler's role lacks, and its policies name no other stream", async () => {
    const refused = run.lines.filter(({ reason }) => /AccessDenied|not authorized/.test(reason));
    assert.deepEqual(refused, []);
    const role = resourceOf(run, "aws:iam/role:Role", "dev-scaler-role").deployed;
    const { Statement } = JSON.parse(String(resourceOf(run, "aws:iam/policy:Policy").inputs["policy"])) as {
      Statement: { Resource: string[] }[];
    };
    assert.deepEqual(
      Statement.map(({ Resource }) => Resource.length),
      [3, 3],
    );
    const unused = run.cloud.iam.unusedPermissions(String(role.state["arn"])).map(({ resource }) => resource ?? "");
    assert.deepEqual(
      unused.filter((resource) => resource.includes("sluice-dev-")),
      [],
    );
    await run.cloud.call("kinesis", "CreateStream", { StreamName: "foreign", ShardCount: 1 }, run.cloud.deployer);
    const scaler = { arn: String(role.state["arn"]), account: run.cloud.account };
    await assert.rejects(
      run.cloud.call("kinesis", "DescribeStreamSummary", { StreamName: "foreign" }, scaler as never),
      /not authorized/,
    );
  });

  it("have one dashboard over all that CloudWatch stores", async () => {
    assert.equal(run.deployment.overview, "sluice-dev-overview");
    const { DashboardBody } = await run.cloud.call(
      "cloudwatch",
      "GetDashboard",
      { DashboardName: "sluice-dev-overview" },
      run.cloud.deployer,
    );
    for (const name of names) assert.ok(DashboardBody.includes(`"${name}: capacity"`), name);
  });

  it("are no drift after they have scaled, and one that is taken out goes alone", async () => {
    const again = await secondUp(run, filesOf("dev", { pipelines }), { preview: true });
    assert.deepEqual(again, { created: [], updated: {}, replaced: [], deleted: [] });
    const { adverts: _goes, ...stay } = pipelines;
    const plan = await secondUp(run, filesOf("dev", { pipelines: stay }));
    assert.deepEqual([plan.created, plan.replaced], [[], []]);
    assert.deepEqual(Object.keys(plan.updated).sort(), ["dev-overview-dashboard", "dev-scaler-policy-1"]);
    assert.ok(plan.deleted.length > 30 && plan.deleted.every((name) => name.startsWith("dev-adverts-")), plan.deleted.join());
    const before = run.lines.length;
    await run.advance(3);
    const since = run.lines.slice(before);
    assert.deepEqual(
      since.filter(({ id, reason }) => id.includes("adverts") || /AccessDenied|not authorized/.test(reason)),
      [],
    );
  });
});
