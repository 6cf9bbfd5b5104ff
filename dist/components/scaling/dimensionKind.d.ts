/** What differs between the two things that are scaled. */
export interface DimensionKind {
    /** What the capacity is counted in. */
    unit: string;
    /** What descriptions call it: "shards of the stream". */
    description: string;
    /** Utilisation up to which steps are derived, in percent. */
    highestPercent: number;
    /** Percent that one call of the service can add and remove. */
    callPercent: {
        out: number;
        in: number;
    };
    /** Thresholds that differ from those of the other kind. */
    thresholds: {
        targetPercent: number;
        scaleInPercent: number;
    };
}
export declare const shardKind: DimensionKind;
export declare const kpuKind: DimensionKind;
