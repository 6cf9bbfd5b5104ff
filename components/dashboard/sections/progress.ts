import type { MetricEntry } from "../../metrics/catalogue";
import { progressMetrics } from "../../metrics/catalogue";
import type { DashboardContext } from "../context";
import { hidden, reportsTasks, search } from "../context";
import type { HorizontalAnnotation, Widget } from "../widgets";
import { colors, expressionRow, graph, text } from "../widgets";

/** The schema that the SEARCHes are written with; the dashboard variable replaces it. */
export const taskSchema = "Application,Task";

/**
 * EPOCH is the beginning of a datapoint's period, and the watermark goes on until its end. It is the lowest of the minute's snapshots:
 * the distance may be up to a minute too large, and is never below 0 while event time isn't ahead of the clock.
 */
const behindTheClock = "IF(output > 0, EPOCH(output) + PERIOD(output) - output / 1000)";

export function flinkProgress(context: DashboardContext): Widget[] {
  return [text("## Flink application progress"), ...applicationWidgets(context), ...levelWidgets(context)];
}

function applicationWidgets(context: DashboardContext): Widget[] {
  const { region } = context.model;
  const { numRecordsInPerSecond, numRecordsOutPerSecond, currentInputWatermark, currentOutputWatermark, numLateRecordsDropped } =
    progressMetrics;
  const watermarks = [hidden(context, currentInputWatermark, "input"), hidden(context, currentOutputWatermark, "output")];
  return [
    graph({
      title: "Records in and out per second",
      width: 12,
      region,
      metrics: [
        hidden(context, numRecordsInPerSecond, "recordsIn"),
        hidden(context, numRecordsOutPerSecond, "recordsOut"),
        expressionRow("inPerSecond", perSnapshot(numRecordsInPerSecond, "recordsIn"), "in, all operators"),
        expressionRow("outPerSecond", perSnapshot(numRecordsOutPerSecond, "recordsOut"), "out, all operators"),
      ],
      left: { min: 0, label: "records/s" },
    }),
    graph({
      title: "Late records dropped",
      width: 12,
      region,
      metrics: [
        hidden(context, numLateRecordsDropped, "late"),
        expressionRow("dropped", perSnapshot(numLateRecordsDropped, "late"), "dropped a minute", { color: colors.bad }),
      ],
      left: { min: 0, label: "records a minute" },
    }),
    graph({
      title: "Watermarks",
      width: 12,
      region,
      // Before the first watermark both are the smallest long: not drawn.
      metrics: [
        ...watermarks,
        expressionRow("inputTime", "IF(input > 0, input)", "input, ms since 1970"),
        expressionRow("outputTime", "IF(output > 0, output)", "output, ms since 1970"),
        expressionRow("behind", behindTheClock, "output behind the clock, seconds", { yAxis: "right", color: colors.muted }),
      ],
      left: { label: "ms since 1970" },
      right: { label: "seconds" },
    }),
    graph({
      title: "Event-time latency",
      width: 12,
      region,
      metrics: [
        ...watermarks,
        expressionRow(
          "latency",
          "IF(input > 0 AND output > 0, (output - input) / 1000)",
          "output minus input watermark, seconds",
        ),
      ],
      left: { label: "seconds" },
    }),
  ];
}

/** Sum counts every snapshot: divided by their number it is the value of one. */
function perSnapshot(entry: MetricEntry, id: string): string {
  return `${id} / ${entry.snapshotsPerMinute ?? 1}`;
}

/** One widget a metric, by task, operator or subtask: the dashboard variable chooses. */
function levelWidgets(context: DashboardContext): Widget[] {
  const metrics = progressMetrics;
  const limit = (value: number, label: string): HorizontalAnnotation[] => [{ value, label, color: colors.bad }];
  const candidates: [MetricEntry, string, string, HorizontalAnnotation[]][] = [
    [metrics.busyTimeMsPerSecond, "Busy time", "ms per second", limit(800, "nearly all of the time")],
    [metrics.backPressuredTimeMsPerSecond, "Back-pressured time", "ms per second", limit(500, "half of the time")],
    [metrics.idleTimeMsPerSecond, "Idle time", "ms per second", []],
    [metrics.numRecordsInPerSecond, "Records in per second", "records/s", []],
    [metrics.numRecordsOutPerSecond, "Records out per second", "records/s", []],
    [metrics.numRecordsIn, "Records in", "records a minute", []],
    [metrics.currentOutputWatermark, "Output watermark", "ms since 1970", []],
    [metrics.numLateRecordsDropped, "Late records dropped", "records a minute", limit(1, "none is healthy")],
  ];
  const shown = candidates.filter(([entry]) => reportsTasks(context, entry));
  if (shown.length === 0) {
    return [
      text("Busy, back-pressured and idle time, and all of this by task, need metrics level TASK, OPERATOR or PARALLELISM."),
    ];
  }
  return shown.map(([entry, title, label, thresholds]) => {
    const found = search(entry, taskSchema, ["Application", context.names.applicationName]);
    return graph({
      title: `${title}, by level`,
      width: 6,
      region: context.model.region,
      metrics: [expressionRow("byLevel", entry.snapshotsPerMinute ? `${found} / ${entry.snapshotsPerMinute}` : found, "")],
      left: { label },
      thresholds,
    });
  });
}
