package sluice.job;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.Test;

public class TripSchemaTest {
  private static Trip parse(String text) {
    return TripSchema.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  public void readsATripAndItsFareInCents() {
    Trip trip =
        parse(
            "{\"type\":\"green\",\"vendor_id\":null,\"pickup_datetime\":\"2020-10-05T04:00:45.000Z\","
                + "\"pickup_location_id\":129,\"total_amount\":10.56,\"trip_id\":1}");
    assertEquals(129, trip.area);
    assertEquals(Instant.parse("2020-10-05T04:00:45Z").toEpochMilli(), trip.pickedUpAt);
    assertEquals(1056, trip.fareCents);
  }

  @Test
  public void readsWhatIsNoTripAsNone() {
    assertNull(parse(""));
    assertNull(parse("{"));
    assertNull(parse("[1]"));
    assertNull(parse("{\"pickup_location_id\":1,\"pickup_datetime\":\"yesterday\",\"total_amount\":1}"));
    assertNull(parse("{\"pickup_location_id\":\"1\",\"pickup_datetime\":\"2020-10-05T04:00:45Z\",\"total_amount\":1}"));
    assertNull(parse("{\"pickup_location_id\":1,\"pickup_datetime\":\"2020-10-05T04:00:45Z\",\"total_amount\":1e300}"));
    assertNull(parse("{\"pickup_location_id\":1,\"pickup_datetime\":\"2020-10-05T04:00:45Z\"}"));
  }
}
