import { configStrings, type StackFiles } from "../../../sandbox/deploy/stackFiles";
import { withCode } from "../../../sandbox/deploy/standInCode";
import { createProvider } from "../../../sandbox/deploy/provider";
import { runProgram, type Registration } from "../../../sandbox/deploy/pulumiRuntime";
import type { Sandbox } from "../../../sandbox/sandbox";

type Properties = Record<string, unknown>;

/** What a `pulumi up` of a stack that is there would do, by logical name. */
export interface Plan {
  created: string[];
  /** With the inputs that differ. */
  updated: Record<string, string[]>;
  replaced: string[];
  deleted: string[];
}

/** Only says what it would do, or lets something happen between the refresh and the first update. */
export interface UpOptions {
  preview?: boolean;
  refreshed?: () => Promise<void>;
}

/**
 * `pulumi up --refresh` with the program as `files` configure it, as the engine does it: all resources are read, what one is told to
 * ignore keeps the value that was read, what differs is updated in place, and what the program no longer has is deleted. Nothing is
 * created or replaced here.
 */
export async function secondUp(
  { cloud, deployment }: Sandbox,
  files: StackFiles,
  { preview = false, refreshed }: UpOptions = {},
): Promise<Plan> {
  const provider = createProvider(cloud, cloud.deployer);
  const states = new Map<unknown, Properties>();
  for (const resource of deployment.resources) {
    const { type, custom, deployed } = resource;
    if (custom) states.set(resource, (await provider.read(type, deployed.id, deployed.state)) ?? {});
  }
  await refreshed?.();
  const plan: Plan = { created: [], updated: {}, replaced: [], deleted: [] };
  const surplus = new Set(deployment.resources.filter(({ custom }) => custom));
  const register = async (registration: Registration) => {
    const { type, name, custom, options } = registration;
    if (!custom) return { id: name, state: registration.inputs };
    const there = deployment.resources.find((resource) => resource.type === type && resource.name === name);
    if (!there) {
      plan.created.push(name);
      return { id: name, state: registration.inputs };
    }
    surplus.delete(there);
    const { id } = there.deployed;
    const live = states.get(there) ?? {};
    const before = Object.fromEntries(Object.keys(there.inputs).map((key) => [key, live[key]]));
    const inputs = ignoring(registration.inputs, before, options.ignoreChanges);
    const { changed, replaces } = provider.diff(type, before, inputs);
    if (replaces.length > 0) plan.replaced.push(name);
    else if (changed.length > 0) plan.updated[name] = changed;
    if (preview || changed.length === 0 || replaces.length > 0) return { id, state: live };
    return { id, state: await provider.update(type, id, live, inputs) };
  };
  let queue: Promise<unknown> = Promise.resolve();
  await runProgram({
    project: files.project,
    stack: files.stack,
    config: configStrings(withCode(files).config),
    program: () => (require("../../../index") as () => object)(),
    engine: {
      register(registration) {
        const registering = queue.then(() => register(registration));
        queue = registering.catch(() => undefined);
        return registering;
      },
      invoke: (token, inputs) => provider.invoke(token, inputs),
    },
  });
  for (const { type, name, deployed } of [...surplus].reverse()) {
    plan.deleted.push(name);
    if (!preview) await provider.delete(type, deployed.id, deployed.state);
  }
  return plan;
}

/** The inputs, with what was read at the paths ("a.b.c") that are to be ignored. */
function ignoring(inputs: Properties, before: Properties, paths: readonly string[]): Properties {
  const result: Properties = { ...inputs };
  for (const path of paths) {
    const [first = "", ...steps] = path.split(".");
    result[first] = withValueAt(result[first], before[first], steps);
  }
  return result;
}

function withValueAt(value: unknown, before: unknown, [step, ...rest]: string[]): unknown {
  if (step === undefined) return before;
  const [own, old] = [value as Properties, before as Properties];
  return { ...own, [step]: withValueAt(own[step], old[step], rest) };
}
