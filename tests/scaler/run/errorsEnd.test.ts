import { strict as assert } from "node:assert";
import { equalShards, awsError } from "../fakeAws";
import { minute, scenario } from "../scenario";
import type { Scenario } from "../scenario";

/** Errors that no list of the scaler's names, or that say nothing of whether the change began. */
const endless = [
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "InternalServerException",
  "InternalFailure",
  "TimeoutError",
]
  .concat([
    "KMSAccessDenied",
    "KMSInvalidStateException",
    "ExpiredToken",
    "ExpiredTokenException",
    "TeapotException",
    "ECONNRESET",
  ])
  .concat(["ResourceInUseException", "ConcurrentModificationException", "ThrottlingException", "ResourceNotFoundException"]);

/** What the operator sees by then: PendingMinutes aside, an update that failed and a reason. */
function told(one: Scenario, id: string, name: string): void {
  assert.ok(one.metrics("FailedUpdates", id).some(({ value }) => value > 0));
  assert.ok(one.decisions(id).some(({ action, reason }) => action === "failed" && reason.includes("refused for")));
  assert.ok(one.decisions(id).some(({ reason }) => reason.includes(name)));
}

describe("an error that never ends", () => {
  for (const [operation, id] of [
    ["UpdateApplication", "dev-flink"],
    ["UpdateShardCount", "dev-stream"],
  ] as const) {
    for (const name of endless) {
      it(`of ${operation} is given up within 15 minutes, with few calls in three hours: ${name}`, async () => {
        const one = scenario();
        await one.run();
        one.aws.faults.push({ operation, error: awsError(name, `words of ${name}`) });
        const from = one.now;
        for (let i = 0; i < 180; i++) {
          await one.patch(id, 12);
          await one.run();
          if (one.now - from === 16 * minute) assert.equal((await one.get(id)).answer.scalingStatus, "Failed");
        }
        told(one, id, name);
        const calls = one.aws.called(operation).length;
        assert.ok(calls >= 3 && calls <= 18, `${calls} calls`);
        assert.deepEqual(one.state("dev-stream").updates, undefined, "nothing of the day is used up");
        assert.equal(one.aws.called("SplitShard").length, 0);
        one.aws.faults.length = 0;
        one.now += 61 * minute;
        await one.runs(1);
        await one.patch(id, 12);
        await one.runs(3);
        assert.equal((await one.get(id)).answer.actualCapacity, 12, "and when it is over, scaling goes on");
      });
    }
  }

  it("is tried again with a growing pause", async () => {
    const one = scenario({ flink: false });
    await one.run();
    one.aws.faults.push({ operation: "UpdateShardCount", error: awsError("ServiceUnavailable") });
    await one.patch("dev-stream", 12);
    const minutes: number[] = [];
    for (let i = 1; i <= 20; i++) {
      const before = one.aws.called("UpdateShardCount").length;
      await one.run();
      if (one.aws.called("UpdateShardCount").length > before) minutes.push(i);
    }
    // Each is looked for during four minutes first.
    assert.deepEqual(minutes, [1, 5, 9]);
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Failed");
  });

  it("leaves the day's updates to those that happened", async () => {
    const one = scenario({ flink: false });
    await one.run();
    one.aws.faults.push({ operation: "UpdateShardCount", error: awsError("TimeoutError"), times: 1 });
    await one.patch("dev-stream", 12);
    await one.run();
    assert.equal(one.state("dev-stream").updates?.length, 1, "it may have begun");
    one.aws.faults.push({ operation: "UpdateShardCount", error: awsError("ThrottlingException"), times: 1 });
    for (let i = 0; i < 4; i++) await one.run();
    assert.equal(one.state("dev-stream").updates, undefined, "it has not");
    one.aws.faults.push({ operation: "UpdateShardCount", error: awsError("TimeoutError"), when: "after", times: 1 });
    await one.runs(4);
    assert.equal(one.state("dev-stream").updates?.length, 1, "it has");
  });

  it("keeps an update in the day's count that was seen under way, and came to nothing", async () => {
    const one = scenario({ flink: false });
    await one.run();
    const stream = one.aws.streams["orders"];
    assert.ok(stream);
    one.aws.faults.push({ operation: "UpdateShardCount", error: awsError("TimeoutError"), when: "after", times: 1 });
    await one.patch("dev-stream", 12);
    await one.run();
    await one.run();
    Object.assign(stream, { status: "ACTIVE", shards: equalShards(8), then: undefined });
    for (let i = 0; i < 3; i++) await one.run();
    assert.ok(one.decisions().some(({ reason }) => reason.includes("was never seen to begin")));
    assert.equal(one.state("dev-stream").updates?.length, 2, "that one, and the one that is tried now");
  });
});

describe("an application whose updates fail", () => {
  async function restarts(targets: readonly number[], minutes: number): Promise<number[]> {
    const one = scenario({ kpus: 8, flink: { max: 64 } });
    await one.run();
    const times: number[] = [];
    for (let i = 0; i < minutes; i++) {
      await one.patch("dev-flink", targets[i % targets.length] ?? 8);
      const before = one.aws.called("UpdateApplication").length;
      one.aws.complete("FAILED", "it does not start");
      await one.run();
      if (one.aws.called("UpdateApplication").length > before) times.push(i);
    }
    return times;
  }

  const asked: [name: string, targets: number[]][] = [
    ["16, 4, 16, 4", [16, 4]],
    ["16, 15, ... 9", [16, 15, 14, 13, 12, 11, 10, 9]],
    ["anything", [16, 3, 24, 12, 5, 9, 1, 32, 7]],
  ];
  for (const [name, targets] of asked) {
    it(`is restarted at most once in ten minutes, whatever is asked for: ${name}`, async () => {
      const times = await restarts(targets, 120);
      assert.ok(times.length >= 3, `${times.length} restarts`);
      const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
      assert.ok(Math.min(...gaps) >= 10, `restarts at minutes ${times.join(", ")}`);
    });
  }

  it("is remembered in each direction, and fades: a failure of two hours ago doubles nothing", async () => {
    const one = scenario({ kpus: 8 });
    const fail = async (kpus: number) => {
      await one.patch("dev-flink", kpus);
      await one.run();
      one.aws.complete("FAILED");
      await one.run();
    };
    await one.run();
    await fail(16);
    await one.runs(10);
    await fail(4);
    assert.deepEqual([one.state("dev-flink").backoff?.out?.minutes, one.state("dev-flink").backoff?.in?.minutes], [10, 10]);
    await one.runs(10);
    await fail(20);
    assert.deepEqual([one.state("dev-flink").backoff?.out?.minutes, one.state("dev-flink").backoff?.out?.to], [20, 16]);
    one.now += 120 * minute;
    await one.run();
    assert.equal(one.state("dev-flink").backoff, undefined);
    await fail(16);
    assert.equal(one.state("dev-flink").backoff?.out?.minutes, 10);
  });
});
