import * as assert from "node:assert/strict";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { createCloud, type SandboxCloud } from "../../../sandbox/createCloud";
import { startPlugin, type Plugin } from "../../../sandbox/deploy/plugin";

type Properties = Record<string, JavaScriptValue>;
type Answer<A> = (error: ServiceError | null, answer: A) => void;

const stream = "aws:kinesis/stream:Stream";
const table = (properties: Properties) => Struct.fromJavaScript(properties);
const asked = <A>(ask: (answer: Answer<A>) => void) =>
  new Promise<A>((resolve, reject) => ask((error, answer) => (error ? reject(error) : resolve(answer))));

describe("the provider as a resource plugin", () => {
  let cloud: SandboxCloud;
  let plugin: Plugin;
  let client: ResourceProviderClient;

  beforeEach(async () => {
    cloud = createCloud({ start: 0, seed: 1, region: "us-east-1" });
    plugin = await startPlugin(cloud, cloud.deployer);
    client = new ResourceProviderClient(`127.0.0.1:${plugin.port}`, credentials.createInsecure());
  });
  afterEach(() => {
    client.close();
    plugin.close();
  });

  const create = async (type: string, name: string, inputs: Properties, preview = false) => {
    const request = new pb.CreateRequest().setType(type).setName(name).setProperties(table(inputs)).setPreview(preview);
    const answer = await asked<pb.CreateResponse>((done) => client.create(request, done));
    return { id: answer.getId(), state: answer.getProperties()!.toJavaScript() as Properties };
  };
  const diff = async (type: string, before: Properties, after: Properties) => {
    const request = new pb.DiffRequest().setType(type).setName("it").setOldInputs(table(before)).setNews(table(after));
    const answer = await asked<pb.DiffResponse>((done) => client.diff(request, done));
    const detail: Record<string, pb.PropertyDiff.Kind> = {};
    answer.getDetaileddiffMap().forEach((value, path) => (detail[path] = value.getKind()));
    return {
      changes: answer.getChanges(),
      detail,
      replaces: answer.getReplacesList(),
      deleteFirst: answer.getDeletebeforereplace(),
    };
  };
  const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
  const { ADD, UPDATE, DELETE, UPDATE_REPLACE } = pb.PropertyDiff.Kind;

  it("makes nothing in a preview", async () => {
    await create(stream, "orders", { name: "orders", shardCount: 2 }, true);
    assert.equal(cloud.kinesis.look("orders"), undefined);
    await create(stream, "orders", { name: "orders", shardCount: 2 });
    assert.equal(cloud.kinesis.look("orders")?.openShards, 2);
  });

  it("knows nothing in a preview of what only the update makes", async () => {
    const request = new pb.UpdateRequest().setType("aws:s3/bucketObjectv2:BucketObjectv2").setName("jar").setPreview(true);
    request.setOlds(table({ bucket: "b", key: "k", versionId: "1" })).setNews(table({ bucket: "b", key: "k", content: "new" }));
    const answer = await asked<pb.UpdateResponse>((done) => client.update(request, done));
    assert.deepEqual(answer.getProperties()!.toJavaScript(), { bucket: "b", key: "k", content: "new" });
  });

  it("reads what was changed meanwhile, as state and as the input that it is", async () => {
    const { id, state } = await create(stream, "orders", { name: "orders", shardCount: 2 });
    const input = { StreamName: "orders", TargetShardCount: 4, ScalingType: "UNIFORM_SCALING" };
    await cloud.call("kinesis", "UpdateShardCount", input, cloud.deployer);
    await cloud.clock.advanceTo(cloud.clock.now() + 600_000);
    const request = new pb.ReadRequest().setType(stream).setName("orders").setId(id).setProperties(table(state));
    const read = await asked<pb.ReadResponse>((done) =>
      client.read(request.setInputs(table({ name: "orders", shardCount: 2 })), done),
    );
    assert.equal(read.getProperties()!.toJavaScript()["shardCount"], 4);
    assert.deepEqual(read.getInputs()!.toJavaScript(), { name: "orders", shardCount: 4 });
  });

  it("answers with no id for what is gone", async () => {
    const request = new pb.ReadRequest()
      .setType(stream)
      .setName("orders")
      .setId("orders")
      .setInputs(table({ name: "orders" }));
    assert.equal((await asked<pb.ReadResponse>((done) => client.read(request, done))).getId(), "");
  });

  it("shows each property that differs, at its place", async () => {
    const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
    const before = { threshold: 75, metricQueries: [{ id: "a", expression: "1" }, { id: "b" }], alarmDescription: "old" };
    const after = { threshold: 80, metricQueries: [{ id: "a", expression: "2" }, { id: "b" }], datapointsToAlarm: 2 };
    assert.deepEqual(await diff(alarm, before, before), { changes: DIFF_NONE, detail: {}, replaces: [], deleteFirst: false });
    assert.deepEqual(await diff(alarm, before, after), {
      changes: DIFF_SOME,
      detail: { threshold: UPDATE, "metricQueries[0].expression": UPDATE, alarmDescription: DELETE, datapointsToAlarm: ADD },
      replaces: [],
      deleteFirst: false,
    });
  });

  it("replaces what can't be changed, and deletes it first where the new one has its name", async () => {
    const policy = "aws:iam/policy:Policy";
    const renamed = await diff(stream, { name: "orders" }, { name: "clicks" });
    assert.deepEqual(renamed, { changes: DIFF_SOME, detail: { name: UPDATE_REPLACE }, replaces: ["name"], deleteFirst: false });
    const named = await diff(policy, { name: "p", description: "a" }, { name: "p", description: "b" });
    assert.deepEqual([named.replaces, named.deleteFirst], [["description"], true]);
    const unnamed = await diff(policy, { description: "a" }, { description: "b" });
    assert.deepEqual([unnamed.replaces, unnamed.deleteFirst], [["description"], false]);
  });

  it("compares files by their contents, wherever they lie", async () => {
    const file = (path: string, hash: string) => ({
      bucket: "b",
      key: "k",
      source: { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", path, hash },
    });
    const object = "aws:s3/bucketObjectv2:BucketObjectv2";
    assert.equal((await diff(object, file("a.jar", "1"), file("b.jar", "1"))).changes, DIFF_NONE);
    assert.deepEqual((await diff(object, file("a.jar", "1"), file("a.jar", "2"))).detail, { source: UPDATE });
  });

  it("passes on what a service refuses, by its name", async () => {
    await create(stream, "orders", { name: "orders", shardCount: 2 });
    await assert.rejects(create(stream, "orders", { name: "orders", shardCount: 2 }), /ResourceInUseException: .*orders/);
  });

  it("tells what is there of a resource whose creation failed half-way, and reads it as it is", async () => {
    cloud.kinesis.failNext("IncreaseStreamRetentionPeriod", "LimitExceededException");
    const inputs = { name: "orders", shardCount: 2, retentionPeriod: 48, encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" };
    const error = await create(stream, "orders", inputs).then(
      () => assert.fail("it should have failed"),
      (failed: ServiceError) => failed,
    );
    assert.match(error.details, /^LimitExceededException: /);
    const [said] = error.metadata.get("grpc-status-details-bin");
    const [detail] = Status.deserializeBinary(said as Buffer).getDetailsList();
    const there = detail!.unpack(pb.ErrorResourceInitFailed.deserializeBinary, "pulumirpc.ErrorResourceInitFailed")!;
    assert.deepEqual([there.getId(), there.getReasonsList()], ["orders", [error.details]]);
    const request = new pb.ReadRequest().setType(stream).setName("orders").setId("orders");
    request.setProperties(there.getProperties()).setInputs(table(inputs));
    const read = await asked<pb.ReadResponse>((done) => client.read(request, done));
    assert.deepEqual(read.getInputs()!.toJavaScript(), {
      name: "orders",
      shardCount: 2,
      retentionPeriod: 24,
      encryptionType: "NONE",
    });
  });

  it("refuses types that the sandbox doesn't know, and another region, before anything is made", async () => {
    const unknown = new pb.CheckRequest().setType("aws:ec2/vpc:Vpc").setName("vpc").setNews(table({}));
    await assert.rejects(
      asked<pb.CheckResponse>((done) => client.check(unknown, done)),
      /doesn't know the resource type aws:ec2\/vpc:Vpc/,
    );
    const elsewhere = new pb.CheckRequest().setNews(table({ region: "eu-west-1" }));
    const [failure] = (await asked<pb.CheckResponse>((done) => client.checkConfig(elsewhere, done))).getFailuresList();
    assert.equal(failure?.getReason(), "the sandbox is in us-east-1, not in eu-west-1");
  });

  it("runs one operation after another: only one may wait for virtual time", async () => {
    const names = ["a", "b", "c", "d"];
    await Promise.all(names.map((name) => create(stream, name, { name, shardCount: 1 })));
    assert.deepEqual(
      names.map((name) => cloud.kinesis.look(name)?.openShards),
      [1, 1, 1, 1],
    );
  });
});
