package sluice.job;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TripsJobTest {
  @Rule public TemporaryFolder folder = new TemporaryFolder();

  private static final String input =
      "{\"PropertyGroupId\":\"InputStream0\",\"PropertyMap\":{"
          + "\"stream.arn\":\"arn:aws:kinesis:us-east-1:123456789012:stream/trips\",\"aws.region\":\"us-east-1\"}}";

  /** The file that Managed Flink writes. */
  private JobProperties properties(String... groups) throws Exception {
    Path file = folder.newFile().toPath();
    Files.writeString(file, "[" + String.join(",", groups) + "]");
    return JobProperties.of(new String[] {file.toString()});
  }

  private static Set<String> uids(JobProperties properties) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    TripsJob.build(env, properties);
    assertEquals(128, env.getMaxParallelism());
    StreamGraph graph = env.getStreamGraph();
    for (StreamNode node : graph.getStreamNodes()) {
      assertNotNull(node.getOperatorName() + " has no uid", node.getTransformationUID());
    }
    return graph.getStreamNodes().stream().map(StreamNode::getTransformationUID).collect(Collectors.toSet());
  }

  @Test
  public void givesEveryOperatorAnId() throws Exception {
    assertEquals(Set.of("trips", "work", "count", "late", "results"), uids(properties(input)));
    String output =
        "{\"PropertyGroupId\":\"OutputStream0\",\"PropertyMap\":{\"stream.name\":\"counts\",\"aws.region\":\"us-east-1\"}}";
    assertTrue(uids(properties(input, output)).containsAll(Set.of("trips", "work", "count", "late")));
  }

  @Test
  public void readsRuntimeProperties() throws Exception {
    JobProperties usual = properties(input);
    assertEquals("trips", JobProperties.streamName(usual.source()));
    assertEquals("TRIM_HORIZON", usual.source().getProperty("flink.stream.initpos"));
    assertEquals(Duration.ofMinutes(10), usual.window());
    assertFalse(usual.hasResultsStream());
    JobProperties own =
        properties(
            input.replace("\"aws.region\"", "\"flink.stream.initpos\":\"LATEST\",\"aws.region\""),
            "{\"PropertyGroupId\":\"Trips\",\"PropertyMap\":{\"window.minutes\":\"5\",\"max.parallelism\":\"many\"}}");
    assertEquals("LATEST", own.source().getProperty("flink.stream.initpos"));
    assertEquals(Duration.ofMinutes(5), own.window());
    String message = assertThrows(IllegalArgumentException.class, own::maxParallelism).getMessage();
    assertEquals("Trips.max.parallelism = \"many\": a whole number of at least 0 is allowed.", message);
  }

  @Test
  public void needsAStream() throws Exception {
    JobProperties none = properties("{\"PropertyGroupId\":\"InputStream0\",\"PropertyMap\":{\"aws.region\":\"us-east-1\"}}");
    assertThrows(
        IllegalArgumentException.class,
        () -> TripsJob.build(StreamExecutionEnvironment.getExecutionEnvironment(), none));
  }

  @Test
  public void takesTheTimeThatARecordIsToCost() {
    Work work = new Work(1_000);
    long begin = System.nanoTime();
    for (int i = 0; i < 300; i++) work.map(null);
    long ms = (System.nanoTime() - begin) / 1_000_000;
    assertTrue("300 records of 1 ms took " + ms + " ms", ms >= 270 && ms < 3_000);
  }

  @Test
  public void keepsEventTimeBehindTheLatestTripByTheDisorder() {
    TripTime time = new TripTime(Duration.ofSeconds(60));
    assertEquals(Long.MIN_VALUE, time.getCurrentWatermark().getTimestamp());
    assertEquals(100_000, time.extractTimestamp(new Trip(1, 100_000, 0), 0));
    time.extractTimestamp(new Trip(1, 90_000, 0), 0);
    assertEquals(100_000 - 60_000 - 1, time.getCurrentWatermark().getTimestamp());
  }
}
