import { bounds } from "../../scaler/decide/desired";
import type { Stored } from "../../scaler/aws/parameters";
import type { DimensionAnswer } from "../../scaler/types";
import { commandError } from "../commandError";
import { timeOf } from "../logGroup";
import { placeOf, placeWords, type Place } from "../place";
import { stackSettings } from "../stackSettings";
import type { Terminal } from "../terminal";
import { amountWords, capacityAsked } from "./amount";
import { findTarget, type Target } from "./endpoint";
import { follow } from "./follow";
import { outlookFromAnswer, outlookOf, type Outlook } from "./outlook";
import { endpointRegion, type ScaleOptions } from "./scaleOptions";
import { scalingApi } from "./scalingApi";
import { readDimension } from "./storedDimension";
import { readOnDemand } from "./streamMode";

/** Milliseconds between two looks at a change. A sandbox's minutes pass in a fraction of a second. */
const pollMs = { aws: 10_000, sandbox: 250 };

/**
 * `npm run scale`: says what it will do, asks, asks the scaling API for the capacity, and follows the change.
 * @returns the exit code: 0 done, accepted or nothing to do; 1 refused, failed or replaced.
 * @throws InputError, CommandError for the user.
 */
export async function scale(options: ScaleOptions, terminal: Terminal, environment: NodeJS.ProcessEnv): Promise<number> {
  const region = options.region ?? (options.endpoint && endpointRegion(options.endpoint));
  const place = placeOf({ ...options, region }, environment);
  const target = await findTarget(place, options);
  const { stack, dimension } = target;
  const api = scalingApi(place, dimension.resourceId);
  const [answer, stored] = await Promise.all([api.get(), readDimension(place, stack, dimension.id)]);
  const requested = capacityAsked(options.amount, answer.desiredCapacity);
  const onDemand = options.kind === "stream" ? await readOnDemand(place, answer.resourceName) : undefined;
  const { restartSeconds } = stackSettings(stack, options.pipeline);
  const outlook = stored
    ? outlookOf(stored, requested, await timeOf(place, stack, terminal.now), { restartSeconds, onDemand })
    : outlookFromAnswer(options.kind, answer, requested, onDemand);
  terminal.write(describe(place, target, options, { answer, stored, outlook }));

  const observes = stored?.config.mode === "observe";
  const { desired } = outlook;
  if (desired === undefined) return 1;
  if (desired === answer.desiredCapacity && answer.scalingStatus === "Successful") {
    terminal.write(`Nothing to do: ${desired} ${unitOf(options.kind)} are ${observes ? "asked for" : "there"} already.`);
    return 0;
  }
  if (options.dryRun) {
    terminal.write("Dry run: nothing was changed.");
    return 0;
  }
  if (!(await confirmed(place, options, terminal))) return 1;

  const accepted = await api.patch(requested);
  if (accepted.scalingStatus !== "Failed")
    terminal.write(`Accepted: ${accepted.desiredCapacity} ${unitOf(options.kind)} are desired.`);
  if (observes) {
    terminal.write("Observe mode: the scaler notes what it would do, and changes nothing.");
    return 0;
  }
  if (options.noWait && accepted.scalingStatus !== "Failed") return 0;
  const outcome = await follow(
    {
      api,
      desired: accepted.desiredCapacity,
      unit: unitOf(options.kind),
      write: terminal.write,
      pause: () => terminal.pause(place.sandbox === undefined ? pollMs.aws : pollMs.sandbox),
    },
    accepted,
  );
  return outcome === "reached" || outcome === "waiting" ? 0 : 1;
}

async function confirmed({ sandbox }: Place, { yes }: ScaleOptions, terminal: Terminal): Promise<boolean> {
  if (yes) return true;
  if (terminal.asks) {
    if (/^y(es)?$/i.test((await terminal.ask("Do it? [y/N] ")).trim())) return true;
    terminal.write("Nothing was changed.");
    return false;
  }
  if (sandbox !== undefined) return true;
  throw commandError("Nothing was changed: there is no terminal to ask on. Add --yes, or --dry-run to only look.");
}

interface Described {
  answer: DimensionAnswer;
  stored?: Stored;
  outlook: Outlook;
}

function describe(place: Place, { stack, dimension }: Target, options: ScaleOptions, described: Described): string {
  const { answer, stored, outlook } = described;
  const { desiredCapacity: current } = answer;
  const observes = stored?.config.mode === "observe";
  // In observe mode the answer takes what is asked for as there.
  const actual = (observes ? stored.state.actual : undefined) ?? answer.actualCapacity;
  const unit = unitOf(options.kind);
  const { min, max } = stored ? bounds(stored.config) : dimension;
  const between = min === undefined || max === undefined ? "" : `, ${min} to ${max} allowed`;
  const asked = current === actual ? "" : `, ${current} desired (${observes ? "observe mode" : answer.scalingStatus})`;
  const { desired, because } = outlook;
  const result = desired === undefined ? "refused" : `${current} -> ${desired} ${unit}`;
  const row = (name: string, text: string) => `  ${name.padEnd(12)}${text}`;
  return [
    placeWords(place, stack, dimension.account),
    `${options.kind === "stream" ? "Stream" : "Application"} ${answer.resourceName}: ${actual} ${unit}${asked}${between}`,
    "",
    row("change", `${result} (${amountWords(options.amount, current)})`),
    ...(because ? [row("", because)] : []),
    ...(desired === undefined ? [] : [row("calls", outlook.calls), row("time", timeWords(outlook.minutes))]),
    ...outlook.notes.map((note) => row("note", note)),
    ...(observes
      ? []
      : [row("afterwards", afterwards(dimension.suspended, options.kind, desired !== undefined && desired > current))]),
    "",
  ].join("\n");
}

function timeWords(minutes: number): string {
  return minutes === 0 ? "none" : `about ${minutes} minutes; the scaler begins with its next run, within a minute`;
}

function afterwards(suspended: readonly string[], kind: ScaleOptions["kind"], out: boolean): string {
  if (suspended.includes(out ? "in" : "out")) return `the policies are suspended: nothing scales it back ${out ? "in" : "out"}`;
  const bound = `${out ? "min" : "max"}${kind === "stream" ? "Shards" : "Kpus"}`;
  return `the scaling policies go on and may scale it back ${out ? "in" : "out"}; to hold it, set ${bound} and run pulumi up`;
}

const unitOf = (kind: ScaleOptions["kind"]) => (kind === "stream" ? "shards" : "KPUs");
