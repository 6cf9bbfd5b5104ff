import type { DesiredRecord, DimensionAnswer, DimensionConfig, DimensionState } from "./types";
interface Asked {
    id: string;
    config: DimensionConfig;
    desired?: DesiredRecord;
    key: string;
    state: DimensionState;
    now: number;
}
/** The answer of GET and PATCH (aws-auto-scaling-custom-resource), from what the last minute run saw. Pure. */
export declare function answerOf({ id, config, desired: record, key, state, now }: Asked): DimensionAnswer;
/** An answer that says Failed: what was asked for is refused, and desired stays what is there. */
export declare function refusal(answer: DimensionAnswer, reason: string): DimensionAnswer;
/** The minute's run is silent: its rule is disabled, or its function is throttled or fails. */
export declare function overdueWords({ desired, at }: DesiredRecord): string;
/** JSON with capacities as doubles ("6.0"): the contract's type. */
export declare function answerJson(answer: DimensionAnswer): string;
export {};
