import type { MetricEntry } from "../../metrics/catalogue";
import { applicationScalerMetrics, streamMetrics, streamScalerMetrics } from "../../metrics/catalogue";
import { putUnitBytes } from "../../prices";
import type { DimensionPanel } from "../args";
import { alarmsUrl, applicationUrl, logGroupUrl, streamUrl } from "../console";
import type { DashboardContext } from "../context";
import { askedFor, hidden, observes, row } from "../context";
import { capacityCost, decimal, pricesOf } from "../costs";
import { lagEntry } from "../../scaling/signals/lag";
import { lagSecondsRow } from "./lag";
import { signalRows } from "../signalRows";
import type { HorizontalAnnotation, Widget } from "../widgets";
import { alarmStates, colors, expressionRow, gauge, singleValue, text } from "../widgets";

/** CloudWatch's limit of alarms in one alarm widget, and how many it draws side by side on a wide screen. */
const alarmsPerWidget = 100;
const alarmsPerRow = 6;

const hoursPerMonth = 730;

export function summary(context: DashboardContext): Widget[] {
  const { streamScaling, applicationScaling } = context.model;
  return [
    text(heading(context), 2),
    ...alarmWidgets(context),
    capacityGauge(context, "Shards", streamScaling, streamScalerMetrics),
    capacityGauge(context, "KPUs", applicationScaling, applicationScalerMetrics),
    utilisationGauge(context, "Stream", streamScaling),
    utilisationGauge(context, "Application", applicationScaling),
    lagNow(context),
    ...costs(context),
    updatesLeftNow(context),
  ];
}

function heading({ model }: DashboardContext): string {
  const { region, applicationLogGroup } = model;
  const links = [
    ["Flink application and its Flink dashboard", applicationUrl(region, model.names.applicationName)],
    ...(applicationLogGroup ? [["Application's log", logGroupUrl(region, applicationLogGroup)]] : []),
    ["Stream", streamUrl(region, model.names.streamName)],
    ["Scaler's log", logGroupUrl(region, model.scalerLogGroup)],
    ["Alarms", alarmsUrl(region)],
    ["Runbook", model.runbookUrl],
  ];
  return `# Pipeline ${model.title}${modeWords(model)}\n${links.map(([label, url]) => `[${label}](${url})`).join(" · ")}`;
}

/** Nobody is to wait for what only observes. */
function modeWords({ streamScaling, applicationScaling }: DashboardContext["model"]): string {
  const observing = [...(observes(streamScaling) ? ["stream"] : []), ...(observes(applicationScaling) ? ["application"] : [])];
  return observing.length > 0 ? ` (${observing.join(" and ")} in observe mode)` : "";
}

function alarmWidgets({ model }: DashboardContext): Widget[] {
  const widgets: Widget[] = [];
  for (let from = 0; from < model.alarmArns.length; from += alarmsPerWidget) {
    const arns = model.alarmArns.slice(from, from + alarmsPerWidget);
    const title = from === 0 ? "Alarms" : `Alarms from ${from + 1}`;
    widgets.push(alarmStates(title, arns, 1 + Math.ceil(arns.length / alarmsPerRow)));
  }
  return widgets;
}

type CapacityEntries = { desired: MetricEntry; actual: MetricEntry };

function capacityGauge(context: DashboardContext, title: string, panel: DimensionPanel, entries: CapacityEntries): Widget {
  const thresholds: HorizontalAnnotation[] = [
    { value: panel.min, label: "minimum", color: colors.info },
    { value: panel.max, label: "maximum", color: colors.bad },
  ];
  return gauge({
    title,
    width: 6,
    region: context.model.region,
    metrics: [
      row(context, entries.actual, { id: "actual", label: "there" }),
      row(context, entries.desired, { id: "desired", label: askedFor(panel) }),
    ],
    left: { min: 0, max: panel.max },
    thresholds,
  });
}

function utilisationGauge(context: DashboardContext, name: string, { scaleOut, scaleIn, target }: DimensionPanel): Widget {
  const { quantity, unit, threshold } = scaleOut;
  const title = `${name} ${quantity} now`;
  const signal = signalRows(scaleOut.queries, "out", { label: `${quantity} ${unit}` });
  const within: HorizontalAnnotation[] = [
    { value: target, label: "target", color: colors.good },
    { value: scaleIn.threshold, label: "scale in", color: colors.info, fill: "below" },
  ];
  const thresholds: HorizontalAnnotation[] = [
    { value: threshold, label: "scale out", color: colors.bad, fill: "above" },
    ...(scaleIn.unit === unit ? within : []),
  ];
  const max = Math.ceil((threshold * 1.5) / 10) * 10;
  return gauge({ title, width: 6, region: context.model.region, metrics: signal.rows, left: { min: 0, max }, thresholds });
}

function lagNow(context: DashboardContext): Widget {
  const entry = lagEntry(context.model.lagMetric);
  return singleValue({
    title: "Lag now",
    width: 6,
    height: 4,
    region: context.model.region,
    metrics: [hidden(context, entry, "lag"), lagSecondsRow("lagSeconds", "lag", "seconds behind")],
  });
}

/**
 * Capacity that is there, at list price, and the PUT payload units of the records that came (from their average size: each
 * record is rounded up on its own). Not counted: extended retention, enhanced fan-out, storage, traffic, the monitoring itself.
 */
function costs(context: DashboardContext): Widget[] {
  const prices = pricesOf(context.model.prices);
  const inputs = [
    hidden(context, streamScalerMetrics.actual, "shards"),
    hidden(context, applicationScalerMetrics.actual, "kpus"),
    hidden(context, streamMetrics.IncomingRecords, "records"),
    hidden(context, streamMetrics.IncomingBytes, "bytes"),
    expressionRow("units", `60 * records * CEIL(bytes / records / ${putUnitBytes})`, "payload units an hour", {
      visible: false,
    }),
  ];
  const cost = `${capacityCost(prices, "shards", "kpus")} + units * ${decimal(prices.millionPutUnits)} / 1000000`;
  const widget = (title: string, rows: typeof inputs): Widget =>
    singleValue({ title, width: 6, height: 4, region: context.model.region, metrics: [...inputs, ...rows] });
  return [
    widget("Cost per hour now", [expressionRow("cost", cost, "USD an hour")]),
    widget("Cost per month, projected", [
      expressionRow("cost", cost, "USD an hour", { visible: false }),
      expressionRow("month", `TIME_SERIES(${hoursPerMonth} * AVG(cost))`, "USD a month, at the average of the time shown"),
    ]),
  ];
}

function updatesLeftNow(context: DashboardContext): Widget {
  return singleValue({
    title: "Shard count updates left",
    width: 6,
    height: 4,
    region: context.model.region,
    metrics: [
      row(context, streamScalerMetrics.updatesLeft, { id: "left", label: `left of ${context.model.updatesPerDay} in 24 hours` }),
    ],
  });
}
