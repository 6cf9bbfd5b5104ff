import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

/** What Pulumi.yaml and Pulumi.<stack>.yaml say together. */
export interface StackFiles {
  project: string;
  stack: string;
  /** Values by full key ("sluice:shards", "aws:region"), the project's defaults included. */
  config: Record<string, unknown>;
}

/**
 * Reads a stack's configuration as the Pulumi CLI would: the project's defaults, replaced whole by the stack's values.
 * The CLI does this for `pulumi up`; here no CLI runs.
 * @throws Error named "StackError" with one sentence for the user: no such stack, a file that isn't YAML.
 */
export function readStackFiles(folder: string, stack: string): StackFiles {
  const project = readYaml(path.join(folder, "Pulumi.yaml"));
  const stackFile = path.join(folder, `Pulumi.${stack}.yaml`);
  if (!fs.existsSync(stackFile)) {
    throw stackError(
      `No stack "${stack}": there is no ${path.basename(stackFile)}. Stacks here: ${stacksIn(folder).join(", ") || "none"}.`,
    );
  }
  const name = String(project.name);
  const config: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(record(project.config))) {
    const value = isObject(entry) ? (entry.value ?? entry.default) : entry;
    if (value !== undefined) config[fullKey(name, key)] = value;
  }
  for (const [key, value] of Object.entries(record(readYaml(stackFile).config))) config[fullKey(name, key)] = value;
  return { project: name, stack, config };
}

/** Names of the stacks that have a file in `folder`. */
export function stacksIn(folder: string): string[] {
  return fs.readdirSync(folder).flatMap((file) => /^Pulumi\.([\w-]+)\.yaml$/.exec(file)?.[1] ?? []);
}

/** The entries of a stack's key `pipelines`: names, and the keys of each; null for an entry that isn't one. None: a single pipeline. */
export function pipelinesIn({ project, config }: StackFiles): [name: string, own: Readonly<Record<string, unknown>> | null][] {
  const pipelines = config[`${project}:pipelines`];
  if (Array.isArray(pipelines)) return [];
  return Object.entries(record(pipelines)).map(([name, own]) => [name, isObject(own) ? own : null]);
}

/** The form that `pulumi.runtime.setAllConfig` takes: strings, structured values as JSON. */
export function configStrings(config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

function readYaml(file: string): Record<string, unknown> {
  try {
    return record(parse(fs.readFileSync(file, "utf8")));
  } catch (error) {
    throw stackError(`${path.basename(file)} can't be read as YAML: ${(error as Error).message.split("\n")[0]}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function fullKey(project: string, key: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

/** The user's mistake, as one sentence or a list of them. */
export function stackError(message: string): Error {
  return Object.assign(new Error(message), { name: "StackError" });
}
