import { strict as assert } from "node:assert";
import type { DashboardModel } from "../../../components/dashboard/pipelineDashboard";
import { dashboardBody, sortedJson } from "../../../components/dashboard/pipelineDashboard";
import { overlap } from "../../../components/dashboard/layout";
import { bodyProblems } from "../../../components/dashboard/problems";
import type { PlacedWidget } from "../../../components/dashboard/widgets";
import { catalogue, emittedBy, flinkVersion, generations } from "../../../components/metrics/catalogue";
import { compileQueries } from "../../../sandbox/services/cloudwatch/math/compile";
import type { MetricWidget, RowOptions } from "./evaluate";
import { rowsOf } from "./evaluate";
import { fullModel, metricsLevels, model, runtimes } from "./model";

interface Body {
  start: string;
  periodOverride: string;
  variables?: { pattern: string; values: { value: string }[] }[];
  widgets: MetricWidget[];
}

const bodyOf = (of: DashboardModel): Body => dashboardBody(of) as unknown as Body;
const metricWidgets = ({ widgets }: Body): MetricWidget[] => widgets.filter(({ type }) => type === "metric");

/** The axes that a graph's rows are drawn on. */
function sidesOf(metrics: MetricWidget["properties"]["metrics"]): ("left" | "right")[] {
  const visible = metrics.map((row) => row.at(-1) as RowOptions).filter((options) => options.visible !== false);
  return [...new Set(visible.map(({ yAxis }) => yAxis ?? "left"))];
}

/** Every stack of runtimes x metrics levels, with and without what is optional. */
const stacks = runtimes.flatMap((runtime) =>
  metricsLevels.flatMap((metricsLevel) =>
    [model, fullModel].map((build) => ({
      name: `${runtime} ${metricsLevel} ${build.name}`,
      of: build({ runtime, metricsLevel }),
    })),
  ),
);

describe("the dashboard's body", () => {
  for (const { name, of } of stacks) {
    describe(`for ${name}`, () => {
      const body = bodyOf(of);

      it("is valid by the schema, with unique ids and expressions that name ids of their widget", () => {
        assert.deepEqual(bodyProblems(body), []);
      });

      it("has metric math that CloudWatch's grammar accepts, with a time series or several as every visible result", () => {
        for (const widget of metricWidgets(body)) {
          const rows = rowsOf(widget);
          const queries = rows.map(({ options }, index) => ({
            id: options.id ?? `unnamed${index}`,
            label: "",
            expression: options.expression,
          }));
          const scalars = compileQueries(queries).filter(
            ({ kind }, index) => kind === "S" && rows[index]?.options.visible !== false,
          );
          assert.deepEqual(scalars, [], widget.properties.title);
        }
      });

      it("says the unit of every axis of its graphs", () => {
        const bare = metricWidgets(body).flatMap(({ properties: { view, title, metrics, yAxis } }) =>
          view !== "timeSeries" ? [] : sidesOf(metrics).flatMap((side) => (yAxis?.[side]?.label ? [] : [`${title}: ${side}`])),
        );
        assert.deepEqual(bare, []);
      });

      it("stays inside the grid and overlaps nowhere", () => {
        for (const [index, widget] of body.widgets.entries()) {
          assert.ok(widget.x >= 0 && widget.x + widget.width <= 24, `widget ${index}`);
          const others = body.widgets.slice(index + 1) as unknown as PlacedWidget[];
          assert.equal(
            others.findIndex((other) => overlap(widget as unknown as PlacedWidget, other)),
            -1,
            `widget ${index}`,
          );
        }
      });

      it("stays within CloudWatch's limits: 500 widgets, 500 metrics a widget, 2,500 metrics", () => {
        const counts = metricWidgets(body).map(({ properties }) => properties.metrics.length);
        assert.ok(body.widgets.length <= 500);
        assert.ok(Math.max(...counts) <= 500);
        assert.ok(counts.reduce((sum, count) => sum + count, 0) <= 2500);
      });

      it("reads no metric that the runtime does not emit", () => {
        const missing = catalogue.filter((entry) => !emittedBy(entry, of.runtime)).map((entry) => entry.name);
        const read = metricWidgets(body).flatMap((widget) => rowsOf(widget));
        const named = read.map((row) => row.name ?? row.options.expression ?? "");
        for (const name of missing) assert.ok(!named.some((text) => text === name || text.includes(`"${name}"`)), name);
      });

      it("reads only metrics of the catalogue, with the catalogue's dimensions", () => {
        for (const row of metricWidgets(body).flatMap(rowsOf)) {
          if (row.name === undefined) continue;
          const entries = catalogue.filter(({ namespace, name: known }) => namespace === row.namespace && known === row.name);
          const names = Object.keys(row.dimensions).sort();
          const all = { ...of.names, scalerFunctionName: "f", consumerName: "c" };
          const known = entries.map((entry) => Object.keys(entry.dimensions(all)).sort());
          assert.ok(
            known.some((candidate) => candidate.join() === names.join()),
            `${row.namespace} ${row.name} by ${names.join()}`,
          );
        }
      });

      it("has the stack's region everywhere, one-minute periods and unique titles", () => {
        const titles = metricWidgets(body).map(({ properties }) => properties.title);
        assert.equal(new Set(titles).size, titles.length);
        for (const { properties } of body.widgets.filter(({ type }) => type === "metric" || type === "log")) {
          assert.equal(properties.region, "eu-west-1");
        }
        for (const { properties } of metricWidgets(body)) assert.equal(properties.period, 60);
      });
    });
  }

  it("obeys the widgets' periods whatever the time range, since the signals divide a minute's sums", () => {
    assert.equal(bodyOf(model()).periodOverride, "inherit");
  });

  it("shows the six sections in order", () => {
    const headings = bodyOf(model()).widgets.filter(({ type }) => type === "text");
    const markdown = headings.map(({ properties }) => (properties as unknown as { markdown: string }).markdown);
    assert.deepEqual(
      markdown.filter((text) => text.startsWith("#")).map((text) => text.split("\n")[0]),
      [
        "# Pipeline dev",
        "## Application health",
        "## Resource utilisation",
        "## Flink application progress",
        "## Kinesis source and sink",
        "## Scaling",
      ],
    );
  });

  it("shows uptime, downtime and full restarts on Flink 1.x, and the state metrics on 2.2", () => {
    const named = (runtime: string): Set<string | undefined> =>
      new Set(metricWidgets(bodyOf(model({ runtime }))).flatMap((widget) => rowsOf(widget).map(({ name }) => name)));
    const [one, two] = [named("FLINK-1_20"), named("FLINK-2_2")];
    for (const name of ["uptime", "downtime", "fullRestarts"])
      assert.deepEqual([one.has(name), two.has(name)], [true, false], name);
    for (const name of ["runningTime", "restartingTime", "numRestarts"]) {
      assert.deepEqual([one.has(name), two.has(name)], [false, true], name);
    }
  });

  it("searches by task from metrics level TASK on, and says what is missing below", () => {
    const searches = (metricsLevel: string): string[] =>
      metricWidgets(bodyOf(model({ metricsLevel })))
        .flatMap(rowsOf)
        .map(({ options }) => options.expression ?? "")
        .filter((expression) => expression.includes("Application,Task"));
    assert.deepEqual(
      metricsLevels.map((level) => searches(level).length),
      [0, 8, 8, 8],
    );
    const texts = JSON.stringify(bodyOf(model({ metricsLevel: "APPLICATION" })));
    assert.match(texts, /need metrics level TASK, OPERATOR or PARALLELISM/);
  });

  it("has busy, back-pressured and idle time from Flink 1.13 on only", () => {
    const has = (runtime: string): boolean => JSON.stringify(bodyOf(fullModel({ runtime }))).includes("busyTimeMsPerSecond");
    assert.deepEqual(runtimes.map(has), [false, true, true, true, true]);
  });

  it("lets the reader choose the reporting level where the metrics level leaves a choice", () => {
    const variablesOf = (metricsLevel: string) => bodyOf(model({ metricsLevel })).variables;
    assert.equal(variablesOf("APPLICATION"), undefined);
    assert.equal(variablesOf("TASK"), undefined);
    assert.equal(variablesOf("OPERATOR")?.[0]?.values.length, 3);
    assert.equal(variablesOf("PARALLELISM")?.[0]?.values.length, 5);
  });

  it("replaces by the chooser's pattern nothing but the schema of the SEARCHes by level", () => {
    const body = bodyOf(fullModel({ metricsLevel: "PARALLELISM" }));
    const pattern = body.variables?.[0]?.pattern ?? "";
    const hits = body.widgets.flatMap((widget) => JSON.stringify(widget).match(new RegExp(pattern, "g")) ?? []);
    const schemas = JSON.stringify(body.widgets).match(/\{AWS\/KinesisAnalytics,Application,Task\}/g) ?? [];
    assert.equal(hits.length, 8);
    assert.equal(schemas.length, hits.length);
  });

  it("shows hot shards only with shard-level metrics on", () => {
    const has = (shardLevelMetrics: boolean): boolean => JSON.stringify(bodyOf(model({ shardLevelMetrics }))).includes("ShardId");
    assert.deepEqual([has(false), has(true)], [false, true]);
  });

  it("has all alarms, a hundred a widget, and no alarm widget without alarms", () => {
    const alarmsOf = (count: number): number[] =>
      bodyOf(model({ alarmArns: Array.from({ length: count }, (_, index) => `arn:aws:cloudwatch:x:1:alarm:${index}`) }))
        .widgets.filter(({ type }) => type === "alarm")
        .map(({ properties }) => (properties as unknown as { alarms: string[] }).alarms.length);
    assert.deepEqual([alarmsOf(0), alarmsOf(2), alarmsOf(201)], [[], [2], [100, 100, 1]]);
  });

  it("is the same text for the same arguments, whatever the order of their keys", () => {
    const one = fullModel({ metricsLevel: "OPERATOR" });
    const reversed = Object.fromEntries(Object.entries(one).reverse()) as unknown as DashboardModel;
    reversed.streamScaling = Object.fromEntries(Object.entries(one.streamScaling).reverse()) as DashboardModel["streamScaling"];
    assert.equal(sortedJson(dashboardBody(reversed)), sortedJson(dashboardBody(one)));
  });

  it("refuses a runtime that is not Flink's", () => {
    assert.throws(() => dashboardBody(model({ runtime: "SQL-1_0" })), /runtime "SQL-1_0" is not a Flink runtime/);
  });

  it("covers every generation that the catalogue knows", () => {
    assert.deepEqual([...new Set(runtimes.map((runtime) => `${flinkVersion(runtime)[0]}.x`))], ["1.x", "2.x"]);
    assert.deepEqual([...new Set(catalogue.flatMap(generations))].sort(), ["1.x", "2.x"]);
  });
});

describe("sorted JSON", () => {
  it("orders the keys of nested objects and keeps the order of arrays", () => {
    assert.equal(sortedJson({ b: [{ d: 1, c: null }, 2], a: "x" }), '{"a":"x","b":[{"c":null,"d":1},2]}');
  });

  it("leaves undefined values out", () => {
    assert.equal(sortedJson({ b: undefined, a: 1 }), '{"a":1}');
  });
});
