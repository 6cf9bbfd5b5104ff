import type { Aws } from "./clients";
import type { Change, FlinkSight } from "./types";
/** Looks at an application, and at its update's operation where one of ours may have ended. */
export declare function describeApplication(aws: Aws, name: string, change: Change | undefined): Promise<FlinkSight>;
/**
 * Changes the parallelism, keeps Managed Flink's own autoscaling off and its system rollback on: the Pulumi provider has no
 * property for the latter, and without it an update that fails leaves the application stopped ("System rollbacks"). The token refuses
 * the update if anything changed since the look. Gives the operation's id.
 */
export declare function updateParallelism(aws: Aws, name: string, token: string, parallelism: number): Promise<string | undefined>;
