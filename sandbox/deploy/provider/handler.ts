import type { Cloud, Principal, ServiceName, Shape } from "../../core/cloud";
import type { Registered } from "../pulumiRuntime";

/** What a handler may use: the dispatch table as the deployer, the account, and Pulumi's habit of naming. */
export interface Deployer {
  readonly account: string;
  readonly region: string;
  readonly principal: Principal;
  call(service: ServiceName, operation: string, input: Shape): Promise<Shape>;
  /** The given name, else the logical name with seven random hex digits, as Pulumi's auto-naming does. */
  physicalName(logicalName: string, given?: unknown): string;
  /** Lets virtual time pass until `reached`, as a provider waits for a resource. @throws Error after ten minutes. */
  waitUntil(what: string, reached: () => Promise<boolean>): Promise<void>;
}

/** Properties of a resource as the Pulumi provider spells them (camelCase). */
export type Properties = Record<string, Shape>;

/** Turns one Pulumi resource type into calls of AWS operations. */
export interface Handler {
  create(deployer: Deployer, name: string, inputs: Properties): Promise<Registered>;
  /** Live properties, or undefined when the resource is gone. Absent: what was registered is what is there. */
  read?(deployer: Deployer, id: string, state: Properties): Promise<Properties | undefined>;
  /** Absent, and `replaceOn` too: a changed resource is replaced. */
  update?(deployer: Deployer, id: string, state: Properties, inputs: Properties): Promise<Properties>;
  delete?(deployer: Deployer, id: string, state: Properties): Promise<void>;
  /** Inputs whose change replaces the resource; the others are changed in place. */
  replaceOn?: readonly string[];
  /** Inputs that AWS's provider changes in place, and the sandbox doesn't: their change is refused. */
  fixed?: readonly string[];
  /** Outputs that each update makes anew: a preview doesn't know them. */
  madeAnew?: readonly string[];
}

export type Handlers = Readonly<Record<string, Handler>>;

const waitStepMs = 5_000;
const waitLimitMs = 600_000;

export function deployerOf(cloud: Cloud, principal: Principal): Deployer {
  const random = cloud.random.fork("physical names");
  return {
    account: cloud.account,
    region: cloud.region,
    principal,
    call: (service, operation, input) => cloud.call(service, operation, input, principal),
    physicalName: (logicalName, given) =>
      typeof given === "string" && given !== ""
        ? given
        : `${logicalName}-${random.integer(0, 0xfffffff).toString(16).padStart(7, "0")}`,
    async waitUntil(what, reached) {
      const limit = cloud.clock.now() + waitLimitMs;
      while (!(await reached())) {
        if (cloud.clock.now() >= limit) throw new Error(`${what} didn't happen within ten minutes.`);
        await cloud.clock.advanceTo(cloud.clock.now() + waitStepMs);
      }
    },
  };
}

/** An error of a creation after which the resource is there, unfinished. */
export interface Unfinished extends Error {
  created: Registered;
}

/**
 * Does what remains to be done once a resource is there. The provider keeps one of which that fails, as far as it was made, and the next
 * `pulumi up` mends it.
 */
export async function finished(created: Registered, remaining: () => Promise<unknown>): Promise<void> {
  try {
    await remaining();
  } catch (error) {
    throw Object.assign(error as Error, { created }) satisfies Unfinished;
  }
}

/** camelCase properties to AWS's PascalCase, deeply; undefined values dropped. */
export function pascalCase(value: Shape): Shape {
  if (Array.isArray(value)) return value.map(pascalCase);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key.charAt(0).toUpperCase() + key.slice(1), pascalCase(inner)]));
}

/** Properties that are there; AWS's operations refuse undefined less kindly than a missing key. */
export function defined(shape: Properties): Properties {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined && value !== null));
}

/** A JSON document that may arrive as text or as an object (Pulumi accepts both for policies). */
export function jsonText(document: unknown): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

/** `read` of a resource whose describe operation rejects when it is gone. */
export async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (/NotFound|NoSuch/.test((error as Error).name)) return undefined;
    throw error;
  }
}
