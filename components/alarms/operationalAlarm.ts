import {
  applicationScalerMetrics,
  emittedBy,
  functionMetrics,
  healthMetrics,
  resourceMetrics,
  statOf,
  streamMetrics,
  streamScalerMetrics,
} from "../metrics/catalogue";
import type { MetricEntry } from "../metrics/catalogue";
import type { PipelineNames } from "../names";
import type { MetricQuery } from "../metrics/metricQuery";
import { lagStat, type LagMetric } from "../scaling/signals/lag";
import { result, row } from "../scaling/signals/reading";
import { hotShardThrottling, throttledPercent } from "../scaling/signals/stream";

/** One operational alarm: a metric or an expression beyond a threshold. */
export interface OperationalAlarm {
  /** End of the alarm's logical name. */
  name: string;
  /** Heading in docs/runbook.md, as an anchor. */
  anchor: string;
  /** What it means, in a sentence. */
  meaning: string;
  queries: MetricQuery[];
  comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  threshold: number;
  /** Minutes beyond the threshold, of the minutes looked at. */
  datapoints: number;
  minutes: number;
  treatMissingData: "notBreaching" | "breaching";
}

export interface OperationalSettings {
  runtime: string;
  lagMetric: LagMetric;
  lagSeconds: number;
  throttledPercent: number;
}

/** Minutes without metrics after which the scaler, or the application, counts as silent; the newest two are never in yet. */
const silentMinutes = 10;

/** All operational alarms of a pipeline, in the order of docs/runbook.md. */
export function operationalAlarms(names: PipelineNames, settings: OperationalSettings): OperationalAlarm[] {
  return [...jobAlarms(names, settings), ...lagAlarms(names, settings), ...streamAlarms(names, settings), ...scalerAlarms(names)];
}

const above = { comparison: "GreaterThanThreshold", threshold: 0, treatMissingData: "notBreaching" } as const;

function jobAlarms(names: PipelineNames, { runtime }: OperationalSettings): OperationalAlarm[] {
  const { downtime, restartingTime, fullRestarts, numRestarts } = healthMetrics;
  const down = emittedBy(downtime, runtime) ? downtime : restartingTime;
  const restarts = emittedBy(fullRestarts, runtime) ? fullRestarts : numRestarts;
  return [
    {
      ...above,
      name: "downtime",
      anchor: "downtime",
      meaning: "The job has been down for two minutes: it failed and does not come back by itself.",
      queries: [...single(down, names, "Down (ms)")],
      datapoints: 2,
      minutes: 2,
    },
    {
      ...above,
      name: "restarts",
      anchor: "restarts",
      meaning: "The job restarted outside of a scaling: a task failed.",
      queries: [row("n", statOf(restarts, names, "Maximum")), result("restarts", "RATE(n)", "Restarts a second")],
      datapoints: 1,
      minutes: 1,
    },
    {
      ...above,
      name: "failed-checkpoints",
      anchor: "failed-checkpoints",
      meaning: "Checkpoints fail: a restart now would read again from the last one that succeeded.",
      queries: [
        row("n", statOf(healthMetrics.numberOfFailedCheckpoints, names, "Maximum")),
        result("failed", "RATE(n)", "Failed checkpoints a second"),
      ],
      datapoints: 2,
      minutes: 5,
    },
    {
      name: "application-silent",
      anchor: "application-silent",
      meaning:
        "The application has reported nothing for ten minutes: it is stopped, or its metrics don't come; nothing scales it in.",
      queries: [
        row("n", statOf(resourceMetrics.containerCPUUtilization, names, "SampleCount")),
        result("reports", "n", "Reports"),
      ],
      comparison: "LessThanThreshold",
      threshold: 1,
      datapoints: silentMinutes,
      minutes: silentMinutes,
      treatMissingData: "breaching",
    },
  ];
}

function lagAlarms(names: PipelineNames, { lagMetric, lagSeconds }: OperationalSettings): OperationalAlarm[] {
  return [
    {
      ...above,
      name: "lag",
      anchor: "lag",
      meaning: `The application has been more than ${lagSeconds} s behind the stream for five minutes.`,
      queries: [row("l", lagStat(names, lagMetric)), result("lag", "l / 1000", "Lag (s)")],
      threshold: lagSeconds,
      datapoints: 5,
      minutes: 5,
    },
    {
      ...above,
      name: "lag-missing",
      anchor: "lag-missing",
      meaning: "The application runs and reports no lag: a backlog would not scale it out, and nothing scales it in.",
      queries: [
        row("u", statOf(resourceMetrics.containerCPUUtilization, names, "Maximum")),
        row("l", lagStat(names, lagMetric)),
        result("missing", "(u >= 0) - (l >= 0)", "Running without a lag metric"),
      ],
      datapoints: 10,
      minutes: 10,
    },
  ];
}

function streamAlarms(names: PipelineNames, { throttledPercent: percent }: OperationalSettings): OperationalAlarm[] {
  const throttling = { ...above, comparison: "GreaterThanOrEqualToThreshold", threshold: percent } as const;
  return [
    {
      ...throttling,
      name: "write-throttling",
      anchor: "write-throttling",
      meaning: `At least ${percent} % of the writes have been throttled in five of ten minutes: producers retry or lose records.`,
      queries: throttledPercent(names),
      datapoints: 5,
      minutes: 10,
    },
    {
      ...above,
      name: "read-throttling",
      anchor: "read-throttling",
      meaning: "Reads have been throttled for five minutes: too many consumers share the shards' 2 MiB/s.",
      queries: [...single(streamMetrics.ReadProvisionedThroughputExceeded, names, "Throttled reads")],
      datapoints: 5,
      minutes: 5,
    },
    {
      ...throttling,
      name: "hot-shard",
      anchor: "hot-shard",
      meaning: `At least ${percent} % of the writes are throttled while the stream is at most half full: one shard is hot, or bursts last under a second.`,
      queries: hotShardThrottling(names),
      datapoints: 5,
      minutes: 10,
    },
  ];
}

function scalerAlarms(names: PipelineNames): OperationalAlarm[] {
  const perDimension = [
    { what: "stream", unit: "shards", metrics: streamScalerMetrics },
    { what: "application", unit: "KPUs", metrics: applicationScalerMetrics },
  ].flatMap(({ what, unit, metrics }): OperationalAlarm[] => [
    {
      ...above,
      name: `${what}-pending`,
      anchor: "asked-for-and-not-there",
      meaning: `The ${unit} asked for have not been there for 15 minutes.`,
      queries: [...single(metrics.pendingMinutes, names, "Pending (min)")],
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 15,
      datapoints: 1,
      minutes: 1,
    },
    {
      ...above,
      name: `${what}-update-failed`,
      anchor: "update-failed",
      meaning: `An update of the ${what} failed or was rolled back; the scaler tries again after a pause.`,
      queries: [...single(metrics.failedUpdates, names, "Failed updates")],
      datapoints: 1,
      minutes: 1,
    },
    {
      name: `${what}-scaler-silent`,
      anchor: "scaler-silent",
      meaning: `The scaler has not published the ${unit} for ten minutes: it is silent, and nothing scales.`,
      queries: [row("n", statOf(metrics.desired, names, "SampleCount")), result("runs", "n", "Runs")],
      comparison: "LessThanThreshold",
      threshold: 1,
      datapoints: silentMinutes,
      minutes: silentMinutes,
      treatMissingData: "breaching",
    },
  ]);
  return [...perDimension, scalerErrors(names)];
}

/** Errors of one dimension, or of the function itself, in three minutes of five: one is retried a minute later. */
function scalerErrors(names: PipelineNames): OperationalAlarm {
  return {
    ...above,
    name: "scaler-errors",
    anchor: "scaler-errors",
    meaning: "The scaler's runs fail: a call to AWS is refused, or a parameter is broken.",
    queries: [
      row("f", statOf(functionMetrics.Errors, names, "Sum")),
      row("s", statOf(streamScalerMetrics.errors, names, "Sum")),
      row("a", statOf(applicationScalerMetrics.errors, names, "Sum")),
      result("errors", "f + s + a", "Errors"),
    ],
    datapoints: 3,
    minutes: 5,
  };
}

function single(entry: MetricEntry, names: PipelineNames, label: string): MetricQuery[] {
  return [{ id: "m", label, metric: statOf(entry, names), returnData: true }];
}
