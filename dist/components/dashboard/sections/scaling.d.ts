import type { DashboardContext } from "../context";
import type { Widget } from "../widgets";
export declare function scaling(context: DashboardContext): Widget[];
