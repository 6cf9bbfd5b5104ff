import { strict as assert } from "node:assert";
import { activeBackoff, anyBackoff } from "../../../scaler/decide/backoff";
import { isNewer, isOverdue } from "../../../scaler/decide/desired";
import { afterAttempt, afterFailure } from "../../../scaler/decide/giveUp";
import { shortened } from "../../../scaler/decide/words";
import type { Look, Verdict } from "../../../scaler/decide/types";
import type { Backoff, DimensionState } from "../../../scaler/types";
import { minute, start, streamConfig } from "../scenario";

const look = { config: streamConfig, key: "2:0", now: start } as Look;
const verdict = (state: DimensionState, desired: number, actual: number): Verdict => ({
  ...{ look, state, desired, actual, notes: [], failedUpdates: 0 },
});
const backoff = (to: number, minutes = 10): Backoff => ({ to, minutes, until: start + minutes * minute, reason: "r" });

describe("a reason that is kept", () => {
  it("has at most 300 bytes as it is written, and shows that it was cut", () => {
    assert.equal(shortened("x".repeat(300)), "x".repeat(300));
    assert.equal(shortened("x".repeat(301)), `${"x".repeat(297)}...`);
    assert.equal(shortened('"'.repeat(150)), '"'.repeat(150), "a quotation mark is written as two");
    assert.equal(shortened('"'.repeat(151)), `${'"'.repeat(148)}...`);
    assert.equal(shortened("ü".repeat(151)), `${"ü".repeat(148)}...`);
  });
});

describe("an update that failed", () => {
  const failed = (from: number, to: number, state: DimensionState = {}, desired = to, actual = from, restarted = false) =>
    afterFailure(verdict(state, desired, actual), { from, to, reason: "no slots" }, restarted).state;

  it("is refused for 10 minutes, after the next ones for 20, 40 and then 60, each direction on its own", () => {
    const minutes = [10, 20, 40, 60].map(
      (before) => failed(8, 12, { backoff: { out: backoff(12, before) } }).backoff?.out?.minutes,
    );
    assert.deepEqual([failed(8, 12).backoff?.out?.minutes, ...minutes], [10, 20, 40, 60, 60]);
    const both = failed(8, 4, { backoff: { out: backoff(12, 40) } }).backoff;
    assert.deepEqual([both?.in?.minutes, both?.out], [10, backoff(12, 40)]);
  });

  it("is remembered with the nearest of what failed", () => {
    const nearest = (from: number, to: number, before: number) => {
      const { out, in: inward } = failed(from, to, { backoff: { out: backoff(before), in: backoff(before) } }).backoff ?? {};
      return to > from ? out?.to : inward?.to;
    };
    assert.deepEqual([nearest(8, 12, 16), nearest(8, 16, 12), nearest(8, 4, 2), nearest(8, 2, 4)], [12, 12, 4, 4]);
  });

  it("fails what is desired where it is as far or further that way, and nothing else", () => {
    const settled = (desired: number) => failed(8, 12, {}, desired).settled?.desired;
    assert.deepEqual([settled(12), settled(16), settled(11), settled(6)], [8, 8, undefined, undefined]);
    const inward = (desired: number) => failed(8, 4, {}, desired).settled?.desired;
    assert.deepEqual([inward(4), inward(2), inward(5), inward(12)], [8, 8, undefined, undefined]);
    assert.equal(failed(8, 12, { backoff: { out: backoff(6) } }, 8).settled, undefined, "what is there isn't given up");
    assert.equal(
      failed(8, 9, { plan: { from: 8, to: 12, since: start } }, 8).settled?.failed,
      true,
      "a step of a plan ends the plan",
    );
  });

  it("lets an application rest for ten minutes where it was restarted", () => {
    assert.equal(failed(8, 12, {}, 12, 8, true).restUntil, start + 10 * minute);
    assert.equal(failed(8, 12).restUntil, undefined);
    assert.equal(failed(8, 12, { restUntil: start + minute }).restUntil, start + minute);
  });
});

describe("a call that began nothing", () => {
  const attempt = (state: DimensionState, begun = start) =>
    afterAttempt(verdict(state, 12, 8), { from: 8, to: 12, reason: "timed out" }, begun, "blocked");

  it("is made again a minute after the first time, three after the second, nine after the third", () => {
    const next = (count: number, since: number) =>
      (attempt({ attempts: { since: start - since * minute, count, next: start } }).state.attempts?.next ?? NaN) - start;
    assert.equal(attempt({}).state.attempts?.next, start + minute);
    assert.deepEqual([next(1, 1) / minute, next(2, 4) / minute], [3, 9]);
    assert.deepEqual(attempt({}).state.attempts, { since: start, count: 1, next: start + minute });
    assert.equal(attempt({}, start - 5 * minute).state.attempts?.next, start, "never before now");
  });

  it("has failed with the fourth, without a restart that an application would rest from", () => {
    const { state, notes, failedUpdates } = attempt({ attempts: { since: start - 13 * minute, count: 3, next: start } });
    assert.equal(failedUpdates, 1);
    assert.equal(notes[0]?.reason, "timed out, after 4 attempts in 13 minutes; the same or more is refused for 10 minutes");
    assert.deepEqual([state.attempts, state.restUntil, state.settled?.failed], [undefined, undefined, true]);
    const early = attempt({ attempts: { since: start - 6 * minute, count: 2, next: start } });
    assert.deepEqual([early.failedUpdates, early.notes[0]?.action], [1, "failed"], "the next attempt would end after 15 minutes");
  });
});

describe("what was asked for", () => {
  it("is overdue when no run looked at it within 15 minutes, before or after", () => {
    const overdue = (ms: number) => isOverdue({ desired: 8, at: start - ms }, "2:0", {}, start);
    assert.deepEqual([15 * minute, 15 * minute + 1, -15 * minute, -15 * minute - 1].map(overdue), [false, true, false, true]);
  });

  it("is newer than another request by up to 15 minutes: a time far ahead is no request's", () => {
    const newer = (ms: number) => isNewer({ desired: 8, at: start + ms }, { at: start });
    assert.deepEqual([0, 1, 15 * minute, 15 * minute + 1].map(newer), [false, true, true, false]);
  });

  it("is never refused where it is there", () => {
    const state = { backoff: { out: backoff(4), in: backoff(12) } };
    assert.equal(activeBackoff(state, 8, 8, start), undefined);
    assert.deepEqual([activeBackoff(state, 8, 9, start)?.to, activeBackoff(state, 8, 7, start)?.to], [4, 12]);
  });
});

describe("the failure that lasts longest", () => {
  it("is that of either direction, among those that last", () => {
    assert.equal(anyBackoff({ backoff: { out: backoff(12, 20), in: backoff(4, 40) } }, start)?.to, 4);
    assert.equal(anyBackoff({ backoff: { out: backoff(12, 40), in: backoff(4, 20) } }, start)?.to, 12);
    assert.equal(anyBackoff({ backoff: { out: backoff(12, 40), in: backoff(4, 20) } }, start + 40 * minute), undefined);
    assert.equal(anyBackoff({}, start), undefined);
  });
});
