import { strict as assert } from "node:assert";
import { decide } from "../../../scaler/decide/decide";
import type { DimensionState } from "../../../scaler/types";
import { begun, decided, flink, flinkChange, key, lookOf, settled, stream, streamChange, words } from "./looks";
import type { Given } from "./looks";
import { minute, start, streamConfig } from "../scenario";

const active = { status: "ACTIVE", shards: 8, onDemand: false };

describe("a service at work", () => {
  const cases: [status: string, change: boolean, busy: string, own: boolean][] = [
    ["CREATING", false, "stream orders is CREATING", false],
    ["UPDATING", false, "stream orders is UPDATING by another hand: nothing is begun meanwhile", false],
    [
      "UPDATING",
      true,
      `UpdateShardCount from 8 to 12 shards, begun at ${begun}, is in progress: stream orders is UPDATING`,
      true,
    ],
    ["HIBERNATING", false, "stream orders is HIBERNATING, a status unknown here: nothing is forced", false],
    ["STARTING", false, "application enrich is STARTING: nothing is forced", false],
    ["STOPPING", false, "application enrich is STOPPING: nothing is forced", false],
    ["FORCE_STOPPING", false, "application enrich is FORCE_STOPPING: nothing is forced", false],
    ["UPDATING", false, "application enrich is UPDATING by another hand: nothing is begun meanwhile", false],
    [
      "UPDATING",
      true,
      `UpdateApplication from 8 to 12 KPUs, begun at ${begun}, is in progress: application enrich is UPDATING`,
      true,
    ],
    ["ROLLING_BACK", false, "application enrich is ROLLING_BACK: its last update failed", false],
    ["ROLLING_BACK", true, "application enrich is ROLLING_BACK: its last update failed", true],
    [
      "AUTOSCALING",
      false,
      "application enrich is AUTOSCALING: Managed Flink's own autoscaling is on and fights this one; turn it off",
      false,
    ],
    [
      "AUTOSCALING",
      true,
      "application enrich is AUTOSCALING: Managed Flink's own autoscaling is on and fights this one; turn it off",
      false,
    ],
    ["MAINTENANCE", false, "application enrich is in MAINTENANCE by AWS: nothing is forced", false],
    ["DREAMING", false, "application enrich is DREAMING, a status unknown here: nothing is forced", false],
  ];
  for (const [status, changing, busy, own] of cases) {
    it(`keeps its pipeline from beginning anything: ${busy.slice(0, 80)}${changing ? ", with a change of ours" : ""}`, () => {
      const ofStream = busy.includes("orders");
      const change = ofStream ? streamChange : flinkChange;
      const blocked = { of: key, since: start, reason: "before" };
      const state = { actual: 6, blocked, ...(changing ? { change } : {}) };
      const given = { state, sight: { status, shards: 12, kpus: 12 }, at: 1, desired: 16 };
      const verdict = ofStream ? stream(given) : flink(given);
      assert.equal(verdict.busy, busy);
      assert.deepEqual(words(verdict), [`wait: ${busy}`]);
      assert.deepEqual([verdict.actual, verdict.desired, verdict.wish, verdict.obstacle], [6, 16, undefined, undefined]);
      assert.equal(verdict.state.foreignSince, own ? undefined : start + minute, "whose work it may be");
      assert.equal(verdict.state.blocked, own ? undefined : blocked, "its 15 minutes run while others are at work");
      assert.deepEqual(verdict.state.change, changing ? change : undefined);
    });
  }

  it("remembers since when another hand has been at work", () => {
    const given = { state: { foreignSince: start }, sight: { status: "UPDATING" }, at: 5 };
    assert.deepEqual([stream(given).state.foreignSince, flink(given).state.foreignSince], [start, start]);
  });

  it("that was never seen at rest has the capacity that it shows", () => {
    const { actual, desired } = stream({
      state: { actual: undefined, settled: undefined },
      sight: { status: "CREATING", shards: 5 },
    });
    assert.deepEqual([actual, desired], [5, 5]);
  });

  it("shows that a call which wasn't answered has begun", () => {
    const unanswered = { ...streamChange, sent: false };
    const seen = stream({ state: { change: unanswered }, sight: { status: "UPDATING" } });
    assert.deepEqual(seen.state.change, { ...unanswered, begun: true });
    const answered = stream({ state: { change: streamChange }, sight: { status: "UPDATING" } });
    assert.deepEqual(answered.state.change, streamChange);
  });
});

describe("a service that isn't there", () => {
  const cases: [status: string, reason: string][] = [
    ["MISSING", "stream orders does not exist: it was deleted, or the name is wrong. Run pulumi up, or correct it"],
    ["DELETING", "stream orders is being deleted"],
    ["MISSING", "application enrich does not exist: it was deleted, or the name is wrong. Run pulumi up, or correct it"],
    ["DELETING", "application enrich is being deleted"],
  ];
  for (const [status, reason] of cases) {
    it(`has no capacity, holds nobody up, and is told once: ${reason.slice(0, 50)}`, () => {
      const ofStream = reason.startsWith("stream");
      const state: DimensionState = {
        ...{ actual: 8, blocked: { of: key, since: start, reason: "r" }, plan: { from: 8, to: 12, since: start } },
        ...{ change: ofStream ? streamChange : flinkChange, attempts: { since: start, count: 1, next: start }, putBackAt: start },
      };
      const look = (before: DimensionState) =>
        ofStream ? stream({ state: before, sight: { status } }) : flink({ state: before, sight: { status } });
      const verdict = look(state);
      assert.deepEqual(words(verdict), [`gone: ${reason}`]);
      assert.deepEqual(
        [verdict.actual, verdict.desired, verdict.busy, verdict.wish, verdict.failedUpdates],
        [undefined, undefined, undefined, undefined, 0],
      );
      const { actual, gone, putBackAt, blocked, change, plan, attempts } = verdict.state;
      assert.deepEqual({ actual, gone, putBackAt }, { actual: 8, gone: reason, putBackAt: start });
      assert.deepEqual(
        { blocked, change, plan, attempts },
        { blocked: undefined, change: undefined, plan: undefined, attempts: undefined },
      );
      assert.deepEqual(words(look(verdict.state)), []);
      assert.deepEqual(words(look({ ...state, gone: "another reason" })), [`gone: ${reason}`]);
    });
  }

  it("is there again as soon as it is seen", () => {
    assert.equal(stream({ state: { gone: "deleted" } }).state.gone, undefined);
    assert.equal(stream({ state: { gone: "deleted" }, desired: 12 }).state.gone, undefined);
  });
});

describe("a service that can't be looked at", () => {
  const unseen = (given: Given = {}) =>
    decided("orders", { error: "Denied: no" }, given.state ?? {}, given.at ?? 0, given.desired ?? 8);
  const reason = "orders could not be looked at (Denied: no)";

  it("holds its pipeline up for ten minutes, with a change under way for an hour", () => {
    const since = (minutes: number, state: DimensionState = {}) =>
      unseen({ at: minutes, state: { unseenSince: start, ...state } }).busy;
    assert.deepEqual([since(0), since(9.99), since(10)], [reason, reason, undefined]);
    assert.deepEqual([since(59.99, { change: streamChange }), since(60, { change: streamChange })], [reason, undefined]);
  });

  it("has the desired that it had, no capacity, and nothing to say where desired was there", () => {
    const verdict = unseen();
    assert.deepEqual([verdict.actual, verdict.desired, words(verdict), verdict.failedUpdates], [undefined, 8, [], 0]);
    assert.deepEqual([verdict.state.unseenSince, verdict.state.actual], [start, 8]);
    const bare = unseen({ state: { settled: undefined, actual: undefined } });
    assert.deepEqual([bare.desired, words(bare)], [undefined, []]);
    assert.equal(unseen({ state: { settled: undefined } }).desired, 8);
    const neverSeen = unseen({ state: { settled: settled(12), actual: undefined } });
    assert.deepEqual([neverSeen.desired, words(neverSeen)], [12, []], "nobody knows yet whether it waits");
  });

  it("fails what is desired after 15 minutes, not while a change is under way", () => {
    const blocked = { of: key, since: start, reason: "r" };
    const early = unseen({ desired: 12, at: 14.99, state: { blocked, unseenSince: start } });
    assert.deepEqual([words(early), early.desired], [[`blocked: ${reason}`], 12]);
    assert.deepEqual(early.state.blocked, { ...blocked, reason });
    const given = unseen({ desired: 12, at: 15, state: { blocked, unseenSince: start } });
    assert.deepEqual([words(given), given.desired], [[`giveUp: 12 could not begin within 15 minutes: ${reason}`], 8]);
    assert.deepEqual([given.state.settled?.failed, given.state.blocked], [true, undefined]);
    assert.deepEqual(words(unseen({ desired: 12, at: 15, state: { blocked, change: streamChange } })), []);
  });

  it("is seen again without a trace", () => {
    assert.equal(stream({ state: { unseenSince: start } }).state.unseenSince, undefined);
  });
});

describe("what has passed", () => {
  it("is forgotten: a turn after two minutes, answers to an older desired, failures an hour after their back-off", () => {
    const turn = { id: "x", at: start };
    assert.deepEqual(
      [stream({ state: { turn }, at: 1.99 }).state.turn, stream({ state: { turn }, at: 2 }).state.turn],
      [turn, undefined],
    );
    const older = decided("orders", active, { settled: { ...settled(8), of: "1:0" } }, 0, 8);
    assert.equal(older.state.settled?.of, key);
    const backoff = { out: { to: 12, minutes: 10, until: start, reason: "r" } };
    assert.deepEqual(stream({ state: { backoff }, at: 59.99 }).state.backoff?.out, backoff.out);
    assert.equal(stream({ state: { backoff }, at: 60 }).state.backoff, undefined);
  });
});

describe("a first look", () => {
  const never = { actual: undefined, settled: undefined };

  it("adopts what is there, within the bounds, and says so", () => {
    assert.deepEqual(words(stream({ state: never })), ["adopt: first look: orders has 8; desired is 8"]);
    const verdict = stream({ state: never, sight: { shards: 100 } });
    assert.deepEqual(words(verdict), ["adopt: first look: orders has 100; desired is 64"]);
    assert.deepEqual([verdict.state.settled?.desired, verdict.state.settled?.failed, verdict.desired], [64, false, 64]);
  });

  it("keeps what was asked for before it, and is no other hand's doing", () => {
    const verdict = stream({ state: { actual: undefined }, desired: 12 });
    assert.deepEqual([words(verdict), verdict.desired, verdict.wish?.to], [[], 12, 12]);
  });

  it("doesn't know when the stream was resharded: it may have been a moment ago", () => {
    assert.equal(stream({ state: never, at: 1 }).state.reshardedAt, start + minute);
    assert.equal(flink({ state: never, at: 1 }).state.reshardedAt, undefined);
    assert.equal(stream({ at: 1 }).state.reshardedAt, undefined);
    assert.equal(stream({ at: 1, state: { foreignSince: start } }).state.reshardedAt, start + minute);
  });

  const record = (desired: number, minutesAgo: number) => ({ desired, at: start - minutesAgo * minute });
  const asked = (desired: number, minutesAgo: number, state: DimensionState = {}) =>
    decide(lookOf(streamConfig, active, { actual: 8, ...state }, start, record(desired, minutesAgo)));

  it("begins from what is there where no run has looked for over 15 minutes, and gives up what was asked for", () => {
    const verdict = asked(12, 16);
    const reason = "no run has looked since 12 was asked for at 2026-03-02T07:44:00.000Z: orders has 8; desired is 8";
    assert.deepEqual(words(verdict), [`giveUp: ${reason}`]);
    assert.deepEqual(verdict.state.settled, { desired: 8, of: key, at: start, reason, failed: true });
    assert.equal(asked(8, 16).state.settled?.failed, false, "what was asked for is there");
    assert.deepEqual(words(asked(12, 16, { actual: undefined })), ["adopt: first look: orders has 8; desired is 8"]);
    assert.deepEqual([asked(12, 15).desired, asked(12, 16, { seen: key }).desired], [12, 12]);
  });

  it("counts what another hand did meanwhile among the day's updates, whatever is desired afterwards", () => {
    const moved = asked(12, 16, { actual: 5 }).state;
    assert.deepEqual([moved.updates, moved.settled?.desired], [[[start / minute, 5]], 8]);
    assert.deepEqual(asked(12, 16).state.updates, undefined);
  });
});

describe("bounds that change", () => {
  it("cut what is desired, which has failed where it wasn't there", () => {
    const cut = (actual: number) => stream({ desired: 100, sight: { shards: actual }, state: { actual } });
    const reason = "100 was desired, but the bounds are now 1 to 64: desired is 64";
    assert.deepEqual(words(cut(8)), [`bound: ${reason}`]);
    assert.deepEqual(cut(8).state.settled, { desired: 64, of: key, at: start, reason, failed: true });
    assert.equal(cut(100).state.settled?.failed, false);
  });
});
