package sluice.job;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Results to a second stream, at least once: what is buffered is written before a checkpoint completes. (flink-connector-kinesis's own
 * producer is native code that speaks TLS only, and flink-connector-aws-kinesis-streams of this line isn't to be had.)
 */
public class KinesisSink implements Sink<AreaCount> {
  private static final int recordsPerCall = 500;
  private static final int tries = 20;

  private final Properties properties;

  /** @param properties stream.arn or stream.name, aws.region, and for another endpoint what the connector has for it. */
  public KinesisSink(Properties properties) {
    this.properties = properties;
  }

  @Override
  @Deprecated
  public SinkWriter<AreaCount> createWriter(InitContext context) {
    return new Writer(properties);
  }

  @Override
  public SinkWriter<AreaCount> createWriter(WriterInitContext context) {
    return new Writer(properties);
  }

  private static class Writer implements SinkWriter<AreaCount> {
    private final KinesisClient client;
    private final String stream;
    private List<PutRecordsRequestEntry> waiting = new ArrayList<>();

    Writer(Properties properties) {
      client = clientOf(properties);
      stream = JobProperties.streamName(properties);
    }

    @Override
    public void write(AreaCount count, Context context) throws IOException, InterruptedException {
      PutRecordsRequestEntry.Builder record = PutRecordsRequestEntry.builder();
      waiting.add(record.data(SdkBytes.fromUtf8String(count.toJson())).partitionKey(String.valueOf(count.area)).build());
      if (waiting.size() >= recordsPerCall) flush(false);
    }

    /** Records that a shard refused are tried again, they alone; whatever else is refused fails the job, which restarts. */
    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      for (int tried = 0; !waiting.isEmpty(); tried++) {
        if (tried == tries) throw new IOException("The stream " + stream + " refused results " + tries + " times.");
        if (tried > 0) Thread.sleep(Math.min(100L << tried, 2_000));
        PutRecordsResponse answer = client.putRecords(request -> request.streamName(stream).records(waiting));
        waiting = answer.failedRecordCount() == 0 ? new ArrayList<>() : refused(answer.records());
      }
    }

    private List<PutRecordsRequestEntry> refused(List<PutRecordsResultEntry> results) {
      List<PutRecordsRequestEntry> again = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) if (results.get(i).errorCode() != null) again.add(waiting.get(i));
      return again;
    }

    @Override
    public void close() {
      client.close();
    }

    private static KinesisClient clientOf(Properties properties) {
      KinesisClientBuilder builder =
          KinesisClient.builder()
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .region(Region.of(properties.getProperty("aws.region")));
      String endpoint = properties.getProperty("aws.endpoint");
      if (endpoint != null) builder.endpointOverride(URI.create(endpoint));
      String key = properties.getProperty("aws.credentials.provider.basic.accesskeyid");
      if (key == null) return builder.build();
      String secret = properties.getProperty("aws.credentials.provider.basic.secretkey");
      return builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret))).build();
    }
  }
}
