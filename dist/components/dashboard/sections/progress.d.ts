import type { DashboardContext } from "../context";
import type { Widget } from "../widgets";
/** The schema that the SEARCHes are written with; the dashboard variable replaces it. */
export declare const taskSchema = "Application,Task";
export declare function flinkProgress(context: DashboardContext): Widget[];
