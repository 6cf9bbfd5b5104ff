import { resourceMetrics } from "../../metrics/catalogue";
import type { DashboardContext } from "../context";
import { hidden, row } from "../context";
import type { HorizontalAnnotation, MetricRow, Widget } from "../widgets";
import { colors, expressionRow, graph, text } from "../widgets";

const percent = { min: 0, max: 100, label: "%" };

export function resourceUtilisation(context: DashboardContext): Widget[] {
  const widget = (title: string, metrics: MetricRow[], thresholds: HorizontalAnnotation[], left = percent): Widget =>
    graph({ title, width: 8, region: context.model.region, metrics, left, thresholds });
  const limit = (value: number, label: string): HorizontalAnnotation[] => [{ value, label, color: colors.bad, fill: "above" }];
  const { cpuUtilization, containerCPUUtilization, heapMemoryUtilization, containerMemoryUtilization } = resourceMetrics;
  return [
    text("## Resource utilisation"),
    widget(
      "CPU",
      [
        row(context, containerCPUUtilization, { label: "container, busiest" }),
        row(context, cpuUtilization, { label: "task manager JVM, busiest" }),
        row(context, cpuUtilization, { label: "task manager JVM, average", stat: "Average", color: colors.muted }),
      ],
      limit(75, "healthy under 75 %"),
    ),
    widget(
      "Memory",
      [
        row(context, heapMemoryUtilization, { label: "heap, fullest" }),
        row(context, containerMemoryUtilization, { label: "container, fullest" }),
      ],
      limit(90, "healthy under 90 %"),
    ),
    widget(
      "Disk",
      [row(context, resourceMetrics.containerDiskUtilization, { label: "container, fullest" })],
      limit(80, "healthy under 80 %"),
    ),
    garbageCollection(context),
    graph({
      title: "Threads",
      width: 8,
      region: context.model.region,
      metrics: [row(context, resourceMetrics.threadsCount, { label: "threads, most of a task manager" })],
      left: { min: 0, label: "threads" },
    }),
    widget(
      "Managed memory",
      [row(context, resourceMetrics.managedMemoryUtilization, { label: "used by state and operators" })],
      [],
    ),
  ];
}

/** Both counters are cumulative: the rate of the time in ms per second is a share of 1,000. A restart starts them again. */
function garbageCollection(context: DashboardContext): Widget {
  return graph({
    title: "Old-generation garbage collection",
    width: 8,
    region: context.model.region,
    metrics: [
      hidden(context, resourceMetrics.oldGenerationGCTime, "gcTime"),
      hidden(context, resourceMetrics.oldGenerationGCCount, "gcCount"),
      expressionRow("gcShare", "IF(RATE(gcTime) > 0, RATE(gcTime) / 10, 0)", "% of the time"),
      expressionRow("gcRuns", "IF(RATE(gcCount) > 0, 60 * RATE(gcCount), 0)", "runs a minute", {
        yAxis: "right",
        color: colors.muted,
      }),
    ],
    left: { min: 0, label: "%" },
    right: { min: 0, label: "runs a minute" },
    thresholds: [{ value: 10, label: "healthy under 10 %", color: colors.bad, fill: "above" }],
  });
}
