package sluice.job;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.Test;

/** The job's window operator in Flink's test harness. */
public class WindowsTest {
  private static final int maxParallelism = 128;

  private static long at(String time) {
    return Instant.parse("2020-10-05T" + time + "Z").toEpochMilli();
  }

  private static StreamRecord<Trip> trip(int area, String time, long cents) {
    return new StreamRecord<>(new Trip(area, at(time), cents), at(time));
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, Trip, AreaCount> harness(int parallelism, int index)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<Trip> trips = env.fromData(new Trip(1, 0, 0));
    OneInputTransformation<Trip, AreaCount> windows =
        (OneInputTransformation<Trip, AreaCount>)
            TripsJob.windows(trips, new JobProperties(Collections.emptyMap())).getTransformation();
    KeyedOneInputStreamOperatorTestHarness<Integer, Trip, AreaCount> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            windows.getOperator(), trip -> trip.area, Types.INT, maxParallelism, parallelism, index);
    harness.setup(windows.getOutputType().createSerializer(env.getConfig().getSerializerConfig()));
    return harness;
  }

  private static List<String> results(KeyedOneInputStreamOperatorTestHarness<Integer, Trip, AreaCount> harness) {
    return harness.extractOutputValues().stream().map(AreaCount::toJson).sorted().collect(Collectors.toList());
  }

  @Test
  public void countTripsAndFaresByAreaInTenMinutes() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<Integer, Trip, AreaCount> harness = harness(1, 0)) {
      harness.open();
      harness.processElement(trip(7, "04:00:00", 1056));
      harness.processElement(trip(7, "04:09:59.999", 10));
      harness.processElement(trip(7, "04:10:00", 5));
      harness.processElement(trip(8, "04:03:00", 1));
      assertEquals(Collections.emptyList(), results(harness));
      harness.processWatermark(at("04:10:00"));
      List<String> expected = new ArrayList<>();
      String window = "\"window_start\":\"2020-10-05T04:00:00Z\",\"window_end\":\"2020-10-05T04:10:00Z\"";
      expected.add("{\"area\":7," + window + ",\"trips\":2,\"fares\":10.66,\"late\":false}");
      expected.add("{\"area\":8," + window + ",\"trips\":1,\"fares\":0.01,\"late\":false}");
      assertEquals(expected, results(harness));
    }
  }

  @Test
  public void putLateTripsAside() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<Integer, Trip, AreaCount> harness = harness(1, 0)) {
      harness.open();
      harness.processWatermark(at("04:10:00"));
      assertNull(harness.getSideOutput(TripsJob.late));
      harness.processElement(trip(7, "04:05:00", 250));
      harness.processElement(trip(7, "04:12:00", 100));
      assertEquals(1, harness.getSideOutput(TripsJob.late).size());
      Trip late = harness.getSideOutput(TripsJob.late).peek().getValue();
      assertEquals(at("04:05:00"), late.pickedUpAt);
      harness.processWatermark(at("04:20:00"));
      assertEquals(1, results(harness).size());
    }
  }

  @Test
  public void goOnAtAnotherParallelism() throws Exception {
    int areas = 50;
    OperatorSubtaskState state;
    try (KeyedOneInputStreamOperatorTestHarness<Integer, Trip, AreaCount> one = harness(1, 0)) {
      one.open();
      for (int area = 0; area < areas; area++) one.processElement(trip(area, "04:01:00", area));
      state = one.snapshot(1, 1);
    }
    long trips = 0;
    long cents = 0;
    for (int index = 0; index < 3; index++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(state, maxParallelism, 1, 3, index);
      try (KeyedOneInputStreamOperatorTestHarness<Integer, Trip, AreaCount> third = harness(3, index)) {
        third.initializeState(part);
        third.open();
        third.processWatermark(at("04:10:00"));
        for (AreaCount count : third.extractOutputValues()) {
          trips += count.trips;
          cents += count.fareCents;
        }
      }
    }
    assertEquals(areas, trips);
    assertEquals(areas * (areas - 1) / 2, cents);
  }
}
