import { strict as assert } from "node:assert";
import type { Verdict } from "../../../scaler/decide/types";
import type { DimensionState } from "../../../scaler/types";
import { decide } from "../../../scaler/decide/decide";
import { withPending } from "../../../scaler/decide/desired";
import { flink, key, lookOf, stream, words } from "./looks";
import { minute, start, streamConfig } from "../scenario";

describe("what a service at rest begins next", () => {
  const call = ({ wish }: Verdict) => wish && [wish.call, wish.from, wish.to, wish.direction];

  it("is nothing where desired is there, and what waited for it is over", () => {
    const state: DimensionState = {
      blocked: { of: key, since: start, reason: "r" },
      attempts: { since: start, count: 1, next: start },
      noted: 8,
    };
    for (const verdict of [stream({ state }), flink({ state })]) {
      assert.deepEqual([verdict.wish, verdict.obstacle, verdict.busy, words(verdict)], [undefined, undefined, undefined, []]);
      const { blocked, attempts, noted } = verdict.state;
      assert.deepEqual({ blocked, attempts, noted }, { blocked: undefined, attempts: undefined, noted: undefined });
    }
  });

  it("is a rung of the ladder, or an update of the application", () => {
    assert.deepEqual(call(stream({ desired: 20 })), ["UpdateShardCount", 8, 16, "out"]);
    assert.deepEqual(call(stream({ desired: 3 })), ["UpdateShardCount", 8, 4, "in"]);
    assert.deepEqual(call(flink({ desired: 20 })), ["UpdateApplication", 8, 20, "out"]);
    assert.deepEqual(call(flink({ desired: 3 })), ["UpdateApplication", 8, 3, "in"]);
  });

  it("is a plan of splits when the day's updates are spent and more is wanted, also to end one that was begun", () => {
    const updates = Array.from({ length: 10 }, (): [number, number] => [start / minute - 60, 8]);
    assert.deepEqual(call(stream({ desired: 12, state: { updates } })), ["plan", 8, 12, "out"]);
    const plan = { from: 6, to: 8, since: start };
    assert.deepEqual(call(stream({ desired: 8, state: { updates, plan } })), ["plan", 8, 8, "out"]);
    assert.deepEqual(call(stream({ desired: 8, state: { plan } })), ["plan", 8, 8, "out"], "with updates left too");
    assert.deepEqual(call(stream({ desired: 7, state: { updates, plan } })), ["plan", 8, 7, "out"]);
    assert.deepEqual(call(stream({ desired: 4, state: { updates, plan } })), ["plan", 8, 6, "in"], "no further than it began");
    assert.equal(
      stream({ desired: 4, state: { updates } }).obstacle,
      "0 of the day's UpdateShardCount calls are left: after a scale-in they could not climb back to 8 shards",
    );
  });

  const obstacles: [what: string, verdict: () => Verdict, obstacle: string | undefined][] = [
    [
      "an on-demand stream",
      () => stream({ desired: 12, sight: { onDemand: true } }),
      "the stream is in on-demand mode: AWS scales it",
    ],
    ["an on-demand stream that is where it should be", () => stream({ sight: { onDemand: true } }), undefined],
    [
      "a stopped application",
      () => flink({ desired: 12, sight: { status: "READY" } }),
      "the application is stopped (READY): start it; a stopped application is not updated",
    ],
    [
      "a rolled-back application",
      () => flink({ desired: 12, sight: { status: "ROLLED_BACK" } }),
      "the application is ROLLED_BACK: check its last version; nothing is forced",
    ],
    [
      "an application at maxParallelism",
      () => flink({ desired: 12, sight: { kpus: 8, parallelismPerKpu: 16 } }),
      "maxParallelism 128 allows no more than 8 KPUs",
    ],
    ["a stopped application that is where it should be", () => flink({ sight: { status: "READY" } }), undefined],
  ];
  for (const [what, verdict, obstacle] of obstacles) {
    it(`is nothing, with words, for ${what}`, () => {
      const { wish, obstacle: told } = verdict();
      assert.deepEqual([wish, told], [undefined, obstacle]);
    });
  }

  const backoff = { out: { to: 12, minutes: 10, until: start + 10 * minute, reason: "no slots" } };
  for (const [kind, look] of [
    ["stream", stream],
    ["application", flink],
  ] as const) {
    it(`is not what failed a moment ago, nor more of it, and anything else: ${kind}`, () => {
      const refused = "not tried before 2026-03-02T08:10:00.000Z: no slots";
      for (const desired of [12, 16]) assert.equal(look({ desired, state: { backoff } }).obstacle, refused);
      assert.equal(look({ desired: 11, state: { backoff } }).obstacle, undefined);
      assert.equal(look({ desired: 6, state: { backoff } }).obstacle, undefined);
      assert.equal(look({ desired: 12, state: { backoff }, at: 10 }).obstacle, undefined);
      const inward = { in: { ...backoff.out, to: 6 } };
      assert.deepEqual(
        [5, 6, 7, 12].map((desired) => look({ desired, state: { backoff: inward } }).obstacle),
        [refused, refused, undefined, undefined],
      );
    });

    it(`is not what began nothing, until it is time again: ${kind}`, () => {
      const attempts = { since: start, count: 1, next: start + minute };
      assert.equal(look({ desired: 12, state: { attempts } }).obstacle, "tried again at 2026-03-02T08:01:00.000Z");
      assert.equal(look({ desired: 12, state: { attempts }, at: 1 }).obstacle, undefined);
      assert.ok(look({ desired: 12, state: { attempts }, at: 1 }).wish);
    });
  }

  it("is waited for from the first look on where what is there is beyond the bounds", () => {
    const first = decide(lookOf(streamConfig, { status: "ACTIVE", shards: 70, onDemand: false }, {}));
    assert.deepEqual([first.desired, withPending(first).state.pendingSince], [64, start]);
  });

  describe("of an application whose state says nothing, and whose newest update", () => {
    const first = (operation: object, at = 0) =>
      flink({ state: { actual: undefined }, sight: { operation } as never, at, desired: 12 });
    const rests = (operation: object, at?: number) => first(operation, at).state.restUntil;

    it("has failed waits until ten minutes after that", () => {
      for (const status of ["FAILED", "CANCELLED"]) {
        assert.equal(rests({ status, ended: start - 4 * minute }), start + 6 * minute);
        assert.equal(rests({ status, ended: start - 10 * minute }), undefined);
        assert.equal(rests({ status }, 1), start + 11 * minute, "AWS doesn't say when");
      }
      assert.match(first({ status: "FAILED", ended: start }).obstacle ?? "", /^not restarted before 2026-03-02T08:10:00.000Z/);
    });

    it("can't be read waits for ten minutes: it may have failed just now", () =>
      assert.equal(rests({ status: "UNKNOWN" }, 1), start + 11 * minute));

    it("went well, or never was, waits for nothing", () => {
      for (const status of ["SUCCESSFUL", "NONE"]) {
        const { state, wish } = first({ status, ended: start });
        assert.deepEqual([state.restUntil, wish?.to], [undefined, 12]);
      }
    });

    it("goes on waits for its end: the application only shows it late", () => {
      const { state, wish, busy } = first({ status: "IN_PROGRESS" });
      assert.deepEqual([state.actual, state.foreignSince, wish], [undefined, start, undefined]);
      assert.equal(busy, "application enrich is being updated, by its operation's status: nothing is begun meanwhile");
    });
  });

  it("waits for ten minutes after an update that failed with a restart, whatever it is", () => {
    const state = { restUntil: start + 10 * minute };
    const refused = "not restarted before 2026-03-02T08:10:00.000Z: its last update failed, and the next one might";
    for (const desired of [2, 16]) assert.equal(flink({ desired, state }).obstacle, refused);
    const later = flink({ desired: 16, state, at: 10 });
    assert.deepEqual([later.obstacle, later.state.restUntil], [undefined, undefined]);
    assert.equal(flink({ desired: 16, state, at: 9.99 }).obstacle, refused);
  });

  it("is no step of a plan while any failure is fresh: a plan goes out and in", () => {
    const updates = Array.from({ length: 10 }, (): [number, number] => [start / minute - 60, 8]);
    const plan = { from: 6, to: 12, since: start };
    const other = { in: { ...backoff.out, to: 2 } };
    const refused = "not tried before 2026-03-02T08:10:00.000Z: no slots";
    assert.equal(stream({ desired: 10, state: { updates, plan, backoff: other } }).obstacle, refused);
    const still = stream({ desired: 8, state: { updates, plan, backoff: other } });
    assert.deepEqual([still.wish, still.obstacle], [undefined, undefined]);
    assert.ok(stream({ desired: 10, state: { updates, plan, backoff: other }, at: 10 }).wish);
  });

  it("is told with the failure that keeps it longest", () => {
    const updates = Array.from({ length: 10 }, (): [number, number] => [start / minute - 60, 8]);
    const plan = { from: 6, to: 12, since: start };
    const of = (to: number, minutes: number, reason: string) => ({ to, minutes, until: start + minutes * minute, reason });
    for (const [out, inward, told] of [
      [20, 40, "T08:40"],
      [40, 20, "T08:40"],
    ] as const) {
      const both = { out: of(60, out, "out"), in: of(2, inward, "in") };
      assert.match(stream({ desired: 10, state: { updates, plan, backoff: both } }).obstacle ?? "", new RegExp(told));
    }
  });
});
