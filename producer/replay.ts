import { backOffMs, createLanes, type Waiting } from "./lanes";
import { createMeter, type Meter } from "./meter";
import type { DueRecord, Source } from "./record";

/** What came of a call. */
export type Answer =
  /** Of each record, in their order: the error's code where it was refused. */
  | { errors: readonly (string | undefined)[] }
  /** The whole call was refused, or (`unsure`) its answer never came and the stream may have its records. */
  | { failed: string; unsure: boolean };

/** One call of PutRecords. It rejects with what trying again can't mend. */
export type PutRecords = (records: readonly DueRecord[]) => Promise<Answer>;

/** Time and chance. */
export interface Machine {
  /** ms since the epoch. */
  now(): number;
  /** Calls back after so many ms, unless it is cancelled by what it returns. */
  after(milliseconds: number, call: () => void): () => void;
  /** From 0 to 1. */
  random(): number;
}

export interface ReplayOptions {
  /** Records of a partition key are accepted in their order; false: a later one may pass one that is refused. */
  ordered: boolean;
  /** Calls under way at once. */
  calls?: number;
}

/** Counts so far. */
export interface Tally {
  /** Records that the stream accepted. */
  sent: number;
  bytes: number;
  calls: number;
  /** Refusals of records: one that is refused twice counts twice. */
  refused: number;
  /** Records that were sent once more after a call without an answer: the stream may have them twice. */
  resent: number;
  /** Records that are due and not accepted. */
  pending: number;
}

export interface Replay {
  /**
   * Resolves when everything is sent, or after `stop`, or when every call failed for a minute: with why the last one did. Rejects with
   * what can't be mended.
   */
  readonly done: Promise<{ givenUp?: string }>;
  readonly meter: Meter;
  tally(): Tally;
  /** How long the oldest record that isn't accepted has been due, ms. */
  behind(): number;
  /** Takes nothing more from the source; what is pending has so many ms to be accepted. */
  stop(withinMs: number): void;
}

/** What is due waits here up to these, then the source waits. */
const most = { pending: 20_000, pendingBytes: 64 * 1_048_576 };
const patienceMs = 60_000;

/** Sends what the source gives when it is due, and again what is refused. */
export function startReplay(source: Source, put: PutRecords, machine: Machine, options: ReplayOptions): Replay {
  const { ordered, calls = 8 } = options;
  const lanes = createLanes(ordered ? ({ partitionKey }) => partitionKey : (_record, index) => String(index));
  const meter = createMeter();
  const tally = { sent: 0, bytes: 0, calls: 0, refused: 0, resent: 0 };
  let hand: readonly DueRecord[] = [];
  let at = 0;
  let pulling = false;
  let ended = false;
  let stopBy = Infinity;
  let inFlight = 0;
  let failingSince: number | undefined;
  let givenUp: string | undefined;
  let failure: { error: unknown } | undefined;
  let wake = () => {};

  const fail = (error: unknown) => void (failure ??= { error });
  const hasRoom = () => lanes.pending < most.pending && lanes.pendingBytes < most.pendingBytes;
  const noneFollow = () => ended && at >= hand.length;

  const pull = () => {
    pulling = true;
    source
      .next()
      .then(({ done, value }) => {
        if (done || ended) ended = true;
        else [hand, at] = [value, 0];
      }, fail)
      .finally(() => {
        pulling = false;
        wake();
      });
  };
  const read = () => {
    const now = machine.now();
    while (!ended && hasRoom()) {
      const next = hand[at];
      if (!next) {
        if (!pulling) pull();
        break;
      }
      if (next.due > now) break;
      lanes.add(next, now);
      at++;
    }
    if (lanes.pending > 0) meter.add("UserRecordsPending", lanes.pending);
  };

  const refuse = (record: Waiting, now: number) => {
    tally.refused++;
    lanes.refused(record, now + backOffMs(record.retries, machine.random));
  };
  const settle = (records: readonly Waiting[], answer: Answer) => {
    const now = machine.now();
    if ("failed" in answer) {
      failingSince ??= now;
      if (now - failingSince > patienceMs) givenUp = answer.failed;
      if (answer.unsure) tally.resent += records.length;
      for (const record of records) refuse(record, now);
      return;
    }
    failingSince = undefined;
    records.forEach((record, i) => {
      if (answer.errors[i] !== undefined) return refuse(record, now);
      tally.sent++;
      tally.bytes += record.bytes;
      meter.add("RetriesPerRecord", record.retries);
      lanes.accepted(record);
    });
  };
  const send = () => {
    while (inFlight < calls && !failure && givenUp === undefined) {
      const now = machine.now();
      const records = lanes.take(now, noneFollow());
      if (!records) return;
      for (const { retries, arrived } of records) if (retries === 0) meter.add("BufferingTime", now - arrived);
      inFlight++;
      tally.calls++;
      put(records)
        .then((answer) => settle(records, answer), fail)
        .finally(() => {
          inFlight--;
          wake();
        });
    }
  };

  const isOver = () => {
    if (failure || givenUp !== undefined) return inFlight === 0;
    return (noneFollow() && lanes.pending === 0) || machine.now() >= stopBy;
  };
  const nextTime = () =>
    Math.min(
      stopBy,
      !ended && hasRoom() ? (hand[at]?.due ?? Infinity) : Infinity,
      inFlight < calls ? lanes.readyAt(noneFollow()) : Infinity,
    );
  const nap = (time: number) =>
    new Promise<void>((resolve) => {
      const cancel = time === Infinity ? undefined : machine.after(Math.max(0, time - machine.now()), resolve);
      wake = () => {
        cancel?.();
        resolve();
      };
    });
  const run = async () => {
    for (;;) {
      if (!failure) read();
      send();
      if (isOver()) break;
      await nap(failure || givenUp !== undefined ? Infinity : nextTime());
    }
    if (failure) throw failure.error;
    return { givenUp };
  };

  return {
    done: run(),
    meter,
    tally: () => ({ ...tally, pending: lanes.pending }),
    behind: () => Math.max(0, machine.now() - (lanes.oldestDue() ?? Infinity)),
    stop(withinMs) {
      ended = true;
      hand = [];
      stopBy = Math.min(stopBy, machine.now() + withinMs);
      wake();
    },
  };
}
