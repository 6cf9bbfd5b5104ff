package sluice.job;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Trips and fares of a window: summed as they come, so that its state is two numbers. */
public class CountTrips implements AggregateFunction<Trip, CountTrips.Sum, CountTrips.Sum> {
  /** A POJO, as state is kept in it. */
  public static class Sum {
    public long trips;
    public long fareCents;
  }

  @Override
  public Sum createAccumulator() {
    return new Sum();
  }

  @Override
  public Sum add(Trip trip, Sum sum) {
    sum.trips++;
    sum.fareCents += trip.fareCents;
    return sum;
  }

  @Override
  public Sum getResult(Sum sum) {
    return sum;
  }

  @Override
  public Sum merge(Sum a, Sum b) {
    a.trips += b.trips;
    a.fareCents += b.fareCents;
    return a;
  }

  /** Puts area and window to the sum. */
  public static class WithWindow extends ProcessWindowFunction<Sum, AreaCount, Integer, TimeWindow> {
    @Override
    public void process(Integer area, Context context, Iterable<Sum> sums, Collector<AreaCount> out) {
      Sum sum = sums.iterator().next();
      TimeWindow window = context.window();
      out.collect(new AreaCount(area, window.getStart(), window.getEnd(), sum.trips, sum.fareCents, false));
    }
  }
}
