import type { Aws } from "./clients";
import type { DesiredRecord, DimensionConfig, DimensionState } from "./types";
/** The three parameters of a dimension, as they were read. */
export interface Stored {
    id: string;
    config: DimensionConfig;
    desired?: DesiredRecord;
    /** SSM's version of `desired`: an older request that is written after a newer one is noticed by it. */
    desiredVersion: number;
    key: string;
    state: DimensionState;
    /** The state's text and SSM version: written again only when the text changes, and a foreign write in between is noticed. */
    stateText: string;
    stateVersion: number;
    /** The state parameter isn't a state: it is begun anew. */
    stateBroken: boolean;
    /** What is wrong with the parameters and costs a minute only. */
    problems: string[];
    /** Another run wrote the state meanwhile: this one writes it no more. */
    lost: boolean;
}
/** A dimension whose parameters are missing or broken, and why. */
export interface Broken {
    id: string;
    problem: string;
}
export declare function isBroken(entry: Stored | Broken): entry is Broken;
/** All dimensions under the prefix, by id. @param now time of the run, ms. */
export declare function readAll(aws: Aws, prefix: string, now: number): Promise<(Stored | Broken)[]>;
/** One dimension; undefined where it has no config parameter. */
export declare function readOne(aws: Aws, prefix: string, id: string): Promise<Stored | Broken | undefined>;
/**
 * The state as it is stored: fixed order, empty fields left out, cut to what the parameter holds. Written field by field: every run does
 * it for every dimension, and rest and spread of so many fields cost three times as much.
 */
export declare function stateText(state: DimensionState, now: number): string;
/** What a write of the state came to. Lost: another run had written meanwhile, and its word stands. */
export type Write = "written" | "unchanged" | "lost";
/**
 * Writes the state if it changed. SSM has no conditional write, but answers with the version: if it isn't the next one, another run
 * wrote in between. Then its text is put back, and this run begins nothing (`force`: ours stands, because a call was made).
 */
export declare function writeState(aws: Aws, prefix: string, entry: Stored, state: DimensionState, now: number, force?: boolean): Promise<Write>;
/** What came of writing a desired: its key, or that a newer request came between. */
export interface DesiredWritten {
    record: DesiredRecord;
    key: string;
}
/**
 * Writes an accepted desired. Where another request was written since it was read, the newer of the two stands: SSM has no
 * conditional write, but its version tells.
 */
export declare function writeDesired(aws: Aws, prefix: string, entry: Stored, record: DesiredRecord): Promise<DesiredWritten>;
