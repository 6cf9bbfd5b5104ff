import { strict as assert } from "node:assert";
import { bottom, overlap, place } from "../../../components/dashboard/layout";
import type { Widget } from "../../../components/dashboard/widgets";

const widget = (width: number, height: number): Widget => ({ type: "text", width, height, properties: {} });

describe("the dashboard's layout", () => {
  it("fills rows of 24 columns from left to right", () => {
    const places = place([widget(12, 6), widget(12, 6), widget(8, 4)], 3).map(({ x, y }) => [x, y]);
    assert.deepEqual(places, [
      [0, 3],
      [12, 3],
      [0, 9],
    ]);
  });

  it("starts a row below the tallest of the row before", () => {
    const places = place([widget(8, 2), widget(8, 9), widget(16, 1)]).map(({ x, y }) => [x, y]);
    assert.deepEqual(places.at(-1), [0, 9]);
  });

  it("ends below the lowest widget, at 0 without any", () => {
    assert.equal(bottom(place([widget(8, 2), widget(8, 9)], 5)), 14);
    assert.equal(bottom([]), 0);
  });

  it("counts widgets that only touch as apart", () => {
    const at = (x: number, y: number) => ({ ...widget(6, 6), x, y });
    assert.deepEqual(
      [overlap(at(0, 0), at(6, 0)), overlap(at(0, 0), at(0, 6)), overlap(at(0, 0), at(5, 5))],
      [false, false, true],
    );
  });
});
