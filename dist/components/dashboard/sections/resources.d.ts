import type { DashboardContext } from "../context";
import type { Widget } from "../widgets";
export declare function resourceUtilisation(context: DashboardContext): Widget[];
