import type { SearchQuery } from "../search";
import type { Statistic } from "../statistic";

/** S, TS and TS[] of the documentation. */
export type Kind = "S" | "TS" | "TS[]";

/** One of an array of time series; values by point of the frame, NaN = missing. */
export interface Timeline {
  label: string;
  values: Float64Array;
}

export type Value = number | Float64Array | Timeline[];

/** The points in time that an expression is evaluated for, and where its metrics come from. */
export interface Frame {
  /** ms since the epoch of the first point. */
  readonly start: number;
  /** Seconds between points. */
  readonly period: number;
  readonly length: number;
  /** Values of the metric that is `queries[index]`. */
  metric(index: number): Float64Array;
  search(query: SearchQuery, statistic: Statistic): Timeline[];
}

/** A compiled expression. */
export interface Node {
  readonly kind: Kind;
  /** Each point depends on the inputs' points of the same time alone: then an alarm computes only what is new. */
  readonly pointwise: boolean;
  run(frame: Frame): Value;
}

export const asScalar = (value: Value) => value as number;
export const asSeries = (value: Value) => value as Float64Array;
export const asArray = (value: Value) => value as Timeline[];
