// Source: Quotas and limits (Amazon Kinesis Data Streams Developer Guide)
import assert = require("node:assert/strict");
import { kinesisFixture } from "./fixture";

const account = "123456789012";

describe("control-plane rates", () => {
  it("refuse a 21st DescribeStreamSummary within a second of the account", async () => {
    const { call, pass } = kinesisFixture({ rateWindowSeconds: 1 });
    const summary = () => call("DescribeStreamSummary", { StreamName: "s" });
    for (let i = 0; i < 20; i++) summary();
    assert.throws(summary, { name: "LimitExceededException", message: `Rate exceeded for stream s under account ${account}.` });
    await pass(1);
    summary();
  });

  it("count the calls of one instant as spread over a run: 300 dimensions in one virtual instant are within 20 a second", () => {
    const { call } = kinesisFixture();
    for (let i = 0; i < 1_000; i++) call("DescribeStreamSummary", { StreamName: "s" });
    assert.throws(() => call("DescribeStreamSummary", { StreamName: "s" }), { name: "LimitExceededException" });
  });

  it("are AWS's: UpdateShardCount 10, SplitShard and MergeShards 5, DescribeLimits 1 a second; ListShards counts per stream", () => {
    const { call } = kinesisFixture({ rateWindowSeconds: 1 });
    call("DescribeLimits");
    assert.throws(() => call("DescribeLimits"), { name: "LimitExceededException" });
    const refusals = (operation: string, input: object, calls: number) => {
      const names: string[] = [];
      for (let i = 0; i < calls; i++) {
        try {
          call(operation, input);
        } catch (error) {
          names.push(/Rate exceeded/.test((error as Error).message) ? "rate" : "other");
        }
      }
      return names.filter((name) => name === "rate").length;
    };
    assert.equal(refusals("UpdateShardCount", { StreamName: "s", TargetShardCount: 99, ScalingType: "UNIFORM_SCALING" }, 12), 2);
    assert.equal(refusals("SplitShard", { StreamName: "s", ShardToSplit: "9", NewStartingHashKey: "9" }, 7), 2);
    assert.equal(refusals("MergeShards", { StreamName: "s", ShardToMerge: "9", AdjacentShardToMerge: "8" }, 7), 2);
    call("CreateStream", { StreamName: "t", ShardCount: 1 });
    assert.equal(refusals("ListShards", { StreamName: "s" }, 1_001), 1);
    assert.equal(refusals("ListShards", { StreamName: "t" }, 1_000), 0);
  });

  it("can be changed and switched off", () => {
    const { call } = kinesisFixture({ rates: { DescribeLimits: Infinity } });
    for (let i = 0; i < 500; i++) call("DescribeLimits");
  });
});
