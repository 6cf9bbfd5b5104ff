import { parseLast } from "../lastOption";
import { helpText, readCommandLine, refuse, type Syntax } from "../options";
import { placeOptions, type PlaceOptions } from "../placeOptions";

/** What `npm run explain -- ...` was asked for. */
export interface ExplainOptions extends PlaceOptions {
  /** Minutes to look back. */
  lastMinutes: number;
  kind?: "stream" | "flink";
  json: boolean;
}

const syntax: Syntax = {
  command: "npm run explain -- [stream|flink] [options]",
  options: {
    last: { argument: "TIME", meaning: "how far to look back: 30m, 1h or 7d (1h)", parse: parseLast },
    json: { meaning: "as JSON, one list" },
    ...placeOptions,
    help: { meaning: "this text" },
  },
};

export const explainHelp = helpText(syntax, [
  "Tells for each scaling, and for each one that did not happen: which signal, which threshold, which rule, what came of it.",
  "Reads the scaler's log, the alarms' history and the scaling activities. Example: npm run explain -- --last 6h stream",
]);

/**
 * @param args the command line after the script's name.
 * @returns "help" when that was asked for.
 * @throws InputError "OptionsError" that lists every problem.
 */
export function parseExplainOptions(args: readonly string[]): ExplainOptions | "help" {
  const { values, positionals, problems } = readCommandLine(args, syntax);
  if (values.help) return "help";
  const [kind, ...more] = positionals;
  if (kind !== undefined && kind !== "stream" && kind !== "flink")
    problems.push(`"${kind}" is not a dimension: it must be stream or flink, or left out for both`);
  for (const extra of more) problems.push(`unexpected argument "${extra}"`);
  refuse(problems, syntax);
  const { stack, pipeline, sandbox, region, last = 60 } = values as PlaceOptions & { last?: number };
  return {
    ...{ stack, pipeline, sandbox, region },
    lastMinutes: last,
    kind: kind as ExplainOptions["kind"],
    json: values.json === true,
  };
}
