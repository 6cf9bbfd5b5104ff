import { minute } from "../../core/clock";

/** Records that arrived in one minute, evenly spread over it. */
interface Arrivals {
  start: number;
  records: number;
  left: number;
}

/** Unread records, first in, first out. */
export interface Backlog {
  add(minuteStart: number, records: number): void;
  /** Takes up to `most` records, oldest first; returns how many there were. */
  take(most: number): number;
  /** Unread records. */
  total(): number;
  /** Age in ms, at `time`, of the oldest unread record; 0 if there is none. */
  age(time: number): number;
  /** Drops what arrived before `time` (the stream's retention); returns how many. */
  expire(time: number): number;
}

/** What is left of a record count by float rounding. */
const negligible = 1e-6;

export function emptyBacklog(): Backlog {
  let queue: Arrivals[] = [];
  let head = 0;
  let total = 0;

  const dropHead = () => {
    total -= queue[head]!.left;
    head++;
    if (head === queue.length) {
      queue = [];
      head = 0;
      total = 0;
    } else if (head > 1_024 && head * 2 > queue.length) {
      queue = queue.slice(head);
      head = 0;
    }
  };

  return {
    add(minuteStart, records) {
      if (!(records > 0)) return;
      queue.push({ start: minuteStart, records, left: records });
      total += records;
    },
    take(most) {
      let rest = most;
      while (rest > 0 && head < queue.length) {
        const oldest = queue[head]!;
        if (oldest.left > rest + negligible) {
          oldest.left -= rest;
          total -= rest;
          return most;
        }
        rest -= Math.min(rest, oldest.left);
        dropHead();
      }
      return most - rest;
    },
    total: () => total,
    age(time) {
      const oldest = queue[head];
      if (!oldest) return 0;
      return Math.max(0, time - (oldest.start + minute * (1 - oldest.left / oldest.records)));
    },
    expire(time) {
      let gone = 0;
      while (head < queue.length && queue[head]!.start + minute <= time) {
        gone += queue[head]!.left;
        dropHead();
      }
      return gone;
    },
  };
}
