import type { StackBacktest } from "./playStack";

/** Minutes in which two runs over the same traffic have other counts. */
export interface Parting {
  /** First and last minute. */
  from: number;
  to: number;
  dimension: "stream" | "application";
  /** The largest count of each run in that time. */
  one: number;
  other: number;
  /** What each run said when they parted. */
  words: string[];
}

/** Minutes of agreement that don't end a parting. */
const patience = 10;
/** Minutes before they part in which a run says why it asked. */
const reasonMinutes = 6;

/** Where two runs part, in order of time. */
export function partings(one: StackBacktest, other: StackBacktest): Parting[] {
  const found = [
    ...between("stream", one.stream?.shards, other.stream?.shards),
    ...between("application", one.application?.kpus, other.application?.kpus),
  ];
  const words = (parting: Parting) => [...reasonsOf(one, parting, "this"), ...reasonsOf(other, parting, "against")];
  return found.sort((a, b) => a.from - b.from).map((parting) => ({ ...parting, words: words(parting) }));
}

function between(dimension: Parting["dimension"], one?: Float64Array, other?: Float64Array): Parting[] {
  if (!one || !other) return [];
  const all: Parting[] = [];
  for (let minute = 0; minute < one.length; minute++) {
    if (one[minute] === other[minute]) continue;
    const last = all.at(-1);
    if (last && minute - last.to <= patience) {
      last.to = minute;
      last.one = Math.max(last.one, one[minute]!);
      last.other = Math.max(last.other, other[minute]!);
    } else all.push({ from: minute, to: minute, dimension, one: one[minute]!, other: other[minute]!, words: [] });
  }
  return all;
}

/** What a run asked for just before: the alarm's words, which begin with the dimension's id. */
function reasonsOf({ words }: StackBacktest, { from, dimension }: Parting, whose: string): string[] {
  const of = dimension === "stream" ? "-stream: " : "-flink: ";
  const near = words.filter(({ tick, text }) => tick <= from && tick > from - reasonMinutes && / asked for/.test(text));
  const own = near.filter(({ text }) => text.includes(of));
  return own.slice(-1).map(({ text }) => `${whose}: ${text}`);
}
