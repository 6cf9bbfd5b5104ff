import { newValues, type Values } from "./math/values";
import type { MetricToRead } from "./metricQueries";
import type { Series } from "./series";

/** Values of one metric for a frame; missing where the unit asked for is not the metric's. */
export function readMetric(
  series: Series,
  metric: Pick<MetricToRead, "statistic" | "unit">,
  startMinute: number,
  minutesPerPoint: number,
  length: number,
): Values {
  const out = newValues(length);
  if (metric.unit !== undefined && metric.unit !== series.unit) return out.fill(Number.NaN);
  series.read(metric.statistic, startMinute, minutesPerPoint, out);
  return out;
}
