package sluice.job;

import java.time.Duration;
import org.apache.flink.streaming.api.functions.AssignerWithPeriodicWatermarks;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Event time of one shard: the latest pickup so far, less the disorder that is waited for. The connector keeps one for each shard and takes
 * the lowest: a shard that is read ahead of others makes nothing late.
 */
public class TripTime implements AssignerWithPeriodicWatermarks<Trip> {
  private final long disorderMs;
  private long latest;

  public TripTime(Duration disorder) {
    disorderMs = disorder.toMillis();
    latest = Long.MIN_VALUE + disorderMs + 1;
  }

  @Override
  public long extractTimestamp(Trip trip, long before) {
    latest = Math.max(latest, trip.pickedUpAt);
    return trip.pickedUpAt;
  }

  @Override
  public Watermark getCurrentWatermark() {
    return new Watermark(latest - disorderMs - 1);
  }
}
