import { day } from "../../core/clock";
import { serviceError } from "../../core/serviceError";
import type { LogEvent, LogEvents } from "./logEvents";

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
  events: LogEvents;
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

export function append(group: LogGroup, stream: LogStream, timestamp: number, now: number, message: string): void {
  group.events.append(timestamp, now, stream.name, message);
  group.storedBytes += message.length;
  stream.firstEvent ??= timestamp;
  stream.lastEvent = timestamp;
}

/** The newest events that retention has left, from `start` on and before `end` (ms), oldest first. */
export function keptEvents(group: LogGroup, now: number, start = -Infinity, end = Infinity): LogEvent[] {
  const { retentionInDays: days } = group;
  return group.events.between(days === undefined ? start : Math.max(start, now - days * day), end);
}

/**
 * A filter pattern of terms: every term must occur; quoted terms may hold anything, a quote behind a backslash; "?a ?b": any of them; "-a":
 * must not occur. ("Filter pattern syntax": terms with other characters than letters, digits and underscores are quoted. A JSON pattern
 * would match only events that are JSON as a whole, which lines of a Lambda function with log format Text are not.)
 * @throws ServiceError InvalidParameterException
 */
export function filterPattern(pattern: string | undefined): (message: string) => boolean {
  if (!pattern?.trim()) return () => true;
  if (/^\s*[{[%]/.test(pattern)) {
    throw notModelled(pattern, "the sandbox knows terms, not JSON, space-delimited or regular expression patterns");
  }
  const terms = [...pattern.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign = "", quoted, bare = ""]) => {
    const [invalid] = /\W/.exec(bare) ?? [];
    if (invalid) throw invalidParameter(`Invalid character(s) in term '${invalid}'`);
    return { sign, text: quoted?.replace(/\\(.)/g, "$1") ?? bare };
  });
  const anyOf = terms.filter(({ sign }) => sign === "?");
  if (anyOf.length > 0 && anyOf.length < terms.length) throw notModelled(pattern, "? is ignored beside other terms");
  return (message) =>
    terms.every(({ sign, text }) => sign === "?" || message.includes(text) === (sign === "")) &&
    (anyOf.length === 0 || anyOf.some(({ text }) => message.includes(text)));
}

const notModelled = (pattern: string, why: string) => invalidParameter(`Filter pattern ${pattern} is not modelled: ${why}.`);
