import type { MetricQuery } from "../metrics/metricQuery";
import type { MetricRow, RowOptions } from "./widgets";
export interface SignalRows {
    rows: MetricRow[];
    /** Id of the row that is the signal. */
    id: string;
}
/**
 * Rows that draw a signal as its alarm evaluates it. Ids get the prefix, so that several signals fit in one widget; only the
 * result is visible.
 * @throws {RangeError} If not exactly one query returns data.
 */
export declare function signalRows(queries: readonly MetricQuery[], prefix: string, options: RowOptions): SignalRows;
