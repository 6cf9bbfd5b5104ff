/** The browser's modules as Node loads them; their types are checked by the tsconfig beside them. */
import type { DataChange, SeriesData } from "../../../sandbox/page/messages";

export type Piece = string | { tag: string; href?: string; children: Piece[] };
type Values = (number | null)[];

const folder = "../../../sandbox/page/assets";

export const { parseMarkdown } = require(`${folder}/markdown.mjs`) as { parseMarkdown(text: string): Piece[] };

export const { createSeriesStore } = require(`${folder}/seriesStore.mjs`) as {
  createSeriesStore(): { of(index: number): { series: SeriesData[]; note: string }; apply(change: DataChange): number[] };
};

export const { axisLabels, duration, figure } = require(`${folder}/format.mjs`) as {
  axisLabels(marks: number[]): string[];
  duration(ms: number): string;
  figure(value: number): string;
};

export const { axisRange, columnsOf, lonelyPoints, stacked } = require(`${folder}/plotData.mjs`) as {
  axisRange(low: number | null, high: number | null, fixed: { min?: number; max?: number }, levels: number[]): [number, number];
  columnsOf(series: readonly SeriesData[]): { times: number[]; columns: Values[] };
  lonelyPoints(column: Values, from: number, to: number): number[];
  stacked(columns: Values[]): Values[];
};

export const { timeLabels, timeMarks } = require(`${folder}/timeAxis.mjs`) as {
  timeLabels(marks: number[]): string[];
  timeMarks(from: number, to: number, width: number): number[];
};
