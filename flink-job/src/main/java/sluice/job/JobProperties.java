package sluice.job;

import com.amazonaws.services.kinesisanalytics.runtime.KinesisAnalyticsRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** Runtime properties as Managed Flink passes them: groups of texts. */
public class JobProperties {
  /** Group of the source; all of it goes to the connector. */
  static final String input = "InputStream0";
  /** Group of the results' stream; without it they go to the log. */
  static final String output = "OutputStream0";
  /** Group of the job's own settings. */
  static final String job = "Trips";

  private final Map<String, Properties> groups;

  JobProperties(Map<String, Properties> groups) {
    this.groups = groups;
  }

  /** @param args nothing on Managed Flink; elsewhere the path of a file of the form that Managed Flink writes. */
  static JobProperties of(String[] args) throws IOException {
    return new JobProperties(
        args.length == 0
            ? KinesisAnalyticsRuntime.getApplicationProperties()
            : KinesisAnalyticsRuntime.getApplicationProperties(args[0]));
  }

  /** The connector's properties, with what the job wants where the group doesn't say otherwise. */
  Properties source() {
    Properties source = new Properties();
    source.put("flink.stream.initpos", "TRIM_HORIZON");
    source.put("flink.shard.discovery.intervalmillis", "10000");
    // A shard without records holds event time back for so long.
    source.put("flink.shard.idle.interval", "60000");
    source.putAll(group(input));
    return source;
  }

  boolean hasResultsStream() {
    return groups.containsKey(output);
  }

  Properties results() {
    return group(output);
  }

  Duration window() {
    return Duration.ofMinutes(number("window.minutes", 10));
  }

  /** How long a trip may come after later ones of its shard. */
  Duration disorder() {
    return Duration.ofSeconds(number("disorder.seconds", 60));
  }

  /** See {@link Work}. */
  long microsecondsPerRecord() {
    return number("work.microseconds", 0);
  }

  /** The stacks' key maxParallelism names the same. State can't be restored with another. */
  int maxParallelism() {
    return (int) number("max.parallelism", 128);
  }

  private long number(String name, long usual) {
    String text = group(job).getProperty(name);
    if (text == null) return usual;
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(job + "." + name + " = \"" + text + "\": a whole number of at least 0 is allowed.");
    }
    return Long.parseLong(text);
  }

  private Properties group(String name) {
    return groups.getOrDefault(name, new Properties());
  }

  /** The name in stream.arn, or stream.name. */
  static String streamName(Properties group) {
    String arn = group.getProperty("stream.arn");
    String name = arn == null ? group.getProperty("stream.name") : arn.substring(arn.indexOf('/') + 1);
    if (name == null || name.isEmpty()) throw new IllegalArgumentException("stream.arn or stream.name must name the stream.");
    return name;
  }
}
