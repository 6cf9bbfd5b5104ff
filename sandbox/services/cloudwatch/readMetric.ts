import { newValues, type Values } from "./math/values";
import type { MetricStore, Reading } from "./metricStore";
import type { Series } from "./series";

/** Values of one metric for a frame; missing where the unit asked for is not the metric's. */
export function readMetric(
  store: MetricStore,
  series: Series,
  metric: Reading,
  startMinute: number,
  minutesPerPoint: number,
  length: number,
): Values {
  const out = newValues(length);
  store.read(series.row, metric, startMinute, minutesPerPoint, length, out);
  return out;
}
