import type { Aws } from "./clients";
import type { Lag } from "./turns";
import type { LagMetric } from "./types";
/** The newest lag of the last five minutes; undefined when there is none or it is -1, "not reported yet". */
export declare function newestLag(aws: Aws, metric: LagMetric, now: number): Promise<Lag | undefined>;
