// Source: the sandbox's own; what each change does to the job is Flink's savepoints documentation
import assert = require("node:assert/strict");
import type { JobMinute, JobRunner, JobStart } from "../../../../sandbox/services/flink/jobRunner";
import { flinkFixture, highest, named, type ApplicationChoice } from "./fixture";

const minute: JobMinute = {
  runs: true,
  read: 600,
  lagMilliseconds: 1_500,
  cpuCores: 1.2,
  heapPercent: 40,
  threads: 70,
  oldGenerationCollections: 1,
  oldGenerationMs: 20,
  restarts: 0,
  checkpoints: { lastBytes: 1_000, lastMs: 30, failed: 0 },
  inputWatermark: 1_000,
  tasks: [
    {
      name: "Source:_trips",
      recordsIn: 0,
      recordsOut: 600,
      lateRecords: 0,
      subtasks: [{ busy: 100, backPressured: 0, idle: 900 }],
    },
    { name: "work", recordsIn: 600, recordsOut: 590, lateRecords: 2, subtasks: [{ busy: 800, backPressured: 10, idle: 190 }] },
  ],
};

/** A runner whose calls are told and end when the test says so. */
function scene(choice: ApplicationChoice = {}) {
  const calls: string[] = [];
  const starts: JobStart[] = [];
  const open: { resolve(): void; reject(error: Error): void }[] = [];
  let measured: JobMinute | undefined = minute;
  const call = (text: string) => {
    calls.push(text);
    return new Promise<void>((resolve, reject) => open.push({ resolve, reject }));
  };
  const runner: JobRunner = {
    start(_name, job) {
      starts.push(job);
      return call(`start at ${job.parallelism}${job.snapshot === undefined ? "" : ` from ${job.snapshot}`}`);
    },
    stop: (_name, snapshot) => call(snapshot === undefined ? "stop" : `stop with ${snapshot}`),
    snapshot: (_name, name) => call(`snapshot ${name}`),
    forget: (_name, name) => call(`forget ${name}`),
    measured: () => measured,
  };
  const f = flinkFixture(choice, { runner });
  const settle = async () => {
    // What completes may begin the next thing, which has nothing to wait for.
    for (let i = 0; i < 3; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      await f.pass(0);
    }
  };
  return {
    ...f,
    calls,
    starts,
    show: (shown: JobMinute | undefined) => void (measured = shown),
    /** Ends the oldest call that is open. */
    async done(error?: string) {
      const next = open.shift()!;
      if (error === undefined) next.resolve();
      else next.reject(new Error(error));
      await settle();
    },
  };
}

type Scene = ReturnType<typeof scene>;

async function running(choice: ApplicationChoice = {}): Promise<Scene> {
  const s = scene(choice);
  await s.done();
  s.calls.length = 0;
  return s;
}

const snapshots = (s: Scene) =>
  s
    .call("ListApplicationSnapshots", { ApplicationName: "app" })
    .SnapshotSummaries.map((snapshot: { SnapshotStatus: string }) => snapshot.SnapshotStatus);

describe("an application whose job runs for real", () => {
  it("is STARTING until the job runs, however long that takes", async () => {
    const s = scene();
    assert.deepEqual([s.calls, s.status()], [["start at 2"], "STARTING"]);
    await s.pass(3_600);
    assert.equal(s.status(), "STARTING");
    await s.done();
    assert.equal(s.status(), "RUNNING");
    assert.equal(s.starts[0]!.role, "arn:aws:iam::123456789012:role/app");
  });

  it("is READY again when Flink refuses its start, and the operation says why", async () => {
    const s = scene();
    await s.done("no such class");
    assert.equal(s.status(), "READY");
    const [operation] = s.call("ListApplicationOperations", { ApplicationName: "app" }).ApplicationOperationInfoList;
    assert.equal(operation.OperationStatus, "FAILED");
  });

  it("is updated by stopping with a savepoint and starting from it", async () => {
    const s = await running();
    const { OperationId } = s.scale(4);
    assert.deepEqual([s.calls.length, s.status(), snapshots(s)], [1, "UPDATING", ["CREATING"]]);
    assert.match(s.calls[0]!, /^stop with system-\d+$/);
    await s.done();
    assert.deepEqual(snapshots(s), ["READY"]);
    assert.equal(s.calls[1], s.calls[0]!.replace("stop with", "start at 4 from"));
    assert.equal(s.operation(OperationId).OperationStatus, "IN_PROGRESS");
    await s.done();
    assert.deepEqual([s.status(), s.operation(OperationId).OperationStatus], ["RUNNING", "SUCCESSFUL"]);
    assert.equal(s.flink.look("app")!.parallelism, 4);
  });

  it("is rolled back to the old parallelism from the same savepoint when the new job won't start", async () => {
    const s = await running();
    const { OperationId } = s.scale(4);
    await s.done();
    await s.done("Vertex's parallelism is higher than the max parallelism.");
    assert.equal(s.status(), "ROLLING_BACK");
    const { OperationStatus, OperationFailureDetails } = s.operation(OperationId);
    assert.deepEqual(
      [OperationStatus, OperationFailureDetails.ErrorInfo.ErrorString],
      ["FAILED", "Vertex's parallelism is higher than the max parallelism."],
    );
    await s.done();
    assert.equal(s.calls.at(-1), s.calls[1]!.replace("at 4", "at 2"));
    await s.done();
    assert.deepEqual([s.status(), s.flink.look("app")!.parallelism], ["RUNNING", 2]);
  });

  it("runs on when its savepoint can't be taken", async () => {
    const s = await running();
    s.scale(4);
    await s.done("Checkpoint expired before completing.");
    assert.deepEqual([snapshots(s), s.calls.length], [["FAILED"], 1]);
    assert.deepEqual([s.status(), s.flink.look("app")!.parallelism], ["RUNNING", 2]);
    s.call("StopApplication", { ApplicationName: "app" });
    await s.done("Checkpoint expired before completing.");
    assert.equal(s.status(), "RUNNING");
  });

  it("starts from a savepoint that isn't there where a test orders an update to fail", async () => {
    const s = await running();
    s.flink.failNextUpdate("app");
    s.scale(4);
    await s.done();
    assert.equal(s.calls[1], "start at 4 from ordered-to-fail");
    await s.done("File does not exist.");
    assert.equal(s.status(), "ROLLING_BACK");
  });

  it("has savepoints for snapshots", async () => {
    const s = await running();
    s.call("CreateApplicationSnapshot", { ApplicationName: "app", SnapshotName: "mine" });
    assert.throws(() => s.scale(4), { name: "ResourceInUseException" });
    await s.done();
    assert.deepEqual([s.calls, snapshots(s)], [["snapshot mine"], ["READY"]]);
  });

  it("shows what the job shows, and nothing while it is stopped", async () => {
    const s = await running({ metricsLevel: "TASK" });
    const result = await s.minute(1_000);
    assert.deepEqual([result.processed, result.backlog, result.lagMilliseconds], [600, 400, 1_500]);
    assert.equal(highest(s.published, "millisBehindLatest"), 1_500);
    assert.equal(highest(s.published, "containerCPUUtilization"), 60);
    assert.equal(highest(s.published, "numLateRecordsDropped"), 2);
    assert.equal(named(s.published, "containerMemoryUtilization").length, 0);
    const busy = named(s.published, "busyTimeMsPerSecond").map(({ dimensions, value }) => [dimensions["Task"], value]);
    assert.deepEqual(busy, [
      ["Source:_trips", 100],
      ["work", 800],
    ]);
    s.published.length = 0;
    s.show(undefined);
    await s.minute(1_000);
    assert.deepEqual(
      ["millisBehindLatest", "containerCPUUtilization", "numRecordsIn"].map((name) => named(s.published, name).length),
      [0, 0, 0],
    );
  });

  it("stays RUNNING with a job that Flink tries to start again", async () => {
    const s = await running();
    await s.minute(10);
    s.show({ ...minute, runs: false, restarts: 3 });
    await s.minute(10);
    assert.deepEqual([s.status(), s.flink.look("app")!.jobDown], ["RUNNING", true]);
    assert.equal(highest(s.published, "fullRestarts"), 3);
    s.show(minute);
    await s.minute(10);
    assert.equal(s.flink.look("app")!.jobDown, false);
  });
});
