package sluice.job;

import java.math.BigDecimal;
import java.time.Instant;

/** Trips and fares of an area in a window; of a late trip: that it came after its window had ended. */
public class AreaCount {
  public int area;
  /** ms since the epoch, included. */
  public long windowStart;
  /** ms since the epoch, excluded. */
  public long windowEnd;
  public long trips;
  public long fareCents;
  public boolean late;

  public AreaCount() {}

  public AreaCount(int area, long windowStart, long windowEnd, long trips, long fareCents, boolean late) {
    this.area = area;
    this.windowStart = windowStart;
    this.windowEnd = windowEnd;
    this.trips = trips;
    this.fareCents = fareCents;
    this.late = late;
  }

  /** One line for the results' sink. */
  public String toJson() {
    return String.format(
        "{\"area\":%d,\"window_start\":\"%s\",\"window_end\":\"%s\",\"trips\":%d,\"fares\":%s,\"late\":%b}",
        area,
        Instant.ofEpochMilli(windowStart),
        Instant.ofEpochMilli(windowEnd),
        trips,
        BigDecimal.valueOf(fareCents, 2).toPlainString(),
        late);
  }
}
