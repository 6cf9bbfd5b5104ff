import type { DashboardModel } from "./args";
/**
 * The dashboard's body as an object. The same arguments give the same body.
 * @throws {RangeError} If an extra widget is not valid (with its path), the runtime is not a Flink runtime, or a signal has no
 * result.
 */
export declare function dashboardBody(model: DashboardModel): Record<string, unknown>;
/** JSON with the keys of every object in order, so that equal bodies are equal texts. */
export declare function sortedJson(value: unknown): string;
