const minute = 60_000;

/**
 * The workload model's ticks of 60 s from samples of any step, the first tick beginning at the first sample.
 *
 * A coarser trace (intervals of a minute or longer) is interpolated linearly between the starts of its intervals and read at the
 * start of each minute; the last value holds for its interval. A finer one is averaged over the minute, weighted by time. Where
 * a trace has both, a minute that touches a finer interval is averaged, the coarser part at its interpolated value.
 * A partial last minute is dropped. A single sample lasts a minute.
 *
 * @param starts ms since the epoch, ascending. @param rates mean records/s from each start to the next.
 * @returns mean records/s of each minute.
 */
export function toMinutes(starts: Float64Array, rates: Float64Array): Float64Array {
  const count = starts.length;
  const first = starts[0] ?? 0;
  const lengths = Float64Array.from(starts, (start, i) => intervalLength(starts, i, start));
  const end = count === 0 ? first : (starts[count - 1] ?? 0) + (lengths[count - 1] ?? 0);
  const minutes = new Float64Array(Math.floor((end - first) / minute));
  let begins = 0;
  for (let i = 0; i < minutes.length; i++) {
    const from = first + i * minute;
    while (begins + 1 < count && (starts[begins + 1] ?? Infinity) <= from) begins++;
    minutes[i] = minuteRate({ starts, rates, lengths }, begins, from);
  }
  return minutes;
}

interface Samples {
  starts: Float64Array;
  rates: Float64Array;
  lengths: Float64Array;
}

function intervalLength(starts: Float64Array, i: number, start: number): number {
  const next = starts[i + 1];
  if (next !== undefined) return next - start;
  const previous = starts[i - 1];
  return previous === undefined ? minute : start - previous;
}

/** @param begins index of the interval in which the minute starts. */
function minuteRate(samples: Samples, begins: number, from: number): number {
  const { starts, lengths } = samples;
  const to = from + minute;
  let finer = false;
  let ends = begins;
  for (; ends < starts.length && (starts[ends] ?? Infinity) < to; ends++) finer ||= (lengths[ends] ?? 0) < minute;
  if (!finer) return interpolated(samples, begins, from);
  let sum = 0;
  for (let k = begins; k < ends; k++) {
    const start = Math.max(starts[k] ?? 0, from);
    const stop = Math.min((starts[k] ?? 0) + (lengths[k] ?? 0), to);
    const value = (lengths[k] ?? 0) < minute ? (samples.rates[k] ?? 0) : interpolated(samples, k, (start + stop) / 2);
    sum += value * (stop - start);
  }
  return sum / minute;
}

function interpolated({ starts, rates, lengths }: Samples, k: number, at: number): number {
  const rate = rates[k] ?? 0;
  const next = rates[k + 1];
  return next === undefined ? rate : rate + ((next - rate) * (at - (starts[k] ?? 0))) / (lengths[k] ?? 1);
}
