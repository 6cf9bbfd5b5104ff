import type { SearchQuery } from "../search";
import type { Statistic } from "../statistic";

/** S, TS and TS[] of the documentation. */
export type Kind = "S" | "TS" | "TS[]";

/**
 * Values by point of the frame, NaN = missing. Plain arrays: an alarm computes one or two points at a time, thousands of times a
 * day, and small typed arrays cost several times as much to make.
 */
export type Values = number[];

export const newValues = (length: number): Values => new Array<number>(length);
export const missingValues = (length: number): Values => newValues(length).fill(Number.NaN);

/** One of an array of time series. */
export interface Timeline {
  label: string;
  values: Values;
}

export type Value = number | Values | Timeline[];

/** The points in time that an expression is evaluated for, and where its metrics come from. */
export interface Frame {
  /** ms since the epoch of the first point. */
  readonly start: number;
  /** Seconds between points. */
  readonly period: number;
  readonly length: number;
  /** Values of the metric that is `queries[index]`. */
  metric(index: number): Values;
  search(query: SearchQuery, statistic: Statistic): Timeline[];
}

/** A compiled expression. */
export interface Node {
  readonly kind: Kind;
  /** Each point depends on the inputs' points of the same time alone, and not on that time: points may be computed in any company. */
  readonly pointwise: boolean;
  run(frame: Frame): Value;
}

export const asScalar = (value: Value) => value as number;
export const asSeries = (value: Value) => value as Values;
export const asArray = (value: Value) => value as Timeline[];
