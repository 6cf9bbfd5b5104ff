import { strict as assert } from "node:assert";
import { newestLag } from "../../../scaler/aws/lag";
import { answering } from "./answering";
import { start } from "../scenario";

const metric = {
  namespace: "AWS/KinesisAnalytics",
  metricName: "millisBehindLatest",
  dimensions: { Application: "enrich", Id: "orders" },
};

const read = (MetricDataResults: unknown) => answering({ GetMetricData: () => ({ MetricDataResults }) });
const points = (...values: [minutesAgo: number, milliseconds: number][]) => [
  { Id: "lag", Timestamps: values.map(([ago]) => new Date(start - ago * 60_000)), Values: values.map(([, value]) => value) },
];

describe("the newest lag", () => {
  it("is read from the last five minutes, newest first, as the Maximum of each minute", async () => {
    const { aws, asked } = read([]);
    await newestLag(aws, metric, start);
    assert.deepEqual(asked, [
      {
        operation: "GetMetricData",
        input: {
          StartTime: new Date(start - 300_000),
          EndTime: new Date(start),
          ScanBy: "TimestampDescending",
          MetricDataQueries: [
            {
              Id: "lag",
              MetricStat: {
                Metric: {
                  Namespace: "AWS/KinesisAnalytics",
                  MetricName: "millisBehindLatest",
                  Dimensions: [
                    { Name: "Application", Value: "enrich" },
                    { Name: "Id", Value: "orders" },
                  ],
                },
                Period: 60,
                Stat: "Maximum",
              },
            },
          ],
        },
      },
    ]);
  });

  it("is the first of the points, with the minute that it is of", async () => {
    const { aws } = read(points([1, 2_000], [2, 90_000]));
    assert.deepEqual(await newestLag(aws, metric, start), { milliseconds: 2_000, at: start - 60_000 });
  });

  it("may be zero", async () => {
    assert.deepEqual(await newestLag(read(points([1, 0])).aws, metric, start), { milliseconds: 0, at: start - 60_000 });
  });

  const unknown: [what: string, results: unknown][] = [
    ["is not reported yet (-1)", points([1, -1], [2, 5_000])],
    ["has no points", points()],
    ["has no result", []],
    ["has an empty result", [{}]],
    ["is not answered", undefined],
    ["has a value without a time", [{ Id: "lag", Values: [5] }]],
    ["has a time without a value", [{ Id: "lag", Timestamps: [new Date(start)] }]],
  ];
  for (const [what, results] of unknown) {
    it(`is unknown, not zero, where it ${what}`, async () =>
      assert.equal(await newestLag(read(results).aws, metric, start), undefined));
  }
});
