import type { MetricQuery, MetricStat } from "../../metrics/metricQuery";
import { applicationScalerMetrics, progressMetrics, resourceMetrics, statOf } from "../../metrics/catalogue";
import type { PipelineNames } from "../../names";
import { drains, fallsShort, lagStat, servingKpus, type LagMetric } from "./lag";
import { capacity, consumerReads, idle, incomingRecords, result, row, term, unlessUnknown, type Reading } from "./reading";

/** What an application's utilisation is computed from, whatever its load is read of. */
export interface BacklogSignal {
  /** Seconds in which a backlog is to be worked off. */
  catchUpSeconds: number;
  /** Seconds of lag that count as 100 % where scaling in is decided. */
  lagForScaleInSeconds: number;
  lagMetric: LagMetric;
  /** In observe mode demand has no backlog where less is there than was asked for. */
  observed?: boolean;
}

export interface ThroughputSignal extends BacklogSignal {
  recordsPerKpuPerMinute: number;
}

/**
 * Utilisation of the application in percent: rate * (1 + lag / catchUp) / (KPUs * throughput of a KPU). A lag that is missing or -1
 * (not known yet) counts 0. Where unknown minutes count, the larger of that and the lag in percent of `lagForScaleInSeconds`; a minute
 * without a lag (the job restarts, or fails in front of a backlog) isn't known.
 */
export function flinkUtilisation(reading: Reading, names: PipelineNames, signal: ThroughputSignal): MetricQuery[] {
  const demand = `100 * r * ${withBacklog(reading, signal)} / (${signal.recordsPerKpuPerMinute} * c)`;
  const inputs = [
    row("c", capacity(reading, applicationScalerMetrics.desired, names)),
    row("r", incomingRecords(names)),
    row("l", lagStat(names, signal.lagMetric)),
    row("s", statOf(applicationScalerMetrics.settled, names)),
    ...(signal.observed ? [servingKpus(names)] : []),
    ...consumerReads(names),
    ...lagTerms(reading, signal),
    term("idle", idle("(r >= 0)", names)),
  ];
  return [...inputs, ...ofBacklog(reading, "Application utilisation", signal, demand, "((r >= 0) + idle)")];
}

/** A share of what the job's KPUs can do, in percent: its busiest task's time, or its fullest task manager's CPU. */
export interface MeasuredLoad {
  /** "Busy time", for graphs. */
  label: string;
  metric: MetricStat;
  /** What 100 % is in the metric's unit. */
  full: number;
}

export const cpuLoad = (names: PipelineNames): MeasuredLoad => ({
  label: "CPU",
  metric: statOf(resourceMetrics.containerCPUUtilization, names),
  full: 100,
});

/** It exists from the metrics level TASK on. Task is the name that Flink gives a chain of operators, spaces as "_". */
export function busyTime(names: PipelineNames, task: string): MeasuredLoad {
  const { dimensions, ...metric } = statOf(progressMetrics.busyTimeMsPerSecond, names, "Maximum");
  return { label: "Busy time", metric: { ...metric, dimensions: { ...dimensions, Task: task } }, full: 1_000 };
}

/** Seconds of lag up to which a backlog is none: a lag is never quite still. */
export const shortLagSeconds = 3;

/**
 * Utilisation by a measured load: of the KPUs that serve, as a share of those asked for. A job that works a backlog off is fully loaded
 * whatever its capacity: while that drains in time, its load counts as no more than the target. Its lag counts as for the throughput.
 */
export function loadUtilisation(
  reading: Reading,
  names: PipelineNames,
  load: MeasuredLoad,
  signal: BacklogSignal,
  targetPercent: number,
): MetricQuery[] {
  const percent = `100 * u / ${load.full}`;
  // Behind at the end of the minute, or when it began.
  const behind = `((l > ${1_000 * shortLagSeconds}) + ((l - DIFF(l) + 0 * c) > ${1_000 * shortLagSeconds}))`;
  const catchingUp = `${behind} * ${drains(signal.catchUpSeconds)}`;
  const inputs = [
    row("c", capacity(reading, applicationScalerMetrics.desired, names)),
    servingKpus(names),
    row("u", load.metric),
    row("l", lagStat(names, signal.lagMetric)),
    row("s", statOf(applicationScalerMetrics.settled, names)),
    ...lagTerms(reading, signal),
    term("measured", `${percent} + 0 * c`),
    term("load", `IF(${catchingUp} + 0 * c, MIN([measured, ${targetPercent} + 0 * c]), measured)`),
  ];
  // Until the capacity that serves is known, it is taken for what was asked for.
  const serving = "IF((a > 0) + 0 * c, a + 0 * c, c)";
  const demand = `load * ${serving} / c * ${withBacklog(reading, signal)}`;
  return [...inputs, ...ofBacklog(reading, load.label, signal, demand, "(u >= 0)")];
}

/** The lag in seconds, and what of it counts as demand. */
function lagTerms(reading: Reading, signal: BacklogSignal): MetricQuery[] {
  const lag = term("lag", "(IF(l > 0, l, 0) + 0 * c) / 1000");
  const uncounted = uncountedLag(reading, signal);
  return uncounted.length > 0 ? [lag, term("counted", `IF(${uncounted.join(" + ")}, 0, lag)`)] : [lag];
}

/** Where a lag is no demand. Target tracking scales out at any value above the one that a scaling in leads to: a restart's must not count. */
const uncountedLag = ({ backlogCeiling }: Reading, { observed, catchUpSeconds }: BacklogSignal) => [
  ...(observed ? [fallsShort] : []),
  ...(backlogCeiling === undefined ? [] : [drains(catchUpSeconds)]),
];

const withBacklog = (reading: Reading, signal: BacklogSignal) =>
  `(1 + ${uncountedLag(reading, signal).length > 0 ? "counted" : "lag"} / ${signal.catchUpSeconds})`;

/** The result for a demand in percent, and for the backlog where scaling in is decided. @param counts above 0 in a minute of which `demand` is known. */
function ofBacklog(reading: Reading, label: string, signal: BacklogSignal, demand: string, counts: string): MetricQuery[] {
  const { unknown, backlogCeiling } = reading;
  if (unknown === undefined)
    return [term("known", `${counts} * c`), result("utilisation", `${demand} * known / known`, `${label} (%)`)];
  const backlog = `100 * lag * c / (${signal.lagForScaleInSeconds} * c)`;
  return [
    term("demand", demand),
    term("backlog", backlogCeiling === undefined ? backlog : `MIN([${backlog}, ${backlogCeiling} + 0 * c])`),
    term("known", `${counts} * (l >= 0)`),
    result("utilisation", unlessUnknown("MAX([demand, backlog])", unknown), `${label} or backlog (%)`),
  ];
}
