import type { Defaulted } from "./fields";
/** Days that a log is kept. */
export declare const logRetentionDays: Defaulted<number>;
