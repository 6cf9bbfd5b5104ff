import type { MetricEntry } from "../../metrics/catalogue";
import { consumerMetrics, producerMetrics, sourceMetrics, streamMetrics, streamScalerMetrics } from "../../metrics/catalogue";
import type { DashboardContext } from "../context";
import { hidden, row, search } from "../context";
import type { MetricRow, Widget } from "../widgets";
import { colors, expressionRow, graph, minute, text } from "../widgets";
import { lagSecondsRow } from "./lag";

/** What a shard takes in a second. Source: "Quotas and limits", Kinesis Data Streams. */
const recordsPerShard = 1_000;
const bytesPerMiB = 1_048_576;

export function kinesisSourceAndSink(context: DashboardContext): Widget[] {
  return [
    text("## Kinesis source and sink"),
    lag(context),
    throttles(context),
    throughputInRecords(context),
    throughputInBytes(context),
    ...calls(context),
    ...(context.model.shardLevelMetrics ? hotShards(context) : []),
    ...producerLibrary(context),
  ];
}

function lag(context: DashboardContext): Widget {
  const iteratorAge = streamMetrics["GetRecords.IteratorAgeMilliseconds"];
  const consumerLag = consumerMetrics["SubscribeToShardEvent.MillisBehindLatest"];
  const ofConsumer = [
    hidden(context, consumerLag, "consumer"),
    lagSecondsRow("consumerSeconds", "consumer", "SubscribeToShardEvent.MillisBehindLatest"),
  ];
  return graph({
    title: "Lag",
    width: 12,
    region: context.model.region,
    metrics: [
      hidden(context, sourceMetrics.millisBehindLatest, "behind"),
      hidden(context, iteratorAge, "age"),
      lagSecondsRow("behindSeconds", "behind", "millisBehindLatest of the application"),
      lagSecondsRow("ageSeconds", "age", "iterator age, all polling consumers", { color: colors.muted }),
      ...(context.names.consumerName ? ofConsumer : []),
    ],
    left: { min: 0, label: "seconds" },
    thresholds: [{ value: context.model.lagSeconds, label: "lag alarm", color: colors.bad, fill: "above" }],
  });
}

function throttles(context: DashboardContext): Widget {
  return graph({
    title: "Throttles",
    width: 12,
    region: context.model.region,
    metrics: [
      row(context, streamMetrics.WriteProvisionedThroughputExceeded, { label: "records refused (writes)", color: colors.bad }),
      row(context, streamMetrics.ReadProvisionedThroughputExceeded, { label: "calls refused (reads)", color: colors.warn }),
      row(context, streamMetrics["PutRecords.ThrottledRecords"], { label: "PutRecords: throttled", color: colors.muted }),
      row(context, streamMetrics["PutRecords.FailedRecords"], { label: "PutRecords: failed" }),
    ],
    left: { min: 0, label: "a minute" },
  });
}

function throughputInRecords(context: DashboardContext): Widget {
  return graph({
    title: "Stream throughput in records",
    width: 12,
    region: context.model.region,
    metrics: [
      hidden(context, streamMetrics.IncomingRecords, "incoming"),
      hidden(context, streamMetrics["GetRecords.Records"], "outgoing"),
      hidden(context, streamScalerMetrics.actual, "shards"),
      expressionRow("written", `incoming / ${minute}`, "written"),
      expressionRow("read", `outgoing / ${minute}`, "read by polling consumers", { color: colors.muted }),
      ...readByConsumer(context),
      expressionRow("limit", `shards * ${recordsPerShard}`, "limit of the shards", { color: colors.bad }),
    ],
    left: { min: 0, label: "records/s" },
  });
}

function readByConsumer(context: DashboardContext): MetricRow[] {
  if (!context.names.consumerName) return [];
  return [
    hidden(context, consumerMetrics["SubscribeToShardEvent.Records"], "pushed"),
    expressionRow("fanOut", `pushed / ${minute}`, "read by enhanced fan-out"),
  ];
}

function throughputInBytes(context: DashboardContext): Widget {
  const perSecond = (id: string): string => `${id} / ${minute * bytesPerMiB}`;
  return graph({
    title: "Stream throughput in bytes",
    width: 12,
    region: context.model.region,
    metrics: [
      hidden(context, streamMetrics.IncomingBytes, "incoming"),
      hidden(context, streamMetrics["GetRecords.Bytes"], "outgoing"),
      row(context, streamScalerMetrics.actual, { id: "shards", label: "limit of the shards (1 MiB/s each)", color: colors.bad }),
      expressionRow("written", perSecond("incoming"), "written"),
      expressionRow("read", perSecond("outgoing"), "read by polling consumers", { color: colors.muted }),
    ],
    left: { min: 0, label: "MiB/s" },
  });
}

function calls(context: DashboardContext): Widget[] {
  const { region } = context.model;
  const latency = (entry: MetricEntry, label: string): MetricRow[] => [
    row(context, entry, { label: `${label}, average` }),
    row(context, entry, { label: `${label}, slowest`, stat: "Maximum", yAxis: "right" }),
  ];
  const success = (entry: MetricEntry, id: string, label: string): MetricRow[] => [
    hidden(context, entry, id),
    expressionRow(`${id}Percent`, `100 * ${id}`, label),
  ];
  return [
    graph({
      title: "Latency of calls",
      width: 12,
      region,
      metrics: [
        ...latency(streamMetrics["GetRecords.Latency"], "GetRecords"),
        ...latency(streamMetrics["PutRecords.Latency"], "PutRecords"),
        ...latency(streamMetrics["PutRecord.Latency"], "PutRecord"),
      ],
      left: { min: 0, label: "ms, average" },
      right: { min: 0, label: "ms, slowest" },
    }),
    graph({
      title: "Success of calls",
      width: 12,
      region,
      metrics: [
        ...success(streamMetrics["GetRecords.Success"], "getRecords", "GetRecords"),
        ...success(streamMetrics["PutRecords.Success"], "putRecords", "PutRecords"),
        ...success(streamMetrics["PutRecord.Success"], "putRecord", "PutRecord"),
      ],
      left: { max: 100, label: "%" },
    }),
  ];
}

/** The twenty fullest shards, in percent of what a shard takes. */
function hotShards(context: DashboardContext): Widget[] {
  const { region } = context.model;
  const { IncomingRecords, IncomingBytes, WriteProvisionedThroughputExceeded } = streamMetrics;
  const found = (entry: MetricEntry): string => search(entry, "ShardId,StreamName", ["StreamName", context.names.streamName]);
  const fullest = (entry: MetricEntry, factor: string): MetricRow[] => [
    expressionRow("shards", found(entry), "", { visible: false }),
    expressionRow("hottest", `SORT(${factor ? `shards ${factor}` : "shards"}, MAX, DESC, 20)`, ""),
  ];
  const full = [{ value: 100, label: "limit of a shard", color: colors.bad }];
  return [
    graph({
      title: "Hottest shards in records",
      width: 8,
      region,
      metrics: fullest(IncomingRecords, `* 100 / ${minute * recordsPerShard}`),
      left: { min: 0, label: "%" },
      thresholds: full,
    }),
    graph({
      title: "Hottest shards in bytes",
      width: 8,
      region,
      metrics: fullest(IncomingBytes, `* 100 / ${minute * bytesPerMiB}`),
      left: { min: 0, label: "%" },
      thresholds: full,
    }),
    graph({
      title: "Throttled writes by shard",
      width: 8,
      region,
      metrics: fullest(WriteProvisionedThroughputExceeded, ""),
      left: { min: 0, label: "a minute" },
    }),
  ];
}

function producerLibrary(context: DashboardContext): Widget[] {
  const { RetriesPerRecord, UserRecordsPending, BufferingTime } = producerMetrics;
  const widget = (entry: MetricEntry, title: string, label: string, unit: string): Widget =>
    graph({
      title,
      width: 8,
      region: context.model.region,
      metrics: [row(context, entry, { label })],
      left: { min: 0, label: unit },
    });
  return [
    widget(RetriesPerRecord, "Producer library: retries per record", "RetriesPerRecord, average", "retries"),
    widget(UserRecordsPending, "Producer library: records pending", "UserRecordsPending, most", "records"),
    widget(BufferingTime, "Producer library: buffering time", "BufferingTime, average", "ms"),
  ];
}
