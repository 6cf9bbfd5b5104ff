import { isDeepStrictEqual } from "node:util";
import type { EffectivePipeline, EffectiveStack } from "./effectiveStack";

type Pair<T> = [one: T, other: T];

/** What two stacks don't have in common, each with the one's and the other's. */
export interface Differences {
  stacks: Pair<string>;
  /** Undefined: both are in the same. */
  regions?: Pair<string>;
  pipelines: PipelineDifferences[];
  /** Pipelines that only one of them has. */
  alone: Pair<string[]>;
}

export interface PipelineDifferences {
  /** Undefined: a stack that is compared is one pipeline. */
  name?: string;
  keys: { key: string; values: Pair<unknown> }[];
  scaling: { dimension: "stream" | "application"; name: string; words: Pair<string | undefined> }[];
}

export function differences(one: EffectiveStack, other: EffectiveStack): Differences {
  const pairs = pairsOf(one.pipelines, other.pipelines);
  const paired = pairs.flat();
  const alone = ({ pipelines }: EffectiveStack) =>
    pipelines.filter((each) => !paired.includes(each)).flatMap(({ name }) => name ?? []);
  return {
    stacks: [one.stack, other.stack],
    ...(one.region === other.region ? {} : { regions: [one.region, other.region] }),
    pipelines: pairs.map(([mine, theirs]) => pipelineDifferences(mine, theirs)),
    alone: [alone(one), alone(other)],
  };
}

/** Those of the same name; one pipeline in each goes together whatever their names. */
function pairsOf(ones: readonly EffectivePipeline[], others: readonly EffectivePipeline[]): Pair<EffectivePipeline>[] {
  if (ones.length === 1 && others.length === 1) return [[ones[0]!, others[0]!]];
  return ones.flatMap((one) =>
    others.filter(({ name }) => name === one.name).map((other): Pair<EffectivePipeline> => [one, other]),
  );
}

function pipelineDifferences(one: EffectivePipeline, other: EffectivePipeline): PipelineDifferences {
  const [values, others] = [valuesOf(one), valuesOf(other)];
  return {
    ...(one.name === other.name ? { name: one.name } : {}),
    keys: different(values, others).map((key) => ({ key, values: [values[key], others[key]] })),
    scaling: (["stream", "application"] as const).flatMap((dimension) => {
      const [words, theirs] = [one.scaling[dimension], other.scaling[dimension]];
      return different(words, theirs).map((name) => ({ dimension, name, words: [words[name], theirs[name]] as Pair<string> }));
    }),
  };
}

function valuesOf({ sections }: EffectivePipeline): Record<string, unknown> {
  const keys = sections.flatMap((section) => section.keys);
  return Object.fromEntries(keys.map(({ key, value }) => [key, value]));
}

/** Names of what is different, or in one of them alone. */
function different(one: Record<string, unknown>, other: Record<string, unknown>): string[] {
  return Object.keys({ ...one, ...other }).filter((name) => !isDeepStrictEqual(one[name], other[name]));
}
