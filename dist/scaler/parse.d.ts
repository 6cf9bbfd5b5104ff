import type { DesiredRecord, DimensionConfig, DimensionState } from "./types";
export declare function parseJson(text: string | undefined): unknown;
export declare function isTime(value: unknown): value is number;
/** Bytes of a text in a parameter: JSON, UTF-8, without its quotes. */
export declare function writtenBytes(text: string): number;
/** `desired`: a record, nothing ({}), or "broken". */
export declare function parseDesired(value: unknown): DesiredRecord | undefined | "broken";
/** The configuration, or what is wrong with it. */
export declare function parseConfig(value: unknown): DimensionConfig | string;
/**
 * The state, or undefined where it isn't one: not JSON, fields of another type, or times that lie ahead. What is not a field is
 * left out.
 * @param now time of the run; an API request, whose own time says nothing of the state's, gives none.
 */
export declare function parseState(value: unknown, kind: DimensionConfig["kind"], now?: number): DimensionState | undefined;
