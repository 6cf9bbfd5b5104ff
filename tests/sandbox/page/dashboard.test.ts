import { strict as assert } from "node:assert";
import { planDashboard } from "../../../sandbox/page/dashboard";
import { metricRows } from "../../../sandbox/page/metricRows";

const plan = (body: object, chosen: Record<string, string> = {}) => planDashboard("d", JSON.stringify(body), chosen);

describe("rows of a metric widget", () => {
  it("become queries with the widget's period and statistic unless they have their own", () => {
    const { queries } = metricRows({
      period: 60,
      stat: "Sum",
      metrics: [
        ["AWS/Kinesis", "IncomingRecords", "StreamName", "s"],
        ["AWS/Kinesis", "IncomingBytes", "StreamName", "s", { stat: "Maximum", period: 300, id: "b", label: "bytes" }],
      ],
    });
    const metric = (MetricName: string) => ({
      Namespace: "AWS/Kinesis",
      MetricName,
      Dimensions: [{ Name: "StreamName", Value: "s" }],
    });
    assert.deepEqual(queries, [
      { Id: "row0", ReturnData: true, MetricStat: { Metric: metric("IncomingRecords"), Period: 60, Stat: "Sum" } },
      {
        Id: "b",
        ReturnData: true,
        Label: "bytes",
        MetricStat: { Metric: metric("IncomingBytes"), Period: 300, Stat: "Maximum" },
      },
    ]);
  });

  it("repeat the row above where they have a dot, or three", () => {
    const { queries } = metricRows({
      metrics: [
        ["N", "A", "D1", "x", "D2", "y"],
        [".", "B", ".", ".", ".", "z"],
        ["...", "w"],
        ["N", "C", "...", "v"],
      ],
    });
    const flat = queries.map(({ MetricStat: { Metric } }) => [
      Metric.MetricName,
      ...Metric.Dimensions.map(({ Name, Value }: { Name: string; Value: string }) => `${Name}=${Value}`),
    ]);
    assert.deepEqual(flat, [
      ["A", "D1=x", "D2=y"],
      ["B", "D1=x", "D2=z"],
      ["B", "D1=x", "D2=w"],
      ["C", "D1=x", "D2=v"],
    ]);
  });

  it("that are hidden are inputs of expressions and not drawn", () => {
    const { queries, drawn } = metricRows({
      metrics: [
        ["N", "A", { id: "a", visible: false }],
        [{ expression: "a * 2", id: "twice", label: "twice", yAxis: "right", color: "#0073bb" }],
      ],
    });
    assert.deepEqual(
      queries.map(({ Id, ReturnData }) => [Id, ReturnData]),
      [
        ["a", false],
        ["twice", true],
      ],
    );
    assert.deepEqual([...drawn.values()], [{ id: "twice", color: "#0073bb", axis: "right" }]);
  });

  it("without an id get one that no row has", () => {
    const { queries } = metricRows({
      metrics: [
        ["N", "A"],
        ["N", "B", { id: "row0" }],
      ],
    });
    assert.deepEqual(
      queries.map(({ Id }) => Id),
      ["row0_", "row0"],
    );
  });
});

describe("a dashboard's plan", () => {
  const text = (markdown: string) => ({ type: "text", x: 0, y: 0, width: 24, height: 1, properties: { markdown } });
  const search = {
    type: "metric",
    x: 0,
    y: 1,
    width: 6,
    height: 6,
    properties: { metrics: [[{ expression: "SEARCH('{N,Task}')", id: "s" }]] },
  };
  const level = {
    ...{ id: "level", type: "pattern", pattern: "N,Task", inputType: "select", defaultValue: "N,Task" },
    values: [
      { value: "N,Task", label: "Task" },
      { value: "N,Operator", label: "Operator" },
    ],
  };
  const expressionOf = ({ graphs }: ReturnType<typeof plan>) => graphs.get(0)!.queries[0]!.Expression;

  it("sends neither metrics nor queries to the browser", () => {
    const { view } = plan({ widgets: [search] });
    assert.deepEqual(view.widgets[0]!.properties, {});
  });

  it("replaces a pattern variable wherever it stands in the widgets", () => {
    const body = { variables: [level], widgets: [search] };
    assert.equal(expressionOf(plan(body)), "SEARCH('{N,Task}')");
    assert.equal(expressionOf(plan(body, { level: "N,Operator" })), "SEARCH('{N,Operator}')");
  });

  it("refuses a value that a variable doesn't offer", () => {
    const { view, graphs } = plan({ variables: [level], widgets: [search] }, { level: '"}]' });
    assert.equal(view.variables[0]!.value, "N,Task");
    assert.equal(graphs.get(0)!.queries[0]!.Expression, "SEARCH('{N,Task}')");
  });

  it("replaces a property variable in dimensions and properties", () => {
    const variable = { id: "s", type: "property", property: "StreamName", inputType: "input", defaultValue: "a" };
    const widget = { type: "metric", properties: { metrics: [["AWS/Kinesis", "IncomingRecords", "StreamName", "x"]] } };
    const { graphs } = plan({ variables: [variable], widgets: [widget] }, { s: 'it"s' });
    assert.equal(graphs.get(0)!.queries[0]!.MetricStat.Metric.Dimensions[0].Value, 'it"s');
  });

  it("puts widgets without a place below the others", () => {
    const { view } = plan({ widgets: [text("a"), { type: "text", properties: { markdown: "b" } }] });
    assert.deepEqual([view.widgets[1]!.x, view.widgets[1]!.y], [0, 1]);
  });

  it("reads the log groups out of SOURCE", () => {
    const query = "SOURCE '/aws/lambda/a' | SOURCE 'b' | fields @message | limit 5";
    const { logs } = plan({ widgets: [{ type: "log", properties: { query } }] });
    assert.deepEqual(logs.get(0), { groups: ["/aws/lambda/a", "b"], query: "fields @message | limit 5" });
  });

  it("draws an annotated alarm's own metric with its threshold", () => {
    const alarm = {
      ...{ AlarmName: "lag", Namespace: "N", MetricName: "M", Dimensions: [{ Name: "D", Value: "v" }] },
      ...{ Statistic: "Maximum", Period: 60, Threshold: 300 },
    };
    const body = JSON.stringify({ widgets: [{ type: "metric", properties: { annotations: { alarms: ["arn"] } } }] });
    const { graphs, view } = planDashboard("d", body, {}, (arn) => (arn === "arn" ? alarm : undefined));
    assert.equal(graphs.get(0)!.queries[0]!.MetricStat.Metric.MetricName, "M");
    const { horizontal } = view.widgets[0]!.properties.annotations as { horizontal: { value: number }[] };
    assert.equal(horizontal[0]!.value, 300);
  });
});
