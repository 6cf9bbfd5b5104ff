import { seriesColor } from "./color.mjs";
import { element } from "./element.mjs";
import { figure } from "./format.mjs";
import { latest } from "./seriesStore.mjs";

/** @typedef {import("../messages").SeriesData} SeriesData */

/**
 * The view "bar": the newest values side by side.
 * @param {HTMLElement} body
 */
export function createBars(body) {
  const list = element("ul", { class: "bars" });
  body.append(list);
  return redrawn((series) => {
    const most = Math.max(...series.map(({ values }) => Math.abs(latest(values) ?? 0)), 0) || 1;
    list.replaceChildren(
      ...series.map(({ label, color, values }, i) => {
        const value = latest(values);
        const bar = element("span", { class: "bar" });
        bar.style.width = `${(100 * Math.abs(value ?? 0)) / most}%`;
        bar.style.backgroundColor = seriesColor(color, i);
        return element(
          "li",
          {},
          element("span", { class: "label" }, label),
          element("span", { class: "value" }, value === undefined ? "–" : figure(value)),
          bar,
        );
      }),
    );
  });
}

/**
 * The view "table": newest, least, greatest and average of each series.
 * @param {HTMLElement} body
 */
export function createSummaryTable(body) {
  const rows = element("tbody");
  const head = element(
    "tr",
    {},
    ...["Series", "Latest", "Minimum", "Maximum", "Average"].map((name) => element("th", { scope: "col" }, name)),
  );
  body.append(element("div", { class: "scroll", tabindex: 0 }, element("table", {}, element("thead", {}, head), rows)));
  return redrawn((series) => {
    rows.replaceChildren(
      ...series.map(({ label, values }) => {
        const there = values.filter((value) => value !== null);
        const cells =
          there.length === 0
            ? []
            : [latest(values) ?? 0, Math.min(...there), Math.max(...there), there.reduce((a, b) => a + b, 0) / there.length];
        return element("tr", {}, element("th", { scope: "row" }, label), ...cells.map((cell) => element("td", {}, figure(cell))));
      }),
    );
  });
}

/** @param {(series: SeriesData[]) => void} draw */
function redrawn(draw) {
  /** @type {SeriesData[]} */
  let last = [];
  return {
    /** @param {SeriesData[]} next */
    update(next) {
      last = next;
      draw(next);
    },
    resize: () => undefined,
    recolor: () => draw(last),
    destroy: () => undefined,
  };
}
