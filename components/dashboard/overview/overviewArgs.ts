import type * as pulumi from "@pulumi/pulumi";
import type { PipelineNames } from "../../names";
import type { Problem } from "../../problem";
import type { DashboardPrices, DimensionPanelArgs } from "../args";

/** What an overview shows of a pipeline: a Pipeline's output `overview`. */
export interface OverviewPipelineArgs {
  /** What the overview calls the pipeline. */
  title: pulumi.Input<string>;
  /** Address of the pipeline's own dashboard. */
  dashboardUrl: pulumi.Input<string>;
  /** Names that the metrics' dimensions are made of. */
  names: PipelineNames;
  /** Bounds and utilisation of the stream's shards. */
  streamScaling: pulumi.Input<DimensionPanelArgs>;
  /** Bounds and utilisation of the application's KPUs. */
  applicationScaling: pulumi.Input<DimensionPanelArgs>;
  /** ARNs of all alarms of the pipeline. */
  alarmArns: pulumi.Input<pulumi.Input<string>[]>;
}

/** One dashboard over several pipelines. */
export interface OverviewDashboardArgs {
  /** Name of the dashboard: letters, digits, `-` and `_`, at most 250. Beyond 40 pipelines there are more, called {name}-2, {name}-3, ... */
  dashboardName: pulumi.Input<string>;
  /** What the heading says that they are the pipelines of. */
  title: pulumi.Input<string>;
  /** The pipelines, in the order in which they are to be shown. */
  pipelines: pulumi.Input<OverviewPipelineArgs>[];
  /** Log group of the scaler's function, for the link. Default: no link. */
  scalerLogGroup?: pulumi.Input<string>;
  /** Prices of the costs. Defaults are those of us-east-1. */
  prices?: pulumi.Input<DashboardPrices>;
}

/** 500 metrics of a widget hold the costs of so many, three rows each. */
const mostPipelines = 160;

/** What is wrong with the arguments; [] when they are fine. */
export function validateOverviewDashboard({ pipelines }: OverviewDashboardArgs): Problem[] {
  const value = pipelines.length;
  if (value >= 1 && value <= mostPipelines) return [];
  return [{ path: "pipelines", value, text: `allowed are 1 to ${mostPipelines} pipelines. Make several overviews` }];
}

/** The arguments once they are known, and the region of all metrics and console links: what the pure part works with. */
export type OverviewModel = pulumi.UnwrappedObject<OverviewDashboardArgs> & { region: string };
export type OverviewPipeline = OverviewModel["pipelines"][number];
