import type { Shape } from "../../core/cloud";
import type { Modelled, Members as ModelledMembers, ModelledInputs } from "../../core/modelled";
import { serviceError } from "../../core/serviceError";

/** What AWS's service model says of one member of a request. */
export interface Member {
  type: "string" | "integer" | "boolean" | "timestamp" | "blob" | "list" | "map" | "structure";
  required?: boolean;
  /** Length of strings, lists and maps; value of integers. */
  min?: number;
  max?: number;
  pattern?: string;
  enum?: readonly string[];
  element?: Member;
  members?: Members;
  /** An ARN by which a resource of this account and region is found. */
  ownArn?: boolean;
}
export type Members = Readonly<Record<string, Member>>;

/** The tables of constraints name what is modelled, too. */
export function modelledInputs(tables: Readonly<Record<string, Members>>): ModelledInputs {
  return Object.fromEntries(Object.entries(tables).map(([operation, members]) => [operation, modelledMembers(members)]));
}

const modelledMembers = (members: Members): ModelledMembers =>
  Object.fromEntries(Object.entries(members).map(([name, member]) => [name, modelled(member)]));

function modelled({ ownArn, members, element }: Member): Modelled {
  if (ownArn) return "ownArn";
  if (members) return modelledMembers(members);
  return element ? modelled(element) : "anything";
}

/**
 * Refuses a request as AWS's front end does, before the service looks at it: wrong JSON types with SerializationException,
 * then every broken constraint of the service model in one ValidationException.
 */
export function validateInput(service: string, input: Shape, members: Members): void {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw serviceError(service, "SerializationException", "Start of structure or map found where not expected.");
  }
  checkTypes(service, input, members);
  const problems: string[] = [];
  checkMembers(input, members, "", problems);
  if (problems.length === 0) return;
  const head = problems.length === 1 ? "1 validation error detected" : `${problems.length} validation errors detected`;
  throw serviceError(service, "ValidationException", `${head}: ${problems.join("; ")}`);
}

function checkTypes(service: string, input: Shape, members: Members): void {
  for (const [name, member] of Object.entries(members)) {
    const value = input[name];
    if (value !== undefined && value !== null) checkType(service, value, member);
  }
}

function checkType(service: string, value: Shape, member: Member): void {
  if (!hasType(value, member.type)) {
    throw serviceError(service, "SerializationException", `${jsonType(value)} can not be converted to ${article(member.type)}`);
  }
  if (member.type === "list" && member.element) for (const item of value) checkType(service, item, member.element);
  if (member.type === "structure" && member.members) checkTypes(service, value, member.members);
}

function hasType(value: Shape, type: Member["type"]): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    case "boolean":
      return typeof value === "boolean";
    case "timestamp":
      return value instanceof Date ? !Number.isNaN(value.getTime()) : typeof value === "number" && Number.isFinite(value);
    case "blob":
      return typeof value === "string" || value instanceof Uint8Array;
    case "list":
      return Array.isArray(value);
    default:
      return typeof value === "object" && value !== null && !Array.isArray(value);
  }
}

function jsonType(value: Shape): string {
  if (value === null) return "NULL_VALUE";
  if (Array.isArray(value)) return "START_ARRAY";
  if (typeof value === "object") return "START_OBJECT";
  if (typeof value === "number") return Number.isInteger(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE";
  return typeof value === "boolean" ? `${String(value).toUpperCase()}_VALUE` : "STRING_VALUE";
}

const article = (type: Member["type"]) => (type === "integer" ? "an Integer" : `a ${type[0]!.toUpperCase()}${type.slice(1)}`);

function checkMembers(input: Shape, members: Members, path: string, problems: string[]): void {
  for (const [name, member] of Object.entries(members)) {
    checkMember(input[name], member, `${path}${name[0]!.toLowerCase()}${name.slice(1)}`, problems);
  }
}

function checkMember(value: Shape, member: Member, at: string, problems: string[]): void {
  const broken = (shown: string, constraint: string) =>
    problems.push(`Value ${shown} at '${at}' failed to satisfy constraint: Member must ${constraint}`);
  if (value === undefined || value === null) {
    if (member.required) broken("null", "not be null");
    return;
  }
  const shown = typeof value === "string" || typeof value === "number" ? `'${value}'` : "";
  const size = typeof value === "number" ? value : sizeOf(value);
  const what = typeof value === "number" ? "value" : "length";
  if (member.min !== undefined && size < member.min) broken(shown, `have ${what} greater than or equal to ${member.min}`);
  if (member.max !== undefined && size > member.max) broken(shown, `have ${what} less than or equal to ${member.max}`);
  if (member.pattern && !new RegExp(`^(?:${member.pattern})$`).test(value)) {
    broken(shown, `satisfy regular expression pattern: ${member.pattern}`);
  }
  if (member.enum && !member.enum.includes(value)) broken(shown, `satisfy enum value set: [${member.enum.join(", ")}]`);
  if (member.element)
    value.forEach((item: Shape, i: number) => checkMember(item, member.element!, `${at}.${i + 1}.member`, problems));
  if (member.members) checkMembers(value, member.members, `${at}.`, problems);
}

function sizeOf(value: Shape): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  return typeof value === "object" ? Object.keys(value).length : 0;
}

/** SDK clients hand over Dates, the wire epoch seconds. Returns ms. */
export function timestampMs(value: Date | number): number {
  return value instanceof Date ? value.getTime() : value * 1_000;
}
