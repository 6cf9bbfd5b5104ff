import type { DashboardContext } from "../context";
import type { Widget } from "../widgets";
export declare function kinesisSourceAndSink(context: DashboardContext): Widget[];
