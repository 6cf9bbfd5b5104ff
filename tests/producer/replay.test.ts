import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import type { DueRecord, Source } from "../../producer/record";
import { startReplay } from "../../producer/replay";
import { fakeMachine, fakeStream, numbered, numberOf, start } from "./fakes";

const calm = { latencyMs: 10, refused: 0, callRefused: 0 };

/** Every record by itself, under its key. */
function byKey(records: readonly DueRecord[]): Map<string, number[]> {
  const lists = new Map<string, number[]>();
  for (const record of records) {
    const list = lists.get(record.partitionKey) ?? [];
    list.push(numberOf(record));
    lists.set(record.partitionKey, list);
  }
  return lists;
}

const ascending = (numbers: readonly number[]) => numbers.every((one, i) => i === 0 || one > numbers[i - 1]!);

describe("a replay", () => {
  it("delivers every record exactly once, those of a key in their order, whatever is refused", async () => {
    const property = fc.asyncProperty(
      fc.record({
        keys: fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1, maxLength: 120 }),
        stepMs: fc.constantFrom(0, 1, 20, 400),
        refused: fc.constantFrom(0, 0.1, 0.6),
        callRefused: fc.constantFrom(0, 0.3),
        latencyMs: fc.constantFrom(1, 30, 700),
        calls: fc.constantFrom(1, 3, 8),
        seed: fc.integer({ min: 1, max: 1e6 }),
      }),
      async ({ keys, stepMs, calls, seed, ...weather }) => {
        const machine = fakeMachine(seed);
        const stream = fakeStream(machine, weather);
        const replay = startReplay(numbered(keys, stepMs), stream.put, machine, { ordered: true, calls });
        assert.deepEqual(await machine.until(replay.done), { givenUp: undefined });
        assert.deepEqual(
          stream.accepted.map(numberOf).sort((a, b) => a - b),
          keys.map((_, i) => i),
        );
        for (const [key, numbers] of byKey(stream.accepted)) assert.ok(ascending(numbers), `${key}: ${numbers.join(" ")}`);
        const { sent, pending, refused } = replay.tally();
        const tries = stream.calls.reduce((sum, records) => sum + records.length, 0);
        assert.deepEqual({ sent, pending, refused }, { sent: keys.length, pending: 0, refused: tries - keys.length });
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  it("delivers every record once without an order, too, and several of a key in a call", async () => {
    const machine = fakeMachine(3);
    const stream = fakeStream(machine, { latencyMs: 10, refused: 0.2, callRefused: 0.1 });
    const keys = Array.from({ length: 900 }, () => "hot");
    await machine.until(startReplay(numbered(keys, 0, 100), stream.put, machine, { ordered: false }).done);
    assert.equal(stream.calls[0]?.length, 500);
    assert.deepEqual(
      stream.accepted.map(numberOf).sort((a, b) => a - b),
      keys.map((_, i) => i),
    );
    assert.ok(!ascending(stream.accepted.map(numberOf)), "what is refused was passed: the test above would notice");
  });

  it("sends nothing before it is due", async () => {
    const machine = fakeMachine();
    const stream = fakeStream(machine, calm);
    const early: number[] = [];
    const put: typeof stream.put = (records) => {
      for (const { due } of records) if (due > machine.now()) early.push(due);
      return stream.put(records);
    };
    const replay = startReplay(numbered(["a", "b", "a", "b", "a"], 5_000), put, machine, { ordered: true });
    await machine.until(replay.done);
    assert.deepEqual(early, []);
    assert.ok(machine.now() >= start + 20_000 && machine.now() < start + 20_200, String(machine.now() - start));
  });

  it("shares calls: what comes within a tenth of a second goes together, up to 500 records", async () => {
    const machine = fakeMachine();
    const stream = fakeStream(machine, calm);
    const slow = Array.from({ length: 20 }, (_, i) => `slow-${i}`);
    await machine.until(startReplay(numbered(slow, 10), stream.put, machine, { ordered: true }).done);
    assert.deepEqual(
      stream.calls.map((records) => records.length),
      [11, 9],
    );
    const many = Array.from({ length: 1_200 }, (_, i) => `many-${i}`);
    stream.calls.length = 0;
    await machine.until(startReplay(numbered(many, 0, 1_200), stream.put, machine, { ordered: true }).done);
    assert.deepEqual(
      stream.calls.map((records) => records.length),
      [500, 500, 200],
    );
  });

  it("keeps a call below 5 MiB, partition keys included", async () => {
    const machine = fakeMachine();
    const stream = fakeStream(machine, calm);
    async function* large(): AsyncGenerator<DueRecord[], void> {
      yield Array.from({ length: 12 }, (_, i) => ({ due: start, partitionKey: `k${i}`, data: Buffer.alloc(1_000_000) }));
    }
    await machine.until(startReplay(large(), stream.put, machine, { ordered: true }).done);
    assert.deepEqual(
      stream.calls.map((records) => records.length),
      [5, 5, 2],
    );
  });

  it("tries a refused record again after pauses that double, and holds back what is behind it alone", async () => {
    const machine = fakeMachine();
    const tries: { time: number; numbers: number[] }[] = [];
    const put = async (records: readonly DueRecord[]) => {
      tries.push({ time: machine.now() - start, numbers: records.map(numberOf) });
      return { errors: records.map((record) => (numberOf(record) === 0 && tries.length < 6 ? "Refused" : undefined)) };
    };
    await machine.until(startReplay(numbered(["a", "b", "a", "b"], 0), put, machine, { ordered: true }).done);
    assert.deepEqual(
      tries.map(({ numbers }) => numbers),
      [[0, 1], [3], [0], [0], [0], [0], [2]],
    );
    const times = tries.filter(({ numbers }) => numbers[0] === 0).map(({ time }) => time);
    const pauses = times.slice(1).map((time, i) => time - times[i]!);
    pauses.forEach((pause, i) => assert.ok(pause >= 50 * 2 ** i && pause <= 100 * 2 ** i, `${i}: ${pause}`));
  });

  it("reads no further than 20,000 records while nothing is accepted", async () => {
    const machine = fakeMachine();
    let read = 0;
    async function* endless(): AsyncGenerator<DueRecord[], void> {
      for (;;) {
        read += 250;
        yield Array.from({ length: 250 }, (_, i) => ({ due: start, partitionKey: `k${i % 50}`, data: Buffer.from("x") }));
      }
    }
    const put = async (records: readonly DueRecord[]) => ({ errors: records.map(() => "Refused") });
    const replay = startReplay(endless(), put, machine, { ordered: true });
    machine.after(30_000, () => {
      assert.equal(replay.behind(), 30_000);
      replay.stop(0);
    });
    await machine.until(replay.done);
    assert.ok(read >= 20_000 && read <= 20_250, String(read));
    assert.equal(replay.tally().pending, 20_000);
  });

  it("sends what is pending after it was stopped, takes nothing more, and counts what was not accepted in time", async () => {
    for (const [within, sent] of [
      [10_000, 20],
      [200, 0],
    ] as const) {
      const machine = fakeMachine();
      const open = start + 5_000;
      const put = async (records: readonly DueRecord[]) => ({
        errors: records.map(() => (machine.now() < open ? "Refused" : undefined)),
      });
      const keys = Array.from({ length: 1_000 }, (_, i) => `k${i}`);
      const replay = startReplay(numbered(keys, 50), put, machine, { ordered: true });
      machine.after(999, () => replay.stop(within));
      await machine.until(replay.done);
      const tally = replay.tally();
      assert.deepEqual({ sent: tally.sent, pending: tally.pending }, { sent, pending: 20 - sent });
    }
  });

  it("says how many may be there twice when answers are lost, and none is missing", async () => {
    const machine = fakeMachine(5);
    const stream = fakeStream(machine, { ...calm, answerLost: 0.4 });
    const keys = Array.from({ length: 200 }, (_, i) => `k${i % 9}`);
    const replay = startReplay(numbered(keys, 10), stream.put, machine, { ordered: true });
    await machine.until(replay.done);
    assert.equal(new Set(stream.accepted.map(numberOf)).size, keys.length);
    assert.equal(stream.accepted.length, keys.length + replay.tally().resent);
    assert.ok(replay.tally().resent > 0);
  });

  it("gives up when every call failed for a minute, and says why", async () => {
    const machine = fakeMachine();
    const put = async () => ({ failed: "ECONNREFUSED", unsure: false });
    const replay = startReplay(numbered(["a", "b"], 0), put, machine, { ordered: true });
    assert.deepEqual(await machine.until(replay.done), { givenUp: "ECONNREFUSED" });
    assert.ok(machine.now() - start > 60_000 && machine.now() - start < 70_000);
    assert.equal(replay.tally().pending, 2);
  });

  it("fails with what trying again can't mend, of a call and of the source", async () => {
    const machine = fakeMachine();
    const denied = startReplay(numbered(["a"], 0), () => Promise.reject(new Error("denied")), machine, { ordered: true });
    await assert.rejects(machine.until(denied.done), /denied/);
    const broken: Source = { next: () => Promise.reject(new Error("file:7: not JSON")) };
    const replay = startReplay(broken, fakeStream(machine, calm).put, machine, { ordered: true });
    await assert.rejects(machine.until(replay.done), /file:7/);
  });

  it("measures retries, records pending and the time until the first call", async () => {
    const machine = fakeMachine();
    let calls = 0;
    const put = async (records: readonly DueRecord[]) => ({ errors: records.map(() => (calls++ < 3 ? "Refused" : undefined)) });
    const replay = startReplay(numbered(["a", "b", "c"], 40), put, machine, { ordered: true });
    await machine.until(replay.done);
    const { RetriesPerRecord, UserRecordsPending, BufferingTime } = replay.meter.take();
    assert.deepEqual(RetriesPerRecord, { sampleCount: 3, sum: 3, minimum: 1, maximum: 1 });
    assert.deepEqual([UserRecordsPending?.minimum, UserRecordsPending?.maximum], [1, 3]);
    // The third record is the last one: nothing more can share their call.
    assert.deepEqual(BufferingTime, { sampleCount: 3, sum: 80 + 40 + 0, minimum: 0, maximum: 80 });
    assert.deepEqual(replay.meter.take(), {});
  });
});
