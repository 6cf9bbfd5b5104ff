import { strict as assert } from "node:assert";
import { counted } from "../../../sandbox/realFlink/counted";
import type { JobSample } from "../../../sandbox/realFlink/measure";
import { rootCause } from "../../../sandbox/realFlink/rest";

function sample(read: number, worked: number): JobSample {
  const times = [{ busy: 1, backPressured: 0, idle: 999 }];
  return {
    ...{ runs: true, cpuCores: 1, heapPercent: 50, threads: 10, oldGenerationCollections: 0, oldGenerationMs: 0, restarts: 0 },
    lags: new Map(),
    checkpoints: { lastBytes: 1, lastMs: 1, failed: 0 },
    tasks: [
      { name: "Source:_trips", isSource: true, recordsIn: 0, recordsOut: read, lateRecords: 0, subtasks: times },
      { name: "work", isSource: false, recordsIn: worked, recordsOut: worked, lateRecords: 0, subtasks: times },
    ],
  };
}

describe("what an application's jobs did since somebody asked", () => {
  it("is what their counters went up by, over a new job and over one that began again", () => {
    const figures = counted();
    assert.equal(figures.take(), undefined);
    figures.add("a", sample(100, 90), 0);
    figures.add("a", sample(150, 150), 0);
    assert.deepEqual([figures.take()!.read, figures.take()!.read], [150, 0]);
    figures.add("a", sample(170, 160), 0);
    figures.end();
    assert.equal(figures.take(), undefined);
    figures.add("b", sample(40, 30), 0);
    const minute = figures.take()!;
    assert.equal(minute.read, 20 + 40);
    assert.deepEqual(
      minute.tasks.map(({ name, recordsIn, recordsOut }) => [name, recordsIn, recordsOut]),
      [
        ["Source:_trips", 0, 60],
        ["work", 40, 40],
      ],
    );
    figures.add("b", sample(10, 5), 0);
    assert.equal(figures.take()!.read, 10);
  });
});

describe("how far an application is behind", () => {
  it("is the highest lag of the shards that are read: one that ended keeps its last value in Flink's REST", () => {
    const figures = counted();
    const lagAt = (seconds: number, lags: Record<string, number>, job = "a") => {
      figures.add(job, { ...sample(0, 0), lags: new Map(Object.entries(lags)) }, 1_000 * seconds);
      return figures.take()!.lagMilliseconds;
    };
    assert.equal(lagAt(0, {}), undefined);
    assert.equal(lagAt(1, { ended: 5_000, read: 100 }), 5_000);
    assert.equal(lagAt(6, { ended: 5_000, read: 200 }), 5_000);
    assert.equal(lagAt(11, { ended: 5_000, read: 300 }), 300);
    assert.equal(lagAt(30, { ended: 5_000, read: 0 }), 0);
    assert.equal(lagAt(60, { ended: 5_000, read: 0 }), 0);
    assert.equal(lagAt(61, { ended: 5_000 }, "b"), 5_000);
    assert.equal(lagAt(80, { ended: 5_000 }, "b"), undefined);
  });
});

describe("what Flink says of a failure", () => {
  it("is its last cause, without the class", () => {
    const trace = [
      "org.apache.flink.runtime.rest.handler.RestHandlerException: Could not run.",
      "\tat a.b(C.java:1)",
      "Caused by: java.util.concurrent.CompletionException: wrapped",
      "Caused by: java.lang.IllegalStateException: The maximum parallelism (4) is lower",
      "\tat d.e(F.java:2)",
    ].join("\n");
    assert.equal(rootCause(trace), "The maximum parallelism (4) is lower");
    assert.equal(rootCause("Job not found"), "Job not found");
  });
});
