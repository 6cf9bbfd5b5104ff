import { strict as assert } from "node:assert";
import { answerJson, answerOf } from "../../../scaler/api/answer";
import { standingOf } from "../../../scaler/decide/desired";
import type { DimensionState } from "../../../scaler/types";
import { flinkConfig, minute, start, streamConfig } from "../scenario";

const settled = { desired: 8, of: "2:0", at: start, reason: "no slots", failed: true };
const answer = (state: DimensionState, now = start, config: typeof streamConfig | typeof flinkConfig = streamConfig) =>
  answerOf(config, standingOf({ id: "dev-stream", config, key: "2:0", state }, now));

describe("an answer of the scaling API", () => {
  it("names the dimension of its kind, and gives no reason where nothing failed", () => {
    assert.equal(answer({ actual: 8 }).dimensionName, "kinesis:stream:ShardCount");
    assert.equal(answer({ actual: 8 }, start, flinkConfig).dimensionName, "kinesisanalytics:application:KPU");
    assert.ok(!("failureReason" in answer({ actual: 8 })));
  });

  it("says Failed with the reason for an hour after desired was given up, and then not", () => {
    const at = (minutes: number) => answer({ actual: 8, settled }, start + minutes * minute);
    assert.deepEqual([at(0).scalingStatus, at(0).failureReason], ["Failed", "no slots"]);
    assert.equal(at(59.999).scalingStatus, "Failed");
    assert.equal(at(60).scalingStatus, "Successful");
  });

  it("says nothing of what was adopted, or of what answers an older request", () => {
    assert.equal(answer({ actual: 8, settled: { ...settled, failed: false } }).scalingStatus, "Successful");
    const older = { actual: 8, settled: { ...settled, of: "1:0" } };
    assert.equal(answer(older).scalingStatus, "Successful");
  });

  it("is InProgress while a change or a plan is under way", () => {
    const change = { call: "UpdateShardCount" as const, from: 8, to: 12, at: start, sent: true };
    assert.equal(answer({ actual: 8, change }).scalingStatus, "InProgress");
    assert.equal(answer({ actual: 8, plan: { from: 8, to: 12, since: start } }).scalingStatus, "InProgress");
  });

  it("has doubles for capacities, and for nothing else that looks like one", () => {
    const text = answerJson({ ...answer({ actual: 8 }), resourceName: '"actualCapacity":8' });
    assert.match(text, /^\{"actualCapacity":8\.0,"desiredCapacity":8\.0,/);
    assert.deepEqual(JSON.parse(text), { ...answer({ actual: 8 }), resourceName: '"actualCapacity":8' });
  });
});
