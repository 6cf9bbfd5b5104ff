import type { Capacity, DesiredRecord, DimensionConfig, DimensionState } from "./types";
/** What PATCH makes of a capacity that was asked for. */
export type Acceptance = {
    is: "store";
    desired: Capacity;
    reason: string;
} | {
    is: "keep";
    desired: Capacity | undefined;
    reason: string;
} | {
    is: "refuse";
    reason: string;
};
export interface Asked {
    config: DimensionConfig;
    desired?: DesiredRecord;
    key: string;
    state: DimensionState;
    requested: Capacity;
    /** The request's time, ms. */
    now: number;
}
/** Bounded, and cut to what can be done: what is accepted only in part is answered at once with the accepted number. Pure. */
export declare function accept(asked: Asked): Acceptance;
