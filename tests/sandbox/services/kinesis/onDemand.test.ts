// Source: Choose the right mode in Amazon Kinesis Data Streams
import assert = require("node:assert/strict");
import { kinesisFixture } from "./fixture";

describe("an on-demand stream", () => {
  it("takes double its 30-day peak: it has grown 15 minutes after the peak reached half of what it takes", async () => {
    const { kinesis, call, cloud, pass } = kinesisFixture({ shards: 0 });
    call("CreateStream", { StreamName: "s", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    const offer = async (perSecond: number) => {
      const start = cloud.clock.now();
      await pass(60);
      return kinesis.offer("s", start, { records: perSecond * 60, bytes: perSecond * 60 * 100 });
    };
    assert.equal((await offer(2_000)).throttled, 0);
    assert.equal((await offer(6_000)).accepted, 4_000 * 60);
    // The peak is what was accepted, 4,000 a second: 8 shards 15 minutes later.
    for (let i = 0; i < 14; i++) assert.equal((await offer(6_000)).accepted, 4_000 * 60);
    await offer(6_000);
    assert.equal((await offer(6_000)).throttled, 0);
    assert.equal(kinesis.look("s")!.openShards, 8);
  });
});
