import type { Run } from "./begin";
import type { Stored } from "./parameters";
/** Looks at a pipeline's dimensions, decides, begins at most one change, stores what changed and publishes. */
export declare function runPipeline(run: Run, stored: readonly Stored[]): Promise<void>;
