/**
 * JSON Schema (draft-07) of a dashboard body. Source: "Dashboard Body Structure and Syntax"; properties that page doesn't list and
 * the console writes (setPeriodToTimeRange, singleValueFullPrecision, labels, start, end) are allowed too.
 */
type Schema = Record<string, unknown>;
export declare const widgetsSchema: Schema;
export declare const bodySchema: Schema;
export {};
