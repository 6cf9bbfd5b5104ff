import type { MetricEntry } from "../metrics/catalogue";
import { emittedBy, reportedAt, statOf } from "../metrics/catalogue";
import { Mode } from "../mode";
import type { DashboardModel, DimensionPanel } from "./args";
import type { MetricRow, RowOptions } from "./widgets";
import { metricRow, minute } from "./widgets";

/** What every section builds from. */
export interface DashboardContext {
  model: DashboardModel;
  names: DashboardModel["names"];
}

export function dashboardContext(model: DashboardModel): DashboardContext {
  return { model, names: model.names };
}

/** A row of the catalogue with the catalogue's statistic, or another one. */
export function row({ names }: DashboardContext, entry: MetricEntry, options: RowOptions & { stat?: string } = {}): MetricRow {
  const { stat, ...rowOptions } = options;
  return metricRow(statOf(entry, names, stat), rowOptions);
}

export function hidden(context: DashboardContext, entry: MetricEntry, id: string, stat?: string): MetricRow {
  return row(context, entry, { id, stat, visible: false });
}

export const observes = ({ mode }: DimensionPanel): boolean => mode === Mode.Observe;

/** What the capacity asked for is called. */
export const askedFor = (panel: DimensionPanel): string =>
  observes(panel) ? "asked for, not carried out (observe mode)" : "asked for";

export function emitted({ model }: DashboardContext, entry: MetricEntry): boolean {
  return emittedBy(entry, model.runtime);
}

export function reportsTasks({ model }: DashboardContext, entry: MetricEntry): boolean {
  return emittedBy(entry, model.runtime) && reportedAt(entry, model.metricsLevel, "Task");
}

/** SEARCH for all metrics with exactly these dimensions; `filter` names the one whose value must match. */
export function search(entry: MetricEntry, dimensions: string, filter: [name: string, value: string]): string {
  const [name, value] = filter;
  const term = `{${entry.namespace},${dimensions}} MetricName="${entry.name}" ${name}="${value}"`;
  return `SEARCH('${term}', '${entry.stat}', ${minute})`;
}
