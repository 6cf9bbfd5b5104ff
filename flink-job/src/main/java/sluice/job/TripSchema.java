package sluice.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;

/** A record's JSON as a trip. What isn't one is counted (metric malformedTrips) and passed over: it must not stop the job. */
public class TripSchema implements DeserializationSchema<Trip> {
  private static final ObjectMapper json = new ObjectMapper();

  private transient Counter malformed;

  @Override
  public void open(InitializationContext context) {
    malformed = Metrics.counter(context.getMetricGroup(), "malformedTrips");
  }

  @Override
  public Trip deserialize(byte[] record) {
    Trip trip = parse(record);
    if (trip == null) malformed.inc();
    return trip;
  }

  /** Null: not a trip. */
  static Trip parse(byte[] record) {
    try {
      JsonNode node = json.readTree(record);
      if (node == null) return null;
      JsonNode area = node.get("pickup_location_id");
      JsonNode time = node.get("pickup_datetime");
      JsonNode fare = node.get("total_amount");
      if (area == null || !area.isInt() || time == null || !time.isTextual() || fare == null || !fare.isNumber()) return null;
      long cents = fare.decimalValue().movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact();
      return new Trip(area.intValue(), Instant.parse(time.textValue()).toEpochMilli(), cents);
    } catch (IOException | DateTimeParseException | ArithmeticException notATrip) {
      return null;
    }
  }

  @Override
  public boolean isEndOfStream(Trip trip) {
    return false;
  }

  @Override
  public TypeInformation<Trip> getProducedType() {
    return TypeInformation.of(Trip.class);
  }
}
