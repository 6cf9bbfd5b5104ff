import type { DueRecord } from "../../producer/record";
import type { Answer, Machine, PutRecords } from "../../producer/replay";
import { seededRandom } from "../../sandbox/core/random";

export interface FakeMachine extends Machine {
  /** Lets time pass, from one timer to the next, until it is done. */
  until<T>(work: Promise<T>): Promise<T>;
}

export const start = Date.UTC(2026, 0, 5);

export function fakeMachine(seed = 1): FakeMachine {
  const random = seededRandom(seed).next;
  let now = start;
  let timers: { time: number; call: () => void }[] = [];
  return {
    now: () => now,
    random,
    after(milliseconds, call) {
      const timer = { time: now + milliseconds, call };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
    async until(work) {
      let done = false;
      const settle = () => (done = true);
      work.then(settle, settle);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (done) return work;
        const next = timers.reduce((soonest, timer) => (timer.time < soonest.time ? timer : soonest), {
          time: Infinity,
          call: (): void => {
            throw new Error("nothing is left to happen");
          },
        });
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.time);
        next.call();
      }
    },
  };
}

export interface FakeStream {
  put: PutRecords;
  /** What was accepted, in that order. */
  accepted: DueRecord[];
  /** The calls' records. */
  calls: (readonly DueRecord[])[];
  /** Keys in calls that were under way together. */
  together: number;
}

export interface Weather {
  latencyMs: number;
  /** Chances of a record and of a whole call to be refused, and of an answer to be lost when all is accepted. */
  refused: number;
  callRefused: number;
  answerLost?: number;
}

/** A stream that refuses by chance, each record by itself, whatever becomes of the others of its call. */
export function fakeStream(machine: Machine, { latencyMs, refused, callRefused, answerLost = 0 }: Weather): FakeStream {
  const underWay = new Set<string>();
  const stream: FakeStream = {
    accepted: [],
    calls: [],
    together: 0,
    async put(records) {
      stream.calls.push(records);
      for (const { partitionKey } of records) {
        if (underWay.has(partitionKey)) stream.together++;
        underWay.add(partitionKey);
      }
      await new Promise<void>((resolve) => machine.after(latencyMs * (0.5 + machine.random()), resolve));
      for (const { partitionKey } of records) underWay.delete(partitionKey);
      return answer(records);
    },
  };
  const answer = (records: readonly DueRecord[]): Answer => {
    if (machine.random() < callRefused) return { failed: "ThrottlingException: Rate exceeded", unsure: false };
    const errors = records.map((record) => {
      if (machine.random() < refused) return "ProvisionedThroughputExceededException";
      stream.accepted.push(record);
      return undefined;
    });
    return machine.random() < answerLost ? { failed: "TimeoutError: no answer", unsure: true } : { errors };
  };
  return stream;
}

/** Records of these keys, numbered, so many of them each `stepMs`. */
export async function* numbered(keys: readonly string[], stepMs: number, perHandful = 7): AsyncGenerator<DueRecord[], void> {
  for (let i = 0; i < keys.length; i += perHandful) {
    yield keys.slice(i, i + perHandful).map((partitionKey, k) => ({
      ...{ partitionKey, due: start + (i + k) * stepMs },
      data: Buffer.from(String(i + k)),
    }));
  }
}

export const numberOf = ({ data }: DueRecord): number => Number(Buffer.from(data).toString());
