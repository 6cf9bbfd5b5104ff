import { defined, finished, unlessGone, type Deployer, type Handlers, type Properties } from "./handler";

export const kinesisHandlers: Handlers = {
  "aws:kinesis/stream:Stream": {
    async create(deployer, name, inputs) {
      const StreamName = deployer.physicalName(name, inputs.name);
      await deployer.call("kinesis", "CreateStream", {
        StreamName,
        ShardCount: inputs.shardCount,
        StreamModeDetails: { StreamMode: inputs.streamModeDetails?.streamMode ?? "PROVISIONED" },
      });
      await untilActive(deployer, StreamName);
      const { streamModeDetails, enforceConsumerDeletion } = inputs;
      const made = { streamModeDetails, enforceConsumerDeletion, ...(await describe(deployer, StreamName)) };
      await finished({ id: StreamName, state: made }, () => configureStream(deployer, StreamName, {}, inputs));
      return { id: StreamName, state: { ...inputs, ...(await describe(deployer, StreamName)) } };
    },
    read: (deployer, id, state) => unlessGone(async () => ({ ...state, ...(await describe(deployer, id)) })),
    async update(deployer, id, state, inputs) {
      if (inputs.shardCount !== undefined && inputs.shardCount !== state.shardCount) {
        await deployer.call("kinesis", "UpdateShardCount", {
          StreamName: id,
          TargetShardCount: inputs.shardCount,
          ScalingType: "UNIFORM_SCALING",
        });
        await untilActive(deployer, id);
      }
      await configureStream(deployer, id, state, inputs);
      return { ...inputs, ...(await describe(deployer, id)) };
    },
    async delete(deployer, id, state) {
      const EnforceConsumerDeletion = state.enforceConsumerDeletion ?? false;
      await deployer.call("kinesis", "DeleteStream", { StreamName: id, EnforceConsumerDeletion });
      await deployer.waitUntil(`the end of stream ${id}`, async () => !(await unlessGone(() => describe(deployer, id))));
    },
    replaceOn: ["name"],
  },
};

async function configureStream(deployer: Deployer, StreamName: string, before: Properties, inputs: Properties): Promise<void> {
  const hours = inputs.retentionPeriod ?? 24;
  const hoursBefore = before.retentionPeriod ?? 24;
  if (hours !== hoursBefore) {
    const operation = hours > hoursBefore ? "IncreaseStreamRetentionPeriod" : "DecreaseStreamRetentionPeriod";
    await deployer.call("kinesis", operation, { StreamName, RetentionPeriodHours: hours });
  }
  if (inputs.encryptionType === "KMS" && inputs.kmsKeyId !== before.kmsKeyId) {
    await deployer.call("kinesis", "StartStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: inputs.kmsKeyId });
    await untilActive(deployer, StreamName);
  }
  const metrics: string[] = inputs.shardLevelMetrics ?? [];
  const metricsBefore: string[] = before.shardLevelMetrics ?? [];
  const gone = metricsBefore.filter((metric) => !metrics.includes(metric));
  if (gone.length > 0) await deployer.call("kinesis", "DisableEnhancedMonitoring", { StreamName, ShardLevelMetrics: gone });
  const added = metrics.filter((metric) => !metricsBefore.includes(metric));
  if (added.length > 0) await deployer.call("kinesis", "EnableEnhancedMonitoring", { StreamName, ShardLevelMetrics: added });
}

function untilActive(deployer: Deployer, StreamName: string): Promise<void> {
  return deployer.waitUntil(`ACTIVE of stream ${StreamName}`, async () => {
    const { StreamDescriptionSummary } = await deployer.call("kinesis", "DescribeStreamSummary", { StreamName });
    return StreamDescriptionSummary.StreamStatus === "ACTIVE";
  });
}

async function describe(deployer: Deployer, StreamName: string): Promise<Properties> {
  const { StreamDescriptionSummary: summary } = await deployer.call("kinesis", "DescribeStreamSummary", { StreamName });
  return defined({
    id: StreamName,
    name: StreamName,
    arn: summary.StreamARN,
    shardCount: summary.OpenShardCount,
    retentionPeriod: summary.RetentionPeriodHours,
    encryptionType: summary.EncryptionType,
    kmsKeyId: summary.KeyId,
  });
}
