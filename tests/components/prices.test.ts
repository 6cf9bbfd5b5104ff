import { strict as assert } from "node:assert";
import { flinkCostUsd, putUnits, streamCostUsd, usEast1 } from "../../components/prices";

describe("prices of us-east-1", () => {
  it("count a record of 5 KB as one PUT payload unit, of 45 KB as two, of 1 MB as 41", () => {
    assert.deepEqual([5, 45, 1024].map((kilobytes) => putUnits(kilobytes * 1024)), [1, 2, 41]); // prettier-ignore
  });

  it("are $0.015 for a shard-hour", () => assert.equal(streamCostUsd(usEast1, 100), 1.5));

  it("are $0.11 for a KPU-hour and one KPU more for orchestration", () => {
    assert.ok(Math.abs(flinkCostUsd(usEast1, 24 * 4, 24) - 0.11 * 24 * 5) < 1e-9);
  });
});
