import type { ServiceName, Shape } from "../../core/cloud";
import { isServiceError } from "../../core/serviceError";

/** What a client needs of the sandbox: one call of an AWS operation in the function's role. */
export type SdkCall = (service: ServiceName, operation: string, input: Shape) => Promise<Shape>;

/** Packages of the AWS SDK for JavaScript and the service that each one is a client of. */
const services: Readonly<Record<string, ServiceName>> = {
  "@aws-sdk/client-api-gateway": "apigateway",
  "@aws-sdk/client-application-auto-scaling": "application-autoscaling",
  "@aws-sdk/client-cloudwatch": "cloudwatch",
  "@aws-sdk/client-cloudwatch-logs": "logs",
  "@aws-sdk/client-eventbridge": "events",
  "@aws-sdk/client-iam": "iam",
  "@aws-sdk/client-kinesis": "kinesis",
  "@aws-sdk/client-kinesis-analytics-v2": "kinesisanalytics",
  "@aws-sdk/client-lambda": "lambda",
  "@aws-sdk/client-s3": "s3",
  "@aws-sdk/client-sns": "sns",
  "@aws-sdk/client-ssm": "ssm",
};

type Exports = Record<string, Shape>;

const loaded = new Map<string, Exports | undefined>();

/** The installed package, or undefined: Lambda's runtime has every client, this project only those that it uses. */
function installed(name: string): Exports | undefined {
  if (!loaded.has(name)) {
    try {
      loaded.set(name, require(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
      loaded.set(name, undefined);
    }
  }
  return loaded.get(name);
}

/**
 * An SDK package for the function's `require`: real Command and error classes, and clients whose `send` calls the sandbox.
 * Undefined when `name` is no SDK client.
 */
export function sdkModule(name: string, call: SdkCall): Exports | undefined {
  const service = services[name];
  if (service === undefined) return undefined;
  const real = installed(name);
  const made: Record<string, Shape> = {};
  const get = (property: string): Shape => {
    if (isClient(property)) return (made[property] ??= clientClass(real, property, service, call));
    if (property === "__esModule") return true;
    if (real) return real[property];
    return property.endsWith("Command") ? (made[property] ??= commandClass(property)) : undefined;
  };
  return new Proxy({} as Exports, {
    get: (_, property) => (typeof property === "string" ? get(property) : undefined),
    has: (_, property) => (real ? property in real : true),
  });
}

const isClient = (property: string) => property !== "__Client" && property.endsWith("Client");

/** A class that makes objects of the real client's prototype (paginators and waiters ask) with a `send` of their own. */
function clientClass(real: Exports | undefined, property: string, service: ServiceName, call: SdkCall): Shape {
  const prototype: object = real?.[property]?.prototype ?? Object.prototype;
  const send = async (command: Shape) => {
    const name: string = command.constructor.name;
    const operation = name.endsWith("Command") ? name.slice(0, -"Command".length) : name;
    try {
      const output = await call(service, operation, command.input);
      return { $metadata: { httpStatusCode: 200, attempts: 1, totalRetryDelay: 0 }, ...output };
    } catch (error) {
      throw sdkError(real, error);
    }
  };
  const Client = function (config: Shape) {
    return Object.assign(Object.create(prototype), { config: { ...config }, send, destroy: () => undefined });
  };
  Object.defineProperty(Client, "name", { value: property });
  Client.prototype = prototype;
  return Client;
}

function commandClass(name: string): Shape {
  const Command = function (this: { input: Shape }, input: Shape) {
    this.input = input;
  };
  Object.defineProperty(Command, "name", { value: name });
  return Command;
}

/** A service's error as the SDK throws it: an instance of the modelled exception where the package has one. */
function sdkError(real: Exports | undefined, error: unknown): unknown {
  if (!isServiceError(error)) return error;
  const $metadata = { httpStatusCode: error.statusCode, attempts: 1, totalRetryDelay: 0 };
  const facts = { name: error.name, message: error.message, $fault: error.statusCode < 500 ? "client" : "server", $metadata };
  const Modelled = real?.[error.name] ?? baseException(real);
  if (typeof Modelled !== "function") return Object.assign(new Error(error.message), facts);
  return Object.assign(new Modelled(facts), { name: error.name, message: error.message });
}

function baseException(real: Exports | undefined): Shape {
  const name = Object.keys(real ?? {}).find((key) => key.endsWith("ServiceException") && key !== "ServiceException");
  return name === undefined ? undefined : real?.[name];
}
