package sluice.job;

import java.io.IOException;
import java.util.Properties;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.util.OutputTag;

/**
 * Taxi trips from Kinesis, counted with their fares by pickup area in windows of ten minutes of event time. Every operator has an id, so
 * that snapshots survive changes of the job.
 */
public final class TripsJob {
  static final OutputTag<Trip> late = new OutputTag<Trip>("late") {};

  private TripsJob() {}

  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    build(env, JobProperties.of(args));
    env.execute("trips");
  }

  static void build(StreamExecutionEnvironment env, JobProperties properties) throws IOException {
    env.setMaxParallelism(properties.maxParallelism());
    DataStream<AreaCount> results = count(trips(env, properties), properties);
    if (properties.hasResultsStream()) results.sinkTo(new KinesisSink(properties.results())).name("results").uid("results");
    else results.addSink(new LogSink()).name("results").uid("results");
  }

  @SuppressWarnings("deprecation") // The newer source isn't in this line of the connector.
  private static DataStream<Trip> trips(StreamExecutionEnvironment env, JobProperties properties) {
    Properties source = properties.source();
    FlinkKinesisConsumer<Trip> consumer =
        new FlinkKinesisConsumer<>(JobProperties.streamName(source), new TripSchema(), source);
    consumer.setPeriodicWatermarkAssigner(new TripTime(properties.disorder()));
    return env.addSource(consumer).name("trips").uid("trips");
  }

  /** Windows' counts, and late trips after them as they are found. */
  private static DataStream<AreaCount> count(DataStream<Trip> trips, JobProperties properties) {
    DataStream<Trip> worked =
        // KPUs and shards scale apart: all subtasks work, however many shards there are.
        trips.rebalance().map(new Work(properties.microsecondsPerRecord())).name("work").uid("work");
    SingleOutputStreamOperator<AreaCount> counts = windows(worked, properties);
    DataStream<AreaCount> tooLate =
        counts.getSideOutput(late).map(new LateTrips(properties.window())).name("late trips").uid("late");
    return counts.union(tooLate);
  }

  static SingleOutputStreamOperator<AreaCount> windows(DataStream<Trip> trips, JobProperties properties) {
    return trips
        .keyBy(trip -> trip.area)
        .window(TumblingEventTimeWindows.of(properties.window()))
        .sideOutputLateData(late)
        .aggregate(new CountTrips(), new CountTrips.WithWindow())
        .name("count")
        .uid("count");
  }
}
