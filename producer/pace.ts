/** When the record is due that has this event time and was preceded by `index` others, ms since the epoch. */
export type Pace = (eventTime: number, index: number) => number;

/**
 * The distances between event times, so many times smaller. What is out of order is due with what came before it: it was late, too,
 * when it was recorded.
 */
export function paceBySpeedup(start: number, speedup: number): Pace {
  let first: number | undefined;
  let last = start;
  return (eventTime) => {
    first ??= eventTime;
    last = Math.max(last, start + (eventTime - first) / speedup);
    return last;
  };
}

export function paceByRate(start: number, recordsPerSecond: number): Pace {
  return (_eventTime, index) => start + (index * 1_000) / recordsPerSecond;
}
