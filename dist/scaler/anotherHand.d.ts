import type { Capacity, DimensionState, Look, Note } from "./types";
/**
 * A capacity that moved without a change of ours: from `state.actual` to `actual`.
 * Above desired it is adopted. Below, where desired had been reached, it is put back once; again within the hour it is adopted
 * and reported. On the way to desired it changes nothing.
 */
export declare function anotherHand(look: Look, state: DimensionState, desired: Capacity, actual: Capacity): {
    state: DimensionState;
    note: Note;
};
