import { strict as assert } from "node:assert";
import { accept } from "../../../scaler/api/accept";
import { standingOf } from "../../../scaler/decide/desired";
import type { DimensionState, StreamConfig } from "../../../scaler/types";
import { flinkConfig, minute, start, streamConfig } from "../scenario";

const id = "dev-stream";
const key = "2:0";
const settled = (desired: number) => ({ desired, of: key, at: start, reason: "r", failed: false });

/** What PATCH makes of a request with 8 shards there and `desired` wanted so far. */
function asked(requested: number, state: DimensionState = {}, config: Partial<StreamConfig> = {}, desired = 8) {
  const stored = { actual: 8, settled: settled(desired), ...state };
  const own = { ...streamConfig, ...config };
  return accept(own, standingOf({ id, config: own, key, state: stored }, start), requested);
}

describe("a capacity that is asked for", () => {
  it("is stored, within the bounds, and says what the bound made of it", () => {
    assert.deepEqual(asked(12), { is: "store", desired: 12, reason: "12 was asked for" });
    assert.deepEqual(asked(100), { is: "store", desired: 64, reason: "100 was asked for, 64 is the bound" });
    assert.deepEqual(asked(0, {}, { min: 2 }), { is: "store", desired: 2, reason: "0 was asked for, 2 is the bound" });
  });

  it("is kept where it is desired already", () => {
    assert.deepEqual(asked(8), { is: "keep", desired: 8, reason: "8 was asked for" });
  });

  it("between actual and desired, neither of them, is kept while scaling out", () => {
    const of = (requested: number) => asked(requested, {}, {}, 16).is;
    assert.deepEqual([7, 8, 9, 15, 16, 17].map(of), ["store", "store", "keep", "keep", "keep", "store"]);
    assert.deepEqual(asked(12, {}, {}, 16), {
      is: "keep",
      desired: 16,
      reason: "12 is between actual (8) and desired (16) while scaling out",
    });
    assert.equal(asked(16, {}, {}, 16).is === "keep" && asked(16, {}, {}, 16).reason, "16 was asked for");
    assert.equal(asked(6, {}, {}, 4).is, "store", "while scaling in it is not");
    assert.deepEqual(asked(8, {}, {}, 16), { is: "store", desired: 8, reason: "8 was asked for" });
  });

  it("is stored as it is before anything has been seen", () => {
    assert.deepEqual(asked(3, { actual: undefined }, {}, 16), { is: "store", desired: 3, reason: "3 was asked for" });
  });

  it("is cut to what the day's updates left can climb back from, for streams that are scaled", () => {
    const words = "2 was asked for; 4 is as far as the day's updates left can climb back from";
    assert.deepEqual(asked(2, {}, { updatesPerDay: 2 }), { is: "store", desired: 4, reason: words });
    assert.equal((asked(2, {}, { updatesPerDay: 2, mode: "observe" }) as { desired: number }).desired, 2);
    assert.deepEqual(asked(8, {}, { updatesPerDay: 0 }, 4), { is: "store", desired: 8, reason: "8 was asked for" });
    assert.equal((asked(20, {}, { updatesPerDay: 0 }) as { desired: number }).desired, 20, "out there are splits");
    const application = { id, config: flinkConfig, key, state: { actual: 8, settled: settled(8) } };
    assert.deepEqual(accept(flinkConfig, standingOf(application, start), 2), {
      is: "store",
      desired: 2,
      reason: "2 was asked for",
    });
  });

  it("is cut from where a change under way leads", () => {
    const change = { call: "UpdateShardCount" as const, from: 8, to: 16, at: start, sent: true };
    assert.equal((asked(2, { change }, { updatesPerDay: 2 }, 16) as { desired: number }).desired, 8);
  });

  it("is refused with the reason while it is what failed a moment ago, or the service is gone", () => {
    const backoff = { out: { to: 12, minutes: 10, until: start + 10 * minute, reason: "no slots" } };
    assert.deepEqual(asked(12, { backoff }), { is: "refuse", reason: "not tried before 2026-03-02T08:10:00.000Z: no slots" });
    assert.equal(asked(11, { backoff }).is, "store");
    assert.equal(asked(12, { backoff, actual: undefined }).is, "store");
    assert.deepEqual(asked(12, { gone: "stream orders is being deleted" }), {
      is: "refuse",
      reason: "stream orders is being deleted",
    });
  });

  it("is kept out by a newer request, and refused while no run has looked at the last one", () => {
    const after = (ms: number, state: DimensionState = {}) => {
      const record = { desired: 12, at: start + ms };
      const stored = { id, config: streamConfig, record, key: "3:1", state: { actual: 8, ...state } };
      return accept(streamConfig, standingOf(stored, start), 3);
    };
    assert.deepEqual(after(1), { is: "keep", desired: 12, reason: "a newer request has been accepted: this one came late" });
    assert.equal(after(0).is, "store");
    assert.deepEqual(after(-16 * minute), {
      is: "refuse",
      reason:
        "12 was asked for at 2026-03-02T07:44:00.000Z, and the scaler's run has not looked since: see its rule, its function and its log",
    });
    assert.equal(after(-16 * minute, { seen: "3:1" }).is, "store");
  });
});
