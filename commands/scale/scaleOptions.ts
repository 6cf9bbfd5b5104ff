import { helpText, readCommandLine, refuse, type Parsed, type Syntax } from "../options";
import { placeOptions, type PlaceOptions } from "../placeOptions";
import { parseBy, parseTo, type Amount } from "./amount";

/** What `npm run scale -- ...` was asked for. */
export interface ScaleOptions extends PlaceOptions {
  kind: "stream" | "flink";
  amount: Amount;
  /** The scaling API's URL with stage; undefined: looked up. */
  endpoint?: string;
  dryRun: boolean;
  yes: boolean;
  /** Ends when the change is accepted. */
  noWait: boolean;
}

const syntax: Syntax = {
  command: "npm run scale -- stream|flink --by N|P% | --to N [options]",
  options: {
    by: {
      argument: "N|P%",
      meaning: "more or fewer shards or KPUs: 2, -2, or a percent of the fleet: 25%, -25%",
      parse: parseBy,
    },
    to: { argument: "N", meaning: "exactly so many", parse: parseTo },
    "dry-run": { meaning: "say what would be done, change nothing" },
    yes: { meaning: "don't ask" },
    "no-wait": { meaning: "don't follow the change to its end" },
    ...placeOptions,
    endpoint: { argument: "URL", meaning: "the stack's output `endpoint`, if it can't be looked up", parse: parseEndpoint },
    help: { meaning: "this text" },
  },
};

export const scaleHelp = helpText(syntax, [
  "Scales the stream's shards or the application's KPUs by hand, through the same endpoint and rules as the scaling policies,",
  "which go on afterwards. Example: npm run scale -- stream --by 25% --dry-run",
]);

/**
 * @param args the command line after the script's name.
 * @returns "help" when that was asked for.
 * @throws InputError "OptionsError" that lists every problem.
 */
export function parseScaleOptions(args: readonly string[]): ScaleOptions | "help" {
  const { values, positionals, problems } = readCommandLine(args, syntax);
  if (values.help) return "help";
  const [kind, ...more] = positionals;
  if (kind === undefined) problems.push("say what to scale: stream or flink");
  else if (kind !== "stream" && kind !== "flink") problems.push(`"${kind}" can't be scaled: it must be stream or flink`);
  for (const extra of more)
    problems.push(`unexpected argument "${extra}"${/^[+-]?\d/.test(extra) ? "; numbers follow --by or --to" : ""}`);
  const wrongAlready = problems.some((problem) => /^--(by|to) /.test(problem));
  if (values.by && values.to) problems.push("--by and --to exclude each other");
  if (!values.by && !values.to && !wrongAlready) problems.push("say how far: --by N, --by P% or --to N");
  if (values.endpoint && values.sandbox) problems.push("--endpoint is for AWS; the sandbox's is found by itself");
  refuse(problems, syntax);
  const { stack, pipeline, sandbox, region, endpoint } = values as PlaceOptions & { endpoint?: string };
  return {
    ...{ stack, pipeline, sandbox, region, endpoint },
    kind: kind as ScaleOptions["kind"],
    amount: (values.by ?? values.to) as Amount,
    dryRun: values["dry-run"] === true,
    yes: values.yes === true,
    noWait: values["no-wait"] === true,
  };
}

/** Region of a scaling API's URL, or undefined when it isn't one. */
export function endpointRegion(url: string): string | undefined {
  return /^https:\/\/[a-z0-9-]+\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/[\w-]+$/.exec(url)?.[1];
}

function parseEndpoint(text: string): Parsed {
  const value = text.replace(/\/+$/, "");
  return endpointRegion(value)
    ? { value }
    : { wrong: "must be https://{api}.execute-api.{region}.amazonaws.com/{stage} (pulumi stack output endpoint)" };
}
