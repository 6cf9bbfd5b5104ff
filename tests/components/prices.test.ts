import { strict as assert } from "node:assert";
import { flinkCostUsd, onDemandCostUsd, putUnits, streamCostUsd, usEast1 } from "../../components/prices";

describe("prices of us-east-1", () => {
  it("count a record of 5 KB as one PUT payload unit, of 45 KB as two, of 1 MB as 41", () => {
    assert.deepEqual([5, 45, 1024].map((kilobytes) => putUnits(kilobytes * 1024)), [1, 2, 41]); // prettier-ignore
  });

  it("are $0.015 for a shard-hour", () => assert.equal(streamCostUsd(usEast1, 100), 1.5));

  it("are $0.11 for a KPU-hour and one KPU more for orchestration", () => {
    assert.ok(Math.abs(flinkCostUsd(usEast1, 24 * 4, 24) - 0.11 * 24 * 5) < 1e-9);
  });

  it("charge a stream in on-demand mode for its hours and for what is written, a record by the KiB, and read", () => {
    const records = 2 * 1024 ** 2; // 2 GiB rounded up, 1 GiB as they are
    assert.ok(Math.abs(onDemandCostUsd(usEast1.onDemandStandard, 24, records, 512) - (24 * 0.04 + 2 * 0.08 + 0.04)) < 1e-9);
  });

  it("charge on-demand advantage for 25 MiB a second at least, about $100 a day", () => {
    const day = onDemandCostUsd(usEast1.onDemandAdvantage, 24, 0, 500);
    assert.equal(day, 101.25);
    const read = (2 * (25 * 86_400)) / 1024; // GiB, twice the commitment
    const busy = onDemandCostUsd(usEast1.onDemandAdvantage, 24, read * 2 ** 20, 1024);
    assert.ok(Math.abs(busy - 2 * day) < 1e-6);
  });
});
