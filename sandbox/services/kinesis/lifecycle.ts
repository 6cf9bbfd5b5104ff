import type { Operation, Shape } from "../../core/cloud";
import { day, Phase, second } from "../../core/clock";
import { after, findStream, kinesisError, requireActive, requireShardLimit, streamArn, type KinesisAccount } from "./account";
import {
  addEqualShards,
  bringUpToDate,
  emptyLedger,
  emptyTopology,
  expireShards,
  openShards,
  serveFrom,
  type Stream,
  type StreamMode,
} from "./stream";

const shardMetrics = [
  "IncomingBytes",
  "IncomingRecords",
  "IteratorAgeMilliseconds",
  "OutgoingBytes",
  "OutgoingRecords",
  "ReadProvisionedThroughputExceeded",
  "WriteProvisionedThroughputExceeded",
];

/** Operations that create, delete and configure a stream. */
export function lifecycleOperations(account: KinesisAccount): Record<string, Operation> {
  return {
    CreateStream: (input) => createStream(account, input),
    DeleteStream: (input) => deleteStream(account, input),
    UpdateStreamMode: (input) => updateStreamMode(account, input),
    IncreaseStreamRetentionPeriod: (input) => changeRetention(account, input, "Increase"),
    DecreaseStreamRetentionPeriod: (input) => changeRetention(account, input, "Decrease"),
    StartStreamEncryption: (input) => changeEncryption(account, input, true),
    StopStreamEncryption: (input) => changeEncryption(account, input, false),
    EnableEnhancedMonitoring: (input) => changeMonitoring(account, input, true),
    DisableEnhancedMonitoring: (input) => changeMonitoring(account, input, false),
    UpdateMaxRecordSize: (input) => updateMaxRecordSize(account, input),
  };
}

function createStream(account: KinesisAccount, input: Shape): Shape {
  const { cloud, settings, streams } = account;
  const name: string = input.StreamName;
  const mode: StreamMode = input.StreamModeDetails?.StreamMode ?? "PROVISIONED";
  if (streams.has(name)) {
    throw kinesisError("ResourceInUseException", `Stream ${name} under account ${cloud.account} already exists.`);
  }
  if (mode === "PROVISIONED" && input.ShardCount === undefined) {
    throw kinesisError("ValidationException", "ShardCount must be specified for a stream in PROVISIONED mode.");
  }
  if (mode === "ON_DEMAND" && input.ShardCount !== undefined) {
    throw kinesisError("ValidationException", "ShardCount cannot be specified for a stream in ON_DEMAND mode.");
  }
  if ([...streams.values()].filter((s) => s.status === "CREATING").length >= 5) {
    throw kinesisError(
      "LimitExceededException",
      `Limit for streams in CREATING state exceeded under account ${cloud.account}: 5.`,
    );
  }
  if (mode === "PROVISIONED") requireShardLimit(account, input.ShardCount);
  else requireOnDemandLeft(account);
  const stream = newStream(account, name, mode);
  if (input.MaxRecordSizeInKiB !== undefined) stream.maxRecordSizeInKiB = input.MaxRecordSizeInKiB;
  for (const [key, value] of Object.entries<string>(input.Tags ?? {})) stream.tags.set(key, value);
  streams.set(name, stream);
  after(account, stream, settings.createStreamSeconds, () => {
    const now = cloud.clock.now();
    // On-demand streams start with 4 MB/s of writes: four shards ("Choose the data stream capacity mode").
    addEqualShards(stream, mode === "ON_DEMAND" ? 4 : input.ShardCount, now);
    bringUpToDate(stream, now);
    stream.status = "ACTIVE";
    serveFrom(stream, now);
  });
  return undefined;
}

function newStream(account: KinesisAccount, name: string, mode: StreamMode): Stream {
  const now = account.cloud.clock.now();
  return {
    name,
    arn: streamArn(account.cloud, name),
    id: streamId(name),
    createdAt: now,
    status: "CREATING",
    mode,
    retentionHours: 24,
    encryptionType: "NONE",
    maxRecordSizeInKiB: 1_024,
    shards: new Map(),
    topology: emptyTopology,
    served: [],
    nextShardIndex: 0,
    nextSequence: 0n,
    updateStarts: [],
    modeSwitches: [],
    shardLevelMetrics: new Set(),
    tags: new Map(),
    consumers: new Map(),
    ledger: emptyLedger(now, 0),
    arrivals: new Map(),
    dailyPeaks: [],
    growing: false,
  };
}

/** A StreamId has the form [a-z0-9]{20}-[a-z0-9]{3}; ours follows from the name. */
function streamId(name: string): string {
  let text = "";
  for (let i = 0, value = 17; i < 23; i++) {
    value = (value * 31 + name.charCodeAt(i % name.length) + i) % 1_679_616;
    text += (value % 36).toString(36);
  }
  return `${text.slice(0, 20)}-${text.slice(20)}`;
}

function deleteStream(account: KinesisAccount, input: Shape): Shape {
  const stream = findStream(account, input);
  requireActive(account, stream);
  if (stream.consumers.size > 0 && !input.EnforceConsumerDeletion) {
    throw kinesisError(
      "ResourceInUseException",
      `Stream ${stream.name} under account ${account.cloud.account} has consumers. Set EnforceConsumerDeletion to delete it with them.`,
    );
  }
  bringUpToDate(stream, account.cloud.clock.now());
  stream.status = "DELETING";
  const gone = () => {
    if (account.streams.get(stream.name) === stream) account.streams.delete(stream.name);
  };
  const { clock } = account.cloud;
  if (account.settings.deleteStreamSeconds <= 0) gone();
  else clock.at(clock.now() + account.settings.deleteStreamSeconds * second, Phase.Complete, gone);
  return undefined;
}

/** UPDATING for `seconds`, then `apply` and ACTIVE. */
function update(account: KinesisAccount, stream: Stream, apply: () => void): void {
  requireActive(account, stream);
  stream.status = "UPDATING";
  after(account, stream, account.settings.updateStreamSeconds, () => {
    apply();
    stream.status = "ACTIVE";
  });
}

function requireOnDemandLeft(account: KinesisAccount): void {
  const limit = account.settings.onDemandStreamLimit;
  if ([...account.streams.values()].filter((s) => s.mode === "ON_DEMAND").length < limit) return;
  throw kinesisError(
    "LimitExceededException",
    `Limit for on-demand streams exceeded under account ${account.cloud.account}: ${limit}.`,
  );
}

/** "You can switch between the on-demand and provisioned modes twice within 24 hours"; the shards stay as they are. */
function updateStreamMode(account: KinesisAccount, input: Shape): Shape {
  const stream = findStream(account, input);
  const mode: StreamMode = input.StreamModeDetails.StreamMode;
  const now = account.cloud.clock.now();
  requireActive(account, stream);
  if (mode === stream.mode) return undefined;
  if (mode === "ON_DEMAND") requireOnDemandLeft(account);
  else requireShardLimit(account, openShards(stream));
  stream.modeSwitches = stream.modeSwitches.filter((at) => at > now - day);
  if (stream.modeSwitches.length >= 2) {
    throw kinesisError(
      "LimitExceededException",
      `Stream ${stream.name} under account ${account.cloud.account} has already switched its mode twice in the past 24 hours.`,
    );
  }
  stream.modeSwitches.push(now);
  update(account, stream, () => {
    bringUpToDate(stream, account.cloud.clock.now());
    stream.mode = mode;
  });
  return undefined;
}

function changeRetention(account: KinesisAccount, input: Shape, direction: "Increase" | "Decrease"): Shape {
  const stream = findStream(account, input);
  const hours: number = input.RetentionPeriodHours;
  const refuse = (text: string) => {
    throw kinesisError("InvalidArgumentException", text);
  };
  if (hours < 24)
    refuse(`Minimum allowed retention period is 24 hours. Requested retention period (${hours} hours) is too short.`);
  if (hours > 8_760)
    refuse(`Maximum allowed retention period is 8760 hours. Requested retention period (${hours} hours) is too long.`);
  const [word, other] = direction === "Increase" ? ["shorter", "Decrease"] : ["longer", "Increase"];
  if (direction === "Increase" ? hours < stream.retentionHours : hours > stream.retentionHours) {
    refuse(
      `Requested retention period (${hours} hours) for stream ${stream.name} can not be ${word} than existing retention period ` +
        `(${stream.retentionHours} hours). Use ${other}RetentionPeriod API.`,
    );
  }
  requireActive(account, stream);
  expireShards(stream, account.cloud.clock.now());
  stream.retentionHours = hours;
  return undefined;
}

function changeEncryption(account: KinesisAccount, input: Shape, on: boolean): Shape {
  const stream = findStream(account, input);
  if (input.EncryptionType !== "KMS") {
    throw kinesisError("InvalidArgumentException", `EncryptionType must be KMS, got ${input.EncryptionType}.`);
  }
  update(account, stream, () => {
    stream.encryptionType = on ? "KMS" : "NONE";
    stream.keyId = on ? input.KeyId : undefined;
  });
  return undefined;
}

/** Takes effect at once; AWS goes through UPDATING for a moment (undocumented). */
function changeMonitoring(account: KinesisAccount, input: Shape, on: boolean): Shape {
  const stream = findStream(account, input);
  requireActive(account, stream);
  const before = [...stream.shardLevelMetrics];
  const named: string[] = input.ShardLevelMetrics.includes("ALL") ? shardMetrics : input.ShardLevelMetrics;
  for (const metric of named) {
    if (on) stream.shardLevelMetrics.add(metric);
    else stream.shardLevelMetrics.delete(metric);
  }
  return {
    StreamName: stream.name,
    CurrentShardLevelMetrics: before,
    DesiredShardLevelMetrics: [...stream.shardLevelMetrics],
    StreamARN: stream.arn,
  };
}

function updateMaxRecordSize(account: KinesisAccount, input: Shape): Shape {
  const stream = findStream(account, input);
  update(account, stream, () => {
    stream.maxRecordSizeInKiB = input.MaxRecordSizeInKiB;
  });
  return undefined;
}
