/** An AWS partition: its name in ARNs, its domain, its console. */
export interface Partition {
    name: string;
    dnsSuffix: string;
    consoleHost: string;
}
/** The partition of a region; undefined where it isn't known here (the isolated and sovereign ones). */
export declare function knownPartition(region: string): Partition | undefined;
/** @throws Error for a region whose partition isn't known: its ARNs and domains would be guesses. */
export declare function partitionOf(region: string): Partition;
