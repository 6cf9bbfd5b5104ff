import { strict as assert } from "node:assert";
import { axisLabels, axisRange, columnsOf, duration, figure, lonelyPoints, stacked, timeLabels, timeMarks } from "./assets";

const series = (period: number, start: number, values: (number | null)[]) => ({
  id: "a",
  label: "a",
  axis: "left" as const,
  period,
  start,
  values,
});

describe("a graph's columns", () => {
  it("share the times of series that are alike", () => {
    assert.deepEqual(columnsOf([series(60, 0, [1, 2]), series(60, 0, [3, null])]), {
      times: [0, 60],
      columns: [
        [1, 2],
        [3, null],
      ],
    });
  });

  it("leave gaps between the points of a longer period", () => {
    const { times, columns } = columnsOf([series(60, 0, [1, 2, 3, 4]), series(120, 0, [5, 6])]);
    assert.deepEqual(times, [0, 60, 120, 180]);
    assert.deepEqual(columns[1], [5, null, 6, null]);
  });

  it("stack on what is there", () => {
    assert.deepEqual(
      stacked([
        [1, 2, null],
        [10, null, 30],
      ]),
      [
        [1, 2, null],
        [11, null, 30],
      ],
    );
  });

  it("show points that no line leads to", () => {
    assert.deepEqual(lonelyPoints([null, 1, null, 2, 3, null, 4], 0, 6), [1, 6]);
  });
});

describe("an axis", () => {
  it("begins at zero unless the data are far from it", () => {
    assert.equal(axisRange(2, 10, {}, [])[0], 0);
    assert.ok(axisRange(98, 100, {}, [])[0] > 90);
  });

  it("contains the annotations", () => {
    const [low, high] = axisRange(10, 20, {}, [75]);
    assert.ok(low === 0 && high > 75);
  });

  it("has the ends that the dashboard fixes", () => {
    assert.deepEqual(axisRange(2, 10, { min: -5, max: 50 }, []), [-5, 50]);
  });

  it("has a height without data, and when all are the same", () => {
    for (const [low, high] of [
      [null, null],
      [0, 0],
      [5, 5],
      [-5, -5],
    ] as const) {
      const [from, to] = axisRange(low, high, {}, []);
      assert.ok(from < to, `${low} to ${high}: ${from} to ${to}`);
    }
  });

  it("labels tell its marks apart", () => {
    assert.deepEqual(axisLabels([0, 5, 10]), ["0", "5", "10"]);
    assert.deepEqual(axisLabels([0, 0.02, 0.04]), ["0", "0.02", "0.04"]);
    assert.deepEqual(axisLabels([0, 50_000, 100_000]), ["0", "50k", "100k"]);
  });

  it("of time has round times, and the date at midnight", () => {
    const midnight = Date.UTC(2026, 0, 6) / 1000;
    const marks = timeMarks(midnight - 5_400, midnight + 5_400, 460);
    assert.deepEqual(timeLabels(marks), ["22:30", "23:00", "23:30", "Tue 6 Jan", "00:30", "01:00", "01:30"]);
  });
});

describe("figures on the page", () => {
  it("have three significant digits and a unit", () => {
    assert.deepEqual([0, 0.0123, 1.234, 12.34, 123.4, 7_132, 12_345, 1_234_567].map(figure), [
      "0",
      "0.012",
      "1.23",
      "12.3",
      "123",
      "7,132",
      "12.3 k",
      "1.23 M",
    ]);
  });

  it("say durations in minutes and hours", () => {
    assert.deepEqual([20_000, 240_000, 7_500_000].map(duration), ["under a minute", "4 min", "2 h 5 min"]);
  });
});
