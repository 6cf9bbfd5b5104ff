import { strict as assert } from "node:assert";
import type { FlinkSight } from "../../../scaler/decide/types";
import type { Change } from "../../../scaler/types";
import { begun, flink, flinkChange, key, stream, streamChange, words } from "./looks";
import type { Given } from "./looks";
import { minute, start } from "../scenario";

describe("what became of a change of the stream", () => {
  const of = (change: Partial<Change>, given: Given = {}) =>
    stream({ desired: 12, ...given, state: { change: { ...streamChange, ...change }, ...given.state } });
  const what = `UpdateShardCount from 8 to 12 shards, begun at ${begun},`;

  it("is done when the count is what it goes to", () => {
    const backoff = { out: { to: 16, minutes: 10, until: start + 9 * minute, reason: "r" } };
    const attempts = { since: start, count: 1, next: start };
    const verdict = of({}, { sight: { shards: 12 }, state: { backoff, attempts, plan: { from: 8, to: 12, since: start } } });
    assert.deepEqual(words(verdict), [`done: ${what} is done: 12 shards`]);
    const { change, plan, attempts: left, actual, reshardedAt } = verdict.state;
    assert.deepEqual(
      { change, plan, left, actual, reshardedAt },
      { change: undefined, plan: undefined, left: undefined, actual: 12, reshardedAt: start },
    );
    assert.deepEqual([verdict.state.backoff, verdict.failedUpdates], [undefined, 0]);
  });

  it("leaves the plan when it was one of its steps", () => {
    const plan = { from: 11, to: 12, since: start };
    assert.deepEqual(of({ call: "SplitShard" }, { sight: { shards: 12 }, state: { plan }, desired: 13 }).state.plan, plan);
  });

  it("isn't known for four minutes while the count is the old one, and nothing is begun", () => {
    const waiting = of({}, { at: 3.99 });
    assert.equal(waiting.busy, `${what} is not visible yet`);
    assert.deepEqual(waiting.state.change, streamChange);
    assert.equal(waiting.state.foreignSince, undefined);
    assert.equal(of({}, { at: 4 }).busy, undefined);
    assert.equal(
      of({}, { at: 3.99, sight: { shards: 5 } }).busy,
      `${what} is not visible yet`,
      "another hand's may be visible first",
    );
  });

  it("has failed when it was accepted, and the count is the old one", () => {
    const verdict = of({}, { at: 4 });
    const reason = `${what} was accepted, but the stream is ACTIVE with 8 shards`;
    assert.deepEqual(words(verdict), [`failed: ${reason}; the same or more is refused for 10 minutes`]);
    assert.deepEqual(verdict.state.settled, { desired: 8, of: key, at: start + 4 * minute, reason, failed: true });
    assert.deepEqual(verdict.state.backoff, { out: { to: 12, minutes: 10, until: start + 14 * minute, reason } });
    assert.deepEqual([verdict.failedUpdates, verdict.desired, verdict.state.restUntil], [1, 8, undefined]);
    assert.equal(verdict.state.reshardedAt, start + 4 * minute, "a reshard may have been that left the count as it was");
  });

  it("is no other hand's where it began from a count that the last look hadn't shown", () => {
    const split = of({ call: "SplitShard", from: 8, to: 9 }, { at: 4, state: { actual: 6 } });
    assert.deepEqual([split.notes.length, split.state.updates], [1, undefined]);
  });

  it("never began when it wasn't answered: its place in the day's ledger is free again, unless it was seen to begin", () => {
    const updates: [number, number][] = [[start / minute, 8]];
    const never = of({ sent: false }, { at: 4, state: { updates } });
    assert.deepEqual(words(never), [`failed: ${what} was never seen to begin: decided anew`]);
    assert.deepEqual([never.state.updates, never.failedUpdates], [[], 0]);
    assert.deepEqual(never.state.attempts, { since: start, count: 1, next: start + 4 * minute });
    assert.deepEqual(of({ sent: false, begun: true }, { at: 4, state: { updates } }).state.updates, updates);
  });

  it("is another hand's when the count is neither the old nor the new one", () => {
    const verdict = of({}, { at: 4, sight: { shards: 20 } });
    assert.deepEqual(words(verdict), ["adopt: another hand moved orders from 8 to 20, above desired (12): adopted"]);
    assert.equal(verdict.state.change, undefined);
  });
});

describe("what became of a change of the application", () => {
  const of = (operation: FlinkSight["operation"], given: Given = {}, change: Partial<Change> = {}) =>
    flink({
      desired: 12,
      ...given,
      sight: { operation, ...given.sight },
      state: { change: { ...flinkChange, ...change }, ...given.state },
    });
  const what = `UpdateApplication from 8 to 12 KPUs, begun at ${begun},`;

  const waiting: [operation: FlinkSight["operation"], at: number, reason: string][] = [
    [{ status: "IN_PROGRESS" }, 600, "is in progress by its operation's status"],
    [{ status: "UNKNOWN", error: "Denied: no" }, 4.99, "may be done, but its operation could not be read (Denied: no)"],
    [{ status: "UNKNOWN" }, 4.99, "may be done, but its operation could not be read (no answer)"],
    [undefined, 4.99, "may be done, but its operation could not be read (no answer)"],
    [{ status: "NONE" }, 2.99, "is not visible yet"],
  ];
  for (const [operation, at, reason] of waiting) {
    it(`isn't known: ${reason}`, () => {
      const verdict = of(operation, { at });
      assert.equal(verdict.busy, `${what} ${reason}`);
      assert.deepEqual(verdict.state.change, flinkChange);
      assert.equal(verdict.state.foreignSince, undefined);
    });
  }

  const done: [operation: FlinkSight["operation"], at: number][] = [
    [{ status: "SUCCESSFUL" }, 1],
    [{ status: "UNKNOWN", error: "Denied: no" }, 5],
    [{ status: "NONE" }, 3],
  ];
  for (const [operation, at] of done) {
    it(`is done with 12 KPUs: ${operation?.status}`, () => {
      const attempts = { since: start, count: 1, next: start };
      const verdict = of(operation, { at, sight: { kpus: 12 }, state: { attempts } });
      assert.deepEqual(words(verdict), [`done: ${what} is done`]);
      assert.deepEqual([verdict.state.change, verdict.state.attempts, verdict.state.actual], [undefined, undefined, 12]);
      assert.equal(verdict.failedUpdates, 0);
    });
  }

  it("that was successful and shows another count is another hand's too", () => {
    assert.deepEqual(words(of({ status: "SUCCESSFUL" }, { sight: { kpus: 20 } })), [
      `done: ${what} is done`,
      "adopt: another hand moved enrich from 8 to 20, above desired (12): adopted",
    ]);
  });

  it("that was never seen to begin and shows another count is another hand's too", () => {
    assert.deepEqual(words(of({ status: "NONE" }, { at: 5, sight: { kpus: 10 } })), [
      `failed: ${what} was never seen to begin: decided anew`,
      "wait: another hand moved enrich from 8 to 10; desired stays 12",
    ]);
  });

  it("that is done ends the back-off that covers it, and no other", () => {
    const out = { to: 12, minutes: 10, until: start + 9 * minute, reason: "r" };
    const scaleIn = { ...out, to: 2 };
    const after = (to: number) =>
      of({ status: "SUCCESSFUL" }, { sight: { kpus: 12 }, state: { backoff: { out: { ...out, to }, in: scaleIn } } }).state
        .backoff;
    assert.deepEqual([after(12)?.out, after(12)?.in], [undefined, scaleIn]);
    assert.deepEqual(after(13), { out: { ...out, to: 13 }, in: scaleIn });
  });

  const failed: [operation: FlinkSight["operation"], given: Given, reason: string, change?: Partial<Change>][] = [
    [{ status: "FAILED", error: "no slots" }, {}, "failed and was rolled back: no slots"],
    [{ status: "FAILED" }, {}, "failed and was rolled back"],
    [{ status: "FAILED" }, { sight: { status: "READY" } }, "failed and left the application stopped (READY)"],
    [{ status: "CANCELLED" }, {}, "was cancelled"],
    [{ status: "SUCCESSFUL" }, { sight: { status: "ROLLED_BACK" } }, "was rolled back"],
    [{ status: "UNKNOWN" }, { at: 5 }, "ended with 8 KPUs, and its operation could not be read"],
    [{ status: "UNKNOWN" }, { at: 5 }, "ended with 8 KPUs, and its operation could not be read", { sent: false, version: 2 }],
    [{ status: "UNKNOWN" }, { at: 5 }, "ended with 8 KPUs, and its operation could not be read", { version: 4 }],
  ];
  for (const [operation, given, reason, change] of failed) {
    it(`has failed, and cost a restart: ${reason} (${JSON.stringify(change ?? {})})`, () => {
      const now = start + (given.at ?? 0) * minute;
      const verdict = of(operation, given, change);
      const told = `${what} ${reason}`;
      assert.deepEqual(words(verdict), [`failed: ${told}; the same or more is refused for 10 minutes`]);
      assert.deepEqual(verdict.state.settled, { desired: 8, of: key, at: now, reason: told, failed: true });
      assert.deepEqual(verdict.state.backoff?.out, { to: 12, minutes: 10, until: now + 10 * minute, reason: told });
      assert.deepEqual([verdict.failedUpdates, verdict.desired, verdict.state.restUntil], [1, 8, now + 10 * minute]);
      assert.equal(verdict.state.change, undefined);
    });
  }

  it("that failed and shows where it began is no other hand's", () => {
    assert.equal(of({ status: "FAILED" }, { state: { actual: 6 } }).notes.length, 1);
  });

  it("that failed and shows a third count is another hand's too", () => {
    const verdict = of({ status: "FAILED" }, { sight: { kpus: 20 } });
    assert.equal(words(verdict).at(-1), "adopt: another hand moved enrich from 8 to 20, above desired (12): adopted");
  });

  const never: [operation: FlinkSight["operation"], at: number, change: Partial<Change>][] = [
    [{ status: "NONE" }, 3, {}],
    [{ status: "UNKNOWN" }, 5, { sent: false, version: 4 }],
  ];
  for (const [operation, at, change] of never) {
    it(`never began, and is tried again: ${operation?.status}`, () => {
      const verdict = of(operation, { at }, change);
      assert.deepEqual(words(verdict), [`failed: ${what} was never seen to begin: decided anew`]);
      assert.deepEqual(verdict.state.attempts, { since: start, count: 1, next: start + at * minute });
      assert.deepEqual([verdict.failedUpdates, verdict.desired, verdict.state.restUntil], [0, 12, undefined]);
      assert.deepEqual(verdict.wish, { call: "UpdateApplication", from: 8, to: 12, direction: "out" });
    });
  }
});

describe("a count that moved without a change", () => {
  it("is another hand's, of stream and application", () => {
    assert.deepEqual(words(stream({ sight: { shards: 12 } })), [
      "adopt: another hand moved orders from 8 to 12, above desired (8): adopted",
    ]);
    assert.deepEqual(words(flink({ sight: { kpus: 12 } })), [
      "adopt: another hand moved enrich from 8 to 12, above desired (8): adopted",
    ]);
  });

  it("is an update of the day where it is a stream's", () => {
    const before = stream({ sight: { shards: 12 }, at: 1 });
    assert.deepEqual(before.state.updates, [[start / minute + 1, 8]]);
    const since = stream({ sight: { shards: 12 }, at: 5, state: { foreignSince: start } });
    assert.deepEqual(since.state.updates, [[start / minute, 8]], "from when it was seen to begin");
    assert.equal(flink({ sight: { kpus: 12 } }).state.updates, undefined);
    assert.equal(stream({ sight: { shards: 12, onDemand: true } }).state.updates, undefined);
  });
});
