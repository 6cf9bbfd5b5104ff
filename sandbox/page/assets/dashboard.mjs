import { byId, element } from "./element.mjs";
import { createSeriesStore } from "./seriesStore.mjs";
import { createWidget } from "./widget.mjs";

/** @typedef {ReturnType<typeof createWidget> & { series?: import("./widget.mjs").SeriesDrawing, alarms?: import("./widget.mjs").AlarmDrawing, log?: import("./widget.mjs").LogDrawing }} Drawn */

/** Widgets are drawn from this far outside of the window on. */
const ahead = "300px";

/**
 * The dashboard on its grid of 24 columns. Only widgets in sight are drawn; the others when they come into sight.
 */
export function createDashboard() {
  const grid = byId("widgets");
  const store = createSeriesStore();
  /** @type {Map<number, Drawn>} */
  let drawn = new Map();
  /** @type {Map<Element, number>} */
  let indexOf = new Map();
  /** @type {Set<number>} */
  let inSight = new Set();
  /** @type {Set<number>} */
  let due = new Set();
  let range = { from: 0, to: 1 };
  let frame = 0;

  const draw = () => {
    frame = 0;
    for (const index of due) {
      if (!inSight.has(index)) continue;
      due.delete(index);
      const { series, note } = store.of(index);
      const widget = drawn.get(index);
      if (!widget?.series) continue;
      widget.setNote(note);
      // A graph without data is not made: its note says why.
      if (note === "") widget.series.update(series, range);
    }
  };
  const drawSoon = () => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };

  const sight = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const index = indexOf.get(target);
        if (index === undefined) continue;
        if (isIntersecting) inSight.add(index);
        else inSight.delete(index);
      }
      drawSoon();
    },
    { rootMargin: ahead },
  );
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) drawn.get(indexOf.get(target) ?? -1)?.series?.resize();
  });

  return {
    /**
     * @param {import("../messages").DashboardView} view
     */
    build(view) {
      for (const { series } of drawn.values()) series?.destroy();
      sight.disconnect();
      sizes.disconnect();
      store.clear();
      [drawn, indexOf, inSight, due] = [new Map(), new Map(), new Set(), new Set()];
      const order = view.widgets.map((_, index) => index).sort((a, b) => byPlace(view.widgets, a, b));
      const frames = order.map((index) => {
        const widget = view.widgets[index];
        if (!widget) throw new Error("no such widget");
        const made = /** @type {Drawn} */ (createWidget(widget, index));
        place(made.frame, widget);
        drawn.set(index, made);
        indexOf.set(made.frame, index);
        if (made.series?.box) indexOf.set(made.series.box, index);
        return made.frame;
      });
      grid.replaceChildren(...frames, ...(view.problem ? [element("p", { class: "note" }, view.problem)] : []));
      for (const one of frames) sight.observe(one);
      for (const { frame, series } of drawn.values()) sizes.observe(series?.box ?? frame);
    },
    /** @param {import("../messages").DataChange} change */
    update(change) {
      for (const index of store.apply(change)) due.add(index);
      const to = change.end / 1000;
      const moved = to !== range.to;
      range = { from: to - change.rangeMinutes * 60, to };
      // The time range moves for those without news too.
      if (moved) for (const [index, { series }] of drawn) if (series) due.add(index);
      drawSoon();
    },
    /** @param {import("../messages").AlarmView[]} alarms */
    updateAlarms(alarms) {
      for (const widget of drawn.values()) widget.alarms?.updateAlarms(alarms);
    },
    /** @param {import("../messages").LogTables} tables */
    updateLogs(tables) {
      for (const [key, table] of Object.entries(tables)) {
        const widget = drawn.get(Number(key));
        widget?.setNote(table.note ?? "");
        widget?.log?.updateTable(table);
      }
    },
    recolor() {
      for (const { series } of drawn.values()) series?.recolor();
    },
  };
}

/**
 * @param {import("../messages").WidgetView[]} widgets
 * @param {number} a
 * @param {number} b
 */
function byPlace(widgets, a, b) {
  const [first, second] = [widgets[a], widgets[b]];
  return (first?.y ?? 0) - (second?.y ?? 0) || (first?.x ?? 0) - (second?.x ?? 0);
}

/**
 * Columns and rows as custom properties: dashboard.css uses them where the window is wide enough.
 * @param {HTMLElement} frame
 * @param {import("../messages").WidgetView} view
 */
function place(frame, { x, y, width, height }) {
  frame.style.setProperty("--x", String(x + 1));
  frame.style.setProperty("--y", String(y + 1));
  frame.style.setProperty("--width", String(Math.min(width, 24 - x)));
  frame.style.setProperty("--height", String(height));
  frame.classList.toggle("narrow", width <= 6);
}
