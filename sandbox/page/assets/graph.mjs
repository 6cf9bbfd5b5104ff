import { annotationsOf, drawAnnotations } from "./annotations.mjs";
import { Chart } from "./chartLibrary.mjs";
import { seriesColor, themeColor, translucent } from "./color.mjs";
import { element, setText } from "./element.mjs";
import { axisLabels, clock, day, figure, isTimeOfDay, shownLabel } from "./format.mjs";
import { createLegend } from "./legend.mjs";
import { axisRange, columnsOf, lonelyPoints, stacked } from "./plotData.mjs";
import { latest } from "./seriesStore.mjs";
import { timeLabels, timeMarks } from "./timeAxis.mjs";

/** @typedef {import("../messages").SeriesData} SeriesData */

/** Pointing at one graph points at the same minute in all. */
const together = "minute";
const axisSize = 46;
/** Of an axis's label, which stands upright beside its marks. */
const labelSize = 15;

/**
 * A line or stacked area graph of time series.
 * @param {HTMLElement} body
 * @param {any} properties
 */
export function createGraph(body, properties) {
  const annotations = annotationsOf(properties);
  const plotBox = element("div", { class: "plot" });
  const legend = createLegend(properties.legend?.position, (index, shown) => plot?.setSeries(index + 1, { show: shown }));
  body.classList.toggle("legend-right", properties.legend?.position === "right");
  body.append(plotBox, legend.element);
  plotBox.tabIndex = 0;
  plotBox.setAttribute("role", "img");
  plotBox.addEventListener("focus", () => plotBox.setAttribute("aria-label", description()));
  plotBox.addEventListener("keydown", moveCursor);
  plotBox.setAttribute("aria-label", `Graph: ${properties.title ?? ""}`);

  /** @type {import("uplot") | undefined} */
  let plot;
  /** @type {SeriesData[]} */
  let series = [];
  let shape = "";
  let range = { from: 0, to: 1 };

  const data = () => {
    const { times, columns } = columnsOf(series);
    return /** @type {import("uplot").AlignedData} */ ([times, ...(properties.stacked ? stacked(columns) : columns)]);
  };

  const build = () => {
    plot?.destroy();
    const colors = series.map((one, i) => seriesColor(one.color, i));
    legend.build(series, colors);
    plot = new Chart(
      chartOptions(properties, annotations, series, colors, () => range, size(), readout),
      data(),
      plotBox,
    );
  };

  const size = () => ({ width: Math.max(120, plotBox.clientWidth), height: Math.max(60, plotBox.clientHeight) });

  /** @param {number | null | undefined} index a row of the data, or none: the newest value of each series */
  const readout = (index) => {
    const at = index ?? undefined;
    const time = at === undefined ? undefined : (plot?.data[0]?.[at] ?? 0) * 1000;
    legend.show(
      series.map(({ values }) => (at === undefined ? latest(values) : (values[at] ?? undefined))),
      time === undefined ? "" : `${day(time)} ${clock(time)}`,
    );
  };

  /** @param {KeyboardEvent} event */
  function moveCursor(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!plot || step === undefined) return;
    event.preventDefault();
    const times = plot.data[0];
    const index = Math.min(times.length - 1, Math.max(0, (plot.cursor.idx ?? times.length - 1) + step));
    plot.setCursor({ left: plot.valToPos(times[index] ?? 0, "x"), top: 1 });
    setText(legend.announcer, description(index));
  }

  /** @param {number} [index] */
  function description(index) {
    const at = index === undefined ? "now" : clock((plot?.data[0]?.[index] ?? 0) * 1000);
    const values = series.map((one) => {
      const value = index === undefined ? latest(one.values) : one.values[index];
      const shown = isTimeOfDay(one.label) ? clock : figure;
      return `${shownLabel(one.label)}: ${value === undefined || value === null ? "no data" : shown(value)}`;
    });
    return `${properties.title ?? "Graph"}, ${at}. ${values.join(", ")}`;
  }

  return {
    /** What changes its size when the legend takes another line. */
    box: plotBox,
    /**
     * @param {SeriesData[]} next
     * @param {{ from: number, to: number }} shown seconds
     */
    update(next, shown) {
      series = next;
      range = shown;
      const wanted = JSON.stringify(series.map(({ id, label, color, axis }) => [id, label, color, axis]));
      if (!plot || wanted !== shape) {
        shape = wanted;
        build();
      } else {
        plot.setData(data());
      }
      if (plot?.cursor.idx === null || plot?.cursor.idx === undefined || (plot.cursor.left ?? -1) < 0) readout(undefined);
    },
    resize() {
      if (plot && plotBox.clientWidth > 0) plot.setSize(size());
    },
    recolor() {
      if (plot) build();
      readout(undefined);
    },
    destroy: () => plot?.destroy(),
  };
}

/**
 * @param {any} properties
 * @param {ReturnType<typeof annotationsOf>} annotations
 * @param {SeriesData[]} series
 * @param {string[]} colors
 * @param {() => { from: number, to: number }} range
 * @param {{ width: number, height: number }} size
 * @param {(index: number | null | undefined) => void} readout
 * @returns {import("uplot").Options}
 */
function chartOptions(properties, annotations, series, colors, range, size, readout) {
  const right = series.some(({ axis }) => axis === "right");
  const grid = { stroke: themeColor("--grid"), width: 1 };
  const text = { stroke: themeColor("--muted"), font: "11px system-ui, sans-serif", ticks: { show: false } };
  const yAxis = (/** @type {"left" | "right"} */ side) => ({
    ...text,
    scale: side,
    side: side === "left" ? 3 : 1,
    size: axisSize,
    gap: 4,
    space: 26,
    grid: side === "left" ? grid : { show: false },
    label: axisLabel(side),
    labelSize,
    labelGap: 0,
    labelFont: text.font,
    values: (/** @type {unknown} */ _plot, /** @type {number[]} */ marks) =>
      isTimeOfDay(properties.yAxis?.[side]?.label) ? marks.map((mark) => clock(mark)) : axisLabels(marks),
  });
  const axisLabel = (/** @type {"left" | "right"} */ side) => shownLabel(properties.yAxis?.[side]?.label) || undefined;
  /** @type {("left" | "right")[]} */
  const sides = right ? ["left", "right"] : ["left"];
  const besidePlot = sides.reduce((sum, side) => sum + axisSize + (axisLabel(side) === undefined ? 0 : labelSize), 0);
  const scale = (/** @type {"left" | "right"} */ side) => {
    const fixed = properties.yAxis?.[side] ?? {};
    const levels = annotations.levels
      .filter((level) => level.right === (side === "right"))
      .flatMap(({ value, to }) => [value, to ?? value]);
    return {
      range: (/** @type {unknown} */ _plot, /** @type {number | null} */ low, /** @type {number | null} */ high) =>
        axisRange(low, high, fixed, levels),
    };
  };
  return {
    ...size,
    pxAlign: false,
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 6, width: 1.5 },
      sync: { key: together, scales: ["x", null], setSeries: false },
    },
    scales: {
      x: { time: false, range: () => [range().from, range().to] },
      left: scale("left"),
      ...(right && { right: scale("right") }),
    },
    axes: [
      {
        ...text,
        grid,
        size: 24,
        gap: 4,
        splits: (plot, _axis, from, to) => timeMarks(from, to, plot.width - besidePlot),
        values: (_plot, marks) => timeLabels(marks),
      },
      ...sides.map(yAxis),
    ],
    series: [
      {},
      ...series.map((one, i) => ({
        scale: one.axis,
        stroke: colors[i],
        width: 1.5,
        fill: properties.stacked ? translucent(colors[i] ?? "#888888", 0.35) : undefined,
        spanGaps: series.some(({ period }) => period < one.period),
        points: {
          size: 4,
          fill: colors[i],
          filter: (/** @type {import("uplot")} */ plot, /** @type {number} */ at) => {
            const [from = 0, to = 0] = plot.series[0]?.idxs ?? [];
            return lonelyPoints(/** @type {(number | null)[]} */ (plot.data[at]), from, to);
          },
        },
      })),
    ],
    bands: properties.stacked
      ? series.slice(1).map((_, i) => ({ series: /** @type {[number, number]} */ ([i + 2, i + 1]) }))
      : [],
    padding: [8, right ? 0 : 18, 0, 0],
    hooks: {
      drawAxes: [(plot) => drawAnnotations(plot, annotations, "areas")],
      draw: [(plot) => drawAnnotations(plot, annotations, "lines")],
      setCursor: [(plot) => readout((plot.cursor.left ?? -1) < 0 ? undefined : plot.cursor.idx)],
    },
  };
}
