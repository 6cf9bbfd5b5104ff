package sluice.job;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The job's own metrics: Managed Flink sends what is in the group kinesisanalytics to CloudWatch. */
final class Metrics {
  private Metrics() {}

  static Counter counter(MetricGroup group, String name) {
    return group.addGroup("kinesisanalytics").addGroup("Program", "trips").counter(name);
  }
}
