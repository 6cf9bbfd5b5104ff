import type { Provider } from "../provider";
import type { Properties } from "../provider/handler";
import { differences, type PropertyDifference } from "./differences";
import { withoutContents } from "./values";

/** A resource as the engine names it. */
export interface Named {
  type: string;
  name: string;
}

export interface Diff {
  differences: PropertyDifference[];
  /** Top-level properties whose change replaces the resource. */
  replaces: string[];
  /** The new one can't be made beside the old one: both have the same name. */
  deleteFirst: boolean;
}

/** What a resource plugin answers to the engine, in plain values. */
export interface Operations {
  /** @throws Error for a type that the sandbox doesn't know. */
  check(resource: Named): void;
  diff(resource: Named, before: Properties, after: Properties, ignored: readonly string[]): Diff;
  create(resource: Named, inputs: Properties, preview: boolean): Promise<{ id: string; state: Properties }>;
  /** Undefined when the resource is gone. @param inputs the old ones; {} where the program reads what isn't its own. */
  read(
    resource: Named,
    id: string,
    state: Properties,
    inputs: Properties,
  ): Promise<{ state: Properties; inputs: Properties } | undefined>;
  update(resource: Named, id: string, state: Properties, inputs: Properties, preview: boolean): Promise<Properties>;
  delete(resource: Named, id: string, state: Properties): Promise<void>;
  invoke(token: string, inputs: Properties): Promise<Properties>;
}

/** Inputs that name a resource where they are given. */
const names = ["name", "bucket", "dashboardName", "functionName"];

export function operationsOf(provider: Provider): Operations {
  return {
    check: ({ type }) => void provider.diff(type, {}, {}),
    diff({ type }, before, after, ignored) {
      const [old, next] = [withoutContents(before) as Properties, withoutContents(after) as Properties];
      const { changed, replaces } = provider.diff(type, old, next, ignored);
      const found = changed.flatMap((key) => differences(old[key], next[key], key));
      // A name that Pulumi makes up is another one for the new resource.
      const deleteFirst = replaces.length > 0 && names.some((key) => next[key] !== undefined && next[key] === old[key]);
      return { differences: found, replaces, deleteFirst };
    },
    async create({ type, name }, inputs, preview) {
      if (preview) return { id: "", state: inputs };
      return provider.create(type, name, inputs);
    },
    async read({ type }, id, state, inputs) {
      const live = await provider.read(type, id, state);
      // What the scaler changed is an input too: else the next update would seem to change it back.
      return live && { state: live, inputs: Object.fromEntries(Object.keys(inputs).map((key) => [key, live[key]])) };
    },
    async update({ type }, id, state, inputs, preview) {
      if (preview) return provider.planned(type, state, inputs);
      return provider.update(type, id, state, inputs);
    },
    delete: ({ type }, id, state) => provider.delete(type, id, state),
    invoke: (token, inputs) => provider.invoke(token, inputs),
  };
}
