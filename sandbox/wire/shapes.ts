import { dateToTag, tag, tagSymbol } from "@smithy/core/cbor";
import type { NormalizedSchema } from "@smithy/core/schema";
import type { Shape } from "../core/cloud";

/** How a protocol writes what JSON has no type for. */
export interface Encoding {
  decodeBlob(value: unknown): Uint8Array | undefined;
  encodeBlob(value: Uint8Array): unknown;
  decodeTimestamp(value: unknown): Date | undefined;
  encodeTimestamp(value: Date): unknown;
}

/** AWS JSON: blobs in base64, timestamps in epoch seconds. */
export const jsonEncoding: Encoding = {
  decodeBlob: (value) => (typeof value === "string" ? Buffer.from(value, "base64") : undefined),
  encodeBlob: (value) => Buffer.from(value).toString("base64"),
  decodeTimestamp: (value) => (typeof value === "number" ? validDate(new Date(value * 1000)) : undefined),
  encodeTimestamp: (value) => value.getTime() / 1000,
};

/** CBOR has byte strings and tagged dates of its own; a plain number of seconds is accepted too. */
export const cborEncoding: Encoding = {
  decodeBlob: (value) => (value instanceof Uint8Array ? value : undefined),
  encodeBlob: (value) => value,
  decodeTimestamp: (value) => jsonEncoding.decodeTimestamp(isTaggedTime(value) ? value.value : value),
  encodeTimestamp: (value) => dateToTag(value),
};

/** Kinesis's older CBOR, of the SDKs for Java: times are milliseconds. */
export const cborMillisecondsEncoding: Encoding = {
  ...cborEncoding,
  decodeTimestamp: (value) => {
    const time = decodeNumber(isTaggedTime(value) ? value.value : value);
    return time === undefined ? undefined : validDate(new Date(time));
  },
  encodeTimestamp: (value) => tag({ tag: 1, value: value.getTime() }),
};

function validDate(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** CBOR's tag 1: seconds since the epoch. */
function isTaggedTime(value: unknown): value is { value: unknown } {
  return typeof value === "object" && value !== null && tagSymbol in value && (value as { tag?: unknown }).tag === 1;
}

/** Where a value isn't of its member's type: `at` is the path ("Records[0].Data"), `expected` the type. */
export interface TypeProblem {
  at: string;
  expected: string;
}

/**
 * Decodes a request to what operations take; unknown members are dropped, as AWS does, and so are members that are null.
 * Stops at the first wrong type; a null in a list or a map is one.
 */
export function decodeShape(schema: NormalizedSchema, value: unknown, encoding: Encoding): { value: Shape } | TypeProblem {
  try {
    return { value: decode(schema, expectObject(value, ""), encoding, "") };
  } catch (problem) {
    if (isTypeProblem(problem)) return problem;
    throw problem;
  }
}

function decode(schema: NormalizedSchema, value: unknown, encoding: Encoding, at: string): Shape {
  if (schema.isStructSchema()) {
    const source = expectObject(value, at);
    const shape: Record<string, Shape> = {};
    for (const [name, member] of schema.structIterator()) {
      const given = Object.hasOwn(source, name) ? source[name] : undefined;
      if (given !== undefined && given !== null) shape[name] = decode(member, given, encoding, at ? `${at}.${name}` : name);
    }
    return shape;
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw problem(at, "a list");
    return value.map((item, index) => decode(schema.getValueSchema(), item, encoding, `${at}[${index}]`));
  }
  if (schema.isMapSchema()) {
    const entries = Object.entries(expectObject(value, at));
    return Object.fromEntries(
      entries.map(([key, item]) => [key, decode(schema.getValueSchema(), item, encoding, `${at}.${key}`)]),
    );
  }
  return decodeScalar(schema, value, encoding, at);
}

function decodeScalar(schema: NormalizedSchema, value: unknown, encoding: Encoding, at: string): Shape {
  if (schema.isBlobSchema()) return encoding.decodeBlob(value) ?? fail(at, "a blob");
  if (schema.isTimestampSchema()) return encoding.decodeTimestamp(value) ?? fail(at, "a timestamp");
  if (schema.isStringSchema()) return typeof value === "string" ? value : fail(at, "a string");
  if (schema.isBooleanSchema()) return typeof value === "boolean" ? value : fail(at, "a boolean");
  if (schema.isNumericSchema()) return decodeNumber(value) ?? fail(at, "a number");
  return value;
}

/** Smithy writes non-finite doubles as strings; CBOR's 64-bit integers arrive as bigint. */
function decodeNumber(value: unknown): number | undefined {
  if (typeof value === "bigint") return Number(value);
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number(value);
  return typeof value === "number" ? value : undefined;
}

/** Encodes an answer: members that are undefined are left out, members the schema doesn't know too. */
export function encodeShape(schema: NormalizedSchema, value: Shape, encoding: Encoding): unknown {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date) return encoding.encodeTimestamp(value);
  if (value instanceof Uint8Array) return encoding.encodeBlob(value);
  if (schema.isStructSchema()) {
    const encoded: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      const inner = encodeShape(member, value[name], encoding);
      if (inner !== undefined) encoded[name] = inner;
    }
    return encoded;
  }
  if (schema.isListSchema()) return value.map((item: Shape) => encodeShape(schema.getValueSchema(), item, encoding));
  if (schema.isMapSchema()) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, encodeShape(schema.getValueSchema(), item, encoding)]),
    );
  }
  if (schema.isTimestampSchema()) return encoding.encodeTimestamp(new Date(value));
  return value;
}

function expectObject(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw problem(at, "a structure");
  return value as Record<string, unknown>;
}

function fail(at: string, expected: string): never {
  throw problem(at, expected);
}

function problem(at: string, expected: string): TypeProblem {
  return { at, expected };
}

function isTypeProblem(value: unknown): value is TypeProblem {
  return typeof value === "object" && value !== null && "expected" in value && !(value instanceof Error);
}
