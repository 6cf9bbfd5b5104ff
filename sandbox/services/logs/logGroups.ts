import { day } from "../../core/clock";
import { serviceError } from "../../core/serviceError";

export interface LogEvent {
  /** ms, virtual */
  timestamp: number;
  ingestionTime: number;
  logStream: string;
  message: string;
  /** Counts up over the group. */
  id: number;
}

export interface LogStream {
  name: string;
  arn: string;
  created: number;
  firstEvent?: number;
  lastEvent?: number;
}

export interface LogGroup {
  name: string;
  /** Without the trailing ":*". */
  arn: string;
  created: number;
  retentionInDays?: number;
  kmsKeyId?: string;
  logGroupClass: string;
  streams: Map<string, LogStream>;
  /** Oldest first; trimmed in bulk, so up to twice `capacity`. */
  events: LogEvent[];
  nextId: number;
  storedBytes: number;
  tags: Map<string, string>;
}

export const logsError = (code: string, message: string) => serviceError("logs", code, message);

export const invalidParameter = (message: string) => logsError("InvalidParameterException", message);

/** "PutRetentionPolicy": the values that it takes, in days. */
export const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function checkGroupName(name: unknown): asserts name is string {
  if (typeof name === "string" && /^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) return;
  throw invalidParameter(
    `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
  );
}

export function checkStreamName(name: unknown): asserts name is string {
  if (typeof name === "string" && /^[^:*]{1,512}$/.test(name)) return;
  throw invalidParameter(
    `1 validation error detected: Value '${name}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*`,
  );
}

/** Appends one event and drops the oldest beyond `capacity`: memory stays flat however long a run is. */
export function append(
  group: LogGroup,
  stream: LogStream,
  timestamp: number,
  now: number,
  message: string,
  capacity: number,
): void {
  group.events.push({ timestamp, ingestionTime: now, logStream: stream.name, message, id: group.nextId++ });
  group.storedBytes += message.length;
  stream.firstEvent ??= timestamp;
  stream.lastEvent = timestamp;
  if (group.events.length >= 2 * capacity) group.events = group.events.slice(-capacity);
}

/** The newest `capacity` events that retention has left, oldest first. */
export function keptEvents(group: LogGroup, now: number, capacity: number): LogEvent[] {
  const events = group.events.slice(-capacity);
  if (group.retentionInDays === undefined) return events;
  const oldest = now - group.retentionInDays * day;
  return events.filter((event) => event.timestamp >= oldest);
}

/** A filter pattern's plain part: every term must occur; quoted terms may hold spaces; "?a ?b": any of them; "-a": must not occur. */
export function filterPattern(pattern: string | undefined): (message: string) => boolean {
  if (!pattern?.trim()) return () => true;
  if (/^\s*[{[%]/.test(pattern)) {
    throw invalidParameter(
      `Filter pattern ${pattern} is not modelled: the sandbox knows terms, not JSON, space-delimited or regular expression patterns.`,
    );
  }
  const terms = [...pattern.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign = "", quoted, bare]) => ({
    sign,
    text: quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "",
  }));
  const anyOf = terms.filter(({ sign }) => sign === "?");
  return (message) =>
    terms.every(({ sign, text }) => sign === "?" || message.includes(text) === (sign === "")) &&
    (anyOf.length === 0 || anyOf.some(({ text }) => message.includes(text)));
}
