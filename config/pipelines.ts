import { identityProblems, nameAmong } from "../components/identity";
import type { Problem } from "../components/problem";
import { decoded, isObject, unknownKeys, type Values } from "./keys";
import { table } from "./table";

/** An entry of the key `pipelines`. */
export interface Entry {
  /** The pipeline's name. */
  name: string;
  /** What the pipeline's keys are: its own, else the stack's. */
  values: Values;
  /** What is wrong with keys and values by themselves. */
  problems: Problem[];
  /** A key as it would be written: below the entry, unless the stack's file says it for all pipelines. */
  written(key: string): string;
}

/** The entries of `pipelines`, and what is wrong with what isn't one. @param given the stack's keys, of the types that Pulumi hands over. */
export function entriesOf(pipelines: unknown, given: Values, stack: string): { entries: Entry[]; problems: Problem[] } {
  const all = isObject(pipelines) ? Object.entries(pipelines) : [];
  const allowed = "allowed are keys for this pipeline alone, {} for none";
  return {
    entries: all.flatMap(([name, own]) => (isObject(own) ? [entryOf(name, own, given, stack)] : [])),
    problems: all.flatMap(([name, own]) => (isObject(own) ? [] : [{ path: `pipelines.${name}`, value: own, text: allowed }])),
  };
}

function entryOf(name: string, own: Values, given: Values, stack: string): Entry {
  const written = (key: string) => {
    const [top = ""] = key.split(/[.[]/);
    const forAll = given[top] !== undefined && JSON.stringify(given[top]) !== JSON.stringify(table[top]?.fallback);
    return forAll && !Object.hasOwn(own, top) ? key : `pipelines.${name}.${key}`;
  };
  const { values: all, problems } = decoded({ ...given, ...withoutStackKeys(own) });
  const values = withoutStackKeys(all);
  const told = (found: readonly Problem[]) => found.map(({ path, ...rest }) => ({ path: written(path), ...rest }));
  const found = [...identity(name, stack), ...told(problems), ...told(unknownKeys(own)), ...stackKeys(name, own)];
  return { name, values, problems: found, written };
}

/** A name that is right by itself may be too long with the stack's. */
function identity(name: string, stack: string): Problem[] {
  if (identityProblems(name).length > 0) return [];
  return identityProblems(nameAmong(stack, name), "pipeline").map((problem) => ({ ...problem, path: `pipelines.${name}` }));
}

function withoutStackKeys(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => table[key]?.ofStack !== true));
}

function stackKeys(name: string, own: Values): Problem[] {
  return Object.keys(own)
    .filter((key) => table[key]?.ofStack === true)
    .map((key) => ({
      path: `pipelines.${name}.${key}`,
      value: own[key],
      text: `${key} is the whole stack's. Set it beside pipelines`,
    }));
}
