import { readStackLayers, type StackLayers } from "../../sandbox/deploy/stackFiles";
import { commandError, isCommandError } from "../commandError";
import { projectFolder } from "../place";
import type { Terminal } from "../terminal";
import type { ConfigOptions } from "./configOptions";
import { differences } from "./differences";
import { effectiveStack, type EffectivePipeline, type EffectiveStack } from "./effectiveStack";
import { printDifferences } from "./printDifferences";
import { printStack } from "./printStack";

/** `npm run config`. @returns the exit code. @throws StackError, CommandError for the user. */
export async function config(
  { stack, configFile, diff, pipeline, json }: ConfigOptions,
  terminal: Pick<Terminal, "write" | "width">,
  environment: NodeJS.ProcessEnv,
  folder = projectFolder,
): Promise<number> {
  const files = readStackLayers(folder, stack, configFile);
  const all = effectiveStacks(diff === undefined ? [files] : [files, readStackLayers(folder, diff)], environment);
  const [one, other] = pipeline === undefined ? all : narrowed(all, pipeline);
  if (!one) throw new Error("no stack");
  if (!other) {
    terminal.write(json ? JSON.stringify(readable(one)) : printStack(one, terminal.width));
    return 0;
  }
  const found = differences(one, other);
  if (found.pipelines.length === 0) throw nothingInCommon(one, other);
  terminal.write(json ? JSON.stringify(found) : printDifferences(found, terminal.width));
  return 0;
}

/** @throws CommandError with the problems of all of them. */
function effectiveStacks(files: readonly StackLayers[], environment: NodeJS.ProcessEnv): EffectiveStack[] {
  const problems: string[] = [];
  const stacks = files.flatMap((layers) => {
    try {
      return [effectiveStack(layers, environment)];
    } catch (error) {
      if (!isCommandError(error)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  if (problems.length > 0) throw commandError(problems.join("\n"));
  return stacks;
}

/** The stacks with one pipeline each: of this name, or the only one of a stack that is compared. @throws CommandError: there is none. */
function narrowed(stacks: readonly EffectiveStack[], wanted: string): EffectiveStack[] {
  const has = stacks.some(({ pipelines }) => pipelines.some(({ name }) => name === wanted));
  return stacks.map((stack) => {
    const found = stack.pipelines.filter(({ name }) => name === wanted || (has && name === undefined));
    if (found.length > 0) return { ...stack, pipelines: found };
    const names = stack.pipelines.flatMap(({ name }) => name ?? []);
    const there = names.length > 0 ? `there are ${names.join(", ")}` : "it is one, without a name";
    throw commandError(`Stack ${stack.stack} has no pipeline "${wanted}": ${there}.`);
  });
}

function nothingInCommon(...stacks: EffectiveStack[]): Error {
  const has = stacks.map(
    ({ stack, pipelines }) => `${stack} has ${pipelines.map(({ name = "one, without a name" }) => name).join(", ")}`,
  );
  return commandError(
    `No pipeline is in both stacks: ${has.join("; ")}. With --pipeline NAME it is compared with the only one of a stack.`,
  );
}

/** Keys by name; null is none. */
function readable({ stack, region, pipelines, notes }: EffectiveStack): object {
  const told = ({ name = null, sections, scaling }: Omit<EffectivePipeline, "name"> & { name?: string | null }) => {
    const keys = sections.flatMap((section) => section.keys);
    const byName = keys.map(({ key, value = null, from, fallback = null }) => [key, { value, from, default: fallback }]);
    return { name, keys: Object.fromEntries(byName) as object, scaling };
  };
  return { stack, region, pipelines: pipelines.map(told), notes };
}
