import type { Cloud, Principal } from "../../core/cloud";
import type { Engine, Registered, Registration } from "../pulumiRuntime";
import { apiGatewayHandlers } from "./apiGateway";
import { autoScalingHandlers } from "./autoScaling";
import { cloudwatchHandlers } from "./cloudwatch";
import { flinkHandlers } from "./flink";
import { providerFunctions } from "./functions";
import { deployerOf, unlessGone, type Handler, type Handlers, type Properties } from "./handler";
import { iamHandlers } from "./iam";
import { kinesisHandlers } from "./kinesis";
import { lambdaHandlers } from "./lambda";
import { ssmHandlers } from "./ssm";
import { storageHandlers } from "./storage";

const handlers: Handlers = {
  ...apiGatewayHandlers,
  ...autoScalingHandlers,
  ...cloudwatchHandlers,
  ...flinkHandlers,
  ...iamHandlers,
  ...kinesisHandlers,
  ...lambdaHandlers,
  ...ssmHandlers,
  ...storageHandlers,
};

export interface Difference {
  /** Top-level inputs that differ. */
  changed: string[];
  /** Those of them that replace the resource. */
  replaces: string[];
}

/** A Pulumi provider over the sandbox's services. Types are Pulumi tokens, e.g. "aws:kinesis/stream:Stream". */
export interface Provider {
  create(type: string, name: string, inputs: Properties): Promise<Registered>;
  /** Live properties; undefined when the resource is gone. */
  read(type: string, id: string, state: Properties): Promise<Properties | undefined>;
  update(type: string, id: string, state: Properties, inputs: Properties): Promise<Properties>;
  /** What a preview says of an update: nothing of outputs that only the update will know. */
  planned(type: string, state: Properties, inputs: Properties): Properties;
  delete(type: string, id: string, state: Properties): Promise<void>;
  diff(type: string, oldInputs: Properties, newInputs: Properties, ignoreChanges?: readonly string[]): Difference;
  invoke(token: string, inputs: Properties): Promise<Properties>;
}

/**
 * @param principal the deployer; its calls are authorised like everybody's.
 * Each function rejects with what the service answers, or with an Error that names a type the sandbox doesn't know.
 */
export function createProvider(cloud: Cloud, principal: Principal): Provider {
  const deployer = deployerOf(cloud, principal);
  return {
    create: async (type, name, inputs) => handlerOf(type).create(deployer, name, inputs),
    read: async (type, id, state) => {
      const { read } = handlerOf(type);
      return read ? read(deployer, id, state) : state;
    },
    update: async (type, id, state, inputs) => {
      const { update, replaceOn, fixed = [] } = handlerOf(type);
      const given = fixed.filter((key) => inputs[key] !== undefined);
      const changed = given.find((key) => stableJson(state[key]) !== stableJson(inputs[key]));
      if (changed) throw new Error(`AWS's provider changes ${changed} of ${type} in place; the sandbox doesn't.`);
      if (update) return update(deployer, id, state, inputs);
      if (replaceOn) return { ...state, ...inputs };
      throw new Error(`${type} can't be updated in place: its changes replace it.`);
    },
    planned: (type, state, inputs) => {
      const { madeAnew = [] } = handlerOf(type);
      return Object.fromEntries(Object.entries({ ...state, ...inputs }).filter(([key]) => !madeAnew.includes(key)));
    },
    // What is gone already counts as deleted.
    delete: async (type, id, state) => unlessGone(async () => handlerOf(type).delete?.(deployer, id, state)),
    diff: (type, before, after, ignoreChanges = []) => difference(handlerOf(type), before, after, ignoreChanges),
    invoke: async (token, inputs) => {
      const provide = providerFunctions[token];
      if (!provide)
        throw new Error(`The sandbox has no provider function ${token}; it knows ${Object.keys(providerFunctions).join(", ")}.`);
      return provide(deployer, inputs);
    },
  };
}

/** Drives the provider as the engine would on a first `pulumi up`: components are recorded, custom resources created or read. */
export function createEngine(
  provider: Provider,
  onRegistered: (registration: Registration, registered: Registered) => void = () => {},
): Engine {
  const create = async (registration: Registration): Promise<Registered> => {
    const { type, name, custom, inputs, existingId } = registration;
    if (!custom || type.startsWith("pulumi:")) return { id: existingId || name, state: inputs };
    if (!existingId) return provider.create(type, name, inputs);
    const state = await provider.read(type, existingId, inputs);
    if (!state) throw new Error(`${type} "${existingId}" doesn't exist in the sandbox.`);
    return { id: existingId, state };
  };
  // One at a time: a resource that takes virtual time lets the clock run, and only one may do that.
  let queue: Promise<unknown> = Promise.resolve();
  return {
    register(registration) {
      const registering = queue.then(async () => {
        const registered = await create(registration);
        onRegistered(registration, registered);
        return registered;
      });
      queue = registering.catch(() => undefined);
      return registering;
    },
    invoke: (token, inputs) => provider.invoke(token, inputs),
  };
}

function handlerOf(type: string): Handler {
  const handler = handlers[type];
  if (!handler)
    throw new Error(`The sandbox doesn't know the resource type ${type}. Known: ${Object.keys(handlers).sort().join(", ")}.`);
  return handler;
}

function difference(handler: Handler, before: Properties, after: Properties, ignoreChanges: readonly string[]): Difference {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) =>
      !ignoreChanges.includes(key) &&
      stableJson(withoutIgnored(key, before, ignoreChanges)) !== stableJson(withoutIgnored(key, after, ignoreChanges)),
  );
  const replaces = handler.update || handler.replaceOn ? changed.filter((key) => handler.replaceOn?.includes(key)) : changed;
  return { changed, replaces };
}

/** The value under `key` without the nested paths ("a.b.c") that are ignored. */
function withoutIgnored(key: string, properties: Properties, ignoreChanges: readonly string[]): unknown {
  const ignored = ignoreChanges.filter((path) => path.startsWith(`${key}.`));
  // Assets hold promises, which can't be cloned; nothing inside them is ignored.
  if (ignored.length === 0) return properties[key];
  const value = structuredClone(properties[key]);
  for (const path of ignored) {
    const steps = path.split(".").slice(1);
    let parent = value;
    for (const step of steps.slice(0, -1)) parent = parent?.[step];
    if (parent) delete parent[steps.at(-1) as string];
  }
  return value;
}

/** JSON with sorted keys: the order in which a program names properties is no difference. */
function stableJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? "undefined"
  );
}
