import type { Cloud, Requirement, Service, Shape } from "../../core/cloud";
import type { Peers } from "../../core/peers";
import { embeddedMetrics } from "./embeddedMetrics";
import { inputs } from "./inputs";
import { insightsQuery, type InsightsRow } from "./insights";
import { append, keptEvents, type LogGroup, type LogStream } from "./logGroups";
import { findGroup, groupOperations, newStream, streamOperations, type LogStore } from "./logOperations";

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

  const store = (group: LogGroup, stream: LogStream, timestamp: number, message: string) => {
    append(group, stream, timestamp, cloud.clock.now(), message);
    for (const datum of embeddedMetrics(message)) cloud.peers.publishMetric(datum);
    for (const listener of listeners) listener({ time: timestamp, logGroup: group.name, logStream: stream.name, message });
  };

  const logs: LogStore = { cloud, groups, capacity, store };
  const operations = { ...groupOperations(logs), ...streamOperations(logs) };

  return {
    service: { name: "logs", operations, inputs, requirements: (operation, input) => requirements(cloud, operation, input) },
    writeLog(logGroup, logStream, message) {
      const group = groups.get(logGroup);
      if (!group) return;
      store(group, group.streams.get(logStream) ?? newStream(cloud, group, logStream), cloud.clock.now(), message);
    },
    subscribe(listener) {
      listeners = [...listeners, listener];
      return () => void (listeners = listeners.filter((other) => other !== listener));
    },
    query(logGroups, query, start, end) {
      const run = insightsQuery(query);
      return run(logGroups.flatMap((name) => keptEvents(findGroup(logs, { logGroupName: name }), cloud.clock.now(), start, end)));
    },
  };
}

/** "Actions, resources, and condition keys for Amazon CloudWatch Logs": streams where an action has them, else groups. */
function requirements(cloud: Cloud, operation: string, input: Shape): Requirement[] {
  const group =
    input.logGroupName === undefined
      ? undefined
      : `arn:${cloud.partition}:logs:${cloud.region}:${cloud.account}:log-group:${input.logGroupName}`;
  const action = `logs:${operation}`;
  if (operation === "DescribeLogGroups")
    return [{ action, resource: `arn:${cloud.partition}:logs:${cloud.region}:${cloud.account}:log-group:*` }];
  // AWS names a stream, if only an empty one, in every refusal: a policy for a group needs ":*" behind it.
  if (group !== undefined) return [{ action, resource: `${group}:log-stream:${input.logStreamName ?? ""}` }];
  return [{ action, resource: input.resourceArn ?? input.logGroupIdentifier ?? "*" }];
}
