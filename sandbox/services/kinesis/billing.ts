import { hour } from "../../core/clock";
import type { KinesisAccount } from "./account";
import { bringUpToDate, emptyLedger, openShards, type Stream } from "./stream";

/** What a stream has used and what happened to it, up to now. Exact: hours are sums of milliseconds. */
export interface StreamBilling {
  /** Open shards over time; closed shards aren't billed. */
  shardHours: number;
  /** Hours in on-demand mode (billed per stream-hour). */
  onDemandHours: number;
  peakShards: number;
  openShards: number;
  /** Completed UpdateShardCount calls. */
  reshards: number;
  /** Completed SplitShard and MergeShards calls. */
  splits: number;
  merges: number;
  /** Refused UpdateShardCount, SplitShard and MergeShards calls. */
  rejectedUpdates: number;
  /** Records offered (retries of the workload included), taken and refused. */
  offeredRecords: number;
  acceptedRecords: number;
  throttledRecords: number;
  acceptedBytes: number;
  /** 25 KB units, rounded up per record (at the mean record size of each minute). */
  putPayloadUnits: number;
  /** Bytes taken in on-demand mode, each record rounded up to 1 KiB. */
  onDemandBytesIn: number;
}

export function billingOf(account: KinesisAccount, stream: Stream): StreamBilling {
  bringUpToDate(stream, account.cloud.clock.now());
  const { at: _at, shardMs, onDemandMs, ...counters } = stream.ledger;
  return { ...counters, shardHours: shardMs / hour, onDemandHours: onDemandMs / hour, openShards: openShards(stream) };
}

/** Counts from now on: a report starts after the deployment. */
export function resetBilling(account: KinesisAccount, stream: Stream): void {
  stream.ledger = emptyLedger(account.cloud.clock.now(), openShards(stream));
}
