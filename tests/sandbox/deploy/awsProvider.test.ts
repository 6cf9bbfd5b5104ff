// Source: hashicorp/terraform-provider-aws, the code under @pulumi/aws (read in its source; versions differ)
import * as assert from "node:assert/strict";
import { createCloud, type CloudOptions, type SandboxCloud } from "../../../sandbox/createCloud";
import { createProvider, type Provider } from "../../../sandbox/deploy/provider";
import type { Properties, Unfinished } from "../../../sandbox/deploy/provider/handler";
import type { ServiceName } from "../../../sandbox/core/cloud";

/** The provider on a cloud of its own, and the calls that it made since it was last asked for them. */
interface Deploying {
  cloud: SandboxCloud;
  provider: Provider;
  calls(): [operation: string, input: Properties][];
}

function deploying(options: Partial<CloudOptions> = {}): Deploying {
  const cloud = createCloud({ start: 0, seed: 1, region: "us-east-1", ...options });
  let made: [string, Properties][] = [];
  const call: SandboxCloud["call"] = (service: ServiceName, operation, input, caller) => {
    made.push([operation, input]);
    return cloud.call(service, operation, input, caller);
  };
  const calls = () => {
    const before = made;
    made = [];
    return before.filter(([operation]) => !/^(Describe|Get|List)/.test(operation));
  };
  return { cloud, provider: createProvider({ ...cloud, call }, cloud.deployer), calls };
}

const operations = (calls: [string, Properties][]) => calls.map(([operation]) => operation);

// Source: internal/service/kinesis/stream.go
describe("a stream", () => {
  const type = "aws:kinesis/stream:Stream";
  const inputs = { name: "orders", shardCount: 2, retentionPeriod: 24 };

  it("is updated in place but for its name", () => {
    const { provider } = deploying();
    const after = { shardCount: 3, retentionPeriod: 48, encryptionType: "KMS", kmsKeyId: "k", shardLevelMetrics: ["ALL"] };
    const { changed, replaces } = provider.diff(type, inputs, { ...inputs, ...after });
    assert.deepEqual([changed.length, replaces], [5, []]);
    assert.deepEqual(provider.diff(type, inputs, { ...inputs, name: "clicks" }).replaces, ["name"]);
  });

  it("gets UpdateShardCount only when its count differs from what is there", async () => {
    const { provider, calls } = deploying();
    const { id, state } = await provider.create(type, "orders", inputs);
    calls();
    await provider.update(type, id, state, { ...inputs, retentionPeriod: 48 });
    assert.deepEqual(operations(calls()), ["IncreaseStreamRetentionPeriod"]);
    await provider.update(type, id, state, { ...inputs, shardCount: 4 });
    assert.deepEqual(operations(calls()), ["UpdateShardCount"]);
  });

  it("loses the shard-level metrics that are no more asked for", async () => {
    const { provider, calls } = deploying();
    const before = { ...inputs, shardLevelMetrics: ["IncomingBytes", "OutgoingBytes"] };
    const { id, state } = await provider.create(type, "orders", before);
    calls();
    await provider.update(type, id, state, { ...inputs, shardLevelMetrics: ["IncomingBytes"] });
    const [[operation, input] = [], ...more] = calls();
    assert.deepEqual([operation, input?.["ShardLevelMetrics"], more], ["DisableEnhancedMonitoring", ["OutgoingBytes"], []]);
  });

  it("can't be deleted while a consumer is registered, unless enforceConsumerDeletion says so", async () => {
    const { cloud, provider } = deploying();
    const { id, state } = await provider.create(type, "orders", inputs);
    await cloud.call("kinesis", "RegisterStreamConsumer", { StreamARN: state["arn"], ConsumerName: "job" }, cloud.deployer);
    await assert.rejects(provider.delete(type, id, state), { name: "ResourceInUseException" });
    await provider.delete(type, id, { ...state, enforceConsumerDeletion: true });
  });

  it("is waited for until it is gone, and its name is free again", async () => {
    const { provider } = deploying();
    const { id, state } = await provider.create(type, "orders", inputs);
    await provider.delete(type, id, state);
    await provider.create(type, "orders", inputs);
  });
});

// Source: internal/service/kinesisanalyticsv2/application.go
describe("an application", () => {
  const type = "aws:kinesisanalyticsv2/application:Application";
  const role = "arn:aws:iam::123456789012:role/job";
  const flink = (parallelism: number, checkpointInterval = 60_000) => ({
    parallelismConfiguration: { configurationType: "CUSTOM", parallelism, parallelismPerKpu: 1, autoScalingEnabled: false },
    checkpointConfiguration: { configurationType: "CUSTOM", checkpointingEnabled: true, checkpointInterval },
  });
  const inputs = (parallelism = 2, checkpointInterval?: number) => ({
    name: "job",
    runtimeEnvironment: "FLINK-1_19",
    serviceExecutionRole: role,
    applicationConfiguration: { flinkApplicationConfiguration: flink(parallelism, checkpointInterval) },
  });

  it("is updated in place but for its name, its description and its mode: runtime and role too", async () => {
    const { provider, calls } = deploying();
    const before = { ...inputs(), description: "a", applicationMode: "STREAMING" };
    const after = { ...before, name: "b", description: "b", applicationMode: "INTERACTIVE", runtimeEnvironment: "FLINK-1_20" };
    assert.deepEqual(provider.diff(type, before, after).replaces.sort(), ["applicationMode", "description", "name"]);
    const { id, state } = await provider.create(type, "job", inputs());
    calls();
    await provider.update(type, id, state, { ...inputs(), runtimeEnvironment: "FLINK-1_20" });
    const [[operation, input] = []] = calls();
    assert.deepEqual([operation, input?.["RuntimeEnvironmentUpdate"]], ["UpdateApplication", "FLINK-1_20"]);
  });

  it("sends the version that the refresh saw: what was changed meanwhile is not overwritten", async () => {
    const { cloud, provider } = deploying();
    const { id, state } = await provider.create(type, "job", inputs());
    const mine = { ApplicationName: "job", CurrentApplicationVersionId: 1, RuntimeEnvironmentUpdate: "FLINK-1_20" };
    await cloud.call("kinesisanalytics", "UpdateApplication", mine, cloud.deployer);
    await cloud.clock.advanceTo(cloud.clock.now() + 600_000);
    await assert.rejects(provider.update(type, id, state, inputs(2, 30_000)), { name: "ConcurrentModificationException" });
    const refreshed = await provider.read(type, id, state);
    await provider.update(type, id, refreshed!, inputs(2, 30_000));
  });

  it("isn't tried again when it is in use", async () => {
    const { cloud, provider, calls } = deploying();
    const { id, state } = await provider.create(type, "job", { ...inputs(), startApplication: true });
    const mine = { ApplicationName: "job", CurrentApplicationVersionId: 1, RuntimeEnvironmentUpdate: "FLINK-1_20" };
    await cloud.call("kinesisanalytics", "UpdateApplication", mine, cloud.deployer);
    calls();
    await assert.rejects(provider.update(type, id, state, inputs(2, 30_000)), { name: "ResourceInUseException" });
    assert.deepEqual(operations(calls()), ["UpdateApplication"]);
  });

  it("is started on create or when startApplication changes, never because it is READY", async () => {
    const { cloud, provider, calls } = deploying();
    const { id, state } = await provider.create(type, "job", { ...inputs(), startApplication: true });
    assert.deepEqual(operations(calls()), ["CreateApplication", "StartApplication"]);
    await cloud.call("kinesisanalytics", "StopApplication", { ApplicationName: "job" }, cloud.deployer);
    await cloud.clock.advanceTo(cloud.clock.now() + 600_000);
    const live = await provider.read(type, id, state);
    await provider.update(type, id, live!, { ...inputs(2, 30_000), startApplication: true });
    assert.deepEqual(operations(calls()), ["UpdateApplication"]);
  });

  it("shows the parallelism that it has now, as state and as input", async () => {
    const { cloud, provider } = deploying();
    const { id, state } = await provider.create(type, "job", { ...inputs(), startApplication: true });
    const ParallelismConfigurationUpdate = { ConfigurationTypeUpdate: "CUSTOM", ParallelismUpdate: 5 };
    const update = { FlinkApplicationConfigurationUpdate: { ParallelismConfigurationUpdate } };
    const mine = { ApplicationName: "job", CurrentApplicationVersionId: 1, ApplicationConfigurationUpdate: update };
    await cloud.call("kinesisanalytics", "UpdateApplication", mine, cloud.deployer);
    await cloud.clock.advanceTo(cloud.clock.now() + 600_000);
    const live = (await provider.read(type, id, state)) as { applicationConfiguration: Properties };
    assert.deepEqual(live.applicationConfiguration["flinkApplicationConfiguration"], flink(5));
  });
});

// Source: internal/service/appautoscaling/target.go
describe("a scalable target", () => {
  const type = "aws:appautoscaling/target:Target";

  it("is refused at once where its API can't be called: registration isn't tried again for missing permissions", async () => {
    const { provider, calls } = deploying();
    const target = {
      serviceNamespace: "custom-resource",
      scalableDimension: "custom-resource:ResourceType:Property",
      resourceId: "https://abc.execute-api.us-east-1.amazonaws.com/v1/scalableTargetDimensions/dev-stream",
      minCapacity: 1,
      maxCapacity: 4,
    };
    await assert.rejects(provider.create(type, "target", target));
    assert.deepEqual(operations(calls()), ["RegisterScalableTarget"]);
  });

  it("is replaced by another resource, dimension or namespace, and updated by other bounds", () => {
    const { provider } = deploying();
    const before = { serviceNamespace: "a", scalableDimension: "a", resourceId: "a", minCapacity: 1, maxCapacity: 2 };
    const after = { serviceNamespace: "b", scalableDimension: "b", resourceId: "b", minCapacity: 3, maxCapacity: 4 };
    assert.deepEqual(provider.diff(type, before, after).replaces.sort(), ["resourceId", "scalableDimension", "serviceNamespace"]);
  });
});

// Source: internal/service/ssm/parameter.go
describe("a parameter", () => {
  const type = "aws:ssm/parameter:Parameter";

  it("gets its value with every update: the refreshed one, where the program's is ignored", async () => {
    const { cloud, provider, calls } = deploying();
    const inputs = { name: "/sluice/state", type: "String", value: "old" };
    const { id, state } = await provider.create(type, "state", inputs);
    await cloud.call("ssm", "PutParameter", { Name: id, Value: "live", Overwrite: true }, cloud.deployer);
    const live = (await provider.read(type, id, state)) as Properties;
    calls();
    await provider.update(type, id, live, { ...inputs, value: live["value"], description: "new" });
    assert.deepEqual(
      calls().map(([operation, input]) => [operation, input["Value"]]),
      [["PutParameter", "live"]],
    );
  });
});

// Source: internal/service/iam/policy.go
describe("a managed policy", () => {
  it("keeps as many versions as IAM allows, the newest of them as its default, and takes them with it", async () => {
    const { cloud, provider } = deploying();
    const type = "aws:iam/policy:Policy";
    const policy = (n: number) =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: `s3:Get${n}`, Resource: "*" }] });
    const { id, state } = await provider.create(type, "p", { name: "p", policy: policy(0) });
    for (let n = 1; n <= 7; n++) await provider.update(type, id, state, { name: "p", policy: policy(n) });
    const { Versions } = await cloud.call("iam", "ListPolicyVersions", { PolicyArn: id }, cloud.deployer);
    assert.deepEqual(
      Versions.map(({ VersionId, IsDefaultVersion }: Properties) => [VersionId, IsDefaultVersion]).sort(),
      [4, 5, 6, 7, 8].map((n) => [`v${n}`, n === 8]),
    );
    await provider.delete(type, id, state);
  });
});

// Source: internal/service/iam/role.go
describe("a role", () => {
  it("gets a new description or trust policy in place, and only the one that changed", async () => {
    const { provider, calls } = deploying();
    const type = "aws:iam/role:Role";
    const trust = (service: string) => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: `${service}.amazonaws.com` } }],
    });
    const inputs = { name: "r", description: "a", assumeRolePolicy: trust("lambda") };
    const { id, state } = await provider.create(type, "r", inputs);
    calls();
    await provider.update(type, id, state, { ...inputs, description: "b" });
    assert.deepEqual(operations(calls()), ["UpdateRoleDescription"]);
    await provider.update(type, id, state, { ...inputs, assumeRolePolicy: trust("events") });
    assert.deepEqual(operations(calls()), ["UpdateAssumeRolePolicy"]);
  });
});

// Source: d.SetId before the creation is through: internal/service/kinesis/stream.go, logs/group.go, apigateway/stage.go
describe("a creation that fails after the resource is there", () => {
  const denying = (action: string) => {
    const { cloud } = deploying();
    const call = (operation: string, input: Properties) => cloud.call("iam", operation, input, cloud.deployer);
    const Statement = [
      { Effect: "Allow", Action: "*", Resource: "*" },
      { Effect: "Deny", Action: action, Resource: "*" },
    ];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    call("CreateUser", { UserName: "ci" });
    call("PutUserPolicy", { UserName: "ci", PolicyName: "most", PolicyDocument });
    return { cloud, provider: createProvider(cloud, { arn: `arn:aws:iam::${cloud.account}:user/ci` }) };
  };

  it("leaves a stream as it is, for the next update to finish", async () => {
    const { cloud, provider } = denying("kinesis:IncreaseStreamRetentionPeriod");
    const type = "aws:kinesis/stream:Stream";
    const inputs = { name: "orders", shardCount: 2, retentionPeriod: 48 };
    await assert.rejects(provider.create(type, "orders", inputs), ({ created }: Unfinished) => {
      assert.deepEqual([created.id, created.state["retentionPeriod"]], ["orders", 24]);
      return true;
    });
    assert.equal(cloud.kinesis.look("orders")?.retentionHours, 24);
  });

  it("leaves a log group without a retention", async () => {
    const { provider } = denying("logs:PutRetentionPolicy");
    const inputs = { name: "log", retentionInDays: 7 };
    await assert.rejects(provider.create("aws:cloudwatch/logGroup:LogGroup", "log", inputs), ({ created }: Unfinished) => {
      assert.deepEqual([created.id, "retentionInDays" in created.state], ["log", false]);
      return true;
    });
  });

  it("leaves an application that can't be started, not started", async () => {
    const { cloud, provider } = denying("kinesisanalytics:StartApplication");
    const inputs = { name: "job", runtimeEnvironment: "FLINK-1_20", serviceExecutionRole: "arn:aws:iam::123456789012:role/job" };
    const started = { ...inputs, applicationConfiguration: {}, startApplication: true };
    const type = "aws:kinesisanalyticsv2/application:Application";
    await assert.rejects(provider.create(type, "job", started), ({ created }: Unfinished) => {
      assert.equal(created.state["status"], "READY");
      return true;
    });
    assert.equal(cloud.flink.look("job")?.status, "READY");
  });
});

describe("what is gone", () => {
  it("counts as deleted", async () => {
    const { provider } = deploying();
    await provider.delete("aws:kinesis/stream:Stream", "orders", {});
    await provider.delete("aws:iam/role:Role", "job", {});
  });
});
