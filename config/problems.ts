import type { Problem } from "../components/problem";
import { isObject, type Values } from "./keys";
import type { Entry } from "./pipelines";
import { table } from "./table";

/** Problems with the pipeline's arguments, said of the keys that they come from, in the keys' order. */
export function inKeys(problems: readonly Problem[], values: Values): Problem[] {
  return translated(problems, (path) => {
    const key = keyOf(path, values);
    return { key, value: asGiven(values[key]) };
  }).sort((a, b) => order(a.path) - order(b.path));
}

/** The same of several pipelines' arguments: each key where it is written. */
export function inEntries(problems: readonly Problem[], entries: readonly Entry[], values: Values): Problem[] {
  return translated(problems, (path) => {
    const entry = entries.find(({ name }) => path.startsWith(`pipelines.${name}.`));
    const key = keyOf(entry ? path.slice(`pipelines.${entry.name}.`.length) : path, entry?.values ?? values);
    return { key: entry?.written(key) ?? key, value: asGiven((entry?.values ?? values)[key]) };
  });
}

type Told = { key: string; value: unknown };

function translated(problems: readonly Problem[], told: (path: string) => Told): Problem[] {
  return problems.map(({ path, value, text }) => {
    const { key, value: given } = told(path);
    const said = text.replaceAll(/`([^`]+)`/g, (_whole, argument: string) => told(argument).key);
    return { path: key, value: value ?? given, text: said };
  });
}

function order(path: string): number {
  return Object.keys(table).findIndex((key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`));
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
