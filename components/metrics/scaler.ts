/** What the scaler publishes, and what AWS publishes about the scaler's function ("Types of metrics for Lambda functions"). */
import { capacityMetrics, idDimension, metricNamespace, stackDimension } from "../../scaler/names";
import type * as pulumi from "@pulumi/pulumi";
import type { PipelineNames } from "../names";
import type { MetricEntry } from "./entry";

type Facts = Pick<MetricEntry, "unit" | "stat" | "why" | "healthy">;

type IdOf = (names: PipelineNames) => pulumi.Input<string>;

function metric(name: string, idOf: IdOf, facts: Facts): MetricEntry {
  return {
    namespace: metricNamespace,
    name,
    dimensions: (names) => ({ [stackDimension]: names.scalerName, [idDimension]: idOf(names) }),
    period: 60,
    levels: ["Dimension"],
    ...facts,
  };
}

function dimensionMetrics(idOf: IdOf) {
  return {
    desired: metric(capacityMetrics.desired, idOf, {
      unit: "Count",
      stat: "Maximum",
      why: "what was just asked for counts for one minute more: there scale-out reads the larger, scale-in the smaller",
      healthy: "between the bounds",
    }),
    settled: metric(capacityMetrics.settled, idOf, {
      unit: "Count",
      stat: "Minimum",
      why: "published two minutes after the capacity asked for, when late records are in: what isn't in by then is not known",
      healthy: "between the bounds",
    }),
    actual: metric(capacityMetrics.actual, idOf, {
      unit: "Count",
      stat: "Maximum",
      why: "one sample a minute",
      healthy: "equal to the capacity asked for, but for minutes after a scaling",
    }),
    pendingMinutes: metric(capacityMetrics.pendingMinutes, idOf, {
      unit: "Count",
      stat: "Maximum",
      why: "a level that grows while asked for and there differ",
      healthy: "under 15 minutes",
    }),
    updatesLeft: metric(capacityMetrics.updatesLeft, idOf, {
      unit: "Count",
      stat: "Minimum",
      why: "the fewest of the period is what is left",
      healthy: "over 2: at 0 the stream grows by splits, shard by shard",
    }),
    changes: metric(capacityMetrics.changes, idOf, {
      unit: "Count",
      stat: "Sum",
      why: "0 or 1 a run: Sum counts them",
      healthy: "a few an hour",
    }),
    observed: metric(capacityMetrics.observed, idOf, {
      unit: "Count",
      stat: "Sum",
      why: "0 or 1 a run in observe mode, none in act mode: Sum counts them",
      healthy: "a few an hour",
    }),
    failedUpdates: metric(capacityMetrics.failedUpdates, idOf, { unit: "Count", stat: "Sum", why: "a count", healthy: "0" }),
    errors: metric(capacityMetrics.errors, idOf, { unit: "Count", stat: "Sum", why: "a count", healthy: "0" }),
  } as const;
}

/** Keys are those of `capacityMetrics`; the application has no `updatesLeft`. */
export const streamScalerMetrics = dimensionMetrics((names) => names.streamDimension);
const { updatesLeft: _streamsOnly, ...applicationEntries } = dimensionMetrics((names) => names.applicationDimension);
export const applicationScalerMetrics = applicationEntries;

function functionMetric(name: string, facts: Facts): MetricEntry {
  return {
    namespace: "AWS/Lambda",
    name,
    dimensions: (names) => ({ FunctionName: names.scalerFunctionName ?? "" }),
    period: 60,
    levels: ["Function"],
    ...facts,
  };
}

export const functionMetrics = {
  Errors: functionMetric("Errors", { unit: "Count", stat: "Sum", why: "a count", healthy: "0" }),
  Invocations: functionMetric("Invocations", {
    unit: "Count",
    stat: "Sum",
    why: "a count",
    healthy: "at least 1 a minute; GET and PATCH come on top",
  }),
  Duration: functionMetric("Duration", {
    unit: "Milliseconds",
    stat: "Maximum",
    why: "the slowest run is the one that meets the timeout",
    healthy: "under 55,000 ms, the timeout",
  }),
} as const;
