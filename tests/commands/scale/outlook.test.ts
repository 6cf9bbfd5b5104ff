import { strict as assert } from "node:assert";
import { outlookFromAnswer, outlookOf } from "../../../commands/scale/outlook";
import type { Stored } from "../../../scaler/aws/parameters";
import type { DimensionAnswer, DimensionState, FlinkConfig, StreamConfig } from "../../../scaler/types";

const now = Date.UTC(2026, 0, 5, 12);
const minuteNow = now / 60_000;
const stream: StreamConfig = { kind: "stream", name: "s", pipeline: "dev", min: 1, max: 64, mode: "act", updatesPerDay: 10 };
const flink: FlinkConfig = {
  ...{ kind: "flink", name: "f", pipeline: "dev", min: 1, max: 64, mode: "act" },
  ...{ parallelismPerKpu: 2, maxParallelism: 100, drainAfterReshard: false, checkpointIntervalSeconds: 60 },
};

function stored(config: StreamConfig | FlinkConfig, state: DimensionState): Stored {
  const record = { desired: state.actual ?? 1, at: now - 3_600_000 };
  return {
    id: "x",
    config,
    record,
    key: "1:0",
    state: { seen: "1:0", ...state },
    stateText: "",
    stateVersion: 1,
    stateBroken: false,
  } as Stored;
}

const spent = (count: number): [number, number][] => Array.from({ length: count }, (_, i) => [minuteNow - 60 - i, 8]);

describe("the outlook of a scaling by hand", () => {
  it("names the ladder of UpdateShardCount calls, at most double each, and what is left of the day", () => {
    const { desired, calls, minutes, because } = outlookOf(stored(stream, { actual: 4 }), 20, now, { restartSeconds: 60 });
    assert.deepEqual({ desired, because }, { desired: 20, because: undefined });
    assert.equal(calls, "3 UpdateShardCount calls (4 -> 8 -> 16 -> 20); 10 of the day's 10 updates are left");
    assert.equal(minutes, 7);
  });

  it("halves at most on the way down", () => {
    const { calls } = outlookOf(stored(stream, { actual: 15 }), 4, now, { restartSeconds: 60 });
    assert.match(calls, /^2 UpdateShardCount calls \(15 -> 8 -> 4\);/);
  });

  it("goes on with splits and merges when the day's updates don't reach", () => {
    const one = outlookOf(stored(stream, { actual: 8, updates: spent(9) }), 20, now, { restartSeconds: 60 });
    // From 16 equal ranges to 20: 16 + 20 - 2 * gcd(16, 20) calls.
    assert.equal(
      one.calls,
      "1 UpdateShardCount call (8 -> 16), then 28 SplitShard and MergeShards calls, because the day's updates are spent; 1 of the day's 10 updates are left",
    );
    assert.equal(one.minutes, 1 + 2 + 28);
    const none = outlookOf(stored(stream, { actual: 8, updates: spent(10) }), 16, now, { restartSeconds: 60 });
    assert.match(none.calls, /^8 SplitShard and MergeShards calls, because/);
  });

  it("counts a large stream's updates longer", () => {
    const large = { ...stream, max: 1_000 };
    assert.equal(outlookOf(stored(large, { actual: 100 }), 200, now, { restartSeconds: 60 }).minutes, 1 + 2 * 4);
  });

  it("says which number the API accepts instead, and why", () => {
    const above = outlookOf(stored(stream, { actual: 8 }), 100, now, { restartSeconds: 60 });
    assert.deepEqual([above.desired, above.because], [64, "100 was asked for, 64 is the bound"]);
    const below = outlookOf(stored(stream, { actual: 8 }), 0, now, { restartSeconds: 60 });
    assert.deepEqual([below.desired, below.because], [1, "0 was asked for, 1 is the bound"]);
    const climb = outlookOf(stored(stream, { actual: 32, updates: spent(8) }), 2, now, { restartSeconds: 60 });
    assert.equal(climb.desired, 16);
    assert.match(climb.because ?? "", /climb back/);
  });

  it("says that the API will refuse, and why", () => {
    const backoff = { out: { to: 12, minutes: 10, until: now + 300_000, reason: "the quota of shards is reached" } };
    const { desired, because } = outlookOf(stored(stream, { actual: 8, backoff }), 16, now, { restartSeconds: 60 });
    assert.equal(desired, undefined);
    assert.match(because ?? "", /quota of shards/);
  });

  it("names one restart of the application with the parallelism and its seconds", () => {
    const { calls, minutes } = outlookOf(stored(flink, { actual: 16 }), 20, now, { restartSeconds: 90 });
    assert.match(
      calls,
      /^1 UpdateApplication call \(parallelism 40\): the application restarts and reads nothing for about 90 s$/,
    );
    assert.equal(minutes, 3);
    // 100 of parallelism in 2s are 50 KPUs.
    assert.equal(outlookOf(stored(flink, { actual: 16 }), 60, now, { restartSeconds: 60 }).desired, 50);
  });

  it("tells what is under way and that observe mode changes nothing", () => {
    const change = { call: "UpdateShardCount", from: 8, to: 16, at: now, sent: true } as const;
    assert.deepEqual(outlookOf(stored(stream, { actual: 8, change }), 20, now, { restartSeconds: 60 }).notes, [
      "UpdateShardCount from 8 to 16 is in progress and is finished first",
    ]);
    const observed = outlookOf(stored({ ...stream, mode: "observe" }, { actual: 8 }), 20, now, { restartSeconds: 60 });
    assert.match(observed.calls, /^none: in observe mode/);
    assert.deepEqual(observed.notes, ["observe mode: nothing is changed (sluice:mode, sluice:streamMode)"]);
    assert.equal(outlookOf(stored(stream, { actual: 8 }), 8, now, { restartSeconds: 60 }).calls, "none: it is there already");
  });

  it("promises no call for a stream in on-demand mode: it says what the scaler would", () => {
    const stays = outlookOf(stored(stream, { actual: 8 }), 20, now, { restartSeconds: 60, onDemand: true });
    assert.equal(stays.calls, "none: the stream is in on-demand mode: AWS scales it");
    assert.equal(stays.minutes, 0);
    assert.equal(outlookFromAnswer("stream", { actualCapacity: 8 } as DimensionAnswer, 20, true).calls, stays.calls);
  });

  it("says what it can't know when the scaler's parameters may not be read", () => {
    const answer = { actualCapacity: 8, desiredCapacity: 8 } as DimensionAnswer;
    const { calls, notes } = outlookFromAnswer("stream", answer, 20);
    assert.equal(calls, "at least 2 UpdateShardCount calls");
    assert.match(notes[0] ?? "", /ssm:GetParameters is denied/);
  });
});
