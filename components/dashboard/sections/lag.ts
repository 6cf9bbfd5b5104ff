/** The consumer's lag in seconds. */
import type { MetricRow, RowOptions } from "../widgets";
import { expressionRow } from "../widgets";

/** millisBehindLatest is -1 until it is known: drawn as 0. `of` is the id of the row in milliseconds. */
export function lagSecondsRow(id: string, of: string, label: string, options: RowOptions = {}): MetricRow {
  return expressionRow(id, `IF(${of} > 0, ${of}, 0) / 1000`, label, options);
}
