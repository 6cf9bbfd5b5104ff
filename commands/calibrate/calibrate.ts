import { dimensionId } from "../../scaler/names";
import { commandError } from "../commandError";
import { identitiesOf, requireDimensions, stackOf, unknownDimension } from "../dimensions";
import { timeOf } from "../logGroup";
import { explained, placeOf, placeWords, type Place } from "../place";
import { readDimension } from "../scale/storedDimension";
import type { Terminal } from "../terminal";
import type { CalibrateOptions } from "./calibrateOptions";
import { estimate, leastMinutes, type Estimate } from "./estimate";
import { readMinutes, type Minutes } from "./readMinutes";

const minute = 60_000;

/** `npm run calibrate`. @returns the exit code. @throws InputError, CommandError for the user. */
export async function calibrate(options: CalibrateOptions, terminal: Terminal, environment: NodeJS.ProcessEnv): Promise<number> {
  const place = placeOf(options, environment);
  const all = await requireDimensions(place);
  const stack = stackOf(place, options.stack, all);
  const identities = identitiesOf(stack, options.pipeline, all);
  if (identities.length > 1) throw commandError(`Say --pipeline NAME: stack ${stack} has ${identities.length} pipelines.`);
  const identity = identities[0]!;
  const id = dimensionId(identity, "flink");
  const dimension = all.find((one) => one.id === id);
  if (!dimension) throw unknownDimension(place, id, all);
  const [applicationName, streamName] = await Promise.all(
    ["flink", "stream"].map((kind) => nameOf(place, stack, `${identity}-${kind}`)),
  );
  const now = await timeOf(place, stack, terminal.now).catch((error: unknown) => {
    throw explained(error, place, "Reading the scaler's log");
  });
  const to = Math.floor(now / minute) * minute;
  const from = to - options.lastMinutes * minute;
  const found = await readMinutes(place, {
    stack,
    identity,
    applicationName: applicationName!,
    streamName: streamName!,
    from,
    to,
  });
  const result = estimate(found.minutes);
  if (!result) throw commandError(tooLittle(found, options.lastMinutes));
  if (options.json) terminal.write(JSON.stringify({ ...result, by: found.by }));
  else terminal.write(`${placeWords(place, stack, dimension.account)}\n${words(result, found)}`);
  return 0;
}

async function nameOf(place: Place, stack: string, id: string): Promise<string> {
  const stored = await readDimension(place, stack, id);
  if (stored) return stored.config.name;
  throw commandError(`The parameters of ${id} can't be read: they name its service. You need ssm:GetParameters.`);
}

function tooLittle({ minutes, by }: Minutes, lastMinutes: number): string {
  return (
    `Of the last ${lastMinutes} minutes ${minutes.length} are known with their ${by}, and fewer than ${leastMinutes} were loaded by a tenth or ` +
    "more. Let the application work under load for some minutes, or say --last with a longer time."
  );
}

function words({ recordsPerKpuPerMinute, low, high, minutes, highestLoad }: Estimate, { by }: Minutes): string {
  const figure = (value: number) => Math.round(Number(value.toPrecision(3))).toLocaleString("en-US");
  const percent = Math.round(100 * highestLoad);
  const guess =
    highestLoad < 0.5
      ? "\nNo minute was more than half loaded: what a KPU does at full load may be less. Measure again under load."
      : "";
  return [
    `A KPU processes about ${figure(recordsPerKpuPerMinute)} records a minute (${figure(low)} to ${figure(high)}),`,
    `from ${minutes} minutes by ${by}, the fullest at ${percent} %.${guess}`,
    `\n  pulumi config set sluice:recordsPerKpuPerMinute ${Math.round(Number(recordsPerKpuPerMinute.toPrecision(2)))}`,
  ].join("\n");
}
