import { strict as assert } from "node:assert";
import { logDecision, logError } from "../../../scaler/aws/log";
import { noticesOfScaler } from "../../../sandbox/terminal/notices";

const time = Date.UTC(2025, 0, 6, 9);
const line = { time, stack: "dev", id: "dev-stream", pipeline: "dev", kind: "stream" } as const;

/** The line that the scaler itself writes. */
function written(write: () => void): string {
  const log = console.log;
  let text = "";
  console.log = (message: string) => void (text = message);
  try {
    write();
  } finally {
    console.log = log;
  }
  return text;
}
const decision = (rest: Pick<Parameters<typeof logDecision>[0], "action" | "reason" | "actual" | "target">) =>
  written(() => logDecision({ ...line, ...rest }));

describe("the terminal's notices", () => {
  it("tell a change that was begun with its direction and why", () => {
    const out = decision({ action: "begin", reason: "8 -> 12 shards: asked for 12", actual: 8, target: 12 });
    assert.deepEqual(noticesOfScaler().log(out), {
      decision: "dev-stream: 8 -> 12 shards: asked for 12",
      notice: { time, kind: "out", text: "dev-stream: 8 -> 12 shards: asked for 12" },
    });
    const back = decision({ action: "begin", reason: "12 -> 8 shards", actual: 12, target: 8 });
    assert.equal(noticesOfScaler().log(back).notice?.kind, "in");
  });

  it("keep what happens every minute for the refreshing line", () => {
    for (const action of ["keep", "wait"] as const) {
      const answer = noticesOfScaler().log(decision({ action, reason: "the stream is UPDATING" }));
      assert.deepEqual(answer, { decision: "dev-stream: the stream is UPDATING" });
    }
  });

  it("mark what could not be done", () => {
    for (const action of ["refuse", "blocked", "giveUp", "failed", "gone"] as const) {
      assert.equal(noticesOfScaler().log(decision({ action, reason: "no" })).notice?.kind, "problem");
    }
    for (const action of ["done", "adopt", "putBack", "observe"] as const) {
      assert.equal(noticesOfScaler().log(decision({ action, reason: "yes" })).notice?.kind, "information");
    }
    // The alarm's own words say it better; see scalingWords.
    assert.equal(noticesOfScaler().log(decision({ action: "accept", reason: "12 was asked for" })).notice, undefined);
    const error = written(() => logError(time, "dev", "dev-flink", "AccessDenied"));
    assert.deepEqual(noticesOfScaler().log(error).notice, { time, kind: "problem", text: "dev-flink: AccessDenied" });
  });

  it("say the same trouble with the same dimension once, also beside another, until it was over or long ago", () => {
    const notices = noticesOfScaler();
    const said = (reason: string, { id = "dev-stream", minutes = 0, action = "blocked" as "blocked" | "done" } = {}) =>
      notices.log(written(() => logDecision({ ...line, time: time + minutes * 60_000, id, action, reason }))).notice !==
      undefined;
    assert.deepEqual(
      [said("a"), said("a"), said("a", { id: "dev-flink" }), said("b"), said("a")],
      [true, false, true, true, false],
    );
    assert.deepEqual([said("done", { action: "done" }), said("a"), said("a")], [true, true, false]);
    assert.deepEqual([said("a", { minutes: 9 }), said("a", { minutes: 18 }), said("a", { minutes: 40 })], [false, false, true]);
    const [one, two] = [1, 2].map((n) => `request 0a1b2c3d-0000-4000-8000-00000000000${n} of 02:0${n} failed`) as [
      string,
      string,
    ];
    assert.deepEqual([said(one, { minutes: 41 }), said(two, { minutes: 42 })], [true, false]);
  });

  it("pass over lines that aren't the scaler's, or broken", () => {
    for (const text of ["START RequestId: 1", '{"_aws":{}}', '{"sluice":"decision"', '{"sluice":"other","time":"x"}', ""]) {
      assert.deepEqual(noticesOfScaler().log(text), {});
    }
  });
});
