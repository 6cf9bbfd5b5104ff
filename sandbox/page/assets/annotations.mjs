import { legible, translucent } from "./color.mjs";

/**
 * @typedef {{ value: number, label: string, color: string, fill: string, to?: number, right: boolean }} Level
 * @typedef {{ value: number, label: string, color: string, fill: string, to?: number }} Moment seconds since 1970
 */

const standardColor = "#687078";

/**
 * A widget's annotations, with their defaults; a pair is a band between two values.
 * @param {any} properties
 * @returns {{ levels: Level[], moments: Moment[] }}
 */
export function annotationsOf(properties) {
  const { horizontal = [], vertical = [] } = properties.annotations ?? {};
  const shown = (/** @type {any} */ one) => [one].flat()[0]?.visible !== false;
  const common = (/** @type {any} */ one) => ({
    label: one.label ?? "",
    color: /^#[0-9a-f]{6}$/i.test(one.color) ? one.color : standardColor,
    fill: one.fill ?? "none",
  });
  const levels = horizontal.filter(shown).map((/** @type {any} */ one) => {
    const [from, to] = [one].flat();
    return { ...common(from), value: from.value, to: to?.value, right: from.yAxis === "right" };
  });
  const moments = vertical.filter(shown).map((/** @type {any} */ one) => {
    const [from, to] = [one].flat();
    return { ...common(from), value: Date.parse(from.value) / 1000, to: to && Date.parse(to.value) / 1000 };
  });
  return { levels, moments };
}

/**
 * Draws the areas (below the series), or the lines and their labels (above).
 * @param {import("uplot")} plot
 * @param {{ levels: Level[], moments: Moment[] }} annotations
 * @param {"areas" | "lines"} what
 */
export function drawAnnotations(plot, { levels, moments }, what) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const level of levels) {
    const scale = level.right ? "right" : "left";
    const y = plot.valToPos(level.value, scale, true);
    if (what === "lines") drawLevel(plot, level, y);
    else fillLevel(plot, level, y, scale);
  }
  for (const moment of moments) {
    const x = plot.valToPos(moment.value, "x", true);
    if (what === "lines") drawMoment(plot, moment, x);
    else fillMoment(plot, moment, x);
  }
  ctx.restore();
}

/**
 * @param {import("uplot")} plot
 * @param {Level} level
 * @param {number} y
 * @param {string} scale
 */
function fillLevel({ ctx, bbox, valToPos }, { color, fill, to }, y, scale) {
  ctx.fillStyle = translucent(legible(color), 0.08);
  if (to !== undefined) ctx.fillRect(bbox.left, y, bbox.width, valToPos(to, scale, true) - y);
  else if (fill === "above") ctx.fillRect(bbox.left, bbox.top, bbox.width, y - bbox.top);
  else if (fill === "below") ctx.fillRect(bbox.left, y, bbox.width, bbox.top + bbox.height - y);
}

/**
 * @param {import("uplot")} plot
 * @param {Level} level
 * @param {number} y
 */
function drawLevel({ ctx, bbox }, { color, label }, y) {
  const ratio = devicePixelRatio;
  ctx.strokeStyle = ctx.fillStyle = legible(color);
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `${10.5 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = "left";
  // At the top there is no room above the line.
  const under = y - bbox.top < 14 * ratio;
  ctx.textBaseline = under ? "top" : "bottom";
  ctx.fillText(label, bbox.left + 4 * ratio, y + (under ? 2 : -2) * ratio);
}

/**
 * @param {import("uplot")} plot
 * @param {Moment} moment
 * @param {number} x
 */
function fillMoment({ ctx, bbox, valToPos }, { color, fill, to }, x) {
  ctx.fillStyle = translucent(legible(color), 0.08);
  if (to !== undefined) ctx.fillRect(x, bbox.top, valToPos(to, "x", true) - x, bbox.height);
  else if (fill === "before") ctx.fillRect(bbox.left, bbox.top, x - bbox.left, bbox.height);
  else if (fill === "after") ctx.fillRect(x, bbox.top, bbox.left + bbox.width - x, bbox.height);
}

/**
 * @param {import("uplot")} plot
 * @param {Moment} moment
 * @param {number} x
 */
function drawMoment({ ctx, bbox }, { color, label }, x) {
  const ratio = devicePixelRatio;
  ctx.strokeStyle = ctx.fillStyle = legible(color);
  ctx.lineWidth = ratio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${10.5 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  ctx.fillText(label, x + 3 * ratio, bbox.top + 3 * ratio);
}
