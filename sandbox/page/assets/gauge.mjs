import { annotationsOf } from "./annotations.mjs";
import { legible, seriesColor } from "./color.mjs";
import { element, setAttribute, setText, svg } from "./element.mjs";
import { figure } from "./format.mjs";
import { latest } from "./seriesStore.mjs";

/** @typedef {import("../messages").SeriesData} SeriesData */

const radius = 42;
/** The arc goes from here clockwise to the mirrored side, degrees from the top. */
const opening = 115;

/**
 * A dial for each series, from the left axis' minimum to its maximum, the thresholds as marks.
 * @param {HTMLElement} body
 * @param {any} properties
 */
export function createGauge(body, properties) {
  const { min = 0, max = 100 } = properties.yAxis?.left ?? {};
  const { levels } = annotationsOf(properties);
  const row = element("div", { class: "gauges" });
  const key = element("p", { class: "gauge-key" });
  body.append(row, key);
  /** @type {SeriesData[]} */
  let series = [];
  let shape = "";
  /** @type {{ dial: SVGElement, arc: SVGElement, value: HTMLElement }[]} */
  let dials = [];

  const angle = (/** @type {number} */ value) =>
    -opening + 2 * opening * Math.min(1, Math.max(0, (value - min) / (max - min || 1)));

  const build = () => {
    dials = [];
    row.replaceChildren(
      ...series.map(({ label }, i) => {
        const arc = svg("path", { class: "arc", stroke: seriesColor(series[i]?.color, i) });
        const marks = levels.map(({ value, color }) => markAt(angle(value), legible(color)));
        const dial = svg("svg", {
          viewBox: "-50 -50 100 76",
          role: "meter",
          "aria-label": `${properties.title}: ${label}`,
          "aria-valuemin": min,
          "aria-valuemax": max,
        });
        dial.append(svg("path", { class: "track", d: arcPath(-opening, opening) }), arc, ...marks);
        const value = element("span", { class: "gauge-value" });
        dials.push({ dial, arc, value });
        return element("div", { class: "dial" }, dial, value, element("span", { class: "label" }, label));
      }),
    );
    key.replaceChildren(
      ...levels.map(({ label, value, color }) => {
        const swatch = element("span", { class: "swatch" });
        swatch.style.backgroundColor = legible(color);
        return element("span", {}, swatch, `${label} ${figure(value)}`);
      }),
    );
  };

  const draw = () => {
    dials.forEach(({ dial, arc, value }, i) => {
      const newest = latest(series[i]?.values ?? []);
      setText(value, newest === undefined ? "–" : figure(newest));
      setAttribute(arc, "d", newest === undefined ? "" : arcPath(-opening, angle(newest)));
      setAttribute(dial, "aria-valuenow", newest ?? min);
      setAttribute(dial, "aria-valuetext", newest === undefined ? "no data" : figure(newest));
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
    resize: () => undefined,
    recolor() {
      build();
      draw();
    },
    destroy: () => undefined,
  };
}

/**
 * @param {number} degrees
 * @param {number} distance
 */
function point(degrees, distance) {
  const radians = (degrees * Math.PI) / 180;
  return `${(distance * Math.sin(radians)).toFixed(2)} ${(-distance * Math.cos(radians)).toFixed(2)}`;
}

/**
 * @param {number} from
 * @param {number} to
 */
function arcPath(from, to) {
  return `M ${point(from, radius)} A ${radius} ${radius} 0 ${to - from > 180 ? 1 : 0} 1 ${point(to, radius)}`;
}

/**
 * @param {number} degrees
 * @param {string} color
 */
function markAt(degrees, color) {
  return svg("path", { class: "mark", stroke: color, d: `M ${point(degrees, radius - 6)} L ${point(degrees, radius + 6)}` });
}
