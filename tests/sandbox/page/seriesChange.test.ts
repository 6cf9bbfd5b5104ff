import { strict as assert } from "node:assert";
import fc from "fast-check";
import { sentValue, widgetChange } from "../../../sandbox/page/seriesChange";
import type { SeriesData, WidgetData } from "../../../sandbox/page/messages";
import { createSeriesStore } from "./assets";

const series = (start: number, values: (number | null)[], more: Partial<SeriesData> = {}): SeriesData => ({
  ...{ id: "a", label: "A", axis: "left", period: 60, start, values: [...values] },
  ...more,
});
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe("what is sent of a widget's series", () => {
  it("is everything at first", () => {
    const after: WidgetData = { series: [series(0, [1, 2])], note: "" };
    assert.equal(widgetChange(undefined, after), after);
  });

  it("is only the new points when time goes on", () => {
    const before = { series: [series(0, [1, 2, 3])], note: "" };
    const after = { series: [series(60_000, [2, 3, 4])], note: "" };
    assert.deepEqual(widgetChange(before, after), { tails: [{ start: 60_000, at: 2, values: [4] }] });
  });

  it("is nothing when nothing changed", () => {
    const before = { series: [series(0, [1, null])], note: "" };
    assert.equal(widgetChange(before, { series: [series(0, [1, null])], note: "" }), undefined);
  });

  it("is everything when a search finds another series", () => {
    const before = { series: [series(0, [1])], note: "" };
    const after = { series: [series(0, [1]), series(0, [1], { label: "B" })], note: "" };
    assert.equal(widgetChange(before, after), after);
  });

  it("leads the browser to what the server has, whatever happens to the points", () => {
    const value = fc.option(fc.integer({ min: -3, max: 3 }));
    const state = fc.record({
      shift: fc.integer({ min: 0, max: 12 }),
      values: fc.array(value, { maxLength: 10 }),
      label: fc.constantFrom("A", "A", "A", "B"),
      note: fc.constantFrom("", "none"),
    });
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 8 }), (states) => {
        const store = createSeriesStore();
        let before: WidgetData | undefined;
        let start = 0;
        for (const { shift, values, label, note } of states) {
          start += shift * 60_000;
          const after: WidgetData = { series: [series(start, values, { label })], note };
          const change = widgetChange(before, after);
          store.apply(sent({ end: 0, rangeMinutes: 60, widgets: change ? { 7: change } : ({} as Record<number, WidgetData>) }));
          assert.deepEqual(store.of(7), sent(after));
          before = after;
        }
      }),
    );
  });
});

describe("a value that is sent", () => {
  it("has as many digits as anybody sees", () => {
    assert.equal(sentValue(33.33333333333336), 33.33333);
    assert.equal(sentValue(1_767_580_920_123.4), 1_767_580_920_123);
    assert.equal(sentValue(12_345_678), 12_345_678);
  });

  it("is null where there is no datapoint", () => {
    assert.equal(sentValue(NaN), null);
    assert.equal(sentValue(Infinity), null);
  });
});
