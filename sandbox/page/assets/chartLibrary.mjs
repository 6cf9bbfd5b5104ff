/** uPlot, loaded by a script element of its own: https://github.com/leeoniya/uPlot */
export const Chart = /** @type {typeof import("uplot")} */ (/** @type {any} */ (globalThis).uPlot);
