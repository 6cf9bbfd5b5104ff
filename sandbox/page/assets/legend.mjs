import { element, setText } from "./element.mjs";
import { clock, figure, isTimeOfDay, shownLabel } from "./format.mjs";

/** @typedef {import("../messages").SeriesData} SeriesData */

/** Above this many series only these are listed; the graph shows all. */
const mostListed = 30;

/**
 * Name and value of each series: the newest, or that of the minute which is pointed at. A click hides or shows the series.
 * @param {string | undefined} position
 * @param {(index: number, shown: boolean) => void} toggle
 */
export function createLegend(position, toggle) {
  const list = element("ul", { class: "legend", hidden: position === "hidden" });
  const announcer = element("p", { class: "unseen", "aria-live": "polite" });
  const moment = element("span", { class: "moment" });
  const box = element("div", { class: "legend-box" }, list, moment, announcer);
  /** @type {{ value: HTMLElement, time: boolean }[]} */
  let rows = [];
  return {
    element: box,
    announcer,
    /**
     * @param {SeriesData[]} series
     * @param {string[]} colors
     */
    build(series, colors) {
      rows = [];
      list.replaceChildren(
        ...series.slice(0, mostListed).map((one, index) => {
          const swatch = element("span", { class: "swatch" });
          swatch.style.backgroundColor = colors[index] ?? "";
          const value = element("span", { class: "value" });
          const button = element(
            "button",
            { type: "button", "aria-pressed": "true", title: shownLabel(one.label) },
            swatch,
            element("span", { class: "label" }, shownLabel(one.label)),
            value,
          );
          button.addEventListener("click", () => {
            const shown = button.getAttribute("aria-pressed") !== "true";
            button.setAttribute("aria-pressed", String(shown));
            toggle(index, shown);
          });
          rows.push({ value, time: isTimeOfDay(one.label) });
          return element("li", {}, button);
        }),
      );
      if (series.length > mostListed) list.append(element("li", { class: "muted" }, `and ${series.length - mostListed} more`));
    },
    /**
     * @param {(number | undefined)[]} values
     * @param {string} time
     */
    show(values, time) {
      rows.forEach((row, i) => {
        const value = values[i];
        setText(row.value, value === undefined ? "–" : row.time ? clock(value) : figure(value));
      });
      setText(moment, time);
    },
  };
}
