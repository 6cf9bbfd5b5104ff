package sluice.job;

import org.apache.flink.streaming.api.functions.sink.SinkFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Results in the application's log: without a second stream. */
public class LogSink implements SinkFunction<AreaCount> {
  private static final Logger log = LoggerFactory.getLogger(LogSink.class);

  @Override
  public void invoke(AreaCount count, Context context) {
    log.info("{}", count.toJson());
  }
}
