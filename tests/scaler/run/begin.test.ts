import { strict as assert } from "node:assert";
import { awsError, equalShards } from "../fakeAws";
import { minute, scenario } from "../scenario";
import type { Scenario, Setup } from "../scenario";

/** A pipeline that has been looked at, with 8 shards and 4 KPUs, and what was asked for. */
async function asked(desired: { stream?: number; flink?: number }, setup: Setup = {}): Promise<Scenario> {
  const one = scenario({ shards: 8, kpus: 4, ...setup });
  await one.run();
  if (desired.stream !== undefined) await one.patch("dev-stream", desired.stream);
  if (desired.flink !== undefined) await one.patch("dev-flink", desired.flink);
  one.lines.length = 0;
  one.aws.calls.length = 0;
  return one;
}

const told = (one: Scenario, id?: string) => one.decisions(id).map(({ action, reason }) => `${action}: ${reason}`);
const stateOf = (id: string) => `/sluice/dev/${id}/state`;
const writes = (one: Scenario) => one.aws.called("PutParameter").map(({ Name }) => String(Name).split("/").slice(3).join("/"));
const noUpdates: Setup = { flink: false, stream: { updatesPerDay: 0 } };

describe("what is begun is told", () => {
  const cases: [what: string, one: () => Promise<Scenario>, words: string][] = [
    ["UpdateShardCount", () => asked({ stream: 12 }), "UpdateShardCount from 8 to 12 shards"],
    ["a step of a ladder", () => asked({ stream: 20 }), "UpdateShardCount from 8 to 16 shards, a step on the way to 20"],
    [
      "a step of a plan",
      () => asked({ stream: 9 }, noUpdates),
      "SplitShard of shard-0, 15 calls from 9 equal shards: the day's UpdateShardCount calls are spent",
    ],
    ["UpdateApplication", () => asked({ flink: 6 }), "UpdateApplication from 4 to 6 KPUs (parallelism 6)"],
    ["as many subtasks as shards", () => asked({ flink: 8 }), "UpdateApplication from 4 to 8 KPUs (parallelism 8)"],
    [
      "more subtasks than shards",
      () => asked({ flink: 9 }),
      "UpdateApplication from 4 to 9 KPUs (parallelism 9, more than the 8 shards: the sources beyond them idle)",
    ],
  ];
  for (const [what, start, words] of cases) {
    it(`in words, with call and target: ${what}`, async () => {
      const one = await start();
      await one.run();
      assert.deepEqual(told(one).slice(0, 1), [`begin: ${words}`]);
    });
  }

  it("without shards to compare with where the pipeline has no stream", async () => {
    const one = scenario();
    for (const kind of ["config", "desired", "state"]) delete one.aws.parameters[`/sluice/dev/dev-stream/${kind}`];
    await one.run();
    await one.patch("dev-flink", 9);
    await one.run();
    assert.equal(told(one).at(-1), "begin: UpdateApplication from 4 to 9 KPUs (parallelism 9)");
  });

  it("as one change, of the dimension that it is of", async () => {
    const one = await asked({ stream: 12 });
    await one.run();
    const changes = one.metrics("Changes").map(({ id, value }) => `${id} ${value}`);
    assert.deepEqual(changes, ["dev-stream 1", "dev-flink 0"]);
  });
});

describe("beginning a change", () => {
  it("stores turn and intent first, and takes the turn back in the same run", async () => {
    const one = await asked({ flink: 6 });
    const before: string[] = [];
    one.aws.before = ({ operation }) => {
      if (operation !== "UpdateApplication") return;
      before.push(...writes(one));
      assert.equal(one.state("dev-stream").turn?.id, "dev-flink");
      assert.equal(one.state("dev-flink").change?.sent, false);
    };
    await one.run();
    assert.deepEqual(before, ["dev-stream/state", "dev-flink/state"]);
    assert.deepEqual([one.state("dev-stream").turn, one.state("dev-flink").turn], [undefined, undefined]);
    const { change, updates } = one.state("dev-flink");
    assert.deepEqual([change?.sent, change?.operationId, updates], [true, "operation-2", undefined]);
  });

  it("begins nothing where another run's word came between, and stores nothing over it in the whole pipeline", async () => {
    const one = await asked({ stream: 12 });
    const application = one.aws.applications["enrich"];
    assert.ok(application);
    application.parallelism = 3;
    const theirs = JSON.stringify({ ...one.state("dev-stream"), turn: { id: "dev-flink", at: one.now } });
    let came = false;
    one.aws.before = ({ operation }) => {
      if (operation !== "PutParameter" || came) return;
      came = true;
      one.aws.parameters[stateOf("dev-stream")]?.push(theirs);
    };
    const flinkBefore = one.aws.parameters[stateOf("dev-flink")]?.length;
    await one.run();
    assert.deepEqual([...one.aws.called("UpdateShardCount"), ...one.aws.called("UpdateApplication")], []);
    assert.equal(one.aws.parameters[stateOf("dev-stream")]?.at(-1), theirs);
    assert.equal(one.aws.parameters[stateOf("dev-flink")]?.length, flinkBefore, "what this run saw of the other one is older");
    assert.deepEqual(told(one, "dev-stream"), [
      "blocked: another run of the scaler has the pipeline's turn: nothing is begun in this one",
    ]);
  });

  it("keeps its own word where another run's came after the call was made", async () => {
    const one = await asked({ stream: 12 });
    one.aws.before = ({ operation }) => {
      if (operation === "UpdateShardCount") one.aws.parameters[stateOf("dev-stream")]?.push('{"actual":8}');
    };
    await one.run();
    assert.equal(one.state("dev-stream").change?.sent, true);
    assert.equal(one.aws.parameters[stateOf("dev-stream")]?.length, 5, "adopted, intent, theirs, ours, and no other");
  });
});

describe("a call that is refused", () => {
  it("because the day's updates are spent is told so, and remembered", async () => {
    const one = await asked({ stream: 12 }, { flink: false });
    const error = awsError("LimitExceededException", "10 in a rolling 24 hour period");
    one.aws.faults.push({ operation: "UpdateShardCount", error, times: 1 });
    await one.run();
    const words =
      "UpdateShardCount from 8 to 12 shards: the day's updates are spent (LimitExceededException: 10 in a rolling 24 hour period)";
    assert.deepEqual(told(one), [`blocked: ${words}`]);
    const { refusedAt, updates, blocked, change } = one.state("dev-stream");
    assert.deepEqual([refusedAt, updates, blocked?.reason, change], [one.now, undefined, words, undefined]);
  });

  it("for good makes no application rest: it was never restarted", async () => {
    const one = await asked({ flink: 6 });
    one.aws.faults.push({ operation: "UpdateApplication", error: awsError("AccessDeniedException", "no"), times: 1 });
    await one.run();
    const { restUntil, backoff, settled } = one.state("dev-flink");
    assert.deepEqual([restUntil, backoff?.out?.minutes, settled?.failed], [undefined, 10, true]);
  });

  it("for good at a plan's first step fails what is desired, and the plan goes back to where it began", async () => {
    const one = await asked({ stream: 9 }, noUpdates);
    one.aws.faults.push({ operation: "SplitShard", error: awsError("LimitExceededException", "shard limit of the account") });
    await one.run();
    assert.equal((await one.get("dev-stream")).answer.desiredCapacity, 8);
    assert.match(one.state("dev-stream").settled?.reason ?? "", /^SplitShard of shard-0, .* was refused: LimitExceededException/);
    assert.deepEqual(one.state("dev-stream").plan, { from: 8, to: 9, since: one.now });
    await one.runs(12);
    assert.equal(told(one).at(-1), "done: the plan is done: 8 equal shards");
    assert.equal(one.state("dev-stream").plan, undefined);
  });

  it("says when a plan's next step can't be found, and tries again", async () => {
    const one = await asked({ stream: 9 }, noUpdates);
    one.aws.faults.push({ operation: "ListShards", error: awsError("LimitExceededException", "slow"), times: 1 });
    await one.run();
    assert.deepEqual(told(one), ["blocked: the next step of a plan could not be found (LimitExceededException: slow)"]);
    await one.runs(1);
    assert.match(told(one).at(-1) ?? "", /^begin: SplitShard/);
  });
});

describe("a pipeline whose turn is taken", () => {
  const taken = async (ago: number, desired: { stream?: number; flink?: number } = { stream: 12 }) => {
    const one = await asked(desired);
    const turn = { id: "dev-flink", at: one.now + minute - ago };
    one.aws.parameters[stateOf("dev-stream")]?.push(JSON.stringify({ ...one.state("dev-stream"), turn }));
    await one.run();
    return one;
  };

  it("waits for two minutes for the run that has it, and says so", async () => {
    const one = await taken(2 * minute - 1);
    assert.deepEqual(told(one), ["wait: another run of the scaler holds the pipeline's turn"]);
    assert.equal(one.aws.called("UpdateShardCount").length, 0);
    assert.deepEqual(told(await taken(0, {})), [], "where nobody wishes anything there is nothing to say");
    assert.equal((await taken(2 * minute)).aws.called("UpdateShardCount").length, 1);
  });
});

describe("what is pending", () => {
  it("goes on being counted while the service can't be looked at", async () => {
    const one = await asked({ stream: 12 });
    one.aws.faults.push({ operation: "DescribeStreamSummary", error: awsError("AccessDeniedException") });
    await one.run();
    const { pendingSince } = one.state("dev-stream");
    await one.run();
    assert.equal(one.state("dev-stream").pendingSince, pendingSince);
  });

  it("is nothing of what was reached before the service couldn't be looked at, or was deleted", async () => {
    const unseen = await asked({ stream: 8 }, { flink: false });
    unseen.aws.faults.push({ operation: "DescribeStreamSummary", error: awsError("AccessDeniedException") });
    const gone = await asked({ stream: 8 }, { flink: false });
    delete gone.aws.streams["orders"];
    for (const one of [unseen, gone]) {
      for (let i = 0; i < 3; i++) await one.run();
      const pending = one.metrics("PendingMinutes").map(({ value }) => value);
      assert.deepEqual(pending, [0, 0, 0]);
    }
  });

  it("is nothing where nobody has seen the service at rest yet", async () => {
    const one = scenario({ flink: false });
    const stream = one.aws.streams["orders"];
    assert.ok(stream);
    stream.status = "UPDATING";
    for (let i = 0; i < 3; i++) await one.run();
    assert.deepEqual(
      one.metrics("PendingMinutes").map(({ value }) => value),
      [0, 0, 0],
    );
  });
});

describe("a run that can't read or write everything", () => {
  it("says that the lag couldn't be read, as an error of the application", async () => {
    const lag = { namespace: "AWS/KinesisAnalytics", metricName: "millisBehindLatest", dimensions: { Application: "enrich" } };
    const one = await asked({ flink: 6 }, { flink: { drainAfterReshard: true, lag } });
    one.aws.faults.push({ operation: "GetMetricData", error: awsError("AccessDeniedException", "no") });
    await one.run();
    const errors = one.metrics("ScalerErrors").map(({ id, value }) => `${id} ${value}`);
    assert.deepEqual(errors, ["dev-stream 0", "dev-flink 1"]);
    assert.ok(one.lines.some((line) => line.includes('"sluice":"error"') && line.includes("AccessDeniedException: no")));
  });

  it("says that a state couldn't be stored, as an error of its dimension, and goes on", async () => {
    const one = scenario();
    one.aws.faults.push({ operation: "PutParameter", error: awsError("ThrottlingException", "slow"), matching: "dev-stream" });
    await one.run();
    const errors = one.metrics("ScalerErrors").map(({ id, value }) => `${id} ${value}`);
    assert.deepEqual(errors, ["dev-stream 1", "dev-flink 0"]);
    assert.equal(one.state("dev-flink").actual, 4);
  });

  it("leaves a state that can't be read until the service has been seen: then what is there is adopted", async () => {
    const one = await asked({ stream: 30 });
    one.aws.parameters[stateOf("dev-stream")]?.push("not json");
    one.aws.faults.push({ operation: "DescribeStreamSummary", error: awsError("AccessDeniedException"), times: 1 });
    await one.run();
    assert.equal(one.aws.parameters[stateOf("dev-stream")]?.at(-1), "not json");
    await one.run();
    assert.equal(one.state("dev-stream").settled?.desired, 8);
    assert.deepEqual(one.aws.called("UpdateShardCount"), []);
  });
});

describe("a dimension that must wait", () => {
  it("says that it waits, not that it is blocked; its 15 minutes run", async () => {
    const one = await asked({ stream: 12, flink: 6 });
    await one.run();
    assert.deepEqual(told(one, "dev-flink"), ["wait: waits for its turn: dev-stream goes first"]);
    assert.equal(one.state("dev-flink").blocked?.since, one.now);
  });

  it("is blocked, with words, by what only it can't do", async () => {
    const one = await asked({ flink: 6 });
    const application = one.aws.applications["enrich"];
    assert.ok(application);
    application.status = "READY";
    await one.run();
    const words = "the application is stopped (READY): start it; a stopped application is not updated";
    assert.deepEqual(told(one, "dev-flink"), [`blocked: ${words}`]);
    assert.deepEqual(one.state("dev-flink").blocked?.reason, words);
  });

  it("to make its shards equal, and has as many as are desired, is no desired that can't begin", async () => {
    const one = await asked({}, noUpdates);
    const stream = one.aws.streams["orders"];
    assert.ok(stream);
    stream.shards = [...equalShards(7), { id: "odd", first: 2n ** 128n - 2n }];
    const plan = { from: 6, to: 8, since: one.now };
    const turn = { id: "dev-flink", at: one.now + minute };
    one.aws.parameters[stateOf("dev-stream")]?.push(JSON.stringify({ ...one.state("dev-stream"), plan, turn }));
    await one.run();
    assert.deepEqual(told(one), ["wait: another run of the scaler holds the pipeline's turn"]);
    assert.equal(one.state("dev-stream").blocked, undefined);
    await one.runs(3);
    assert.match(told(one).at(-1) ?? "", /^begin: (Split|Merge)Shard/);
  });

  it("for parents to be drained has its 15 minutes afterwards", async () => {
    const lag = { namespace: "AWS/KinesisAnalytics", metricName: "millisBehindLatest", dimensions: { Application: "enrich" } };
    const one = await asked({ flink: 6 }, { flink: { drainAfterReshard: true, lag } });
    const blocked = { of: "x", since: one.now, reason: "before" };
    one.aws.parameters[stateOf("dev-flink")]?.push(JSON.stringify({ ...one.state("dev-flink"), blocked }));
    await one.run();
    assert.match(told(one, "dev-flink").join(), /^wait: waits until the parents of the last reshard are read to their end/);
    assert.equal(one.state("dev-flink").blocked, undefined);
  });
});
