import { strict as assert } from "node:assert";
import { dashboardBody } from "../../../components/dashboard/pipelineDashboard";
import { extraWidgetProblems } from "../../../components/dashboard/extraWidgets";
import { bodyProblems } from "../../../components/dashboard/problems";
import { model } from "./model";

const graph = (properties: Record<string, unknown> = {}) => ({
  type: "metric",
  properties: { region: "eu-west-1", metrics: [["AWS/SQS", "NumberOfMessagesSent", "QueueName", "q"]], ...properties },
});

const problemsOf = (...widgets: unknown[]): string[] =>
  extraWidgetProblems(widgets, key).map(({ path, reason }) => `${path} ${reason}`);
const key = "extraWidgets";

interface Placed {
  type: string;
  x: number;
  y: number;
  properties: { markdown?: string; title?: string };
}

const widgetsWith = (...extra: unknown[]): Placed[] => {
  const { widgets } = dashboardBody(model({ extraWidgets: JSON.stringify(extra) })) as unknown as { widgets: Placed[] };
  return widgets;
};

describe("extra widgets", () => {
  const own = (dashboardBody(model()).widgets as { y: number; height: number }[]).reduce(
    (y, w) => Math.max(y, w.y + w.height),
    0,
  );

  it("of every type are accepted", () => {
    const all = [
      graph(),
      graph({ view: "gauge", yAxis: { left: { min: 0, max: 10 } } }),
      graph({ view: "singleValue", sparkline: true }),
      graph({
        metrics: [["A", "M", { id: "m1" }], [{ expression: "m1 * 2", id: "e1" }], ["...", { period: 300, stat: "p99.9" }]],
      }),
      { type: "metric", properties: { region: "x", annotations: { alarms: ["arn:aws:cloudwatch:x:1:alarm:a"] } } },
      graph({
        annotations: { horizontal: [{ value: 1 }, [{ value: 2 }, { value: 3 }]], vertical: [{ value: "2026-03-01T00:00:00Z" }] },
      }),
      { type: "text", properties: { markdown: "# Hello" } },
      { type: "log", properties: { region: "x", query: "SOURCE 'a' | fields @message", view: "table" } },
      { type: "alarm", properties: { alarms: ["arn:aws:cloudwatch:x:1:alarm:a"] } },
      { type: "custom", properties: { endpoint: "arn:aws:lambda:x:1:function:f", params: { a: 1 } } },
    ];
    assert.deepEqual(problemsOf(...all), []);
  });

  it("without a place come in rows below a heading of their own", () => {
    const widgets = widgetsWith(graph({ title: "one" }), graph({ title: "two" }));
    const [heading, one, two] = widgets.slice(-3);
    assert.deepEqual([heading?.properties.markdown, heading?.y], ["## Further widgets", own]);
    assert.deepEqual([one?.x, one?.y, two?.x, two?.y], [0, own + 1, 6, own + 1]);
    assert.deepEqual(bodyProblems({ widgets }), []);
  });

  it("with a place keep it, counted from below the dashboard's own", () => {
    const [placed, free] = widgetsWith({ ...graph(), x: 6, y: 2, width: 12, height: 3 }, graph()).slice(-2);
    assert.deepEqual([placed?.x, placed?.y], [6, own + 3]);
    assert.deepEqual([free?.x, free?.y], [0, own + 6]);
  });

  it("add nothing when the list is empty", () => {
    assert.equal(widgetsWith().length, widgetsWith(graph()).length - 2);
  });

  it("that are not valid are all named, with their paths", () => {
    const wrong = [
      { type: "chart", properties: {} },
      graph({ view: "area", region: 5 }),
      { type: "text", properties: { text: "hello" } },
      { ...graph(), x: 3 },
    ];
    assert.deepEqual(problemsOf(...wrong), [
      `${key}[0].type must be one of metric, text, log, alarm, explorer, custom`,
      `${key}[1].properties.region must be string`,
      `${key}[1].properties.view must be one of timeSeries, singleValue, gauge, bar, pie, table`,
      `${key}[2].properties.markdown is required`,
      `${key}[2].properties.text is not known here`,
      `${key}[3].y is required`,
    ]);
  });

  const refusals: [string, unknown, string][] = [
    ["a list that is no list", { type: "text" }, `${key} must be array`],
    [
      "a gauge without both ends of its scale",
      graph({ view: "gauge", yAxis: { left: { min: 0 } } }),
      "properties.yAxis.left.max is required",
    ],
    ["a metric widget without a region", { type: "metric", properties: { metrics: [] } }, "properties.region is required"],
    [
      "a metric widget without metrics or an alarm",
      { type: "metric", properties: { region: "x" } },
      "properties.metrics is required",
    ],
    [
      "lines beside an alarm",
      graph({ metrics: [], annotations: { alarms: ["a"], horizontal: [] } }),
      "annotations.horizontal boolean schema is false",
    ],
    ["metrics beside an alarm", graph({ annotations: { alarms: ["a"] } }), "properties.metrics must NOT have more than 0 items"],
    [
      "a curve beside anything but a single value",
      graph({ view: "bar", sparkline: true }),
      "properties.view must be equal to constant",
    ],
    ["a period that is not whole minutes", graph({ period: 90 }), "properties.period must be multiple of 60"],
    ["a statistic that CloudWatch does not have", graph({ stat: "Median" }), "properties.stat must match pattern"],
    [
      "more than 500 metrics",
      graph({ metrics: Array.from({ length: 501 }, () => ["A", "B"]) }),
      "metrics must NOT have more than 500 items",
    ],
    [
      "an expression of an id that is not there",
      graph({ metrics: [[{ expression: "m1 * 2", id: "e1" }]] }),
      "metrics[0] is not the id of a row",
    ],
    [
      "an id used twice",
      graph({
        metrics: [
          ["A", "B", { id: "m" }],
          ["A", "C", { id: "m" }],
        ],
      }),
      "metrics[1] is used twice",
    ],
    ["an id that begins with a capital", graph({ metrics: [["A", "B", { id: "M" }]] }), "metrics[0][2].id must match pattern"],
    [
      "a dimension without a value",
      graph({ metrics: [["A", "B", "QueueName"]] }),
      "metrics[0] must be namespace, name and pairs",
    ],
    ["options before the dimensions", graph({ metrics: [["A", "B", { id: "m" }, "Q", "q"]] }), "metrics[0] options come last"],
    ["a widget beyond the grid", { ...graph(), x: 20, y: 0, width: 6 }, "the grid has 24 columns"],
    [
      "101 alarms",
      { type: "alarm", properties: { alarms: Array.from({ length: 101 }, () => "arn:a") } },
      "alarms must NOT have more than 100 items",
    ],
    [
      "a log widget without a log group",
      { type: "log", properties: { region: "x", query: "fields a" } },
      "query must match pattern",
    ],
  ];
  for (const [what, widget, expected] of refusals) {
    it(`refuse ${what}`, () => {
      const found =
        Array.isArray(widget) || what.startsWith("a list")
          ? extraWidgetProblems(widget, key)
          : extraWidgetProblems([widget], key);
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.ok(`${found[0]?.path} ${found[0]?.reason}`.includes(expected), JSON.stringify(found));
    });
  }

  it("refuse places that overlap", () => {
    const at = (x: number) => ({ ...graph(), x, y: 0, width: 6, height: 6 });
    assert.deepEqual(problemsOf(at(0), at(5), at(11)), [`${key}[1] overlaps ${key}[0]`]);
  });

  it("that are not valid stop the dashboard with every problem, its path and the value", () => {
    assert.throws(() => widgetsWith(graph({ view: "area" }), { type: "text", properties: {} }), {
      name: "RangeError",
      message:
        `${key}[0].properties.view: got "area": must be one of timeSeries, singleValue, gauge, bar, pie, table\n` +
        `${key}[1].properties.markdown: got nothing: is required`,
    });
  });

  it("refuse a dashboard of more than 2,500 metrics", () => {
    const many = graph({ metrics: Array.from({ length: 500 }, () => ["A", "B"]) });
    assert.deepEqual(problemsOf(...Array.from({ length: 6 }, () => many)), [`${key} a dashboard holds at most 2500`]);
  });
});
