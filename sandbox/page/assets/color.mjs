/** Colours of series without one of their own: told apart also by people who confuse red and green. Light, dark. */
const palette = [
  ["#1f6fb2", "#5aa9e6"],
  ["#d9730d", "#f2a154"],
  ["#2b8a3e", "#69c37b"],
  ["#8e44ad", "#c08bdc"],
  ["#b8336a", "#ef7fae"],
  ["#0b8793", "#4fc4cf"],
  ["#7a6a00", "#d3c04a"],
  ["#5c5f66", "#aeb4bd"],
];

/** CloudWatch's own colours, which dashboards name, as they are legible on dark. */
const onDark = new Map([
  ["#d13212", "#ff7a5c"],
  ["#1d8102", "#67c24a"],
  ["#0073bb", "#5ab0ee"],
  ["#687078", "#a3adb8"],
  ["#ff9900", "#ffad33"],
]);

export function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

/**
 * @param {string | undefined} color as the dashboard names it
 * @param {number} index
 */
export function seriesColor(color, index) {
  const [light = "", dark = ""] = palette[index % palette.length] ?? [];
  if (color === undefined) return isDark() ? dark : light;
  return legible(color);
}

/** @param {string} color */
export function legible(color) {
  return isDark() ? (onDark.get(color.toLowerCase()) ?? color) : color;
}

/**
 * @param {string} color #rrggbb
 * @param {number} alpha
 */
export function translucent(color, alpha) {
  const part = (/** @type {number} */ at) => parseInt(color.slice(at, at + 2), 16);
  return `rgba(${part(1)}, ${part(3)}, ${part(5)}, ${alpha})`;
}

/** @param {string} name of a custom property of page.css */
export function themeColor(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
