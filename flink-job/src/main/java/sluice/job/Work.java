package sluice.job;

import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * What a record costs beside counting it: time that is waited for, as a look-up elsewhere costs it, so that a job's capacity grows with its
 * parallelism on a machine with few cores too. With 0 microseconds, the default, it is nothing.
 */
public class Work extends RichMapFunction<Trip, Trip> {
  /** Shorter naps than this are not to be had: they are taken together. */
  private static final long napNanos = 2_000_000;

  private final long nanos;
  private transient long free;

  public Work(long microseconds) {
    nanos = microseconds * 1_000;
  }

  @Override
  public Trip map(Trip trip) {
    if (nanos == 0) return trip;
    long now = System.nanoTime();
    // A nap that took too long is made up for by the next ones, a time without records isn't.
    free = Math.max(free, now - 10 * napNanos) + nanos;
    while (free - now >= napNanos) {
      LockSupport.parkNanos(free - now);
      now = System.nanoTime();
    }
    return trip;
  }
}
