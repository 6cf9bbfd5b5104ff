import type { MetricEntry } from "../../metrics/catalogue";
import { healthMetrics } from "../../metrics/catalogue";
import type { DashboardContext } from "../context";
import { emitted, hidden, row, search } from "../context";
import type { MetricRow, Widget } from "../widgets";
import { colors, expressionRow, graph, text } from "../widgets";

const millisPerHour = 3_600_000;

export function applicationHealth(context: DashboardContext): Widget[] {
  const states = emitted(context, healthMetrics.runningTime) ? stateWidgets(context) : uptimeWidgets(context);
  return [text("## Application health"), ...states, ...checkpointWidgets(context)];
}

/** Flink 1.x. */
function uptimeWidgets(context: DashboardContext): Widget[] {
  const { region } = context.model;
  return [
    graph({
      title: "Uptime",
      width: 8,
      region,
      metrics: [
        hidden(context, healthMetrics.uptime, "uptime"),
        expressionRow("hours", `uptime / ${millisPerHour}`, "hours", { color: colors.good }),
      ],
      left: { min: 0, label: "hours" },
    }),
    graph({
      title: "Downtime",
      width: 8,
      region,
      metrics: [
        hidden(context, healthMetrics.downtime, "downtime"),
        expressionRow("seconds", "downtime / 1000", "seconds", { color: colors.bad }),
      ],
      left: { min: 0, label: "seconds" },
    }),
    graph({
      title: "Restarts",
      width: 8,
      region,
      metrics: [
        row(context, healthMetrics.fullRestarts, { label: "full restarts since the job was submitted", color: colors.bad }),
      ],
      left: { min: 0, label: "restarts" },
    }),
  ];
}

/** Flink 2.2 and later: by Application, and by Application and Flow, whichever the service reports. */
function stateWidgets(context: DashboardContext): Widget[] {
  const { region } = context.model;
  const { runningTime, restartingTime, cancellingTime, failingTime, numRestarts } = healthMetrics;
  return [
    graph({
      title: "Running time",
      width: 8,
      region,
      metrics: stateRows(context, runningTime, "running", `/ ${millisPerHour}`, "hours running"),
      left: { min: 0, label: "hours" },
    }),
    graph({
      title: "Time not running",
      width: 8,
      region,
      metrics: [
        ...stateRows(context, restartingTime, "restarting", "/ 1000", "restarting"),
        ...stateRows(context, cancellingTime, "cancelling", "/ 1000", "cancelling"),
        ...stateRows(context, failingTime, "failing", "/ 1000", "failing"),
      ],
      left: { min: 0, label: "seconds" },
    }),
    graph({
      title: "Restarts",
      width: 8,
      region,
      metrics: stateRows(context, numRestarts, "restarts", "/ 1", "restarts since the job was submitted"),
      left: { min: 0, label: "restarts" },
    }),
  ];
}

function stateRows(context: DashboardContext, entry: MetricEntry, id: string, factor: string, label: string): MetricRow[] {
  const byFlow = search(entry, "Application,Flow", ["Application", context.names.applicationName]);
  return [
    hidden(context, entry, `${id}Raw`),
    expressionRow(id, `${id}Raw ${factor}`, label),
    expressionRow(`${id}ByFlow`, `${byFlow} ${factor}`, label),
  ];
}

function checkpointWidgets(context: DashboardContext): Widget[] {
  const { region, checkpointIntervalSeconds } = context.model;
  const { lastCheckpointSize, lastCheckpointDuration, numberOfFailedCheckpoints } = healthMetrics;
  return [
    graph({
      title: "Checkpoint size",
      width: 8,
      region,
      metrics: [row(context, lastCheckpointSize, { label: "last checkpoint, bytes" })],
      left: { min: 0, label: "bytes" },
    }),
    graph({
      title: "Checkpoint duration",
      width: 8,
      region,
      metrics: [
        hidden(context, lastCheckpointDuration, "duration"),
        expressionRow("seconds", "duration / 1000", "last checkpoint, seconds"),
      ],
      left: { min: 0, label: "seconds" },
      thresholds: [{ value: checkpointIntervalSeconds, label: "checkpoint interval", color: colors.bad }],
    }),
    graph({
      title: "Failed checkpoints",
      width: 8,
      region,
      metrics: [
        hidden(context, numberOfFailedCheckpoints, "failed"),
        // A restart of the job starts the count again: a fall is not a failure.
        expressionRow("perMinute", "IF(RATE(failed) > 0, 60 * RATE(failed), 0)", "new failures a minute", { color: colors.bad }),
      ],
      left: { min: 0, label: "failures a minute" },
    }),
  ];
}
