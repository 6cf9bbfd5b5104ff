import { strict as assert } from "node:assert";
import { failureOf } from "../../producer/kinesis";
import { createMeter } from "../../producer/meter";
import { metricDataOf } from "../../producer/metrics";
import { producerMetrics } from "../../components/metrics/catalogue";

const service = (name: string, httpStatusCode: number) =>
  Object.assign(new Error("said"), { name, $fault: httpStatusCode < 500 ? "client" : "server", $metadata: { httpStatusCode } });
const network = (code: string) => Object.assign(new Error("said"), { code });

// Source: PutRecords (API reference), Errors
describe("a call of PutRecords that fails", () => {
  for (const name of ["ProvisionedThroughputExceededException", "LimitExceededException", "ThrottlingException"]) {
    it(`was refused as a whole by ${name}`, () =>
      assert.deepEqual(failureOf(service(name, 400)), { failed: `${name}: said`, unsure: false }));
  }
  it("may have been accepted when the service failed, or the answer never came", () => {
    assert.deepEqual(failureOf(service("InternalFailureException", 500)), {
      failed: "InternalFailureException: said",
      unsure: true,
    });
    assert.deepEqual(failureOf(network("ECONNRESET")), { failed: "Error: said", unsure: true });
    const late = Object.assign(new Error("said"), { name: "TimeoutError" });
    assert.deepEqual(failureOf(late), { failed: "TimeoutError: said", unsure: true });
  });
  it("was never sent where nobody listens", () =>
    assert.deepEqual(failureOf(network("ECONNREFUSED")), { failed: "Error: said", unsure: false }));
  for (const error of [
    service("ResourceNotFoundException", 400),
    service("AccessDeniedException", 400),
    Object.assign(new Error("said"), { name: "CredentialsProviderError" }),
    new TypeError("a fault of the program"),
  ]) {
    it(`can't be mended by trying again: ${error.name}`, () =>
      assert.throws(
        () => failureOf(error),
        (thrown) => thrown === error,
      ));
  }
});

describe("the producer's metrics", () => {
  it("are those that the dashboard draws, by the stream's name", () => {
    const meter = createMeter();
    for (const value of [3, 1, 2]) meter.add("RetriesPerRecord", value);
    meter.add("UserRecordsPending", 7);
    meter.add("BufferingTime", 40);
    const { Namespace, MetricData = [] } = metricDataOf(meter.take(), "trips") ?? {};
    assert.equal(Namespace, "KinesisProducerLibrary");
    assert.deepEqual(
      MetricData.map(({ MetricName, Unit }) => [MetricName, Unit]),
      Object.values(producerMetrics).map(({ name, unit }) => [name, unit]),
    );
    assert.deepEqual(MetricData[0], {
      ...{ MetricName: "RetriesPerRecord", Unit: "Count", Dimensions: [{ Name: "StreamName", Value: "trips" }] },
      StatisticValues: { SampleCount: 3, Sum: 6, Minimum: 1, Maximum: 3 },
    });
  });
  it("are missing while nothing was measured", () => assert.equal(metricDataOf({}, "trips"), undefined));
});
