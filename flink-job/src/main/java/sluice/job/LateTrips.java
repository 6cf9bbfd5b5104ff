package sluice.job;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * A trip that came after its window had ended: told among the results, and counted as the metric that the window operator itself would
 * have if it dropped the trip.
 */
public class LateTrips extends RichMapFunction<Trip, AreaCount> {
  private final long windowMs;
  private transient Counter late;

  public LateTrips(Duration window) {
    windowMs = window.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    late = getRuntimeContext().getMetricGroup().counter("numLateRecordsDropped");
  }

  @Override
  public AreaCount map(Trip trip) {
    late.inc();
    long start = TimeWindow.getWindowStartWithOffset(trip.pickedUpAt, 0, windowMs);
    return new AreaCount(trip.area, start, start + windowMs, 1, trip.fareCents, true);
  }
}
