import type { MetricEntry } from "../metrics/catalogue";
import type { DashboardModel } from "./args";
import type { MetricRow, RowOptions } from "./widgets";
/** What every section builds from. */
export interface DashboardContext {
    model: DashboardModel;
    names: DashboardModel["names"];
}
export declare function dashboardContext(model: DashboardModel): DashboardContext;
/** A row of the catalogue with the catalogue's statistic, or another one. */
export declare function row({ names }: DashboardContext, entry: MetricEntry, options?: RowOptions & {
    stat?: string;
}): MetricRow;
export declare function hidden(context: DashboardContext, entry: MetricEntry, id: string, stat?: string): MetricRow;
export declare function emitted({ model }: DashboardContext, entry: MetricEntry): boolean;
export declare function reportsTasks({ model }: DashboardContext, entry: MetricEntry): boolean;
/** SEARCH for all metrics with exactly these dimensions; `filter` names the one whose value must match. */
export declare function search(entry: MetricEntry, dimensions: string, filter: [name: string, value: string]): string;
