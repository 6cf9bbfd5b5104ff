import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../provider/handler";

/** Where Pulumi marks special values (assets, archives) on the wire. */
const signatureKey = "4dabf18193072939515e22adb298388d";
/** What stands in a preview for a value that only the update will know. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function propertiesOf(struct: Struct | undefined): Properties {
  return (struct?.toJavaScript() ?? {}) as Properties;
}

/** Dates become text, and what is undefined is left out, as in the engine's state. */
export function structOf(properties: Properties): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Parameters<typeof Struct.fromJavaScript>[0]);
}

export function isUnknown(value: unknown): boolean {
  return value === unknown;
}

/** Assets and archives as their hash: a file that was moved is the same file. */
export function withoutContents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutContents);
  if (typeof value !== "object" || value === null) return value;
  const object = value as Record<string, unknown>;
  if (object[signatureKey] && object["hash"]) return object["hash"];
  return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, withoutContents(inner)]));
}
