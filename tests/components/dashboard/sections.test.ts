import { strict as assert } from "node:assert";
import type { DashboardModel } from "../../../components/dashboard/pipelineDashboard";
import { dashboardBody } from "../../../components/dashboard/pipelineDashboard";
import type { MetricWidget, Row } from "./evaluate";
import { evaluate, numbers, rowsOf } from "./evaluate";
import { fullModel, model } from "./model";

function widget(title: string, of: DashboardModel = model()): MetricWidget {
  const { widgets } = dashboardBody(of) as unknown as { widgets: MetricWidget[] };
  const found = widgets.find(({ properties }) => properties.title === title);
  assert.ok(found, `no widget "${title}"`);
  return found;
}

/** Values by metric name; what isn't named is missing. */
const of =
  (values: Record<string, number[]>) =>
  (name: string): number[] =>
    values[name] ?? [];

const close = (actual: number[], expected: number[]): void => {
  assert.equal(actual.length, expected.length);
  for (const [index, value] of expected.entries()) {
    const got = actual[index] ?? Number.NaN;
    const same = Number.isNaN(value) ? Number.isNaN(got) : Math.abs(got - value) < 1e-9;
    assert.ok(same, `[${actual.join(", ")}] is not [${expected.join(", ")}]`);
  }
};

describe("summary", () => {
  it("shows capacity between 0 and the maximum, with both bounds drawn", () => {
    const { properties } = widget("Shards");
    assert.equal(properties.view, "gauge");
    assert.deepEqual(properties.yAxis?.left, { min: 0, max: 64, showUnits: false });
    assert.deepEqual(
      properties.annotations?.horizontal.map(({ label, value }) => [label, value]),
      [
        ["minimum", 1],
        ["maximum", 64],
      ],
    );
    const shown = rowsOf(widget("KPUs")).map(({ name, dimensions }) => [name, dimensions]);
    assert.deepEqual(shown, [
      ["ActualCapacity", { Dimension: "dev-flink", Stack: "dev" }],
      ["DesiredCapacity", { Dimension: "dev-flink", Stack: "dev" }],
    ]);
  });

  it("shows what is asked for in observe mode as what doesn't come, of the dimension that observes alone", () => {
    const { streamScaling, applicationScaling } = model();
    const heading = (changes: Partial<DashboardModel>): string => {
      const { widgets } = dashboardBody(model(changes)) as unknown as { widgets: { properties: { markdown?: string } }[] };
      return widgets[0]?.properties.markdown?.split("\n")[0] ?? "";
    };
    const labels = (of: DashboardModel, title: string) =>
      rowsOf(widget(title, of)).flatMap(({ name, options }) => (name === "DesiredCapacity" && options.label) || []);
    const stream = { streamScaling: { ...streamScaling, mode: "observe" } };
    assert.equal(heading({}), "# Pipeline dev");
    assert.equal(heading(stream), "# Pipeline dev (stream in observe mode)");
    const both = { ...stream, applicationScaling: { ...applicationScaling, mode: "observe" } };
    assert.equal(heading(both), "# Pipeline dev (stream and application in observe mode)");
    assert.deepEqual(labels(model(stream), "Shards"), ["asked for, not carried out (observe mode)"]);
    assert.deepEqual(labels(model(stream), "Stream: demand and capacity"), ["asked for, not carried out (observe mode)"]);
    assert.deepEqual(labels(model(stream), "KPUs"), ["asked for"]);
    const events = (of: DashboardModel) => rowsOf(widget("Scaling events", of)).map(({ name }) => name);
    assert.deepEqual(events(model()), ["Changes", "Changes"]);
    assert.deepEqual(events(model(both)), ["Changes", "Changes", "ObservedChanges", "ObservedChanges"]);
  });

  it("shows the utilisation that the scale-out alarm sees, with its thresholds", () => {
    const gauge = widget("Stream utilisation now");
    const values = evaluate(
      gauge,
      of({ DesiredCapacity: [2], IncomingRecords: [90_000], IncomingBytes: [0], WriteProvisionedThroughputExceeded: [0] }),
    );
    close(numbers(values.get("out_utilisation")), [75]);
    assert.deepEqual(
      gauge.properties.annotations?.horizontal.map(({ value }) => value),
      [80, 60, 35],
    );
    const visible = rowsOf(gauge).filter(({ options }) => options.visible !== false);
    assert.deepEqual(
      visible.map(({ options }) => options.id),
      ["out_utilisation"],
    );
  });

  it("shows lag in seconds and an unknown lag (-1) as none", () => {
    const values = evaluate(widget("Lag now"), of({ millisBehindLatest: [-1, 0, 90_000] }));
    close(numbers(values.get("lagSeconds")), [0, 0, 90]);
  });

  it("reads the lag that the scaling reads", () => {
    const lagOf = (lagMetric: string): Row | undefined => rowsOf(widget("Lag now", fullModel({ lagMetric })))[0];
    assert.deepEqual(lagOf("flink")?.dimensions, { Application: "tally", Flow: "Input", Id: "rides" });
    assert.equal(lagOf("iteratorAge")?.name, "GetRecords.IteratorAgeMilliseconds");
    assert.deepEqual(lagOf("efo")?.dimensions, { ConsumerName: "tally-efo", StreamName: "rides" });
  });

  const capacity = (name: string, _stat: string, { dimensions }: Row): number[] => {
    if (name === "ActualCapacity") return dimensions.Dimension === "dev-stream" ? [4, 4] : [2, 2];
    // 26,000 bytes a record are two payload units.
    return name === "IncomingRecords" ? [1_000_000, Number.NaN] : name === "IncomingBytes" ? [26_000_000_000, Number.NaN] : [];
  };

  it("counts shards, KPUs with the one for orchestration, and payload units at us-east-1's list prices", () => {
    const values = evaluate(widget("Cost per hour now"), capacity);
    const hours = 4 * 0.015 + 3 * 0.11;
    close(numbers(values.get("cost")), [hours + (60 * 2_000_000 * 0.014) / 1e6, hours]);
  });

  it("takes other prices, the small ones without an exponent", () => {
    const prices = { shardHourUsd: 0.02, kpuHourUsd: 0.2, putPayloadUnitsMillionUsd: 0.0000001 };
    const values = evaluate(widget("Cost per hour now", model({ prices })), capacity);
    close(numbers(values.get("cost")).slice(1), [4 * 0.02 + 3 * 0.2]);
    const text = JSON.stringify(widget("Cost per hour now", model({ prices })));
    assert.match(text, /units \* 0\.0000001 \/ 1000000/);
  });

  it("keeps the default of a price that isn't given", () => {
    const prices = { kpuHourUsd: 0.2, shardHourUsd: undefined } as DashboardModel["prices"];
    close(numbers(evaluate(widget("Cost per hour now", model({ prices })), capacity).get("cost")).slice(1), [0.06 + 0.6]);
  });

  it("projects a month of 730 hours from the average of the time shown", () => {
    const flat = (name: string, stat: string, row: Row): number[] => (name === "ActualCapacity" ? capacity(name, stat, row) : []);
    close(numbers(evaluate(widget("Cost per month, projected"), flat).get("month")), [284.7, 284.7]);
  });

  it("links to the application, logs, stream, alarms and runbook of the region", () => {
    const { widgets } = dashboardBody(fullModel()) as unknown as { widgets: { properties: { markdown: string } }[] };
    const markdown = widgets[0]?.properties.markdown ?? "";
    const links = [...markdown.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, label, url]) => [label, url]);
    const console = "https://eu-west-1.console.aws.amazon.com";
    assert.deepEqual(links, [
      ["Flink application and its Flink dashboard", `${console}/flink/home?region=eu-west-1#/applications/tally`],
      ["Application's log", `${console}/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Fflink$252Ftally`],
      ["Stream", `${console}/kinesis/home?region=eu-west-1#/streams/details/rides/monitoring`],
      [
        "Scaler's log",
        `${console}/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fdev-scaler`,
      ],
      ["Alarms", `${console}/cloudwatch/home?region=eu-west-1#alarmsV2:`],
      ["Runbook", "https://example.com/runbook.md"],
    ]);
  });
});

describe("application health and resource utilisation", () => {
  it("shows uptime in hours and downtime in seconds", () => {
    close(numbers(evaluate(widget("Uptime"), of({ uptime: [5_400_000] })).get("hours")), [1.5]);
    close(numbers(evaluate(widget("Downtime"), of({ downtime: [45_000] })).get("seconds")), [45]);
  });

  it("shows Flink 2.2's states by Application, and searches for them by Application and Flow", () => {
    const notRunning = widget("Time not running", model({ runtime: "FLINK-2_2" }));
    const values = evaluate(notRunning, of({ restartingTime: [30_000], failingTime: [2_000] }));
    close(numbers(values.get("restarting")), [30]);
    close(numbers(values.get("failing")), [2]);
    const byFlow = rowsOf(notRunning).find(({ options }) => options.id === "restartingByFlow")?.options.expression;
    const term = '{AWS/KinesisAnalytics,Application,Flow} MetricName="restartingTime" Application="tally"';
    assert.equal(byFlow, `SEARCH('${term}', 'Maximum', 60) / 1000`);
  });

  it("counts new failed checkpoints, and a counter that a restart resets as none", () => {
    const values = evaluate(widget("Failed checkpoints"), of({ numberOfFailedCheckpoints: [5, 8, 0, 1] }));
    close(numbers(values.get("perMinute")).slice(1), [3, 0, 1]);
  });

  it("draws the checkpoint interval as the limit of the duration", () => {
    const { annotations } = widget("Checkpoint duration", model({ checkpointIntervalSeconds: 120 })).properties;
    assert.deepEqual(
      annotations?.horizontal.map(({ value }) => value),
      [120],
    );
  });

  it("shows garbage collection as a share of the time: 6 of 60 seconds are 10 %", () => {
    const values = evaluate(
      widget("Old-generation garbage collection"),
      of({ oldGenerationGCTime: [1_000, 7_000, 0], oldGenerationGCCount: [10, 12, 0] }),
    );
    close(numbers(values.get("gcShare")).slice(1), [10, 0]);
    close(numbers(values.get("gcRuns")).slice(1), [2, 0]);
  });

  it("draws the 75 % of the CPU that is healthy", () => {
    assert.equal(widget("CPU").properties.annotations?.horizontal[0]?.value, 75);
  });
});

describe("Flink application progress", () => {
  it("divides the Sum of records by the four snapshots of a minute", () => {
    const values = evaluate(
      widget("Records in and out per second"),
      of({ numRecordsInPerSecond: [4_000], numRecordsOutPerSecond: [400] }),
    );
    close(numbers(values.get("inPerSecond")), [1_000]);
    close(numbers(values.get("outPerSecond")), [100]);
    const stats = rowsOf(widget("Records in and out per second")).slice(0, 2);
    assert.deepEqual(
      stats.map(({ options }) => options.stat),
      ["Sum", "Sum"],
    );
  });

  it("divides the Sums by task too, and leaves levels alone", () => {
    const expression = (title: string): string | undefined => rowsOf(widget(title, fullModel()))[0]?.options.expression;
    const found = (name: string, stat: string): string =>
      `SEARCH('{AWS/KinesisAnalytics,Application,Task} MetricName="${name}" Application="tally"', '${stat}', 60)`;
    assert.equal(expression("Records in per second, by level"), `${found("numRecordsInPerSecond", "Sum")} / 4`);
    assert.equal(expression("Busy time, by level"), found("busyTimeMsPerSecond", "Maximum"));
  });

  it("shows event-time latency as output minus input watermark, and nothing before the first watermark", () => {
    const noWatermark = -9_223_372_036_854_776_000;
    const values = evaluate(
      widget("Event-time latency"),
      of({ currentInputWatermark: [noWatermark, 1_700_000_010_000], currentOutputWatermark: [noWatermark, 1_700_000_000_000] }),
    );
    close(numbers(values.get("latency")), [Number.NaN, -10]);
  });

  it("shows how far the output watermark is behind the end of the datapoint's minute, and nothing without one", () => {
    const [first, second] = ["2026-03-01T00:00:59Z", "2026-03-01T00:01:15Z"].map((time) => Date.parse(time)) as [number, number];
    const values = evaluate(widget("Watermarks"), of({ currentOutputWatermark: [first, second, -1, Number.NaN] }));
    close(numbers(values.get("behind")), [1, 45, Number.NaN, Number.NaN]);
    close(numbers(values.get("outputTime")), [first, second, Number.NaN, Number.NaN]);
  });
});

describe("Kinesis source and sink", () => {
  it("shows records and bytes a second against what the shards that are there can take", () => {
    const records = evaluate(widget("Stream throughput in records"), of({ IncomingRecords: [120_000], ActualCapacity: [4] }));
    close(numbers(records.get("written")), [2_000]);
    close(numbers(records.get("limit")), [4_000]);
    const bytes = evaluate(widget("Stream throughput in bytes"), of({ IncomingBytes: [125_829_120] }));
    close(numbers(bytes.get("written")), [2]);
  });

  it("adds the enhanced fan-out consumer's metrics where there is one", () => {
    const consumers = (of: DashboardModel): boolean => JSON.stringify(dashboardBody(of)).includes("ConsumerName");
    assert.deepEqual([consumers(model()), consumers(fullModel())], [false, true]);
  });

  it("shows the fullest shards in percent of what a shard takes", () => {
    const [, hottest] = rowsOf(widget("Hottest shards in records", fullModel()));
    assert.equal(hottest?.options.expression, "SORT(shards * 100 / 60000, MAX, DESC, 20)");
    const [shards] = rowsOf(widget("Hottest shards in bytes", fullModel()));
    const term = '{AWS/Kinesis,ShardId,StreamName} MetricName="IncomingBytes" StreamName="rides"';
    assert.equal(shards?.options.expression, `SEARCH('${term}', 'Sum', 60)`);
  });

  it("draws the lag alarm's threshold", () => {
    assert.equal(widget("Lag", model({ lagSeconds: 420 })).properties.annotations?.horizontal[0]?.value, 420);
  });
});

describe("scaling", () => {
  it("shows demand in units of capacity: 75 % of the 8 KPUs asked for are 6", () => {
    const series = of({ DesiredCapacity: [8], ActualCapacity: [4], IncomingRecords: [180_000] });
    const values = evaluate(widget("Application: demand and capacity"), series);
    close(numbers(values.get("demand")), [6]);
    close(numbers(values.get("scaleOut")), [6.4]);
    close(numbers(values.get("scaleIn")), [2.8]);
  });

  it("draws both directions' signals of a dimension side by side with the three thresholds", () => {
    const both = widget("Application: utilisation");
    const visible = rowsOf(both).filter(({ options }) => options.visible !== false);
    assert.deepEqual(
      visible.map(({ options }) => options.id),
      ["out_utilisation", "in_utilisation"],
    );
    const metrics = { DesiredCapacity: [4], SettledCapacity: [4], IncomingRecords: [60_000], millisBehindLatest: [600_000] };
    const values = evaluate(both, of(metrics));
    close(numbers(values.get("out_utilisation")), [100]);
    close(numbers(values.get("in_utilisation")), [1_000]);
  });

  it("shows the updates left of the day's limit", () => {
    assert.equal(widget("Shard count updates left, in 24 hours", model({ updatesPerDay: 20 })).properties.yAxis?.left?.max, 20);
  });

  it("adds the scaler function's errors where its name is known", () => {
    const rows = (of: DashboardModel): number => rowsOf(widget("Scaling failures", of)).length;
    assert.deepEqual([rows(model()), rows(fullModel())], [4, 5]);
  });
});
