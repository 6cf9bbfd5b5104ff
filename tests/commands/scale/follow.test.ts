import { strict as assert } from "node:assert";
import { follow } from "../../../commands/scale/follow";
import type { DimensionAnswer, ScalingStatus } from "../../../scaler/types";

const answer = (scalingStatus: ScalingStatus, actualCapacity: number, desiredCapacity = 10, failureReason?: string) =>
  ({ scalingStatus, actualCapacity, desiredCapacity, failureReason }) as DimensionAnswer;

const followed = (...answers: (DimensionAnswer | Error)[]) => followedWhile(() => false, ...answers);

/** @param stands whether the sandbox's time stood still at look `index`. */
async function followedWhile(stands: (index: number) => boolean, ...answers: (DimensionAnswer | Error)[]) {
  const lines: string[] = [];
  let asked = 0;
  const get = async () => {
    const next = answers[++asked] ?? assert.fail("asked too often");
    if (next instanceof Error) throw next;
    return next;
  };
  const api = { get, patch: () => assert.fail("PATCH"), timeStands: () => stands(asked) };
  const write = (line: string) => void lines.push(line);
  const outcome = await follow({ api, desired: 10, unit: "shards", write, pause: async () => {} }, answers[0] as DimensionAnswer);
  return { outcome, lines };
}

describe("following a change", () => {
  it("tells each status once, until it is done", async () => {
    const { outcome, lines } = await followed(
      ...[answer("Pending", 8), answer("Pending", 8), answer("InProgress", 8), answer("InProgress", 8), answer("Successful", 10)],
    );
    assert.equal(outcome, "reached");
    assert.deepEqual(lines, ["Pending: 8 of 10 shards", "InProgress: 8 of 10 shards", "Done: 10 shards."]);
  });

  it("ends with the reason when the change has failed", async () => {
    const { outcome, lines } = await followed(
      answer("Pending", 8),
      answer("Failed", 8, 8, "10 could not begin within 15 minutes"),
    );
    assert.equal(outcome, "failed");
    assert.equal(lines.at(-1), "Failed: 10 could not begin within 15 minutes. Desired is 8 shards.");
  });

  it("ends when somebody else asked for another number", async () => {
    const { outcome, lines } = await followed(answer("Pending", 8), answer("InProgress", 8, 14));
    assert.equal(outcome, "replaced");
    assert.equal(lines.at(-1), "Replaced: 14 shards are desired now, by a policy or another request.");
  });

  it("asks again when the endpoint doesn't answer", async () => {
    const { outcome } = await followed(answer("Pending", 8), new Error("socket hang up"), answer("Successful", 10));
    assert.equal(outcome, "reached");
  });

  it("says once that the sandbox's time stands still, and follows when it goes on", async () => {
    const waits = Array.from({ length: 20 }, () => answer("Pending", 8));
    const { outcome, lines } = await followedWhile((look) => look < 15, ...waits, answer("Successful", 10));
    assert.equal(outcome, "reached");
    assert.equal(lines.filter((line) => /time stands still: .*Continue it on its page/.test(line)).length, 1);
  });

  it("doesn't wait for ever while the sandbox's time stands still", async () => {
    const { outcome, lines } = await followedWhile(() => true, ...Array.from({ length: 200 }, () => answer("Pending", 8)));
    assert.equal(outcome, "waiting");
    assert.equal(lines.at(-1), "Accepted, and not waited for any longer: 10 shards come when the sandbox's time goes on.");
  });
});
