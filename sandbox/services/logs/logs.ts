import type { Cloud, Operation, Requirement, Service, Shape } from "../../core/cloud";
import type { Peers } from "../../core/peers";
import { embeddedMetrics } from "./embeddedMetrics";
import { insightsQuery, type InsightsRow } from "./insights";
import {
  append,
  checkGroupName,
  checkStreamName,
  filterPattern,
  invalidParameter,
  keptEvents,
  logsError,
  retentionDays,
  type LogEvent,
  type LogGroup,
  type LogStream,
} from "./logGroups";

export interface LogLine {
  time: number;
  logGroup: string;
  logStream: string;
  message: string;
}

export interface Logs {
  service: Service;
  /** For Peers: a line of another service or a Lambda, with the clock's time. Lost when the group doesn't exist. */
  writeLog: Peers["writeLog"];
  /** Hears every line that is stored. Returns the function that ends it. */
  subscribe(listener: (line: LogLine) => void): () => void;
  /** CloudWatch Logs Insights over the events that are kept; times in ms, end excluded. @throws ServiceError MalformedQueryException */
  query(logGroups: readonly string[], query: string, start: number, end: number): InsightsRow[];
}

export interface LogsOptions {
  /** Events kept per group, the newest. Default 10,000. */
  capacity?: number;
}

/**
 * CloudWatch Logs: groups, streams, events and the metrics that are embedded in them. Not modelled: metric filters, subscription filters,
 * exports, quotas of ingestion.
 */
export function createLogs(cloud: Cloud, { capacity = 10_000 }: LogsOptions = {}): Logs {
  const groups = new Map<string, LogGroup>();
  let listeners: ((line: LogLine) => void)[] = [];

  const find = (input: Shape): LogGroup => {
    const name: string =
      input.logGroupName ??
      /:log-group:([^:]+)/.exec(input.logGroupIdentifier ?? input.resourceArn ?? "")?.[1] ??
      input.logGroupIdentifier;
    const group = groups.get(name);
    if (!group) throw logsError("ResourceNotFoundException", "The specified log group does not exist.");
    return group;
  };

  const findStream = (group: LogGroup, name: string): LogStream => {
    const stream = group.streams.get(name);
    if (!stream) throw logsError("ResourceNotFoundException", "The specified log stream does not exist.");
    return stream;
  };

  const newStream = (group: LogGroup, name: string): LogStream => {
    const stream = { name, arn: `${group.arn}:log-stream:${name}`, created: cloud.clock.now() };
    group.streams.set(name, stream);
    return stream;
  };

  const store = (group: LogGroup, stream: LogStream, timestamp: number, message: string) => {
    append(group, stream, timestamp, cloud.clock.now(), message, capacity);
    for (const datum of embeddedMetrics(message)) cloud.peers.publishMetric(datum);
    for (const listener of listeners) listener({ time: timestamp, logGroup: group.name, logStream: stream.name, message });
  };

  const operations: Record<string, Operation> = {
    CreateLogGroup(input) {
      const name: unknown = input.logGroupName;
      checkGroupName(name);
      if (groups.has(name)) throw logsError("ResourceAlreadyExistsException", "The specified log group already exists");
      groups.set(name, {
        name,
        arn: `arn:aws:logs:${cloud.region}:${cloud.account}:log-group:${name}`,
        created: cloud.clock.now(),
        kmsKeyId: input.kmsKeyId,
        logGroupClass: input.logGroupClass ?? "STANDARD",
        streams: new Map(),
        events: [],
        nextId: 0,
        storedBytes: 0,
        tags: new Map(Object.entries(input.tags ?? {})),
      });
      return {};
    },
    DeleteLogGroup(input) {
      groups.delete(find(input).name);
      return {};
    },
    PutRetentionPolicy(input) {
      if (!retentionDays.includes(input.retentionInDays)) {
        throw invalidParameter(
          `1 validation error detected: Value '${input.retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentionDays.join(", ")}]`,
        );
      }
      find(input).retentionInDays = input.retentionInDays;
      return {};
    },
    DeleteRetentionPolicy(input) {
      find(input).retentionInDays = undefined;
      return {};
    },
    DescribeLogGroups(input) {
      const prefix: string = input.logGroupNamePrefix ?? "";
      const found = [...groups.values()]
        .filter((group) => group.name.startsWith(prefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, nextToken } = page(found, input, 50, 50);
      return { logGroups: items.map(describeGroup), nextToken };
    },
    CreateLogStream(input) {
      const group = find(input);
      const name: unknown = input.logStreamName;
      checkStreamName(name);
      if (group.streams.has(name)) throw logsError("ResourceAlreadyExistsException", "The specified log stream already exists");
      newStream(group, name);
      return {};
    },
    DescribeLogStreams(input) {
      const prefix: string = input.logStreamNamePrefix ?? "";
      const found = [...find(input).streams.values()].filter((stream) => stream.name.startsWith(prefix));
      const { items, nextToken } = page(found, input, 50, 50);
      return { logStreams: items.map(describeStream), nextToken };
    },
    DeleteLogStream(input) {
      const group = find(input);
      findStream(group, input.logStreamName);
      group.streams.delete(input.logStreamName);
      group.events = group.events.filter((event) => event.logStream !== input.logStreamName);
      return {};
    },
    PutLogEvents(input) {
      const group = find(input);
      const stream = findStream(group, input.logStreamName);
      for (const { timestamp, message } of input.logEvents) store(group, stream, timestamp, message);
      return { nextSequenceToken: String(group.nextId) };
    },
    GetLogEvents(input) {
      const group = find(input);
      findStream(group, input.logStreamName);
      const all = inRange(keptEvents(group, cloud.clock.now(), capacity), input).filter(
        (event) => event.logStream === input.logStreamName,
      );
      const limit: number = input.limit ?? 10_000;
      const token = /^f\/(\d+)$/.exec(input.nextToken ?? "")?.[1];
      const after = token === undefined ? all : all.filter((event) => event.id >= Number(token));
      const events = token !== undefined || input.startFromHead ? after.slice(0, limit) : after.slice(-limit);
      const next = (events.at(-1)?.id ?? Number(token ?? group.nextId) - 1) + 1;
      return {
        events: events.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
        nextForwardToken: `f/${next}`,
        nextBackwardToken: `b/${events[0]?.id ?? next}`,
      };
    },
    FilterLogEvents(input) {
      const matches = filterPattern(input.filterPattern);
      const found = inRange(keptEvents(find(input), cloud.clock.now(), capacity), input).filter(
        (event) =>
          (!input.logStreamNames || input.logStreamNames.includes(event.logStream)) &&
          (!input.logStreamNamePrefix || event.logStream.startsWith(input.logStreamNamePrefix)) &&
          matches(event.message),
      );
      const { items, nextToken } = page(found, input, 10_000, 10_000);
      return { events: items.map(describeEvent), nextToken };
    },
    TagResource(input) {
      for (const [key, value] of Object.entries(input.tags ?? {})) find(input).tags.set(key, String(value));
      return {};
    },
    UntagResource(input) {
      for (const key of input.tagKeys ?? []) find(input).tags.delete(key);
      return {};
    },
    ListTagsForResource: (input) => ({ tags: Object.fromEntries(find(input).tags) }),
  };

  return {
    service: { name: "logs", operations, requirements: (operation, input) => requirements(cloud, operation, input) },
    writeLog(logGroup, logStream, message) {
      const group = groups.get(logGroup);
      if (!group) return;
      store(group, group.streams.get(logStream) ?? newStream(group, logStream), cloud.clock.now(), message);
    },
    subscribe(listener) {
      listeners = [...listeners, listener];
      return () => void (listeners = listeners.filter((other) => other !== listener));
    },
    query(logGroups, query, start, end) {
      const run = insightsQuery(query);
      const events = logGroups.flatMap((name) => keptEvents(find({ logGroupName: name }), cloud.clock.now(), capacity));
      return run(events.filter((event) => event.timestamp >= start && event.timestamp < end));
    },
  };
}

/** startTime is included, endTime excluded; both ms. */
function inRange(events: readonly LogEvent[], input: Shape): LogEvent[] {
  const { startTime = -Infinity, endTime = Infinity } = input;
  return events.filter((event) => event.timestamp >= startTime && event.timestamp < endTime);
}

function page<T>(all: readonly T[], input: Shape, byDefault: number, most: number): { items: readonly T[]; nextToken?: string } {
  const size: number = input.limit ?? byDefault;
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw invalidParameter(
      `1 validation error detected: Value '${size}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
    );
  }
  const start = Number(input.nextToken ?? 0);
  if (!Number.isInteger(start) || start < 0) throw invalidParameter("The specified nextToken is invalid.");
  const end = start + size;
  return { items: all.slice(start, end), nextToken: end < all.length ? String(end) : undefined };
}

function describeGroup(group: LogGroup): Shape {
  return {
    logGroupName: group.name,
    creationTime: group.created,
    retentionInDays: group.retentionInDays,
    metricFilterCount: 0,
    arn: `${group.arn}:*`,
    logGroupArn: group.arn,
    storedBytes: group.storedBytes,
    kmsKeyId: group.kmsKeyId,
    logGroupClass: group.logGroupClass,
  };
}

function describeStream(stream: LogStream): Shape {
  return {
    logStreamName: stream.name,
    arn: stream.arn,
    creationTime: stream.created,
    firstEventTimestamp: stream.firstEvent,
    lastEventTimestamp: stream.lastEvent,
    lastIngestionTime: stream.lastEvent,
    storedBytes: 0,
  };
}

function describeEvent(event: LogEvent): Shape {
  return {
    logStreamName: event.logStream,
    timestamp: event.timestamp,
    message: event.message,
    ingestionTime: event.ingestionTime,
    eventId: String(event.id).padStart(56, "0"),
  };
}

/** "Actions, resources, and condition keys for Amazon CloudWatch Logs": streams where an action has them, else groups. */
function requirements(cloud: Cloud, operation: string, input: Shape): Requirement[] {
  const group =
    input.logGroupName === undefined
      ? undefined
      : `arn:aws:logs:${cloud.region}:${cloud.account}:log-group:${input.logGroupName}`;
  const action = `logs:${operation}`;
  if (operation === "DescribeLogGroups")
    return [{ action, resource: `arn:aws:logs:${cloud.region}:${cloud.account}:log-group:*` }];
  // AWS names a stream, if only an empty one, in every refusal: a policy for a group needs ":*" behind it.
  if (group !== undefined) return [{ action, resource: `${group}:log-stream:${input.logStreamName ?? ""}` }];
  return [{ action, resource: input.resourceArn ?? input.logGroupIdentifier ?? "*" }];
}
