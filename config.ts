import * as pulumi from "@pulumi/pulumi";
import { defaultName, nameAmong } from "./components/identity";
import { validatePipeline, type PipelineArgs } from "./components/pipelineArgs";
import { validatePipelines, type PipelinesArgs } from "./components/pipelinesArgs";
import { problemText, type Problem } from "./components/problem";
import { decoded, pipelineArgs, unknownKeys, type Values } from "./config/keys";
import { entriesOf, type Entry } from "./config/pipelines";
import { inEntries, inKeys } from "./config/problems";
import { otherRegion, stackProblems } from "./config/stack";

/** The program's project name, and the namespace of its keys. */
const project = "sluice";

/** What a stack builds: one pipeline, or several. */
export interface StackArgs {
  pipeline?: PipelineArgs;
  pipelines?: PipelinesArgs;
}

/**
 * What the stack builds, from its keys, given with or without "sluice:". Values may be typed or the text that Pulumi stores (numbers,
 * booleans and JSON as text).
 * @throws an Error named ConfigError whose message lists every problem: key, value, what is allowed, what to do.
 */
export function stackArgs(raw: Record<string, unknown>, stack: string, region: string): StackArgs {
  const given = ownKeys(raw);
  const { values, problems } = decoded(given);
  const { entries, problems: noEntries } = entriesOf(values["pipelines"], given, stack);
  const nameOf = (entry?: string) => defaultName(entry === undefined ? stack : nameAmong(stack, entry));
  const pipeline = pipelineArgs(values, nameOf());
  const { callerArns, apiGatewayLogRole, scalerNetwork, logRetentionDays } = pipeline;
  const pipelines = Object.fromEntries(entries.map((entry) => [entry.name, pipelineArgs(entry.values, nameOf(entry.name))]));
  const ofStack = { callerArns, apiGatewayLogRole, scalerNetwork, logRetentionDays };
  const several = entries.length + noEntries.length > 0 && { ...ofStack, pipelines };
  const found = [
    ...problems,
    ...(several ? severalProblems(several, entries, values, region) : inKeys(validatePipeline(pipeline), values)),
    ...noEntries,
    ...unknownKeys(given),
    ...stackProblems(stack, region),
    ...(several ? [] : otherRegion(values, region)),
  ];
  if (found.length > 0) throw configError(stack, found);
  return several ? { pipelines: several } : { pipeline };
}

function severalProblems(args: PipelinesArgs, entries: readonly Entry[], values: Values, region: string): Problem[] {
  const elsewhere = entries.flatMap((entry) =>
    otherRegion(entry.values, region).map(({ path, ...rest }) => ({ path: entry.written(path), ...rest })),
  );
  return [...entries.flatMap((entry) => entry.problems), ...inEntries(validatePipelines(args), entries, values), ...elsewhere];
}

/** What the current stack builds. @throws pulumi.RunError with the text of stackArgs's error. */
export function readConfig(): StackArgs {
  const raw = pulumi.runtime.allConfig();
  const region = new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "";
  try {
    return stackArgs(raw, pulumi.getStack(), region);
  } catch (error) {
    if (error instanceof Error && error.name === "ConfigError") throw new pulumi.RunError(error.message);
    throw error;
  }
}

/** The program's own keys without its name; keys of other namespaces (aws:region) are left out. */
function ownKeys(raw: Record<string, unknown>): Record<string, unknown> {
  const own = Object.entries(raw).filter(([key]) => !key.includes(":") || key.startsWith(`${project}:`));
  return Object.fromEntries(own.map(([key, value]) => [key.replace(`${project}:`, ""), value]));
}

function configError(stack: string, problems: Problem[]): Error {
  const named = problems.map(({ path, ...problem }) => ({ path: `${project}:${path}`, ...problem }));
  const advice = `Set a key with: pulumi config set ${project}:KEY VALUE (or in Pulumi.${stack}.yaml). Pulumi.yaml describes every key.`;
  return Object.assign(new Error(problemText(`Configuration of stack ${stack}`, named, advice)), { name: "ConfigError" });
}
