// Source: Metrics and dimensions in Managed Service for Apache Flink
import assert = require("node:assert/strict");
import { applicationStatuses } from "../../../../sandbox/services/flink/application";
import { flinkFixture, highest, named } from "./fixture";

const applicationLevel = [
  "uptime",
  "downtime",
  "fullRestarts",
  "cpuUtilization",
  "containerCPUUtilization",
  "containerMemoryUtilization",
  "containerDiskUtilization",
  "heapMemoryUtilization",
  "threadsCount",
  "oldGenerationGCCount",
  "oldGenerationGCTime",
  "managedMemoryTotal",
  "managedMemoryUsed",
  "managedMemoryUtilization",
  "lastCheckpointSize",
  "lastCheckpointDuration",
  "numberOfFailedCheckpoints",
  "numRecordsIn",
  "numRecordsOut",
  "numRecordsInPerSecond",
  "numRecordsOutPerSecond",
  "numLateRecordsDropped",
  "currentInputWatermark",
  "currentOutputWatermark",
  "millisBehindLatest",
];

describe("metrics of AWS/KinesisAnalytics", () => {
  it("of the application level have the dimension Application, under the minute's start", async () => {
    const f = flinkFixture();
    await f.minute(0);
    const start = f.cloud.clock.now();
    f.published.length = 0;
    await f.minute(100);
    assert.deepEqual(
      f.published.map((d) => d.name),
      applicationLevel,
    );
    for (const { namespace, dimensions, timestamp, name } of f.published) {
      assert.deepEqual([namespace, timestamp], ["AWS/KinesisAnalytics", start]);
      const expected = name === "millisBehindLatest" ? { Id: "s", Application: "app", Flow: "Input" } : { Application: "app" };
      assert.deepEqual(dimensions, expected, name);
    }
  });

  it("have four snapshots a minute of records: Sum is four times the total", async () => {
    const f = flinkFixture({ workload: { outputRatio: 0.5 } });
    await f.minute(60_000);
    const value = (name: string) => named(f.published, name)[0]!.value;
    assert.deepEqual(value("numRecordsIn"), { sum: 240_000, minimum: 60_000, maximum: 60_000, sampleCount: 4 });
    assert.deepEqual(value("numRecordsInPerSecond"), { sum: 4_000, minimum: 1_000, maximum: 1_000, sampleCount: 4 });
    assert.deepEqual(value("numRecordsOutPerSecond"), { sum: 2_000, minimum: 500, maximum: 500, sampleCount: 4 });
  });

  it("have one sample a task manager of CPU and heap, two of its container", async () => {
    const f = flinkFixture({ parallelism: 3 });
    await f.minute(90_000);
    const samples = (name: string) => (named(f.published, name)[0]!.value as { sampleCount: number }).sampleCount;
    assert.deepEqual(["cpuUtilization", "heapMemoryUtilization", "containerCPUUtilization"].map(samples), [3, 3, 6]);
    assert.equal(highest(f.published, "containerCPUUtilization"), 50);
  });

  it("show 100 % CPU while a backlog is worked off", async () => {
    const f = flinkFixture({ parallelism: 1 });
    await f.minute(200_000);
    f.published.length = 0;
    await f.minute(0);
    assert.equal(highest(f.published, "containerCPUUtilization"), 100);
  });

  it("are missing while the job is stopped by an update: CPU, lag, uptime and all", async () => {
    const f = flinkFixture();
    f.scale(4);
    await f.minute(1_000);
    assert.deepEqual(f.published, []);
    await f.minute(1_000);
    assert.equal(highest(f.published, "uptime"), 60_000);
    assert.equal(highest(f.published, "millisBehindLatest"), 0);
  });

  it("are missing in every status but RUNNING", async () => {
    for (const status of applicationStatuses.filter((s) => s !== "RUNNING")) {
      const f = flinkFixture();
      f.flink.setStatus("app", status);
      await f.minute(1_000);
      assert.deepEqual(named(f.published, "containerCPUUtilization"), [], status);
      assert.deepEqual(named(f.published, "millisBehindLatest"), [], status);
      assert.deepEqual(named(f.published, "uptime"), [], status);
    }
  });

  it("of Flink 2.x have numRestarts and the times of the job's states, and no fullRestarts", async () => {
    const f = flinkFixture({ runtime: "FLINK-2_2" });
    await f.minute(0);
    for (const name of ["numRestarts", "runningTime", "restartingTime", "cancellingTime", "failingTime"]) {
      assert.equal(named(f.published, name).length, 1, name);
    }
    assert.equal(named(f.published, "fullRestarts").length, 0);
    assert.equal(highest(f.published, "runningTime"), 60_000);
  });

  it("have KPUs once an hour, the orchestration KPU included", async () => {
    const f = flinkFixture({ parallelism: 3 });
    for (let i = 0; i < 120; i++) await f.minute(0);
    const kpus = named(f.published, "KPUs");
    assert.deepEqual(
      kpus.map((d) => [d.timestamp - kpus[0]!.timestamp, d.value]),
      [
        [0, 4],
        [3_600_000, 4],
      ],
    );
  });

  it("count failed checkpoints cumulatively", async () => {
    const f = flinkFixture();
    for (let i = 0; i < 2; i++) {
      f.flink.stop("app", 30);
      await f.minute(0);
    }
    assert.equal(highest(f.published, "numberOfFailedCheckpoints"), 2);
  });

  it("give a watermark that is behind by the lag", async () => {
    const f = flinkFixture({ parallelism: 1 });
    const end = f.cloud.clock.now() + 60_000;
    await f.minute(80_000);
    assert.equal(highest(f.published, "currentInputWatermark"), end - 15_000 - 1_000);
  });
});

describe("MetricsLevel", () => {
  const levelsOf = async (metricsLevel: string) => {
    const f = flinkFixture({ metricsLevel, parallelism: 2 });
    await f.minute(60_000);
    const busy = named(f.published, "busyTimeMsPerSecond").map((d) => Object.keys(d.dimensions).join());
    const records = named(f.published, "numRecordsIn").map((d) => Object.keys(d.dimensions).join());
    return { busy, records };
  };

  it("APPLICATION has no busy, back-pressured or idle time", async () => {
    assert.deepEqual(await levelsOf("APPLICATION"), { busy: [], records: ["Application"] });
  });

  it("TASK, OPERATOR and PARALLELISM add their level to those above", async () => {
    const task = await levelsOf("TASK");
    assert.deepEqual(task, { busy: ["Application,Task"], records: ["Application", "Application,Task"] });
    const operator = await levelsOf("OPERATOR");
    assert.deepEqual(new Set(operator.records), new Set(["Application", "Application,Task", "Application,Task,Operator"]));
    const { busy } = await levelsOf("PARALLELISM");
    assert.deepEqual(busy, [
      "Application,Task",
      "Application,Task,Operator,Parallelism",
      "Application,Task,Operator,Parallelism",
    ]);
  });

  it("gives a busy time that follows utilisation, and idle the rest of the second", async () => {
    const f = flinkFixture({ metricsLevel: "TASK", parallelism: 2 });
    await f.minute(90_000);
    assert.deepEqual([highest(f.published, "busyTimeMsPerSecond"), highest(f.published, "idleTimeMsPerSecond")], [750, 250]);
  });
});

describe("what the application reads of its stream", () => {
  it("is handed to the stream's metrics while the job runs: records, bytes and iterator age", async () => {
    const reads: unknown[] = [];
    const f = flinkFixture(
      { parallelism: 1 },
      { readStream: (stream, minuteStart, read) => reads.push([stream, minuteStart, read]) },
    );
    const start = f.cloud.clock.now();
    await f.minute(80_000);
    f.scale(2);
    await f.minute(0);
    assert.deepEqual(reads, [["s", start, { records: 60_000, bytes: 30_000_000, iteratorAgeMilliseconds: 15_000 }]]);
  });

  it("carries the consumer's name for enhanced fan-out", async () => {
    const reads: { consumerName?: string }[] = [];
    const f = flinkFixture({ workload: { consumerName: "c" } }, { readStream: (_stream, _start, read) => reads.push(read) });
    await f.minute(10);
    assert.equal(reads[0]!.consumerName, "c");
  });
});
