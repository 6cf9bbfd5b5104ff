import type { Cloud, Principal, Service, ServiceName, Shape } from "../core/cloud";
import { isValues, type Members, type Modelled } from "../core/modelled";
import { serviceError, type ServiceError } from "../core/serviceError";
import { denied } from "./iam/authorise";

export interface Call {
  service: ServiceName;
  operation: string;
  caller: Principal;
  here: Pick<Cloud, "account" | "region" | "partition">;
}

/** Runs an operation whose input is modelled. @throws ServiceError for any other. */
export function runModelled(
  here: Call["here"],
  { name, operations, inputs }: Service,
  operation: string,
  input: Shape,
  caller: Principal,
): Shape | Promise<Shape> {
  const refusal = refusalOf({ service: name, operation, caller, here }, input, inputs[operation] ?? {});
  if (refusal) throw refusal;
  return operations[operation]!(input, caller);
}

/**
 * What AWS would answer to an input that the sandbox doesn't model, or that names another account's or region's resource; undefined
 * where there is nothing to refuse. Every call of the scaler's comes by: a loop over the input's own keys.
 */
export function refusalOf(call: Call, input: Shape, modelled: Members): ServiceError | undefined {
  return ofMembers(call, input, modelled, "");
}

function ofMembers(call: Call, value: Shape, modelled: Members, at: string): ServiceError | undefined {
  for (const name in value) {
    const member: unknown = value[name];
    if (member === undefined || member === null) continue;
    const known = Object.hasOwn(modelled, name) ? modelled[name] : undefined;
    if (known === "anything") continue;
    const refusal = known === undefined ? notAMember(call, at + name, modelled) : ofValue(call, member, known, at + name);
    if (refusal) return refusal;
  }
  return undefined;
}

function ofValue(call: Call, value: unknown, modelled: Exclude<Modelled, "anything">, at: string): ServiceError | undefined {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const refusal = ofValue(call, value[i], modelled, `${at}[${i}]`);
      if (refusal) return refusal;
    }
    return undefined;
  }
  if (modelled === "ownArn") return typeof value === "string" ? ofAnother(call, value) : undefined;
  if (!isValues(modelled)) return typeof value === "object" ? ofMembers(call, value, modelled, `${at}.`) : undefined;
  if (modelled.includes(value as string)) return undefined;
  return unmodelled(call, `${at} ${JSON.stringify(value)}`, modelled.map((one) => JSON.stringify(one)).join(", "));
}

function notAMember(call: Call, at: string, modelled: Members): ServiceError {
  return unmodelled(call, at, Object.keys(modelled).join(", ") || "no member there");
}

function unmodelled({ service, operation }: Call, what: string, instead: string): ServiceError {
  const [code, status] = unsupported[service];
  return serviceError(
    service,
    code,
    `The sandbox does not model ${what} of ${service}:${operation}; it models ${instead}.`,
    status,
  );
}

/** Another account's resource would need a policy of its own to let anybody in; parts that are empty are the service's to look at. */
function ofAnother({ service, operation, caller, here }: Call, given: string): ServiceError | undefined {
  // Lambda takes "account:function:name", too.
  const arn = service === "lambda" && /^\d{12}:/.test(given) ? `arn:${here.partition}:lambda:${here.region}:${given}` : given;
  if (!arn.startsWith("arn:")) return undefined;
  const [, partition, , region = "", account = ""] = arn.split(":");
  if (account !== "" && account !== here.account)
    return denied(caller, { action: `${service}:${operation}`, resource: arn }, "no resource-based policy");
  if (partition === here.partition && (region === "" || region === here.region)) return undefined;
  const [code, status] = notFound[service] ?? ["ResourceNotFoundException", 400];
  return serviceError(
    service,
    code,
    `${arn} is not found: it is not in partition ${here.partition}, region ${here.region}.`,
    status,
  );
}

/** What each service answers to a parameter that it doesn't support: the nearest error of its API reference. */
const unsupported: Readonly<Record<ServiceName, readonly [code: string, status: number]>> = {
  apigateway: ["BadRequestException", 400],
  "application-autoscaling": ["ValidationException", 400],
  cloudwatch: ["InvalidParameterValueException", 400],
  events: ["ValidationException", 400],
  "execute-api": ["BadRequestException", 400],
  iam: ["InvalidInput", 400],
  kinesis: ["ValidationException", 400],
  kinesisanalytics: ["UnsupportedOperationException", 400],
  lambda: ["InvalidParameterValueException", 400],
  logs: ["InvalidParameterException", 400],
  s3: ["NotImplemented", 501],
  sns: ["InvalidParameter", 400],
  ssm: ["ValidationException", 400],
};

const notFound: Partial<Record<ServiceName, readonly [code: string, status: number]>> = {
  apigateway: ["NotFoundException", 404],
  cloudwatch: ["ResourceNotFoundException", 404],
  lambda: ["ResourceNotFoundException", 404],
  sns: ["NotFound", 404],
  ssm: ["ParameterNotFound", 400],
};
