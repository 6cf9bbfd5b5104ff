// Source: GetMetricData, GetMetricStatistics, ListMetrics (API reference)
import { strict as assert } from "node:assert";
import type { Shape } from "../../../../sandbox/core/cloud";
import { cloudWatchAlone, metricRow, minute, start } from "./support";

const at = (minutes: number) => new Date(start + minutes * minute);

/** Load of minutes 0 to 9 is their number plus 1; Sparse has minutes 2 and 5. The clock is at minute 20. */
async function filled() {
  const world = cloudWatchAlone();
  for (let i = 0; i < 10; i++) world.publish("Load", i, i + 1);
  world.publish("Sparse", 2, 20);
  world.publish("Sparse", 5, 50);
  for (const ShardId of ["0", "1"]) {
    const dimensions = { StreamName: "s", ShardId };
    world.cloudwatch.publish({
      namespace: "AWS/Kinesis",
      name: "IncomingBytes",
      dimensions,
      timestamp: start,
      value: Number(ShardId) + 1,
      unit: "Bytes",
    });
  }
  await world.runTo(20);
  const get = (queries: Shape[], from: number, to: number, more: Shape = {}) =>
    world.call("GetMetricData", {
      MetricDataQueries: queries,
      StartTime: at(from),
      EndTime: at(to),
      ScanBy: "TimestampAscending",
      ...more,
    });
  return { ...world, get };
}

const load = (stat = "Sum", period = 60) => metricRow("m1", "Load", stat, period, true);

describe("GetMetricData", () => {
  it("answers timestamps and values of a metric, from StartTime inclusive to EndTime exclusive", async () => {
    const { get } = await filled();
    assert.deepEqual(await get([load()], 2, 4), {
      MetricDataResults: [{ Id: "m1", Label: "Load", Timestamps: [at(2), at(3)], Values: [3, 4], StatusCode: "Complete" }],
      Messages: [],
    });
  });

  it("answers the newest first unless asked otherwise", async () => {
    const { get } = await filled();
    const { MetricDataResults } = await get([load()], 2, 4, { ScanBy: undefined });
    assert.deepEqual(MetricDataResults[0].Values, [4, 3]);
  });

  it("leaves missing datapoints out", async () => {
    const { get } = await filled();
    const { MetricDataResults } = await get([metricRow("m1", "Sparse", "Sum", 60, true)], 0, 10);
    assert.deepEqual(MetricDataResults[0].Timestamps, [at(2), at(5)]);
  });

  it("rounds StartTime down to the minute, and takes Date, ISO 8601 text and epoch seconds", async () => {
    const { get } = await filled();
    for (const StartTime of [new Date(start + 2.5 * minute), "2026-03-02T00:02:30Z", start / 1000 + 150]) {
      const { MetricDataResults } = await get([load()], 0, 4, { StartTime });
      assert.deepEqual(MetricDataResults[0].Timestamps, [at(2), at(3)]);
    }
  });

  it("aggregates to the period", async () => {
    const { get } = await filled();
    const { MetricDataResults } = await get([load("Average", 300)], 0, 10);
    assert.deepEqual(
      [MetricDataResults[0].Timestamps, MetricDataResults[0].Values],
      [
        [at(0), at(5)],
        [3, 8],
      ],
    );
  });

  it("computes metric math, hides rows that don't return data", async () => {
    const { get } = await filled();
    const rows = [
      metricRow("m1", "Load"),
      metricRow("m2", "Sparse"),
      { Id: "e1", Expression: "FILL(m2, 0) / m1", Label: "ratio" },
    ];
    const { MetricDataResults } = await get(rows, 1, 4);
    assert.deepEqual(MetricDataResults, [
      { Id: "e1", Label: "ratio", Timestamps: [at(1), at(2), at(3)], Values: [0, 20 / 3, 0], StatusCode: "Complete" },
    ]);
  });

  it("labels series of an array by expression label and metric label", async () => {
    const { get } = await filled();
    const rows = [
      metricRow("m1", "Load"),
      metricRow("m2", "Sparse"),
      { Id: "e1", Expression: "FILL(METRICS(), 0)", Label: "Filled With 0:" },
    ];
    const { MetricDataResults } = await get(rows, 2, 3);
    assert.deepEqual(
      MetricDataResults.map(({ Id, Label, Values }: Shape) => [Id, Label, Values]),
      [
        ["e1", "Filled With 0: Load", [3]],
        ["e1", "Filled With 0: Sparse", [20]],
      ],
    );
  });

  it("finds metrics by SEARCH, at the search's period", async () => {
    const { get } = await filled();
    const search = "SEARCH('{AWS/Kinesis,StreamName,ShardId} IncomingBytes', 'Sum', 300)";
    const { MetricDataResults } = await get([{ Id: "e1", Expression: search }], 0, 10);
    assert.deepEqual(
      MetricDataResults.map(({ Label, Timestamps, Values }: Shape) => [Label, Timestamps, Values]),
      [
        ["0", [at(0)], [1]],
        ["1", [at(0)], [2]],
      ],
    );
    const sum = await get([{ Id: "e1", Expression: `SUM(${search})` }], 0, 10);
    assert.deepEqual(sum.MetricDataResults[0].Values, [3]);
  });

  it("computes metrics of different periods at the longest", async () => {
    const { get } = await filled();
    const rows = [metricRow("m1", "Load"), metricRow("m2", "Sparse", "Sum", 300), { Id: "e1", Expression: "m1 + m2" }];
    const { MetricDataResults } = await get(rows, 0, 10);
    assert.deepEqual(MetricDataResults[0].Values, [15 + 20, 40 + 50]);
  });

  it("pages by MaxDatapoints and marks what goes on as PartialData", async () => {
    const { get } = await filled();
    const rows = [load(), metricRow("m2", "Sparse", "Sum", 60, true)];
    const shown: [string, number[], string][][] = [];
    let NextToken: string | undefined;
    do {
      const answer = await get(rows, 0, 10, { MaxDatapoints: 6, NextToken });
      shown.push(answer.MetricDataResults.map(({ Id, Values, StatusCode }: Shape) => [Id, Values, StatusCode]));
      NextToken = answer.NextToken;
    } while (NextToken);
    assert.deepEqual(shown, [
      [["m1", [1, 2, 3, 4, 5, 6], "PartialData"]],
      [
        ["m1", [7, 8, 9, 10], "Complete"],
        ["m2", [20, 50], "Complete"],
      ],
    ]);
  });

  it("answers an empty row for a metric that does not exist", async () => {
    const { get } = await filled();
    const { MetricDataResults } = await get([metricRow("m1", "None", "Sum", 60, true)], 0, 10);
    assert.deepEqual(MetricDataResults, [{ Id: "m1", Label: "None", Timestamps: [], Values: [], StatusCode: "Complete" }]);
  });

  for (const [what, change, message] of [
    ["a start that is not before the end", { StartTime: at(4), EndTime: at(4) }, /StartTime must be less than/],
    ["a missing start", { StartTime: undefined }, /StartTime is required/],
    ["a time that is none", { StartTime: "yesterday" }, /StartTime must be a timestamp/],
    [
      "a result that is a number",
      { MetricDataQueries: [{ Id: "e1", Expression: "5" }] },
      /the final result must be a time series/,
    ],
    ["an expression that can't be read", { MetricDataQueries: [{ Id: "e1", Expression: "m1 +" }] }, /Error in expression 'e1'/],
    ["more than 500 queries", { MetricDataQueries: Array(501).fill(load()) }, /length less than or equal to 500/],
    ["an unknown order", { ScanBy: "Up" }, /enum value set: \[TimestampDescending, TimestampAscending\]/],
    [
      "a row without a statistic",
      { MetricDataQueries: [{ Id: "m1", MetricStat: { Metric: {}, Period: 60 } }] },
      /metricStat.stat/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { get } = await filled();
      await assert.rejects(get([load()], 0, 4, change), { name: "ValidationError", message });
    });
  }

  it("refuses an unknown statistic", async () => {
    const { get } = await filled();
    await assert.rejects(get([load("TM(10%:90%)")], 0, 4), {
      name: "InvalidParameterValueException",
      message: /TM\(10%:90%\).*not supported/,
    });
  });
});

describe("query, for the page and the terminal", () => {
  it("answers arrays with gaps as NaN", async () => {
    const { cloudwatch } = await filled();
    const [result] = cloudwatch.query([metricRow("m1", "Sparse", "Sum", 60, true)], start + 2 * minute, start + 4 * minute);
    assert.deepEqual(result, {
      id: "m1",
      label: "Sparse",
      start: start + 2 * minute,
      period: 60,
      values: Float64Array.of(20, Number.NaN),
    });
  });
});

describe("GetMetricStatistics", () => {
  it("answers the statistics that are asked for, with the metric's unit", async () => {
    const { call } = await filled();
    const input = {
      Namespace: "AWS/Kinesis",
      MetricName: "IncomingBytes",
      Dimensions: [
        { Name: "ShardId", Value: "1" },
        { Name: "StreamName", Value: "s" },
      ],
      StartTime: at(0),
      EndTime: at(10),
      Period: 300,
      Statistics: ["Sum", "SampleCount"],
      ExtendedStatistics: ["p99"],
    };
    assert.deepEqual(await call("GetMetricStatistics", input), {
      Label: "IncomingBytes",
      Datapoints: [{ Timestamp: at(0), Unit: "Bytes", Sum: 2, SampleCount: 1, ExtendedStatistics: { p99: 2 } }],
    });
  });

  it("refuses more than 1,440 datapoints, and no statistic", async () => {
    const { call } = await filled();
    const input = { Namespace: "Test", MetricName: "Load", StartTime: at(-1441), EndTime: at(0), Period: 60 };
    await assert.rejects(call("GetMetricStatistics", { ...input, Statistics: ["Sum"] }), {
      name: "InvalidParameterCombinationException",
      message: /^You have requested up to 1,441 datapoints, which exceeds the limit of 1,440\./,
    });
    await assert.rejects(call("GetMetricStatistics", input), { message: "Must specify either Statistics or ExtendedStatistics" });
  });
});

describe("ListMetrics", () => {
  it("filters by namespace, name and dimensions", async () => {
    const { call } = await filled();
    const list = async (input: Shape) => (await call("ListMetrics", input)).Metrics.map(({ MetricName }: Shape) => MetricName);
    assert.deepEqual(await list({}), ["Load", "Sparse", "IncomingBytes", "IncomingBytes"]);
    assert.deepEqual(await list({ Namespace: "Test" }), ["Load", "Sparse"]);
    assert.deepEqual(await list({ MetricName: "Load" }), ["Load"]);
    assert.deepEqual(await list({ Dimensions: [{ Name: "ShardId", Value: "1" }] }), ["IncomingBytes"]);
    assert.deepEqual(await list({ Dimensions: [{ Name: "ShardId" }] }), ["IncomingBytes", "IncomingBytes"]);
  });

  it("lists metrics active in the last three hours when asked, and none that has been silent for two weeks", async () => {
    const { call, runTo } = await filled();
    await runTo(4 * 60);
    assert.deepEqual((await call("ListMetrics", { RecentlyActive: "PT3H" })).Metrics, []);
    assert.equal((await call("ListMetrics")).Metrics.length, 4);
    await runTo(15 * 1440);
    assert.deepEqual((await call("ListMetrics")).Metrics, []);
  });
});
