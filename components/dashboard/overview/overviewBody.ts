import type { MetricEntry } from "../../metrics/catalogue";
import { applicationScalerMetrics, statOf, streamScalerMetrics } from "../../metrics/catalogue";
import type { Prices } from "../../prices";
import { alarmsUrl, applicationUrl, dashboardUrl, logGroupUrl, streamUrl } from "../console";
import type { DimensionPanel } from "../args";
import { askedFor } from "../context";
import { capacityCost, pricesOf } from "../costs";
import { place } from "../layout";
import { signalRows } from "../signalRows";
import {
  alarmStates,
  expressionRow,
  graph,
  metricRow,
  singleValue,
  text,
  type MetricRow,
  type RowOptions,
  type Widget,
} from "../widgets";
import type { OverviewModel, OverviewPipeline } from "./overviewArgs";

/** CloudWatch's 2,500 metrics of a dashboard, rows of metric math counted too, hold so many pipelines with the costs of all: a test counts. */
export const pipelinesPerPage = 40;

export function pagesOf(pipelines: number): number {
  return Math.max(1, Math.ceil(pipelines / pipelinesPerPage));
}

/** Name of a page's dashboard; the first one has the overview's own. */
export function pageName(name: string, page: number): string {
  return page === 0 ? name : `${name}-${page + 1}`;
}

/** The body of a page's dashboard as an object. The first page has what is about all pipelines. @param page 0, 1, ... */
export function overviewBody(model: OverviewModel, page: number): Record<string, unknown> {
  const prices = pricesOf(model.prices);
  const shown = model.pipelines.slice(page * pipelinesPerPage, (page + 1) * pipelinesPerPage);
  const widgets = [
    text(heading(model, page), 3),
    ...(page === 0 ? ofAll(model, prices) : []),
    ...shown.flatMap((pipeline) => ofPipeline(model, pipeline, prices)),
  ];
  return { start: "-PT3H", periodOverride: "inherit", widgets: place(widgets) };
}

function heading(model: OverviewModel, page: number): string {
  const { region, title, dashboardName, scalerLogGroup, pipelines } = model;
  const links = [
    ...(scalerLogGroup ? [link("Scaler's log", logGroupUrl(region, scalerLogGroup))] : []),
    link("Alarms", alarmsUrl(region)),
    ...Array.from({ length: pagesOf(pipelines.length) }, (_, other) => other)
      .filter((other) => other !== page)
      .map((other) => link(`Page ${other + 1}`, dashboardUrl(region, pageName(dashboardName, other)))),
  ];
  const own = pipelines.map((pipeline) => link(pipeline.title, pipeline.dashboardUrl));
  return `# Pipelines of ${title}\n${links.join(" · ")}\n\n${own.join(" · ")}`;
}

const link = (label: string, url: string) => `[${label}](${url})`;

/** Capacity that is there, at list price; not counted is what a pipeline's own dashboard doesn't count, and PUT payload units. */
function ofAll({ pipelines, region }: OverviewModel, prices: Prices): Widget[] {
  const costs = pipelines.flatMap((pipeline, i) => [
    ...capacityRows(pipeline, `shards${i}`, `kpus${i}`),
    expressionRow(`cost${i}`, capacityCost(prices, `shards${i}`, `kpus${i}`), pipeline.title),
  ]);
  const hiddenCosts = costs.map((row) => [...row.slice(0, -1), { ...(row.at(-1) as RowOptions), visible: false }]);
  const sum = pipelines.map((_, i) => `cost${i}`).join(" + ");
  return [
    graph({ title: "Cost by pipeline", width: 16, region, metrics: costs, left: { min: 0, label: "USD an hour" } }),
    singleValue({
      title: "Cost of all pipelines",
      width: 8,
      region,
      metrics: [
        ...hiddenCosts,
        expressionRow("all", sum, "USD an hour"),
        expressionRow("soFar", "RUNNING_SUM(all) / 60", "USD in the time shown, so far"),
      ],
    }),
  ];
}

function ofPipeline({ region }: OverviewModel, pipeline: OverviewPipeline, prices: Prices): Widget[] {
  const { title, names, streamScaling, applicationScaling, alarmArns } = pipeline;
  const links = [
    link("Stream", streamUrl(region, names.streamName)),
    link("Application", applicationUrl(region, names.applicationName)),
  ];
  const figures = (about: string, width: number, metrics: MetricRow[]) =>
    singleValue({ title: `${title}: ${about}`, width, height: 4, region, metrics });
  return [
    text(`### ${link(title, pipeline.dashboardUrl)}\n${links.join(" · ")}`, 4, 4),
    // CloudWatch's limit of alarms in a widget; a pipeline has about twenty.
    alarmStates(`${title}: alarms that are not OK`, alarmArns.slice(0, 100), 4, 6, ["ALARM", "INSUFFICIENT_DATA"]),
    figures("capacity", 6, [
      ...capacities(pipeline, "shards", streamScaling, streamScalerMetrics),
      ...capacities(pipeline, "KPUs", applicationScaling, applicationScalerMetrics),
    ]),
    figures("utilisation", 4, [
      ...signalRows(streamScaling.utilisation, "stream", { label: "stream %" }).rows,
      ...signalRows(applicationScaling.utilisation, "flink", { label: "application %" }).rows,
    ]),
    figures("cost", 4, [
      ...capacityRows(pipeline, "shards", "kpus"),
      expressionRow("cost", capacityCost(prices, "shards", "kpus"), "USD an hour"),
      expressionRow("soFar", "RUNNING_SUM(cost) / 60", "USD so far"),
    ]),
  ];
}

type CapacityEntries = { desired: MetricEntry; actual: MetricEntry };

function capacities({ names }: OverviewPipeline, unit: string, panel: DimensionPanel, { actual, desired }: CapacityEntries) {
  return [
    metricRow(statOf(actual, names), { label: `${unit} there (${panel.min} to ${panel.max})` }),
    metricRow(statOf(desired, names), { label: `${unit} ${askedFor(panel)}` }),
  ];
}

function capacityRows({ names }: OverviewPipeline, shards: string, kpus: string): MetricRow[] {
  return [
    metricRow(statOf(streamScalerMetrics.actual, names), { id: shards, visible: false }),
    metricRow(statOf(applicationScalerMetrics.actual, names), { id: kpus, visible: false }),
  ];
}
