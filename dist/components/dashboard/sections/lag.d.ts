/** The consumer's lag in seconds. */
import type { MetricRow, RowOptions } from "../widgets";
/** millisBehindLatest is -1 until it is known: drawn as 0. `of` is the id of the row in milliseconds. */
export declare function lagSecondsRow(id: string, of: string, label: string, options?: RowOptions): MetricRow;
