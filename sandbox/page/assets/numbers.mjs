import { seriesColor } from "./color.mjs";
import { element, setText } from "./element.mjs";
import { figure, plain } from "./format.mjs";
import { latest } from "./seriesStore.mjs";

/** @typedef {import("../messages").SeriesData} SeriesData */

/**
 * The newest value of each series, over a curve of the time before if the widget wants one.
 * @param {HTMLElement} body
 * @param {any} properties
 */
export function createNumbers(body, properties) {
  const list = element("dl", { class: "numbers" });
  body.append(list);
  let shape = "";
  /** @type {{ value: HTMLElement, curve: HTMLCanvasElement }[]} */
  let rows = [];
  /** @type {SeriesData[]} */
  let series = [];

  const build = () => {
    rows = [];
    list.replaceChildren(
      ...series.map(({ label }) => {
        const value = element("dd");
        const curve = element("canvas", { "aria-hidden": "true" });
        rows.push({ value, curve });
        return element("div", {}, value, element("dt", {}, label), ...(properties.sparkline ? [curve] : []));
      }),
    );
  };

  const draw = () => {
    rows.forEach(({ value, curve }, i) => {
      const values = series[i]?.values ?? [];
      const newest = latest(values);
      setText(value, newest === undefined ? "–" : properties.singleValueFullPrecision ? plain(newest, 6) : figure(newest));
      if (properties.sparkline) drawCurve(curve, values, seriesColor(series[i]?.color, i));
    });
  };

  return {
    /** @param {SeriesData[]} next */
    update(next) {
      series = next;
      const wanted = JSON.stringify(series.map(({ id, label }) => [id, label]));
      if (wanted !== shape) {
        shape = wanted;
        build();
      }
      draw();
    },
    resize: draw,
    recolor: draw,
    destroy: () => undefined,
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(number | null)[]} values
 * @param {string} color
 */
function drawCurve(canvas, values, color) {
  const ratio = devicePixelRatio;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  const context = canvas.getContext("2d");
  if (!context || width === 0) return;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.clearRect(0, 0, width, height);
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const room = 2 * ratio;
  const y = (/** @type {number} */ value) => height - room - ((value - low) / (high - low || 1)) * (height - 2 * room);
  context.strokeStyle = color;
  context.lineWidth = 1.5 * ratio;
  context.beginPath();
  let joined = false;
  values.forEach((value, i) => {
    if (value === null) joined = false;
    else {
      const x = (i / Math.max(1, values.length - 1)) * width;
      if (joined) context.lineTo(x, y(value));
      else context.moveTo(x, y(value));
      joined = true;
    }
  });
  context.stroke();
}
