import { areRight } from "./fields";
import type { Problem } from "./problem";

/** A stream or an application is created or adopted, never both. @param problems what is wrong with each argument by itself. */
export function adoptOrCreate(args: { name?: unknown; existing?: unknown }, problems: readonly Problem[], at: string): Problem[] {
  if (!args.name || !args.existing || !areRight(problems, at, ["name", "existing"])) return [];
  const existing = typeof args.existing === "string" ? ` ("${args.existing}")` : "";
  const text = `\`${at}name\` creates, \`${at}existing\`${existing} adopts; allowed is one of them. Remove the other`;
  return [{ path: `${at}name`, value: args.name, text }];
}
