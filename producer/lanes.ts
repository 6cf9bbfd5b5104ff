import type { DueRecord } from "./record";

/** What a call of PutRecords takes. */
export interface CallLimits {
  records: number;
  /** Data and partition keys. */
  bytes: number;
  /** How long a record waits for others to share its call, ms. */
  lingerMs: number;
}

/**
 * Source: PutRecords (API reference), 500 records. It takes 10 MiB by now, was 5 MiB for long, and a shard takes 1 MiB a second. The time
 * is the Kinesis Producer Library's RecordMaxBufferedTime.
 */
export const callLimits: CallLimits = { records: 500, bytes: 5 * 1_048_576, lingerMs: 100 };

/** A record until it is accepted. */
export interface Waiting extends DueRecord {
  bytes: number;
  /** When it came here, ms since the epoch. */
  arrived: number;
  /** How often it was refused. */
  retries: number;
  lane: Lane;
}

interface Lane {
  name: string;
  /** In their order; the first one is in a call, or waits for one, or for its next try. */
  records: Waiting[];
  retryAt: number;
}

/** Records that are due, until they are accepted. Time and randomness are arguments. */
export interface Lanes {
  /** Records, those in calls included. */
  readonly pending: number;
  readonly pendingBytes: number;
  add(record: DueRecord, now: number): void;
  /** The next call's records; undefined: none yet. @param hurry nothing more comes to share a call. */
  take(now: number, hurry: boolean): Waiting[] | undefined;
  /** When `take` may have something, if nothing happens before. */
  readyAt(hurry: boolean): number;
  accepted(record: Waiting): void;
  /** It is tried again at `retryAt`; what is behind it waits. */
  refused(record: Waiting, retryAt: number): void;
  /** Due time of the oldest record; undefined: there are none. */
  oldestDue(): number | undefined;
}

/**
 * Records of one lane are sent one after the other, each when the one before it is accepted: PutRecords may refuse a record and accept a
 * later one of the same call. @param laneOf names a record's lane.
 */
export function createLanes(laneOf: (record: DueRecord, index: number) => string, limits = callLimits): Lanes {
  const lanes = new Map<string, Lane>();
  /** Lanes whose first record may be sent, in the order in which it came to be so. */
  let ready: Lane[] = [];
  let readyBytes = 0;
  /** When the first of them must be sent at the latest. */
  let sendBy = Infinity;
  let refused: Lane[] = [];
  let pending = 0;
  let pendingBytes = 0;
  let added = 0;

  const makeReady = (lane: Lane, by: number) => {
    ready.push(lane);
    readyBytes += lane.records[0]!.bytes;
    sendBy = Math.min(sendBy, by);
  };
  const retry = (now: number) => {
    if (!refused.some(({ retryAt }) => retryAt <= now)) return;
    for (const lane of refused) if (lane.retryAt <= now) makeReady(lane, now);
    refused = refused.filter(({ retryAt }) => retryAt > now);
  };
  const full = () => ready.length >= limits.records || readyBytes >= limits.bytes;
  const soonest = (hurry: boolean) => (ready.length > 0 && (hurry || full()) ? -Infinity : sendBy);

  return {
    get pending() {
      return pending;
    },
    get pendingBytes() {
      return pendingBytes;
    },
    add(record, now) {
      const name = laneOf(record, added++);
      let lane = lanes.get(name);
      if (!lane) lanes.set(name, (lane = { name, records: [], retryAt: 0 }));
      const bytes = record.data.byteLength + Buffer.byteLength(record.partitionKey);
      lane.records.push({ ...record, bytes, arrived: now, retries: 0, lane });
      pending++;
      pendingBytes += bytes;
      if (lane.records.length === 1) makeReady(lane, now + limits.lingerMs);
    },
    take(now, hurry) {
      retry(now);
      if (soonest(hurry) > now) return undefined;
      let count = 0;
      let bytes = 0;
      while (count < ready.length && count < limits.records) {
        const next = ready[count]!.records[0]!;
        if (count > 0 && bytes + next.bytes > limits.bytes) break;
        bytes += next.bytes;
        count++;
      }
      const call = ready.slice(0, count).map(({ records }) => records[0]!);
      ready = ready.slice(count);
      readyBytes -= bytes;
      // What didn't fit has waited long enough.
      sendBy = ready.length > 0 ? now : Infinity;
      return call;
    },
    readyAt: (hurry) => refused.reduce((soon, { retryAt }) => Math.min(soon, retryAt), soonest(hurry)),
    accepted(record) {
      const { lane } = record;
      lane.records.shift();
      pending--;
      pendingBytes -= record.bytes;
      const next = lane.records[0];
      if (next) makeReady(lane, next.arrived + limits.lingerMs);
      else lanes.delete(lane.name);
    },
    refused(record, retryAt) {
      record.retries++;
      record.lane.retryAt = retryAt;
      refused.push(record.lane);
    },
    oldestDue() {
      let oldest: number | undefined;
      for (const { records } of lanes.values()) oldest = Math.min(oldest ?? Infinity, records[0]!.due);
      return oldest;
    },
  };
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/** The pause before the next try: twice as long each time, up to a limit, and somewhere in its second half so that tries don't meet. */
export function backOffMs(retries: number, random: () => number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** retries) * (0.5 + random() / 2);
}
