import type { DashboardModel } from "./args";
/** A chooser of the reporting level, where the metrics level leaves a choice. */
export declare function variables({ metricsLevel }: DashboardModel): Record<string, unknown>[];
