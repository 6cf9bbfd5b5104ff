import { commandError, isCommandError } from "../commandError";
import { projectFolder } from "../place";
import type { Terminal } from "../terminal";
import type { ConfigOptions } from "./configOptions";
import { differences } from "./differences";
import { effectiveStack, type EffectiveStack } from "./effectiveStack";
import { printDifferences, printStack } from "./print";

/** `npm run config`. @returns the exit code. @throws StackError, CommandError for the user. */
export async function config(
  { stack, diff, json }: ConfigOptions,
  terminal: Pick<Terminal, "write" | "width">,
  environment: NodeJS.ProcessEnv,
  folder = projectFolder,
): Promise<number> {
  const [one, other] = effectiveStacks(folder, diff === undefined ? [stack] : [stack, diff], environment);
  if (!one) throw new Error("no stack");
  if (!other) {
    terminal.write(json ? JSON.stringify(readable(one)) : printStack(one, terminal.width));
    return 0;
  }
  const found = differences(one, other);
  terminal.write(json ? JSON.stringify(found) : printDifferences(found, terminal.width));
  return 0;
}

/** @throws CommandError with the problems of all of them. */
function effectiveStacks(folder: string, names: readonly string[], environment: NodeJS.ProcessEnv): EffectiveStack[] {
  const problems: string[] = [];
  const stacks = names.flatMap((name) => {
    try {
      return [effectiveStack(folder, name, environment)];
    } catch (error) {
      if (!isCommandError(error)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  if (problems.length > 0) throw commandError(problems.join("\n"));
  return stacks;
}

/** Keys by name; null is none. */
function readable({ stack, region, sections, scaling, notes }: EffectiveStack): object {
  const keys = sections.flatMap((section) => section.keys);
  const byName = keys.map(({ key, value = null, from, fallback = null }) => [key, { value, from, default: fallback }] as const);
  return { stack, region, keys: Object.fromEntries(byName), scaling, notes };
}
