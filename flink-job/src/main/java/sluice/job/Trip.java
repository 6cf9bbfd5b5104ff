package sluice.job;

/** A taxi trip, as far as the job looks at it. A POJO by Flink's rules: its state survives added fields. */
public class Trip {
  /** Pickup area. */
  public int area;
  /** Event time: pickup, ms since the epoch. */
  public long pickedUpAt;
  /** The fare in cents, so that sums are exact. */
  public long fareCents;

  public Trip() {}

  public Trip(int area, long pickedUpAt, long fareCents) {
    this.area = area;
    this.pickedUpAt = pickedUpAt;
    this.fareCents = fareCents;
  }
}
