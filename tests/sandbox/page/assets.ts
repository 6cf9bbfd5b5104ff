/** The browser's modules as Node loads them; their types are checked by the tsconfig beside them. */
import type { DataChange, SeriesData } from "../../../sandbox/page/messages";

export type Piece = string | { tag: string; href?: string; children: Piece[] };
type Values = (number | null)[];

const folder = "../../../sandbox/page/assets";

export const { parseMarkdown } = require(`${folder}/markdown.mjs`) as { parseMarkdown(text: string): Piece[] };

export const { createSeriesStore } = require(`${folder}/seriesStore.mjs`) as {
  createSeriesStore(): { of(index: number): { series: SeriesData[]; note: string }; apply(change: DataChange): number[] };
};

export const { axisLabels, duration, figure, isTimeOfDay, shownLabel } = require(`${folder}/format.mjs`) as {
  isTimeOfDay(label: string | undefined): boolean;
  shownLabel(label: string | undefined): string;
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

export const { played } = require(`${folder}/runBar.mjs`) as {
  played(run: { traffic: string; played: number; minutes?: number }): string;
};

export const { createAnswer } = require(`${folder}/answer.mjs`) as {
  createAnswer(line: { textContent: string; className: string }): {
    send(name: string, input: object): Promise<void>;
    sendQuietly(name: string, input: object): Promise<void>;
    entered(): void;
    stateChanged(): void;
  };
};

export const { connect } = require(`${folder}/connection.mjs`) as {
  connect(options: {
    url: () => string;
    whole: (message: unknown) => void;
    change: (message: unknown) => void;
    outage: (words: string | undefined) => void;
  }): { reopen: () => void };
};

export const { timeLabels, timeMarks } = require(`${folder}/timeAxis.mjs`) as {
  timeLabels(marks: number[]): string[];
  timeMarks(from: number, to: number, width: number): number[];
};
