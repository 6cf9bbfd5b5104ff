import type { Cloud, Operation, Shape } from "../../core/cloud";
import {
  checkGroupName,
  checkStreamName,
  filterPattern,
  invalidParameter,
  keptEvents,
  logsError,
  retentionDays,
  type LogGroup,
  type LogStream,
} from "./logGroups";
import { logEvents, type LogEvent } from "./logEvents";

/** What the operations work on. */
export interface LogStore {
  cloud: Cloud;
  groups: Map<string, LogGroup>;
  /** Events kept per group. */
  capacity: number;
  /** Stores one event, publishes the metrics in it and tells subscribers. */
  store(group: LogGroup, stream: LogStream, timestamp: number, message: string): void;
}

/** @throws ServiceError ResourceNotFoundException */
export function findGroup({ groups }: LogStore, input: Shape): LogGroup {
  const arn = /:log-group:([^:]+)/.exec(input.logGroupIdentifier ?? input.resourceArn ?? "")?.[1];
  const group = groups.get(input.logGroupName ?? arn ?? input.logGroupIdentifier);
  if (!group) throw logsError("ResourceNotFoundException", "The specified log group does not exist.");
  return group;
}

export function newStream(cloud: Cloud, group: LogGroup, name: string): LogStream {
  const stream = { name, arn: `${group.arn}:log-stream:${name}`, created: cloud.clock.now() };
  group.streams.set(name, stream);
  return stream;
}

function findStream(group: LogGroup, name: string): LogStream {
  const stream = group.streams.get(name);
  if (!stream) throw logsError("ResourceNotFoundException", "The specified log stream does not exist.");
  return stream;
}

export function groupOperations(logs: LogStore): Record<string, Operation> {
  const { cloud, groups, capacity } = logs;
  const find = (input: Shape) => findGroup(logs, input);
  return {
    CreateLogGroup(input) {
      const name: unknown = input.logGroupName;
      checkGroupName(name);
      if (groups.has(name)) throw logsError("ResourceAlreadyExistsException", "The specified log group already exists");
      groups.set(name, {
        name,
        arn: `arn:${cloud.partition}:logs:${cloud.region}:${cloud.account}:log-group:${name}`,
        created: cloud.clock.now(),
        kmsKeyId: input.kmsKeyId,
        logGroupClass: input.logGroupClass ?? "STANDARD",
        streams: new Map(),
        events: logEvents(capacity),
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
}

export function streamOperations(logs: LogStore): Record<string, Operation> {
  const { cloud } = logs;
  const find = (input: Shape) => findGroup(logs, input);
  return {
    CreateLogStream(input) {
      const group = find(input);
      const name: unknown = input.logStreamName;
      checkStreamName(name);
      if (group.streams.has(name)) throw logsError("ResourceAlreadyExistsException", "The specified log stream already exists");
      newStream(cloud, group, name);
      return {};
    },
    DescribeLogStreams(input) {
      const prefix: string = input.logStreamNamePrefix ?? "";
      const byTime = input.orderBy === "LastEventTime";
      if (byTime && prefix !== "") throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
      const before = (a: LogStream, b: LogStream) =>
        byTime ? (a.lastEvent ?? 0) - (b.lastEvent ?? 0) : a.name < b.name ? -1 : 1;
      const found = [...find(input).streams.values()].filter((stream) => stream.name.startsWith(prefix)).sort(before);
      if (input.descending) found.reverse();
      const { items, nextToken } = page(found, input, 50, 50);
      return { logStreams: items.map(describeStream), nextToken };
    },
    DeleteLogStream(input) {
      const group = find(input);
      findStream(group, input.logStreamName);
      group.streams.delete(input.logStreamName);
      group.events.removeStream(input.logStreamName);
      return {};
    },
    PutLogEvents(input) {
      const group = find(input);
      const stream = findStream(group, input.logStreamName);
      for (const { timestamp, message } of input.logEvents) logs.store(group, stream, timestamp, message);
      return { nextSequenceToken: String(group.events.nextId()) };
    },
    GetLogEvents(input) {
      const group = find(input);
      findStream(group, input.logStreamName);
      const all = keptEvents(group, cloud.clock.now(), input.startTime, input.endTime).filter(
        (event) => event.logStream === input.logStreamName,
      );
      const limit: number = input.limit ?? 10_000;
      const { forward, at } = tokenOf(input.nextToken);
      const side = at === undefined ? all : all.filter((event) => (forward ? event.id >= at : event.id < at));
      const events = (at === undefined ? input.startFromHead : forward) ? side.slice(0, limit) : side.slice(-limit);
      const next = (events.at(-1)?.id ?? (at ?? group.events.nextId()) - 1) + 1;
      return {
        events: events.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
        nextForwardToken: `f/${next}`,
        nextBackwardToken: `b/${events[0]?.id ?? next}`,
      };
    },
    FilterLogEvents(input) {
      const matches = filterPattern(input.filterPattern);
      const found = keptEvents(find(input), cloud.clock.now(), input.startTime, input.endTime).filter(
        (event) =>
          (!input.logStreamNames || input.logStreamNames.includes(event.logStream)) &&
          (!input.logStreamNamePrefix || event.logStream.startsWith(input.logStreamNamePrefix)) &&
          matches(event.message),
      );
      const { items, nextToken } = page(found, input, 10_000, 10_000);
      return { events: items.map(describeEvent), nextToken };
    },
  };
}

/** GetLogEvents' tokens: "f/" with the id of the next event, "b/" with that of the first one answered. */
function tokenOf(token: string | undefined): { forward: boolean; at: number | undefined } {
  if (token === undefined) return { forward: true, at: undefined };
  const [, direction, id] = /^([fb])\/(\d+)$/.exec(token) ?? [];
  if (id === undefined) throw invalidParameter("The specified nextToken is invalid.");
  return { forward: direction === "f", at: Number(id) };
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
