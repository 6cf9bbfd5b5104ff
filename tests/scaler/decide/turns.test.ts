import { strict as assert } from "node:assert";
import { needsLag, takeTurns } from "../../../scaler/decide/turns";
import type { Look, Verdict, Wish } from "../../../scaler/decide/types";
import type { DimensionConfig, DimensionState } from "../../../scaler/types";
import { flinkConfig, minute, scenario, start, streamConfig } from "../scenario";

const lag = { namespace: "AWS/KinesisAnalytics", metricName: "millisBehindLatest", dimensions: { Application: "enrich" } };

/** After so many minutes a reshard, or a first look, no longer counts as recent. */
const longestDrainMinutes = 15;

interface Given {
  wish?: Wish["call"];
  direction?: Wish["direction"];
  busy?: string;
  state?: DimensionState;
}

function stream({ wish, direction = "out", busy, state = {} }: Given = {}): Verdict {
  return turn("s", { ...streamConfig }, wish, direction, busy, state);
}

function flink({ wish, direction = "out", busy, state = {} }: Given = {}, config: Partial<typeof flinkConfig> = {}): Verdict {
  return turn("f", { ...flinkConfig, lag, ...config }, wish, direction, busy, state);
}

function turn(
  id: string,
  config: DimensionConfig,
  call: Wish["call"] | undefined,
  direction: Wish["direction"],
  busy: string | undefined,
  state: DimensionState,
): Verdict {
  const wish = call && { call, from: 4, to: direction === "out" ? 8 : 2, direction };
  return { look: { id, config } as Look, state, actual: 4, desired: 8, busy, wish, notes: [], failedUpdates: 0 };
}

const update = "UpdateShardCount" as const;
const application = "UpdateApplication" as const;

describe("a pipeline's turns", () => {
  const orders: [name: string, turns: Verdict[], goes: string | undefined][] = [
    ["nobody when nobody wishes", [stream(), flink()], undefined],
    ["the stream's scale-out before the application's", [flink({ wish: application }), stream({ wish: update })], "s"],
    [
      "the application's scale-out before the stream's scale-in",
      [stream({ wish: update, direction: "in" }), flink({ wish: application })],
      "f",
    ],
    [
      "the application's scale-in before the stream's",
      [stream({ wish: update, direction: "in" }), flink({ wish: application, direction: "in" })],
      "f",
    ],
    [
      "the stream's scale-out before the application's scale-in",
      [flink({ wish: application, direction: "in" }), stream({ wish: update })],
      "s",
    ],
    ["nobody while the stream is busy", [stream({ busy: "UPDATING" }), flink({ wish: application })], undefined],
    ["nobody while the application is busy", [stream({ wish: update }), flink({ busy: "UPDATING" })], undefined],
  ];
  for (const [name, turns, goes] of orders) {
    it(`go to ${name}`, () => {
      assert.equal(takeTurns(turns, undefined, start).go, goes);
      assert.equal(takeTurns([...turns].reverse(), undefined, start).go, goes, "in whatever order they are listed");
    });
  }

  it("go by id where two of a kind want the same", () => {
    const two = (call: Wish["call"], of: (given?: Given) => Verdict) => [
      { ...of({ wish: call }), look: { ...of().look, id: "b" } },
      { ...of({ wish: call }), look: { ...of().look, id: "a" } },
    ];
    for (const turns of [two(update, stream), two(application, flink)]) {
      assert.equal(takeTurns(turns, undefined, start).go, "a");
      assert.equal(takeTurns([...turns].reverse(), undefined, start).go, "a");
    }
  });

  it("risk nothing where nobody goes", () => {
    assert.equal(takeTurns([stream(), flink()], undefined, start).risk, "");
    assert.equal(takeTurns([stream({ busy: "UPDATING" }), flink({ wish: application })], undefined, start).risk, "");
  });

  it("tell each that waits why", () => {
    const { waiting } = takeTurns([stream({ wish: update }), flink({ wish: application })], undefined, start);
    assert.deepEqual([...waiting], [["f", "waits for its turn: s goes first"]]);
  });

  const drain = { drainAfterReshard: true, checkpointIntervalSeconds: 60 };
  const resharded = stream({ state: { reshardedAt: start } });
  const drains: [name: string, minutes: number, seen: { milliseconds: number; at: number } | undefined, goes: boolean][] = [
    ["before two checkpoints, however small the lag", 1, { milliseconds: 0, at: start }, false],
    ["with a lag of 60 s", 5, { milliseconds: 60_000, at: start + minute }, false],
    ["with a lag that is missing", 5, undefined, false],
    ["with a lag from before the reshard ended", 2, { milliseconds: 0, at: start - minute }, false],
    ["with a lag below 60 s after two checkpoints", 2, { milliseconds: 59_999, at: start }, true],
    ["after 15 minutes, whatever the lag", 15, undefined, true],
  ];
  for (const [name, minutes, seen, goes] of drains) {
    it(`${goes ? "let" : "don't let"} an application with an affected connector restart ${name}`, () => {
      const turns = [resharded, flink({ wish: application }, drain)];
      const result = takeTurns(turns, seen, start + minutes * minute);
      assert.equal(result.go, goes ? "f" : undefined);
      assert.deepEqual(result.patient, goes ? [] : ["f"]);
      const seconds = seen ? `lag ${Math.round(seen.milliseconds / 1_000)} s` : "lag unknown";
      assert.equal(
        result.waiting.get("f"),
        goes
          ? undefined
          : `waits until the parents of the last reshard are read to their end (${seconds}): with this connector a restart could lose data`,
      );
    });
  }

  it("wait for a reshard of a stream alone, whatever an application's state says", () => {
    const turns = [stream(), flink({ wish: application, state: { reshardedAt: start } }, drain)];
    assert.equal(takeTurns(turns, undefined, start).go, "f");
  });

  it("don't wait for parents with a connector that isn't affected", () => {
    assert.equal(takeTurns([resharded, flink({ wish: application })], undefined, start).go, "f");
  });

  it("let the application overtake a plan of splits when its lag is beyond its limit", () => {
    const turns = [stream({ wish: "plan" }), flink({ wish: application }, { lagLimitSeconds: 300 })];
    assert.equal(takeTurns(turns, { milliseconds: 300_001, at: start }, start).go, "f");
    assert.equal(takeTurns(turns, { milliseconds: 300_000, at: start }, start).go, "s");
    assert.equal(takeTurns(turns, undefined, start).go, "s");
    const ladder = [stream({ wish: update }), flink({ wish: application }, { lagLimitSeconds: 300 })];
    assert.equal(takeTurns(ladder, { milliseconds: 999_999, at: start }, start).go, "s");
  });

  it("let an application that has waited for ten minutes overtake a plan, whatever its lag", () => {
    const waited = (minutes: number) => {
      const state = { pendingSince: start - minutes * minute };
      return takeTurns([stream({ wish: "plan" }), flink({ wish: application, state })], undefined, start);
    };
    assert.equal(waited(9).go, "s");
    assert.equal(waited(10).go, "f");
    assert.match(waited(10).waiting.get("s") ?? "", /the plan pauses: f goes first/);
    assert.deepEqual(waited(10).patient, ["s"], "its 15 minutes don't run meanwhile");
    const inwards = flink({ wish: application, direction: "in", state: { pendingSince: start - 60 * minute } });
    assert.equal(takeTurns([stream({ wish: "plan" }), inwards], undefined, start).go, "s", "scaling in can wait");
  });

  it("let nobody wait for one whose calls begin nothing", () => {
    const attempts = { since: start, count: 1, next: start };
    const turns = [stream({ wish: update, state: { attempts } }), flink({ wish: application })];
    assert.equal(takeTurns(turns, undefined, start).go, "f");
    assert.equal(takeTurns([stream({ wish: update, state: { attempts } })], undefined, start).go, "s");
  });

  it("make a plan pause for an application with an affected connector, and say what is risked when it restarts", async () => {
    const one = scenario({ flink: { ...drain, lag, lagLimitSeconds: 300 }, shards: 20, stream: { updatesPerDay: 0 } });
    await one.runs(longestDrainMinutes + 1);
    await one.patch("dev-stream", 37);
    one.aws.lag = { milliseconds: 20 * minute, at: one.now };
    await one.runs(5);
    await one.patch("dev-flink", 8);
    let minutes = 0;
    for (; one.aws.called("UpdateApplication").length === 0 && minutes < 120; minutes++) {
      one.aws.lag.at = one.now;
      await one.runs(1);
    }
    assert.ok(minutes <= 17, `${minutes} minutes`);
    const begun = one.decisions("dev-flink").findLast(({ action }) => action === "begin");
    assert.match(begun?.reason ?? "", /parents of the last reshard may not be read to their end \(lag 1200 s\).*may lose data/);
    const splits = one.aws.called("SplitShard").length;
    await one.runs(80);
    assert.ok(one.aws.called("SplitShard").length > splits, "then the plan goes on");
    assert.equal(one.state("dev-stream").actual, 37);
    assert.ok(!one.decisions().some(({ action }) => action === "giveUp" || action === "failed"));
  });

  it("say nothing of a risk where the parents are read, and say it where the lag is unknown", () => {
    const turns = [resharded, flink({ wish: application }, drain)];
    const risk = (minutes: number, seen?: { milliseconds: number; at: number }) =>
      takeTurns(turns, seen, start + minutes * minute).risk;
    assert.equal(risk(20, { milliseconds: 20 * minute, at: start + 19 * minute }), "");
    assert.match(risk(20, { milliseconds: 21 * minute, at: start + 19 * minute }), /\(lag 1260 s\)/);
    assert.match(risk(20), /\(lag unknown\)/);
    assert.equal(risk(24 * 60), "", "after a day the records are gone or read");
    assert.equal(takeTurns([resharded, flink({ wish: application })], undefined, start + 20 * minute).risk, "");
  });

  const lags: [name: string, turns: Verdict[], needed: boolean][] = [
    ["nothing is to be decided", [resharded, flink({}, drain)], false],
    [
      "something is busy",
      [stream({ busy: "UPDATING", state: { reshardedAt: start } }), flink({ wish: application }, drain)],
      false,
    ],
    ["no reshard is known", [stream(), flink({ wish: application }, drain)], false],
    [
      "the last reshard was a day ago",
      [stream({ state: { reshardedAt: start + minute - 24 * 60 * minute } }), flink({ wish: application }, drain)],
      false,
    ],
    ["the connector isn't affected", [resharded, flink({ wish: application })], false],
    ["parents may still be read", [resharded, flink({ wish: application }, drain)], true],
    ["a plan of splits is in the way", [stream({ wish: "plan" }), flink({ wish: application }, { lagLimitSeconds: 1 })], true],
    [
      "a plan of splits is in the way of scaling in",
      [stream({ wish: "plan" }), flink({ wish: application, direction: "in" }, { lagLimitSeconds: 1 })],
      false,
    ],
    ["the config has no lag", [resharded, flink({ wish: application }, { ...drain, lag: undefined })], false],
  ];
  for (const [name, turns, needed] of lags) {
    it(`${needed ? "need" : "don't need"} the lag when ${name}`, () => assert.equal(needsLag(turns, start + minute), needed));
  }

  it("read the lag with one call of CloudWatch, only while it decides", async () => {
    const one = scenario({ flink: { ...drain, lag } });
    await one.runs(longestDrainMinutes + 1);
    await one.patch("dev-stream", 12);
    await one.patch("dev-flink", 8);
    one.aws.lag = { milliseconds: 90_000, at: 0 };
    const begun: number[] = [];
    for (let i = 0; i < 10; i++) {
      one.aws.lag.at = one.now;
      if (i === 6) one.aws.lag.milliseconds = 5_000;
      await one.runs(1);
      begun.push(one.aws.called("UpdateApplication").length);
    }
    assert.deepEqual(begun, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
    assert.deepEqual(one.aws.called("GetMetricData").length, 7, "the last time to say what is risked");
    const queries = one.aws
      .called("GetMetricData")
      .map((input) => input["MetricDataQueries"] as unknown as { MetricStat: unknown }[]);
    assert.deepEqual(queries[0]?.[0]?.MetricStat, {
      Metric: {
        Namespace: "AWS/KinesisAnalytics",
        MetricName: "millisBehindLatest",
        Dimensions: [{ Name: "Application", Value: "enrich" }],
      },
      Period: 60,
      Stat: "Maximum",
    });
  });

  it("take a lag of -1 for unknown, not for none", async () => {
    const one = scenario({ flink: { ...drain, lag } });
    await one.run();
    await one.patch("dev-stream", 12);
    await one.patch("dev-flink", 8);
    for (let i = 0; i < 10; i++) {
      one.aws.lag = { milliseconds: -1, at: one.now };
      await one.runs(1);
    }
    assert.equal(one.aws.called("UpdateApplication").length, 0);
  });

  it("take the first look for a reshard: nobody knows when the last one was", async () => {
    const one = scenario({ flink: { ...drain, lag } });
    one.aws.lag = { milliseconds: 0, at: one.now };
    await one.run();
    await one.patch("dev-flink", 8);
    const begun: number[] = [];
    for (let i = 0; i < 3; i++) {
      one.aws.lag.at = one.now;
      await one.runs(1);
      begun.push(one.aws.called("UpdateApplication").length);
    }
    assert.deepEqual(begun, [0, 1, 1]);
  });

  it("don't count the wait for parents as being unable to begin", async () => {
    const one = scenario({ flink: { ...drain, lag } });
    await one.run();
    await one.patch("dev-stream", 12);
    await one.patch("dev-flink", 8);
    await one.runs(25);
    assert.equal((await one.get("dev-flink")).answer.scalingStatus, "Successful");
    assert.ok(!one.decisions().some(({ action }) => action === "giveUp"));
  });
});
