import * as fs from "node:fs";
import * as path from "node:path";
import { parsePulumiYaml } from "./pulumiYaml";

/** What Pulumi.yaml and Pulumi.<stack>.yaml say together. */
export interface StackFiles {
  project: string;
  stack: string;
  /** Values by full key ("sluice:shards", "aws:region"), the project's defaults included. */
  config: Record<string, unknown>;
}

interface ConfigEntry {
  default?: unknown;
  value?: unknown;
}

/** What each of a stack's two files says, values by full key. */
export interface StackLayers {
  project: string;
  stack: string;
  /** Name of the stack's file: Pulumi.<stack>.yaml, unless another one was asked for. */
  stackFile: string;
  /** The defaults of Pulumi.yaml. */
  ofProject: Record<string, unknown>;
  /** The values of the stack's file. */
  ofStack: Record<string, unknown>;
}

/**
 * Reads a stack's configuration as the Pulumi CLI would: the project's defaults, replaced whole by the stack's values.
 * The CLI does this for `pulumi up`; here no CLI runs.
 * @param configFile the stack's file where it isn't Pulumi.<stack>.yaml in `folder`.
 * @throws Error named "StackError" with one sentence for the user: no such stack, a file that isn't YAML.
 */
export function readStackFiles(folder: string, stack: string, configFile?: string): StackFiles {
  return together(readStackLayers(folder, stack, configFile));
}

export function together({ project, stack, ofProject, ofStack }: StackLayers): StackFiles {
  return { project, stack, config: { ...ofProject, ...ofStack } };
}

/** @throws as readStackFiles. */
export function readStackLayers(folder: string, stack: string, configFile?: string): StackLayers {
  const project = readYaml(path.join(folder, "Pulumi.yaml"));
  const stackFile = configFile ?? path.join(folder, `Pulumi.${stack}.yaml`);
  if (!fs.existsSync(stackFile)) {
    throw stackError(
      configFile === undefined
        ? `No stack "${stack}": there is no ${path.basename(stackFile)}. Stacks here: ${stacksIn(folder).join(", ") || "none"}.`
        : `No stack "${stack}": there is no file ${configFile}.`,
    );
  }
  const own = readYaml(stackFile);
  if (own.environment !== undefined) {
    throw stackError(
      `${path.basename(stackFile)} takes values from an environment of Pulumi ESC, which only \`pulumi\` can read.`,
    );
  }
  const name = String(project.name);
  const ofProject: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(record(project.config))) {
    const value = isConfigEntry(entry) ? (entry.value ?? entry.default) : entry;
    if (value !== undefined) ofProject[fullKey(name, key)] = value;
  }
  const values = Object.entries(record(own.config));
  const ofStack = Object.fromEntries(values.map(([key, value]) => [fullKey(name, key), value]));
  return { project: name, stack, stackFile: path.basename(stackFile), ofProject, ofStack };
}

/** Names of the stacks that have a file in `folder`. */
export function stacksIn(folder: string): string[] {
  return fs.readdirSync(folder).flatMap((file) => stackOf(file) ?? []);
}

/** The stack that a file is of by its name. */
export function stackOf(file: string): string | undefined {
  return /^Pulumi\.([\w-]+)\.yaml$/.exec(path.basename(file))?.[1];
}

/** `pulumi config set --secret` writes `secure: ...` in a text's place, also inside of a list or an object. */
export function isEncrypted(value: unknown): boolean {
  return isConfigEntry(value) && Object.keys(value).join() === "secure";
}

export function holdsSecret(value: unknown): boolean {
  if (isEncrypted(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

/** The form that `pulumi.runtime.setAllConfig` takes: strings, structured values as JSON. */
export function configStrings(config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

function readYaml(file: string): Record<string, unknown> {
  try {
    return record(parsePulumiYaml(fs.readFileSync(file, "utf8")));
  } catch (error) {
    throw stackError(`${path.basename(file)} can't be read as YAML: ${(error as Error).message.split("\n")[0]}`);
  }
}

function isConfigEntry(entry: unknown): entry is ConfigEntry {
  return typeof entry === "object" && entry !== null && !Array.isArray(entry);
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
