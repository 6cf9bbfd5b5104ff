import * as os from "node:os";
import type { JobMinute, TaskTimes } from "../services/flink/jobRunner";
import type { FlinkRest, Json } from "./rest";

/** What a job showed at one time: counters are since it began. */
export interface JobSample extends Omit<JobMinute, "read" | "tasks" | "lagMilliseconds"> {
  /** millisBehindLatest of each shard that a subtask has read, those that ended too. */
  lags: ReadonlyMap<string, number>;
  tasks: readonly TaskSample[];
}

export interface TaskSample {
  name: string;
  isSource: boolean;
  recordsIn: number;
  recordsOut: number;
  lateRecords: number;
  subtasks: readonly TaskTimes[];
}

const jobMetrics = ["numRestarts", "lastCheckpointSize", "lastCheckpointDuration", "numberOfFailedCheckpoints"];
/** Of the serial collector, which the cluster runs with. */
const oldGeneration = "Status.JVM.GarbageCollector.MarkSweepCompact";
const processMetrics = [
  "Status.JVM.CPU.Load",
  "Status.JVM.Memory.Heap.Used",
  "Status.JVM.Memory.Heap.Max",
  "Status.JVM.Threads.Count",
  `${oldGeneration}.Count`,
  `${oldGeneration}.Time`,
];

/** Values by metric; a task's are "3.busyTimeMsPerSecond", "3.operator.name" with the subtask's number. */
type Values = ReadonlyMap<string, number>;

/** Asks Flink's REST for all that Managed Flink would publish. */
export async function sampleJob(rest: FlinkRest, id: string): Promise<JobSample> {
  const [job, figures, process] = await Promise.all([
    rest.get(`/jobs/${id}`),
    values(rest, `/jobs/${id}/metrics`, jobMetrics),
    processValues(rest),
  ]);
  const vertices: Json[] = job.vertices;
  const perVertex = await Promise.all(vertices.map((vertex) => vertexValues(rest, id, vertex.id)));
  const named = (pattern: RegExp) => perVertex.flatMap((all) => [...all].flatMap(([name, v]) => (pattern.test(name) ? v : [])));
  return {
    runs: job.state === "RUNNING" && vertices.every(({ status }) => status === "RUNNING"),
    lags: new Map(perVertex.flatMap((all) => [...all].filter(([name, ms]) => name.endsWith(".millisBehindLatest") && ms >= 0))),
    ...process,
    restarts: figures.get("numRestarts") ?? 0,
    checkpoints: {
      lastBytes: Math.max(0, figures.get("lastCheckpointSize") ?? 0),
      lastMs: Math.max(0, figures.get("lastCheckpointDuration") ?? 0),
      failed: figures.get("numberOfFailedCheckpoints") ?? 0,
    },
    inputWatermark: lowest(named(/^\d+\.currentInputWatermark$/).filter(isTime)),
    outputWatermark: lowest(named(/\.currentOutputWatermark$/).filter(isTime)),
    tasks: vertices.map((vertex, i) => taskOf(vertex, perVertex[i]!)),
  };
}

function taskOf({ name, parallelism, metrics }: Json, found: Values): TaskSample {
  const time = (subtask: number, kind: string) => found.get(`${subtask}.${kind}TimeMsPerSecond`) ?? 0;
  return {
    // As Managed Flink's dimensions have it.
    name: String(name).replaceAll(" ", "_"),
    isSource: /^Source:/.test(name),
    recordsIn: metrics["read-records"],
    recordsOut: metrics["write-records"],
    lateRecords: [...found].reduce((sum, [id, count]) => sum + (id.endsWith(".numLateRecordsDropped") ? count : 0), 0),
    subtasks: Array.from({ length: parallelism }, (_, i) => ({
      busy: time(i, "busy"),
      backPressured: time(i, "backPressured"),
      idle: time(i, "idle"),
    })),
  };
}

/** Before the first record a watermark is the smallest long. */
const isTime = (ms: number) => ms > 0 && ms < 2 ** 53;
const lowest = (all: readonly number[]) => (all.length === 0 ? undefined : Math.min(...all));

const wanted = /(TimeMsPerSecond|millisBehindLatest|current(Input|Output)Watermark|numLateRecordsDropped)$/;

async function vertexValues(rest: FlinkRest, job: string, vertex: string): Promise<Values> {
  const path = `/jobs/${job}/vertices/${vertex}/metrics`;
  const all: { id: string }[] = await rest.get(path);
  return values(
    rest,
    path,
    all.map(({ id }) => id).filter((id) => wanted.test(id)),
  );
}

/** An address has a length that servers take: names go in several calls. */
const namesPerCall = 40;

async function values(rest: FlinkRest, path: string, names: readonly string[]): Promise<Values> {
  const found = new Map<string, number>();
  for (let at = 0; at < names.length; at += namesPerCall) {
    const asked = names.slice(at, at + namesPerCall).map(encodeURIComponent);
    const answer: { id: string; value: string }[] = await rest.get(`${path}?get=${asked.join(",")}`);
    for (const { id, value } of answer) if (Number.isFinite(Number(value))) found.set(id, Number(value));
  }
  return found;
}

async function processValues(rest: FlinkRest) {
  const { taskmanagers } = await rest.get("/taskmanagers");
  const found = taskmanagers[0] ? await values(rest, `/taskmanagers/${taskmanagers[0].id}/metrics`, processMetrics) : new Map();
  const heapMost = found.get("Status.JVM.Memory.Heap.Max") ?? 0;
  return {
    cpuCores: (found.get("Status.JVM.CPU.Load") ?? 0) * os.availableParallelism(),
    heapPercent: heapMost > 0 ? (100 * (found.get("Status.JVM.Memory.Heap.Used") ?? 0)) / heapMost : 0,
    threads: found.get("Status.JVM.Threads.Count") ?? 0,
    oldGenerationCollections: found.get(`${oldGeneration}.Count`) ?? 0,
    oldGenerationMs: found.get(`${oldGeneration}.Time`) ?? 0,
  };
}
