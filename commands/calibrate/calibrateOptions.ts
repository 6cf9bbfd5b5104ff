import { parseLast } from "../lastOption";
import { helpText, readCommandLine, refuse, type Syntax } from "../options";
import { placeOptions, type PlaceOptions } from "../placeOptions";

/** What `npm run calibrate -- ...` was asked for. */
export interface CalibrateOptions extends PlaceOptions {
  /** Minutes to look back. */
  lastMinutes: number;
  json: boolean;
}

const syntax: Syntax = {
  command: "npm run calibrate -- [options]",
  options: {
    last: { argument: "TIME", meaning: "how far to look back: 30m, 3h or 7d (3h)", parse: parseLast },
    json: { meaning: "as JSON, one object" },
    ...placeOptions,
    help: { meaning: "this text" },
  },
};

export const calibrateHelp = helpText(syntax, [
  "Estimates recordsPerKpuPerMinute of the application from its own metrics: what it read in a minute, over the busy time of its busiest",
  "task (from metricsLevel TASK on) or else over its CPU. Best under load: the nearer to full, the surer. Changes nothing.",
]);

/**
 * @param args the command line after the script's name.
 * @returns "help" when that was asked for.
 * @throws InputError "OptionsError" that lists every problem.
 */
export function parseCalibrateOptions(args: readonly string[]): CalibrateOptions | "help" {
  const { values, positionals, problems } = readCommandLine(args, syntax);
  if (values.help) return "help";
  for (const extra of positionals) problems.push(`unexpected argument "${extra}"`);
  refuse(problems, syntax);
  const { stack, pipeline, sandbox, region, last = 180 } = values as PlaceOptions & { last?: number };
  return { stack, pipeline, sandbox, region, lastMinutes: last, json: values.json === true };
}
