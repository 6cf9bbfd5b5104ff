import * as assert from "node:assert/strict";
import { DataStream } from "../../../components/stream/dataStream";
import type { DataStreamArgs } from "../../../components/stream/dataStreamArgs";
import { account, record, region, resource, resourcesOf } from "../../support/recorder";

const run = (args: DataStreamArgs) =>
  record(() => {
    const { streamName, streamArn, customerKeyArn } = new DataStream("orders", args);
    return { streamName, streamArn, customerKeyArn };
  });
const type = "aws:kinesis/stream:Stream";

describe("DataStream", () => {
  it("creates a provisioned, encrypted stream of 8 shards whose count is ignored afterwards", async () => {
    const stream = resource(await run({ name: "orders" }), type);
    assert.deepEqual(stream.inputs, {
      name: "orders",
      shardCount: 8,
      streamModeDetails: { streamMode: "PROVISIONED" },
      retentionPeriod: 24,
      encryptionType: "KMS",
      kmsKeyId: "alias/aws/kinesis",
      shardLevelMetrics: [],
      enforceConsumerDeletion: true,
    });
    assert.equal(stream.name, "orders-stream");
    assert.deepEqual(stream.options.ignoreChanges, ["shardCount"]);
    assert.equal(stream.options.parent, "orders");
  });

  it("leaves the name to Pulumi when none is given", async () => {
    assert.ok(!("name" in resource(await run({}), type).inputs));
  });

  it("lists the shard-level metrics by name, because AWS answers with the list and not with ALL", async () => {
    const { inputs } = resource(await run({ shardLevelMetrics: true, shards: 3, retentionHours: 48 }), type);
    assert.deepEqual(inputs["shardLevelMetrics"], [
      "IncomingBytes",
      "IncomingRecords",
      "IteratorAgeMilliseconds",
      "OutgoingBytes",
      "OutgoingRecords",
      "ReadProvisionedThroughputExceeded",
      "WriteProvisionedThroughputExceeded",
    ]);
    assert.deepEqual([inputs["shardCount"], inputs["retentionPeriod"]], [3, 48]);
  });

  it("is protected where it is told to be, else as its parent is", async () => {
    assert.equal(resource(await run({ protect: true }), type).options.protect, true);
    assert.equal(resource(await run({}), type).options.protect, false);
    const below = await record(() => new DataStream("orders", {}, { protect: true }));
    assert.equal(resource(below, type).options.protect, true);
  });

  it("adopts a stream by name: nothing is created", async () => {
    const recording = await run({ existing: "orders-prod" });
    assert.deepEqual(resourcesOf(recording, type), []);
    assert.deepEqual(recording.outputs, {
      streamName: "orders-prod",
      streamArn: `arn:aws:kinesis:${region}:${account}:stream/orders-prod`,
      customerKeyArn: "",
    });
  });

  it("adopts a stream by ARN as it is", async () => {
    const existing = "arn:aws-cn:kinesis:cn-north-1:210987654321:stream/orders-prod";
    const { outputs } = await run({ existing });
    assert.equal(outputs["streamName"], "orders-prod");
    assert.equal(outputs["streamArn"], existing);
  });

  it("names no customer key for AWS's own, whether by alias or by the alias' ARN", async () => {
    assert.equal((await run({ kmsKey: "alias/aws/kinesis" })).outputs["customerKeyArn"], "");
    const arn = `arn:aws:kms:${region}:${account}:alias/aws/kinesis`;
    assert.equal((await run({ kmsKey: arn })).outputs["customerKeyArn"], "");
  });

  it("takes a customer key's ARN as it is and looks up the key behind an id or alias", async () => {
    const arn = `arn:aws:kms:${region}:${account}:key/1234`;
    const byArn = await run({ kmsKey: arn });
    assert.equal(byArn.outputs["customerKeyArn"], arn);
    assert.deepEqual(byArn.invokes, []);
    const byAlias = await run({ kmsKey: "alias/orders" });
    assert.equal(resource(byAlias, type).inputs["kmsKeyId"], "alias/orders");
    assert.equal(byAlias.outputs["customerKeyArn"], `arn:aws:kms:${region}:${account}:key/of-alias/orders`);
  });
});
