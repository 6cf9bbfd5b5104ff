import { strict as assert } from "node:assert";
import { OverviewDashboard } from "../../../components";
import { logGroupUrl } from "../../../components/dashboard/console";
import { validateOverviewDashboard, type OverviewModel } from "../../../components/dashboard/overview/overviewArgs";
import { overviewBody, pageName, pagesOf } from "../../../components/dashboard/overview/overviewBody";
import { bodyProblems } from "../../../components/dashboard/problems";
import { mostPipelines } from "../../../components/scaler/rolePolicies";
import { record, resourcesOf } from "../../support/recorder";
import { evaluate, numbers, type MetricWidget } from "./evaluate";
import { fullModel, overview } from "./model";

type Body = { widgets: (MetricWidget & { properties: { markdown?: string; alarms?: string[]; states?: string[] } })[] };
const bodyOf = (model: OverviewModel, page = 0) => overviewBody(model, page) as unknown as Body;
const titled = ({ widgets }: Body, title: string) => widgets.find(({ properties }) => properties.title === title)!;

describe("the overview of several pipelines", () => {
  it("is a body that CloudWatch takes, with one pipeline and with as many as a scaler takes: in pages", () => {
    for (const count of [1, 3, 40, 41, mostPipelines]) {
      const model = overview(count);
      for (let page = 0; page < pagesOf(count); page++)
        assert.deepEqual(bodyProblems(overviewBody(model, page)), [], `${count}, ${page}`);
    }
    assert.deepEqual([1, 40, 41, mostPipelines].map(pagesOf), [1, 1, 2, 4]);
  });

  it("shows of each pipeline its links, what is not OK, capacity within bounds, utilisation and cost", () => {
    const body = bodyOf(overview(2));
    const titles = body.widgets.flatMap(({ properties }) => properties.title ?? []);
    assert.deepEqual(titles.slice(0, 2), ["Cost by pipeline", "Cost of all pipelines"]);
    for (const name of ["p0", "p1"]) {
      const own = ["alarms that are not OK", "capacity", "utilisation", "cost"].map((about) => `${name}: ${about}`);
      assert.ok(
        own.every((title) => titles.includes(title)),
        titles.join(", "),
      );
      assert.ok(
        body.widgets.some(({ properties }) => properties.markdown?.startsWith(`### [${name}](https://console/${name})\n`)),
      );
      const alarms = titled(body, `${name}: alarms that are not OK`).properties;
      assert.deepEqual([alarms.alarms, alarms.states], [fullModel().alarmArns, ["ALARM", "INSUFFICIENT_DATA"]]);
    }
    const capacity = titled(body, "p1: capacity").properties.metrics.map((row) => [
      row[1],
      row[3],
      (row.at(-1) as { label: string }).label,
    ]);
    assert.deepEqual(capacity, [
      ["ActualCapacity", "dev-p1-stream", "shards there (1 to 64)"],
      ["DesiredCapacity", "dev-p1-stream", "shards asked for"],
      ["ActualCapacity", "dev-p1-flink", "KPUs there (1 to 32)"],
      ["DesiredCapacity", "dev-p1-flink", "KPUs asked for"],
    ]);
  });

  it("has a row of the grid for each pipeline", () => {
    const own = bodyOf(overview(3)).widgets.slice(3);
    assert.equal(own.length, 15);
    const rows = [0, 5, 10].map((from) => own.slice(from, from + 5));
    assert.deepEqual(
      rows.map((row) => [new Set(row.map(({ y }) => y)).size, row.reduce((sum, { width }) => sum + width, 0)]),
      [
        [1, 24],
        [1, 24],
        [1, 24],
      ],
    );
  });

  it("counts shards, KPUs and the one for orchestration by the hour, and adds up what was spent in the time shown", () => {
    // 60 minutes of 10 shards and 9 KPUs: 0.15 + 1.10 an hour.
    const hour = Array.from({ length: 60 }, () => 0);
    const series = (_name: string, _stat: string, { dimensions }: { dimensions: Record<string, string> }) =>
      hour.map(() => (dimensions["Dimension"]!.endsWith("stream") ? 10 : 9));
    const own = evaluate(titled(bodyOf(overview(2)), "p0: cost"), series);
    const last = (id: string, of: typeof own) => Number(numbers(of.get(id)).at(-1)!.toFixed(6));
    assert.deepEqual([last("cost", own), last("soFar", own)], [1.25, 1.25]);
    const all = evaluate(titled(bodyOf(overview(2)), "Cost of all pipelines"), series);
    assert.deepEqual([last("all", all), last("soFar", all)], [2.5, 2.5]);
    const dearer = evaluate(
      titled(
        bodyOf(overview(1, { prices: { shardHourUsd: 0.1, kpuHourUsd: 1, putPayloadUnitsMillionUsd: undefined } })),
        "p0: cost",
      ),
      series,
    );
    assert.equal(last("cost", dearer), 11);
  });

  it("draws the utilisation as the pipelines' own dashboards do, under ids that don't meet", () => {
    const rows = titled(bodyOf(overview(1)), "p0: utilisation").properties.metrics;
    const visible = rows
      .map((row) => row.at(-1) as { visible?: boolean; label?: string })
      .filter(({ visible: shown }) => shown !== false);
    assert.deepEqual(
      visible.map(({ label }) => label),
      ["stream %", "application %"],
    );
    const ids = rows.map((row) => (row.at(-1) as { id: string }).id);
    assert.equal(new Set(ids).size, rows.length);
  });

  it("leads from each page to every dashboard and to the other pages, and has what is about all on the first one", () => {
    const model = overview(41);
    const [first, second] = [bodyOf(model, 0), bodyOf(model, 1)];
    const text = ({ widgets }: Body) => widgets[0]!.properties.markdown!;
    for (const body of [first, second])
      for (const { title, dashboardUrl } of model.pipelines) assert.ok(text(body).includes(`[${title}](${dashboardUrl})`));
    assert.ok(text(first).includes(`[Scaler's log](${logGroupUrl("eu-west-1", "/sluice/dev/scaler")})`));
    assert.match(text(first), /\[Page 2\]\(.*dashboard\/all-2\)/);
    assert.match(text(second), /\[Page 1\]\(.*dashboard\/all\)/);
    assert.equal(titled(second, "Cost by pipeline"), undefined);
    assert.ok(titled(second, "p40: capacity") && !titled(second, "p39: capacity"));
    assert.deepEqual(
      [0, 1].map((page) => pageName("all", page)),
      ["all", "all-2"],
    );
  });

  it("is a component: a dashboard for each page", async () => {
    const model = overview(41);
    const recording = await record(() => {
      const { dashboardName, title, pipelines, scalerLogGroup } = model;
      const { url } = new OverviewDashboard("all", { dashboardName, title, pipelines, scalerLogGroup });
      return { url };
    });
    const dashboards = resourcesOf(recording, "aws:cloudwatch/dashboard:Dashboard");
    assert.deepEqual(dashboards.map(({ name, inputs }) => [name, inputs["dashboardName"]]).sort(), [
      ["all-dashboard", "all"],
      ["all-dashboard-2", "all-2"],
    ]);
    assert.match(String(recording.outputs["url"]), /#dashboards\/dashboard\/all$/);
  });

  it("is refused without pipelines, and with more than one widget holds the costs of", () => {
    const of = (count: number) => validateOverviewDashboard(overview(count)).map(({ path, value }) => [path, value]);
    assert.deepEqual([of(0), of(1), of(160), of(161)], [[["pipelines", 0]], [], [], [["pipelines", 161]]]);
    assert.deepEqual(bodyProblems(overviewBody(overview(160), 0)), []);
  });
});
