import type { JobMinute } from "../services/flink/jobRunner";
import type { JobSample, TaskSample } from "./measure";

/** Turns samples of an application's jobs, one after the other, into what happened since somebody last asked. */
export interface Counted {
  /** @param job its id: another one's counters begin at 0. @param now ms of the machine; monotonic. */
  add(job: string, sample: JobSample, now: number): void;
  /** The job is gone: it shows nothing, and what it read until then is told with the next one's. */
  end(): void;
  take(): JobMinute | undefined;
}

/** Counters that begin again at 0 with a job, and with a restart of its tasks. */
interface TaskCounters {
  recordsIn: number;
  recordsOut: number;
  lateRecords: number;
}

const nothing: TaskCounters = { recordsIn: 0, recordsOut: 0, lateRecords: 0 };

/** What a counter went up by; one that is below what it was began again. */
const growth = (before: number, now: number) => (now >= before ? now - before : now);

/** Flink's REST keeps the last value of a metric that is gone: a shard that ended. One that is read changes all the time, or is 0. */
const staleMs = 10_000;

/** Tells the lag of the shards that are read. */
function freshLag(): (lags: ReadonlyMap<string, number>, now: number) => number | undefined {
  let seen = new Map<string, { ms: number; since: number }>();
  return (lags, now) => {
    const before = seen;
    seen = new Map(
      [...lags].map(([shard, ms]) => {
        const last = before.get(shard);
        return [shard, last?.ms === ms ? last : { ms, since: now }];
      }),
    );
    const fresh = [...seen.values()].filter(({ ms, since }) => ms === 0 || now - since < staleMs);
    return fresh.length === 0 ? undefined : Math.max(...fresh.map(({ ms }) => ms));
  };
}

export function counted(): Counted {
  let job = "";
  let read = 0;
  let before = new Map<string, TaskCounters>();
  let sums = new Map<string, TaskCounters>();
  let latest: JobSample | undefined;
  let lagOf = freshLag();
  let lagMilliseconds: number | undefined;
  const add = (task: TaskSample) => {
    const last = before.get(task.name) ?? nothing;
    const sum = sums.get(task.name) ?? nothing;
    const more = {
      recordsIn: growth(last.recordsIn, task.recordsIn),
      recordsOut: growth(last.recordsOut, task.recordsOut),
      lateRecords: growth(last.lateRecords, task.lateRecords),
    };
    if (task.isSource) read += more.recordsOut;
    sums.set(task.name, {
      recordsIn: sum.recordsIn + more.recordsIn,
      recordsOut: sum.recordsOut + more.recordsOut,
      lateRecords: sum.lateRecords + more.lateRecords,
    });
  };
  return {
    add(id, sample, now) {
      if (id !== job) {
        before = new Map();
        lagOf = freshLag();
      }
      lagMilliseconds = lagOf(sample.lags, now);
      job = id;
      latest = sample;
      sample.tasks.forEach(add);
      before = new Map(sample.tasks.map((task) => [task.name, task]));
    },
    end() {
      latest = undefined;
    },
    take() {
      if (!latest) return undefined;
      const { tasks, lags: _lags, ...figures } = latest;
      const minute = {
        ...figures,
        lagMilliseconds,
        read,
        tasks: tasks.map((task) => ({ ...task, ...nothing, ...sums.get(task.name) })),
      };
      sums = new Map();
      read = 0;
      return minute;
    },
  };
}
