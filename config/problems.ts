import type { Problem } from "../components/problem";
import { isObject, type Values } from "./keys";
import { table } from "./table";

/** Problems with the pipeline's arguments, said of the keys that they come from, in the keys' order. */
export function inKeys(problems: readonly Problem[], values: Values): Problem[] {
  const keys = Object.keys(table);
  const order = (path: string) =>
    keys.findIndex((key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`));
  return problems
    .map(({ path, value, text }) => {
      const key = keyOf(path, values);
      const said = text.replaceAll(/`([^`]+)`/g, (_whole, argument: string) => keyOf(argument, values));
      return { path: key, value: value ?? asGiven(values[key]), text: said };
    })
    .sort((a, b) => order(a.path) - order(b.path));
}

/** The key that the user would change: a dimension's own where it has one. What lies below a key keeps its path. */
function keyOf(path: string, values: Values): string {
  const exact = Object.keys(table).find((key) => table[key]?.to.includes(path));
  for (const [key, { to }] of Object.entries(table)) {
    const above = to.find((argument) => path.startsWith(`${argument}.`) || path.startsWith(`${argument}[`));
    if (above === undefined) continue;
    const below = path.slice(above.length);
    const own = values[key];
    if (exact === undefined || (isObject(own) && Object.hasOwn(own, below.slice(1)))) return key + below;
  }
  return exact ?? path;
}

/** What the file says, or Pulumi.yaml: an argument that is left out has no value. */
function asGiven(value: unknown): unknown {
  return typeof value === "number" ? undefined : value;
}
