import * as pulumi from "@pulumi/pulumi";
import { validatePipeline, type PipelineArgs } from "./components/pipelineArgs";
import { problemText, type Problem } from "./components/problem";
import { decoded, pipelineArgs, unknownKeys } from "./config/keys";
import { inKeys } from "./config/problems";
import { stackProblems } from "./config/stack";

/** The program's project name, and the namespace of its keys. */
const project = "sluice";

/**
 * The pipeline's arguments from the stack's keys, given with or without "sluice:". Values may be typed or the text that Pulumi stores
 * (numbers, booleans and JSON as text).
 * @throws an Error named ConfigError whose message lists every problem: key, value, what is allowed, what to do.
 */
export function validateConfig(raw: Record<string, unknown>, stack: string, region: string): PipelineArgs {
  const given = ownKeys(raw);
  const { values, problems } = decoded(given);
  const args = pipelineArgs(values, `${project}-${stack}`);
  const found = [
    ...problems,
    ...inKeys(validatePipeline(args), values),
    ...unknownKeys(given),
    ...stackProblems(values, stack, region),
  ];
  if (found.length > 0) throw configError(stack, found);
  return args;
}

/** The current stack's pipeline. @throws pulumi.RunError with the text of validateConfig's error. */
export function readConfig(): PipelineArgs {
  const raw = pulumi.runtime.allConfig();
  const region = new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "";
  try {
    return validateConfig(raw, pulumi.getStack(), region);
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
