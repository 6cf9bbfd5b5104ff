import { minute } from "./core/clock";

/** Recognises what is said again: a trouble of every minute is one trouble. */
export interface Repetition<T> {
  /** What was noted when the same was said about `who`; saying it again keeps it known. */
  again(who: string, words: string, time: number): T | undefined;
  note(who: string, words: string, time: number, what: T): void;
  /** The trouble with `who` is over: the same words are news from now on. */
  over(who: string): void;
}

/** Without a repetition for so long the same words are news: the scaler tells of a lasting trouble every minute. */
const forgottenAfter = 10 * minute;

export function createRepetition<T>(): Repetition<T> {
  const known = new Map<string, Map<string, { time: number; what: T }>>();
  const about = (who: string, time: number) => {
    const said = known.get(who) ?? new Map<string, { time: number; what: T }>();
    for (const [words, { time: last }] of said) if (time - last > forgottenAfter) said.delete(words);
    known.set(who, said);
    return said;
  };
  return {
    again(who, words, time) {
      const before = about(who, time).get(alike(words));
      if (before) before.time = time;
      return before?.what;
    },
    note: (who, words, time, what) => void about(who, time).set(alike(words), { time, what }),
    over: (who) => void known.delete(who),
  };
}

/** Times, counts and request ids differ from one minute to the next. */
function alike(words: string): string {
  return words.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+/gi, "#");
}
