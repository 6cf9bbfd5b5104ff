import { strict as assert } from "node:assert";
import type { PolicyReport } from "../../../sandbox/report/report";
import { screenOf } from "../../../sandbox/terminal/screen";
import { printSummary } from "../../../sandbox/terminal/summary";

const report: PolicyReport = {
  trace: "taxi week",
  policy: "dev",
  minutes: 1440,
  costUsd: 33.84,
  stream: {
    shardHours: 200,
    costUsd: 3,
    putUsd: 5,
    offeredRecords: 400_000_000,
    throttledRecords: 1_000_000,
    lostRecords: 20_000,
    reshards: 6,
    splits: 0,
    merges: 0,
    reversals: 0,
    rejectedUpdates: 0,
    peakShards: 16,
  },
  flink: {
    kpuHours: 256.36,
    costUsd: 30.84,
    rescales: 7,
    reversals: 0,
    rejectedUpdates: 0,
    lagMinutes: 12,
    lagP99Seconds: 75,
    lagMaxSeconds: 190,
    peakKpus: 24,
  },
};
const directions = { stream: { out: 3, in: 3 }, flink: { out: 4, in: 3 } };

function printed(of: PolicyReport, output: { isTTY?: boolean; columns?: number } = {}): string[] {
  const written: string[] = [];
  printSummary(screenOf({ ...output, write: (text) => written.push(text) }, {}), of, directions);
  return written.join("").split("\n");
}

describe("the summary", () => {
  it("is a table of scalings, peak, cost beside the peak's, losses and lag", () => {
    assert.deepEqual(printed(report, { columns: 120 }), [
      "",
      "taxi week, dev: 24 h, $33.84",
      "                         stream                    application",
      "scaled                   3 out, 3 in               4 out, 3 in",
      "peak                     16 shards                 24 KPUs",
      "cost                     $3.00                     $30.84",
      "at the peak throughout   $5.76 (saved 48 %)        $66.00 (saved 53 %)",
      "throttled once           1 M of 400 M (0.25 %)",
      "lost                     20 k of 400 M (0.005 %)",
      "lag over 60 s                                      12 min",
      "lag, 99 % / most                                   75 s / 3 min",
      "",
    ]);
  });

  it("tells refused calls where there were any", () => {
    const refused = { ...report, stream: { ...report.stream!, rejectedUpdates: 2 } };
    assert.ok(printed(refused).some((line) => /^calls refused +2 +0$/.test(line)));
    assert.ok(!printed(report).some((line) => line.startsWith("calls refused")));
  });

  it("has no rows and figures of a dimension that wasn't scaled", () => {
    const lines = printed({ ...report, stream: null });
    assert.ok(!lines.some((line) => /shards|lost|throttled/.test(line)));
    assert.ok(lines.some((line) => /^peak +24 KPUs$/.test(line)));
  });

  it("shows a loss in red on a terminal, and only a loss", () => {
    assert.ok(printed(report, { isTTY: true }).some((line) => line.startsWith("\x1b[31mlost")));
    const nothingLost = { ...report, stream: { ...report.stream!, lostRecords: 0 } };
    assert.ok(!printed(nothingLost, { isTTY: true }).join("").includes("\x1b[31m"));
  });

  it("fits the window", () => {
    assert.ok(printed(report, { columns: 40 }).every((line) => [...line].length <= 40));
  });
});
