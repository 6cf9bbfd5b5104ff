import { dimensionId } from "../../scaler/names";
import { explainScaling } from "../../explanation/explain";
import { identitiesOf, requireDimensions, stackOf, unknownDimension } from "../dimensions";
import { timeOf } from "../logGroup";
import { explained, placeOf, placeWords } from "../place";
import type { Terminal } from "../terminal";
import { collect } from "./collect";
import type { ExplainOptions } from "./explainOptions";
import { printExplanations, summaryOf } from "./print";

const minute = 60_000;

/** `npm run explain`. @returns the exit code. @throws InputError, CommandError for the user. */
export async function explain(options: ExplainOptions, terminal: Terminal, environment: NodeJS.ProcessEnv): Promise<number> {
  const place = placeOf(options, environment);
  const all = await requireDimensions(place);
  const stack = stackOf(place, options.stack, all);
  const kinds = options.kind ? [options.kind] : (["stream", "flink"] as const);
  const identities = identitiesOf(stack, options.pipeline, all);
  const ids = identities.flatMap((identity) => kinds.map((kind) => dimensionId(identity, kind)));
  const dimensions = all.filter(({ id }) => ids.includes(id));
  if (dimensions.length === 0) throw unknownDimension(place, ids[0] ?? stack, all);

  const to = await timeOf(place, stack, terminal.now).catch((error: unknown) => {
    throw explained(error, place, "Reading the scaler's log");
  });
  const from = to - options.lastMinutes * minute;
  const explanations = explainScaling(await collect(place, { stack, dimensions, from, to }), from, to);
  if (options.json) {
    terminal.write(JSON.stringify(explanations.map(readable)));
    return 0;
  }
  terminal.write(placeWords(place, stack, dimensions[0]?.account));
  terminal.write(`${stamp(from)} to ${stamp(to)} UTC: ${summaryOf(explanations)}`);
  if (explanations.length > 0) terminal.write(`\n${printExplanations(explanations, stack, terminal.width)}`);
  return 0;
}

const stamp = (time: number) => new Date(time).toISOString().slice(0, 16).replace("T", " ");

/** Times as ISO 8601. */
function readable({ time, end, steps, ...rest }: ReturnType<typeof explainScaling>[number]) {
  const iso = (at: number) => new Date(at).toISOString();
  return {
    ...{ time: iso(time), end: end === undefined ? undefined : iso(end), ...rest },
    steps: steps.map((step) => ({ time: iso(step.time), text: step.text })),
  };
}
