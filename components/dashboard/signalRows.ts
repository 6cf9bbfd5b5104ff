import type { MetricQuery } from "../metrics/metricQuery";
import type { MetricRow, RowOptions } from "./widgets";
import { metricRow } from "./widgets";

export interface SignalRows {
  rows: MetricRow[];
  /** Id of the row that is the signal. */
  id: string;
}

/** Replaces whole identifiers, not the text of string arguments. */
function renameIds(expression: string, newIds: ReadonlyMap<string, string>): string {
  const parts = expression.split(/("[^"]*"|'[^']*')/);
  const rename = (part: string): string => part.replace(/\b[a-z]\w*\b/g, (id) => newIds.get(id) ?? id);
  return parts.map((part, index) => (index % 2 === 0 ? rename(part) : part)).join("");
}

/**
 * Rows that draw a signal as its alarm evaluates it. Ids get the prefix, so that several signals fit in one widget; only the
 * result is visible.
 * @throws {RangeError} If not exactly one query returns data.
 */
export function signalRows(queries: readonly MetricQuery[], prefix: string, options: RowOptions): SignalRows {
  const results = queries.filter((query) => query.returnData);
  const [result] = results;
  if (!result || results.length > 1) {
    throw new RangeError(
      `signal "${prefix}": exactly one query must have returnData, got ${results.length} of ${queries.length}.`,
    );
  }
  const newIds = new Map(queries.map(({ id }) => [id, `${prefix}_${id}`]));
  const rows = queries.map((query): MetricRow => {
    const shown: RowOptions = query === result ? options : { visible: false };
    const id = `${prefix}_${query.id}`;
    if (query.metric) return metricRow(query.metric, { ...shown, id });
    const label = shown.label === undefined ? {} : { label: shown.label };
    return [{ ...shown, ...label, id, expression: renameIds(query.expression ?? "", newIds) }];
  });
  return { rows, id: `${prefix}_${result.id}` };
}
