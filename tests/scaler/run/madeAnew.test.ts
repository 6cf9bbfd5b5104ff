import { strict as assert } from "node:assert";
import { minute, scenario } from "../scenario";
import type { Scenario } from "../scenario";

type Kind = "desired" | "state";
const ids = ["dev-stream", "dev-flink"] as const;

/** A pipeline of 4 shards and 2 KPUs that has grown to 16 and 24 since its first look. */
async function grown(): Promise<Scenario> {
  const one = scenario({ shards: 4, kpus: 2 });
  await one.run();
  await one.patch("dev-stream", 16);
  await one.patch("dev-flink", 24);
  await one.runs(8);
  assert.deepEqual(capacities(one), { shards: 16, kpus: 24 });
  return one;
}

function capacities({ aws }: Scenario) {
  return { shards: aws.streams["orders"]?.shards.length, kpus: aws.applications["enrich"]?.parallelism };
}

/** What `pulumi up` does after somebody deleted parameters: `{}`, with version 1 again. */
function makeAnew({ aws }: Scenario, kinds: readonly Kind[]): void {
  for (const id of ids) for (const kind of kinds) aws.parameters[`/sluice/dev/${id}/${kind}`] = ["{}"];
}

describe("a parameter that was deleted and made anew", () => {
  for (const kinds of [["desired"], ["state"], ["desired", "state"]] satisfies Kind[][]) {
    it(`moves nothing by itself: ${kinds.join(" and ")}`, async () => {
      const one = await grown();
      one.now += 20 * minute;
      makeAnew(one, kinds);
      one.aws.calls.length = 0;
      await one.runs(40);
      assert.deepEqual(capacities(one), { shards: 16, kpus: 24 });
      assert.deepEqual([...one.aws.called("UpdateShardCount"), ...one.aws.called("UpdateApplication")], []);
      for (const id of ids) assert.equal((await one.get(id)).answer.scalingStatus, "Successful");
    });
  }

  it("moves nothing after another hand's capacity was adopted over what had been asked for", async () => {
    const one = await grown();
    const stream = one.aws.streams["orders"];
    assert.ok(stream);
    stream.shards = [...stream.shards, ...stream.shards.map(({ id, first }) => ({ id: `${id}-b`, first: first + 1n }))];
    await one.runs(3);
    assert.equal((await one.get("dev-stream")).answer.desiredCapacity, 32);
    one.now += 20 * minute;
    makeAnew(one, ["state"]);
    await one.runs(20);
    assert.equal(capacities(one).shards, 32);
  });

  it("doesn't make the scaler forget that an update has just failed: the application rests all the same", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-flink", 8);
    await one.run();
    one.now += minute;
    one.aws.now = one.now;
    one.aws.complete("FAILED", "no slots");
    const failed = one.now;
    one.aws.parameters["/sluice/dev/dev-flink/state"] = ["{}"];
    await one.run();
    const { restUntil, actual } = one.state("dev-flink");
    assert.deepEqual([restUntil, actual], [failed + 10 * minute, 4]);
    await one.patch("dev-flink", 7);
    await one.runs(8);
    assert.equal(one.aws.called("UpdateApplication").length, 1);
    await one.runs(1);
    assert.equal(one.aws.called("UpdateApplication").length, 2);
    assert.equal(one.aws.called("ListApplicationOperations").length, 2, "at each first look alone");
  });

  it("is missing until then, which is said, and the other dimension goes on", async () => {
    const one = await grown();
    delete one.aws.parameters["/sluice/dev/dev-stream/state"];
    await one.patch("dev-flink", 30);
    await one.runs(3);
    assert.equal(capacities(one).kpus, 30);
    assert.ok(one.lines.some((line) => line.includes("parameter state of dev-stream is missing: run pulumi up")));
    assert.equal(one.metrics("ScalerErrors", "dev-stream").at(-1)?.value, 1);
  });
});

describe("a settlement", () => {
  it("is forgotten with the desired that it answered", async () => {
    const one = scenario({ shards: 4, flink: false });
    await one.run();
    assert.equal(one.state("dev-stream").settled?.desired, 4);
    await one.patch("dev-stream", 8);
    await one.runs(3);
    assert.equal(one.state("dev-stream").settled, undefined);
  });
});

describe("a desired that no run looked at for more than 15 minutes", () => {
  /** A PATCH, and then no run for so many minutes. */
  async function silent(minutes: number): Promise<Scenario> {
    const one = scenario();
    await one.run();
    await one.patch("dev-stream", 16);
    one.now += minutes * minute;
    return one;
  }

  it("is carried out after 14 minutes, and not after 16", async () => {
    for (const [minutes, shards] of [
      [14, 16],
      [16, 8],
    ] as const) {
      const one = await silent(minutes);
      await one.runs(4);
      assert.equal(capacities(one).shards, shards, `after ${minutes} minutes`);
    }
  });

  it("is answered Failed with the reason, before and after the run returns", async () => {
    const one = await silent(16);
    for (const looked of [false, true]) {
      if (looked) await one.run();
      const { answer } = await one.get("dev-stream");
      assert.deepEqual([answer.scalingStatus, answer.desiredCapacity, answer.actualCapacity], ["Failed", 8, 8]);
      assert.match(answer.failureReason ?? "", looked ? /no run has looked since 16 was asked for/ : /has not looked since/);
    }
    assert.equal(one.decisions("dev-stream").at(-1)?.action, "giveUp");
  });

  it("is desired no more while the stream is at work, too: what is published is what the API answers", async () => {
    const one = await silent(16);
    const stream = one.aws.streams["orders"];
    if (stream) stream.status = "UPDATING";
    await one.run();
    await one.run();
    const published = ["DesiredCapacity", "PendingMinutes"].map((name) => one.metrics(name, "dev-stream").at(-1)?.value);
    assert.deepEqual([...published, (await one.get("dev-stream")).answer.desiredCapacity], [8, 0, 8]);
  });

  it("keeps further requests from being stored until a run has looked", async () => {
    const one = await silent(16);
    const { answer } = await one.patch("dev-stream", 32);
    assert.equal(answer.scalingStatus, "Failed");
    assert.equal(one.desired("dev-stream").desired, 16);
    await one.run();
    assert.equal((await one.patch("dev-stream", 32)).answer.scalingStatus, "Pending");
    await one.runs(6);
    assert.equal(capacities(one).shards, 32);
  });

  it("makes way for what is there, whoever moved it meanwhile", async () => {
    const one = await silent(30);
    const stream = one.aws.streams["orders"];
    assert.ok(stream);
    stream.shards = stream.shards.slice(0, 5);
    await one.runs(5);
    assert.equal(capacities(one).shards, 5);
    assert.equal((await one.get("dev-stream")).answer.desiredCapacity, 5);
  });

  it("stays one while the service can't be looked at", async () => {
    const one = await silent(16);
    one.aws.faults.push({
      operation: "DescribeStreamSummary",
      error: Object.assign(new Error("no"), { name: "AccessDeniedException" }),
      times: 3,
    });
    await one.runs(8);
    assert.equal(capacities(one).shards, 8);
  });

  it("that had been looked at in time is carried out, however long it takes", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 12);
    await one.run();
    one.now += 40 * minute;
    await one.runs(2);
    assert.equal(capacities(one).shards, 12);
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
  });
});
