import * as pulumi from "@pulumi/pulumi";
// Semi-internal modules of @pulumi/pulumi: its version is pinned, and only this file imports them.
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";
import { MockMonitor, setMocks } from "@pulumi/pulumi/runtime/mocks";
import { setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { serialiseOnce } from "./serialiseOnce";

const packing = pulumi.runtime as Pick<typeof pulumi.runtime, "serializeFunction">;
packing.serializeFunction = serialiseOnce(packing.serializeFunction);
// Pulumi gives every promise a stack trace, a third of a deployment's time, for a message that it prints when a program ends too early.
(debuggable as { debuggablePromise: unknown }).debuggablePromise = <T>(promise: T) => promise;

/** A resource as the program registers it, with the options that Pulumi's own mocks hide. */
export interface Registration {
  type: string;
  name: string;
  /** False for component resources. */
  custom: boolean;
  /** Inputs as plain values; assets as pulumi.asset objects; secrets unwrapped. */
  inputs: Record<string, unknown>;
  /** Physical id of a resource that is read (`X.get`) or imported, else "". */
  existingId: string;
  options: ResourceOptions;
}

export interface ResourceOptions {
  /** Logical name of the parent. */
  parent: string;
  /** Logical names. */
  dependsOn: string[];
  ignoreChanges: string[];
  protect: boolean;
  retainOnDelete: boolean;
}

export interface Registered {
  id: string;
  /** All properties of the resource, inputs included. */
  state: Record<string, unknown>;
}

/** Plays the part of the engine and its providers. */
export interface Engine {
  register(registration: Registration): Promise<Registered>;
  /** A provider function (`aws.getCallerIdentity`): token and inputs as the program called it, and the reference of an explicit provider. */
  invoke(token: string, inputs: Record<string, unknown>, provider?: string): Promise<Record<string, unknown>>;
}

export interface ProgramRun {
  project: string;
  stack: string;
  /** By full key, as strings (structured values as JSON). */
  config: Record<string, string>;
  /** What index.ts exports. */
  program: () => Promise<object> | object;
  engine: Engine;
}

/**
 * Runs a Pulumi program in this process without the Pulumi engine and returns its outputs as plain values.
 * @throws the first error of the program or of `engine`. Pulumi's runtime swallows what happens inside resources, so
 * errors are kept here, later registrations are skipped, and the first is thrown when everything has settled.
 */
export async function runProgram(run: ProgramRun): Promise<Record<string, unknown>> {
  const failures: unknown[] = [];
  const monitor = new EngineMonitor(run.engine, failures);
  // setMocks switches the runtime's features on; setMockOptions then installs the monitor that sees options.
  await setMocks(monitor.mocks, run.project, run.stack, false);
  setMockOptions(monitor, run.project, run.stack, false);
  pulumi.runtime.setAllConfig(run.config);

  let exported: object = {};
  try {
    exported = await run.program();
  } catch (error) {
    failures.push(error);
  }
  await pulumi.runtime.disconnect();
  if (failures.length > 0) throw failures[0];
  return new Promise((resolve) => pulumi.output(exported).apply((outputs) => resolve(outputs as Record<string, unknown>)));
}

const noOptions: ResourceOptions = { parent: "", dependsOn: [], ignoreChanges: [], protect: false, retainOnDelete: false };

/* eslint-disable @typescript-eslint/no-explicit-any -- protobuf requests of the pinned runtime are untyped there too */
class EngineMonitor extends MockMonitor {
  /** Options of the request being handled: the base class calls newResource before it first awaits. */
  private options = noOptions;

  constructor(engine: Engine, failures: unknown[]) {
    const guard = async <T>(work: () => Promise<T>, skipped: T): Promise<T> => {
      if (failures.length > 0) return skipped;
      try {
        return await work();
      } catch (error) {
        failures.push(error);
        return skipped;
      }
    };
    super({
      newResource: ({ type, name, custom, inputs, id }) => {
        const options = this.options;
        this.options = noOptions;
        const register = async () => {
          const plain = unwrapSecrets(inputs) as Record<string, unknown>;
          return engine.register({ type, name, custom: custom ?? false, inputs: plain, existingId: id ?? "", options });
        };
        return guard(register, { id: name, state: inputs });
      },
      call: ({ token, inputs, provider }) => guard(() => engine.invoke(token, inputs, provider), {}),
    });
  }

  override registerResource(request: any, callback: (error: any, response: any) => void): Promise<void> {
    this.options = {
      parent: logicalName(request.getParent()),
      dependsOn: request.getDependenciesList().map(logicalName),
      ignoreChanges: request.getIgnorechangesList(),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
    };
    return super.registerResource(request, callback);
  }
}
/* eslint-enable @typescript-eslint/no-explicit-any */

function logicalName(urn: string): string {
  return urn.split("::").pop() ?? "";
}

/** The key under which Pulumi marks special values on the wire, and the mark of a secret. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

function unwrapSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const object = value as Record<string, unknown>;
  if (object[signatureKey] === secretSignature) return unwrapSecrets(object["value"]);
  return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, unwrapSecrets(inner)]));
}
