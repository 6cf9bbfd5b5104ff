import { lines } from "../wrapped";
import type { EffectiveKey, EffectivePipeline, EffectiveStack } from "./effectiveStack";
import { dimensions, isNarrow, keyColumns, nameColumns, row, shown, titles } from "./layout";

/** The keys by their sections, and what follows from them; of several pipelines what they have in common, and then each by itself. */
export function printStack({ stack, region, pipelines, notes }: EffectiveStack, width: number): string {
  const [first] = pipelines;
  const all = pipelines.map((pipeline) => new Set(keysOf(pipeline).map((key) => JSON.stringify(key))));
  const common = (key: EffectiveKey) => all.every((keys) => keys.has(JSON.stringify(key)));
  const only = pipelines.length === 1 && first?.name !== undefined ? `pipeline ${first.name}, ` : "";
  return [
    `Stack ${stack}, ${only}region ${region}`,
    ...(first?.sections ?? []).flatMap(({ title, keys }) => keyRows(title, keys.filter(common), width)),
    ...pipelines.flatMap((pipeline) => [
      ...(pipelines.length === 1 ? [] : ["", "", `Pipeline ${pipeline.name}`]),
      ...keyRows(
        "Of its own",
        keysOf(pipeline).filter((key) => !common(key)),
        width,
      ),
      "",
      ...lines("What follows (the output `scaling`)", width),
      ...scalingRows(pipeline, width),
    ]),
    ...notes.flatMap((note) => ["", ...lines(note, width)]),
  ].join("\n");
}

const keysOf = ({ sections }: EffectivePipeline) => sections.flatMap(({ keys }) => keys);

function keyRows(title: string, keys: readonly EffectiveKey[], width: number): string[] {
  if (keys.length === 0) return [];
  return ["", ...lines(title, width), ...keys.flatMap((key) => row(key.key, keyColumns, keyWords(key, width), width))];
}

function keyWords({ value, from, fallback }: EffectiveKey, width: number): string {
  const instead = from === "default" ? "" : ` (default ${shown(fallback)})`;
  return `${isNarrow(width) ? `${shown(value)}, ` : `${shown(value).padEnd(18)}  `}${from}${instead}`;
}

function scalingRows({ scaling }: EffectivePipeline, width: number): string[] {
  return dimensions.flatMap((dimension) => [
    "",
    titles[dimension],
    ...Object.entries(scaling[dimension]).flatMap(([name, words]) => row(name, nameColumns, words, width)),
  ]);
}
