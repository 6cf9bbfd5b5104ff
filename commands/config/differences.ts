import { isDeepStrictEqual } from "node:util";
import type { EffectiveStack } from "./effectiveStack";

/** What two stacks don't have in common, each with the one's and the other's. */
export interface Differences {
  stacks: Pair<string>;
  keys: { key: string; values: Pair<unknown> }[];
  scaling: { dimension: "stream" | "application"; name: string; words: Pair<string | undefined> }[];
}

type Pair<T> = [one: T, other: T];

export function differences(one: EffectiveStack, other: EffectiveStack): Differences {
  const [values, others] = [valuesOf(one), valuesOf(other)];
  return {
    stacks: [one.stack, other.stack],
    keys: different(values, others).map((key) => ({ key, values: [values[key], others[key]] })),
    scaling: (["stream", "application"] as const).flatMap((dimension) => {
      const [words, theirs] = [one.scaling[dimension], other.scaling[dimension]];
      return different(words, theirs).map((name) => ({ dimension, name, words: [words[name], theirs[name]] as Pair<string> }));
    }),
  };
}

function valuesOf({ region, sections }: EffectiveStack): Record<string, unknown> {
  const keys = sections.flatMap((section) => section.keys);
  return { "aws:region": region, ...Object.fromEntries(keys.map(({ key, value }) => [key, value])) };
}

/** Names of what is different, or in one of them alone. */
function different(one: Record<string, unknown>, other: Record<string, unknown>): string[] {
  return Object.keys({ ...one, ...other }).filter((name) => !isDeepStrictEqual(one[name], other[name]));
}
