import { createAlarmWidget } from "./alarmWidget.mjs";
import { element, setText } from "./element.mjs";
import { createGauge } from "./gauge.mjs";
import { createGraph } from "./graph.mjs";
import { createLogWidget } from "./logWidget.mjs";
import { markdownNodes } from "./markdownView.mjs";
import { createNumbers } from "./numbers.mjs";
import { createBars, createSummaryTable } from "./summaryViews.mjs";

/**
 * @typedef {import("../messages").WidgetView} WidgetView
 * @typedef {{
 *   update(series: import("../messages").SeriesData[], range: { from: number, to: number }): void,
 *   box?: HTMLElement, resize(): void, recolor(): void, destroy(): void,
 * }} SeriesDrawing
 * @typedef {{ updateAlarms(alarms: import("../messages").AlarmView[]): void }} AlarmDrawing
 * @typedef {{ updateTable(table: import("../messages").LogTables[number]): void }} LogDrawing
 */

/** @type {Record<string, (body: HTMLElement, properties: any) => SeriesDrawing>} */
const metricViews = {
  timeSeries: createGraph,
  singleValue: createNumbers,
  gauge: createGauge,
  bar: createBars,
  table: createSummaryTable,
};

/**
 * A widget's frame, and what draws into it. What the page doesn't draw has a title and a sentence instead.
 * @param {WidgetView} view
 * @param {number} index
 */
export function createWidget(view, index) {
  const { type, properties } = /** @type {{ type: string, properties: any }} */ (view);
  if (type === "text") return textWidget(properties);
  const title = properties.title ?? type;
  const id = `widget-${index}`;
  const body = element("div", { class: "body" });
  const note = element("p", { class: "note", hidden: true });
  const frame = element(
    "section",
    { class: `widget ${type}`, "aria-labelledby": id },
    element("h4", { id, title }, title),
    body,
    note,
  );
  const setNote = (/** @type {string} */ text) => {
    setText(note, text);
    note.hidden = text === "";
    body.classList.toggle("empty", text !== "");
  };
  const kind = properties.view ?? (type === "log" ? "table" : "timeSeries");
  if (type === "metric" && Object.hasOwn(metricViews, kind)) {
    frame.classList.add(kind);
    return { frame, setNote, series: metricViews[kind]?.(body, properties) };
  }
  if (type === "alarm") return { frame, setNote, alarms: createAlarmWidget(body, properties) };
  if (type === "log" && kind === "table") return { frame, setNote, log: createLogWidget(body, properties) };
  frame.classList.add("placeholder");
  setNote(
    `The sandbox doesn't draw widgets of the type “${type}”${properties.view ? ` with the view “${properties.view}”` : ""}; CloudWatch does.`,
  );
  return { frame, setNote };
}

/** @param {any} properties */
function textWidget(properties) {
  const frame = element("div", { class: `widget text ${properties.background === "transparent" ? "transparent" : ""}` });
  frame.append(...markdownNodes(properties.markdown ?? ""));
  return { frame, setNote: () => undefined };
}
