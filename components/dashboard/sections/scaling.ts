import type { MetricEntry } from "../../metrics/catalogue";
import { applicationScalerMetrics, functionMetrics, streamScalerMetrics } from "../../metrics/catalogue";
import { utilisationQuantity } from "../../scaling/signals/signal";
import type { DimensionPanel, WatchedSignal } from "../args";
import type { DashboardContext } from "../context";
import { askedFor, observes, row } from "../context";
import { signalRows } from "../signalRows";
import type { MetricRow, Widget } from "../widgets";
import { colors, expressionRow, graph, logTable, text } from "../widgets";

/** After this long an asked-for capacity that is not there is given up or alarmed. */
const pendingLimitMinutes = 15;

interface Dimension {
  title: string;
  unit: string;
  panel: DimensionPanel;
  desired: MetricEntry;
  actual: MetricEntry;
}

export function scaling(context: DashboardContext): Widget[] {
  const { streamScaling, applicationScaling } = context.model;
  const stream: Dimension = { title: "Stream", unit: "shards", panel: streamScaling, ...streamScalerMetrics };
  const application: Dimension = { title: "Application", unit: "KPUs", panel: applicationScaling, ...applicationScalerMetrics };
  return [
    text("## Scaling"),
    demandAndCapacity(context, stream),
    utilisation(context, stream),
    demandAndCapacity(context, application),
    utilisation(context, application),
    events(context),
    failures(context),
    updatesLeft(context),
    waiting(context),
    decisions(context),
  ];
}

/** Demand in units of capacity: what is needed at 100 % utilisation, against what is asked for and what is there. */
function demandAndCapacity(context: DashboardContext, dimension: Dimension): Widget {
  const { title, unit, panel } = dimension;
  const signal = signalRows(panel.utilisation, "out", { visible: false });
  return graph({
    title: `${title}: demand and capacity`,
    width: 12,
    region: context.model.region,
    metrics: [
      ...signal.rows,
      row(context, dimension.desired, { id: "desired", label: askedFor(panel), color: colors.good }),
      row(context, dimension.actual, { id: "actual", label: "there", color: colors.info }),
      expressionRow("demand", `${signal.id} * desired / 100`, `demand in ${unit}`, { color: colors.warn }),
      ...limit("scaleOut", "scales out above", panel.scaleOut, colors.bad),
      ...limit("scaleIn", "scales in below", panel.scaleIn, colors.muted),
    ],
    left: { min: 0, label: unit },
  });
}

/** Where it scales, in units of capacity: only a share of the utilisation can be said so. */
function limit(id: string, words: string, { quantity, threshold }: WatchedSignal, color: string): MetricRow[] {
  if (quantity !== utilisationQuantity) return [];
  return [expressionRow(id, `desired * ${threshold} / 100`, `${words} (${threshold} %)`, { color })];
}

/** What the alarms see. What is scaled in on has an axis of its own where its unit is another. */
function utilisation(context: DashboardContext, { title, panel: { scaleOut, scaleIn, target } }: Dimension): Widget {
  const apart = scaleIn.unit === scaleOut.unit ? {} : { yAxis: "right" as const };
  const out = signalRows(scaleOut.queries, "out", { label: "as the scale-out alarm sees it", color: colors.warn });
  const inward = signalRows(scaleIn.queries, "in", { label: "as the scale-in alarm sees it", color: colors.muted, ...apart });
  return graph({
    title: `${title}: ${scaleOut.quantity}`,
    width: 12,
    region: context.model.region,
    metrics: [...out.rows, ...inward.rows],
    left: { min: 0, label: scaleOut.unit },
    ...(apart.yAxis ? { right: { min: 0, label: scaleIn.unit } } : {}),
    thresholds: [
      { value: scaleOut.threshold, label: "scale out", color: colors.bad, fill: "above" },
      { value: target, label: "target", color: colors.good, ...apart },
      { value: scaleIn.threshold, label: "scale in", color: colors.info, fill: "below", ...apart },
    ],
  });
}

function events(context: DashboardContext): Widget {
  const { streamScaling, applicationScaling } = context.model;
  const observed = (panel: DimensionPanel, entry: MetricEntry, what: string): MetricRow[] =>
    observes(panel)
      ? [row(context, entry, { label: `changes of the ${what} that act mode would begin`, color: colors.muted })]
      : [];
  return graph({
    title: "Scaling events",
    width: 6,
    region: context.model.region,
    metrics: [
      row(context, streamScalerMetrics.changes, { label: "changes of the stream begun" }),
      row(context, applicationScalerMetrics.changes, { label: "changes of the application begun" }),
      ...observed(streamScaling, streamScalerMetrics.observed, "stream"),
      ...observed(applicationScaling, applicationScalerMetrics.observed, "application"),
    ],
    left: { min: 0, label: "changes a minute" },
  });
}

function failures(context: DashboardContext): Widget {
  const ofFunction: MetricRow[] = context.names.scalerFunctionName
    ? [row(context, functionMetrics.Errors, { label: "invocations of the scaler that failed" })]
    : [];
  return graph({
    title: "Scaling failures",
    width: 6,
    region: context.model.region,
    metrics: [
      row(context, streamScalerMetrics.failedUpdates, { label: "stream updates failed", color: colors.bad }),
      row(context, applicationScalerMetrics.failedUpdates, {
        label: "application updates failed or rolled back",
        color: colors.warn,
      }),
      row(context, streamScalerMetrics.errors, { label: "runs that could not handle the stream" }),
      row(context, applicationScalerMetrics.errors, { label: "runs that could not handle the application" }),
      ...ofFunction,
    ],
    left: { min: 0, label: "failures a minute" },
  });
}

function updatesLeft(context: DashboardContext): Widget {
  return graph({
    title: "Shard count updates left, in 24 hours",
    width: 6,
    region: context.model.region,
    metrics: [row(context, streamScalerMetrics.updatesLeft, { label: "left" })],
    left: { min: 0, max: context.model.updatesPerDay, label: "updates" },
    thresholds: [{ value: 2, label: "keep two to climb back", color: colors.warn, fill: "below" }],
  });
}

function waiting(context: DashboardContext): Widget {
  return graph({
    title: "Asked for and not there",
    width: 6,
    region: context.model.region,
    metrics: [
      row(context, streamScalerMetrics.pendingMinutes, { label: "stream" }),
      row(context, applicationScalerMetrics.pendingMinutes, { label: "application" }),
    ],
    left: { min: 0, label: "minutes" },
    thresholds: [{ value: pendingLimitMinutes, label: "too long", color: colors.bad, fill: "above" }],
  });
}

/** Read out of the text: whether Logs Insights discovers the fields behind Lambda's prefix may depend on the log group's name. */
function decisions({ model }: DashboardContext): Widget {
  const text = (key: string, name: string) => `parse @message /"${key}":"(?<${name}>[^"]*)"/`;
  const capacity = (key: string, name: string) => `parse @message /"${key}":(?<${name}>[0-9]+)/`;
  const query = [
    `SOURCE '${model.scalerLogGroup}'`,
    'filter @message like /"sluice":"decision"/',
    text("time", "decided"),
    text("id", "dimension"),
    text("action", "step"),
    capacity("actual", "there"),
    capacity("desired", "asked"),
    capacity("target", "next"),
    // A quote in the reason stands behind a backslash.
    'parse @message /"reason":"(?<why>.*?[^\\\\])"/',
    "sort @timestamp desc",
    "limit 50",
    "display decided, dimension, step, there, asked, next, why",
  ].join(" | ");
  return logTable("Latest decisions", model.region, query, 8);
}
