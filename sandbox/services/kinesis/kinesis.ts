import type { Cloud, Operation, Service, Shape } from "../../core/cloud";
import { minute } from "../../core/clock";
import { findStream, kinesisError, requestedName, type KinesisAccount } from "./account";
import { billingOf, resetBilling, type StreamBilling } from "./billing";
import { consumerOperations } from "./consumers";
import { describeOperations } from "./describe";
import { getOperations } from "./getRecords";
import { injectedFaults, type InjectedFaults } from "./injectedFaults";
import { inputs } from "./inputs";
import { lifecycleOperations } from "./lifecycle";
import { modelledInputs, validateInput } from "./memberValidation";
import { accountMinute, minuteCapacity, type Offer, type OfferResult, type ShardCounts } from "./offer";
import { followPeak } from "./onDemand";
import { kinesisSettings, ratedPerStream, type KinesisOptions } from "./options";
import { countAccepted, putOperations } from "./putRecords";
import { requestRate } from "./requestRate";
import { kinesisRequirements } from "./requirements";
import { reshardingOperations } from "./resharding";
import { forgetServed, openShards } from "./stream";
import { publishPuts, publishReads, type StreamRead } from "./streamMetrics";
import { taggingOperations } from "./tagging";

export type { KinesisOptions } from "./options";
export type { Offer, OfferResult } from "./offer";
export type { StreamRead } from "./streamMetrics";
export type { StreamBilling } from "./billing";

/** The service and what the workload, the report and tests need beside its operations. */
export interface Kinesis extends Service {
  readonly name: "kinesis";
  /**
   * Accounts the minute [minuteStart, minuteStart + 60 s) against the shards that served during it and publishes its metrics (none if
   * nothing was offered). Call it in Phase.Traffic of the minute's end, before changes complete. An unknown stream, or one that is
   * still being created, takes nothing.
   */
  offer(streamName: string, minuteStart: number, offer: Offer): OfferResult;
  /** What the stream took in a minute: offered and put through the API. Kept for five minutes. */
  arrivals(streamName: string, minuteStart: number): { records: number; bytes: number };
  /** Publishes a consumer's minute: GetRecords.* and iterator age, or SubscribeToShardEvent.* with a consumer name. */
  read(streamName: string, minuteStart: number, read: StreamRead): void;
  /** Throws ResourceNotFoundException for an unknown stream. */
  billing(streamName: string): StreamBilling;
  resetBilling(streamName: string): void;
  /** Open shards and status, for the progress line; undefined if there is no such stream. */
  look(streamName: string): { openShards: number; status: string; retentionHours: number } | undefined;
  /** The next `times` calls of the operation are refused with this error code. */
  failNext: InjectedFaults["failNext"];
}

const reshardings = new Set(["UpdateShardCount", "SplitShard", "MergeShards"]);

/** Amazon Kinesis Data Streams in virtual time: one account, one region. */
export function createKinesis(cloud: Cloud, options: KinesisOptions = {}): Kinesis {
  const account: KinesisAccount = { cloud, settings: kinesisSettings(options, cloud.region), streams: new Map() };
  const faults = injectedFaults("kinesis");
  const table: Record<string, Operation> = {
    ...lifecycleOperations(account),
    ...describeOperations(account),
    ...reshardingOperations(account),
    ...putOperations(account),
    ...getOperations(account),
    ...taggingOperations(account),
    ...consumerOperations(account),
  };
  return {
    name: "kinesis",
    operations: guarded(account, table, faults),
    inputs: modelledInputs(inputs),
    requirements: (operation, input) => kinesisRequirements(cloud, operation, input),
    offer: (name, minuteStart, offer) => offerMinute(account, name, minuteStart, offer),
    arrivals: (name, minuteStart) => ({ records: 0, bytes: 0, ...account.streams.get(name)?.arrivals.get(minuteStart) }),
    read: (name, minuteStart, read) => {
      const stream = account.streams.get(name);
      if (stream) publishReads(cloud, stream, minuteStart, read);
    },
    billing: (name) => billingOf(account, findStream(account, { StreamName: name })),
    resetBilling: (name) => resetBilling(account, findStream(account, { StreamName: name })),
    look: (name) => {
      const stream = account.streams.get(name);
      return stream && { openShards: openShards(stream), status: stream.status, retentionHours: stream.retentionHours };
    },
    failNext: faults.failNext,
  };
}

/** Every call: injected fault, constraints of the model, request rate, then the operation. */
function guarded(account: KinesisAccount, table: Record<string, Operation>, faults: InjectedFaults): Record<string, Operation> {
  const { cloud, settings } = account;
  const rate = requestRate(() => cloud.clock.rateTime(), settings.rateWindowSeconds);
  const guard = (operation: string, input: Shape) => {
    faults.check(operation);
    validateInput("kinesis", input, inputs[operation]!);
    const tps = settings.rates[operation] ?? Infinity;
    const named = requestedName(input);
    if (tps === Infinity || rate.admit(ratedPerStream.has(operation) ? `${operation}/${named}` : operation, tps)) return;
    throw kinesisError(
      "LimitExceededException",
      `Rate exceeded for ${named === undefined ? "" : `stream ${named} under `}account ${cloud.account}.`,
    );
  };
  const wrap =
    (operation: string, run: Operation): Operation =>
    (input, caller) => {
      try {
        guard(operation, input);
        return run(input, caller);
      } catch (error) {
        if (reshardings.has(operation)) countRejected(account, input);
        throw error;
      }
    };
  return Object.fromEntries(Object.entries(table).map(([operation, run]) => [operation, wrap(operation, run)]));
}

function countRejected(account: KinesisAccount, input: Shape): void {
  const stream = account.streams.get(requestedName(input) ?? "");
  if (stream) stream.ledger.rejectedUpdates++;
}

function offerMinute(account: KinesisAccount, name: string, minuteStart: number, offer: Offer): OfferResult {
  const stream = account.streams.get(name);
  const refused = Math.max(0, offer.records);
  if (!stream) return { accepted: 0, throttled: refused, acceptedBytes: 0, shards: 0, capacity: 0 };
  const served = minuteCapacity(stream, minuteStart, offer);
  if (!(offer.records > 0) || served.shards === 0) return { accepted: 0, throttled: refused, acceptedBytes: 0, ...served };
  const perShard: ShardCounts | undefined = stream.shardLevelMetrics.size > 0 ? new Map() : undefined;
  const accepted = accountMinute(stream, minuteStart, offer, perShard);
  const counts = { accepted, throttled: offer.records - accepted, acceptedBytes: (offer.bytes * accepted) / offer.records };
  stream.ledger.offeredRecords += offer.records;
  stream.ledger.throttledRecords += counts.throttled;
  countAccepted(stream, minuteStart, accepted, counts.acceptedBytes);
  forgetServed(stream, minuteStart + minute);
  followPeak(account, stream, minuteStart, accepted, counts.acceptedBytes);
  publishPuts(account.cloud, stream, minuteStart, counts, perShard);
  return { accepted, throttled: counts.throttled, acceptedBytes: counts.acceptedBytes, ...served };
}
