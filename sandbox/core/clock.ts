import { Heap } from "heap-js";

export const second = 1_000;
export const minute = 60_000;
export const hour = 3_600_000;
export const day = 86_400_000;

/** Order of what happens at one instant. Within a phase: first scheduled, first run. */
export enum Phase {
  /** The minute that ended is accounted with what served during it: records, backlog, the services' metrics. */
  Traffic,
  /** Changes that are due complete (resharding, restarts) and serve the minute that begins. */
  Complete,
  /** EventBridge schedules, API polls and everything that calls the Lambda. */
  Invoke,
  /** CloudWatch evaluates alarms; their actions run. */
  Alarms,
  /** Observers: terminal, page, reports. */
  Observe,
}

type Task = () => void | Promise<void>;

interface Entry {
  time: number;
  phase: Phase;
  order: number;
  task: Task;
  cancelled: boolean;
}

/** Virtual time: a queue of events in the order (time, phase, insertion). Nothing here reads the machine's clock. */
export interface Clock {
  /** Now, in ms since the epoch. */
  now(): number;
  /** Runs `task` at `time` (at once if that is past). Returns a function that cancels it. */
  at(time: number, phase: Phase, task: Task): () => void;
  /** Runs `task` at every full minute from the next one on. */
  everyMinute(phase: Phase, task: Task): () => void;
  /** Runs everything due up to and including `time`, awaiting each task, and leaves now() there. */
  advanceTo(time: number): Promise<void>;
  /**
   * The time by which requests a second are counted, ms: now(), and while virtual time waits or stands still also the machine's time
   * that stand() told of, else a client's next try would be the same instant for ever. It never goes back.
   */
  rateTime(): number;
  /** The machine's time went on by so many ms while this clock did not. */
  stand(milliseconds: number): void;
}

export function virtualClock(start: number): Clock {
  let now = start;
  /** How far rateTime() is ahead of now(): what passes here is made up for. */
  let ahead = 0;
  let order = 0;
  const queue = new Heap<Entry>((a, b) => a.time - b.time || a.phase - b.phase || a.order - b.order);

  const at = (time: number, phase: Phase, task: Task) => {
    const entry = { time: Math.max(time, now), phase, order: order++, task, cancelled: false };
    queue.push(entry);
    return () => {
      entry.cancelled = true;
    };
  };

  const everyMinute = (phase: Phase, task: Task) => {
    let cancelled = false;
    const schedule = () => at((Math.floor(now / minute) + 1) * minute, phase, run);
    const run = async () => {
      if (cancelled) return;
      schedule();
      await task();
    };
    schedule();
    return () => {
      cancelled = true;
    };
  };

  const moveTo = (time: number) => {
    ahead = Math.max(0, ahead - (time - now));
    now = time;
  };

  const advanceTo = async (time: number) => {
    for (let next = queue.peek(); next && next.time <= time; next = queue.peek()) {
      queue.pop();
      if (next.cancelled) continue;
      moveTo(next.time);
      const running = next.task();
      if (running) await running;
    }
    moveTo(Math.max(now, time));
  };

  return { now: () => now, at, everyMinute, advanceTo, rateTime: () => now + ahead, stand: (ms) => void (ahead += ms) };
}
