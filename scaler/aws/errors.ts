import type { ChangeCall } from "../types";
import type { Aws } from "./clients";

/** What an AWS error means for a change that was to begin. */
export type Failure =
  /** Nothing began, and it may next time: the service is at work, the call was throttled, credentials had run out. */
  | "busy"
  /** UpdateShardCount's daily limit is spent, by us or by others. */
  | "spent"
  /** The service said no, and would again. */
  | "refused"
  /** No answer, or one that doesn't say whether the change began: look before doing anything again. */
  | "unknown";

/**
 * Errors are known by parts of their names: services have many, and new ones come ("Common Errors", and each service's API Reference).
 * Names that none of these fits are read by whose fault the SDK says it was.
 */
const throttledNames = /thrott|TooManyRequests|RequestLimit|SlowDown|ProvisionedThroughputExceeded/i;
const busyNames = /ResourceInUse|ConcurrentModification|ResourceNotFound|Expired|Credentials/i;
const refusedNames =
  /Denied|Unauthori[sz]ed|NotAuthori[sz]ed|Unrecognized|Invalid|Validation|Unsupported|MissingCommand|OptInRequired|LimitExceeded/i;
const deniedNames = /Denied|Unauthori[sz]ed|NotAuthori[sz]ed/i;

export function errorName(error: unknown): string {
  return error instanceof Error || (typeof error === "object" && error !== null && "name" in error)
    ? String((error as Error).name)
    : "Error";
}

function errorMessage(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error ? String((error as Error).message) : String(error);
}

export function errorText(error: unknown): string {
  return `${errorName(error)}: ${errorMessage(error)}`;
}

export function isNotFound(error: unknown): boolean {
  return errorName(error) === "ResourceNotFoundException";
}

export function isThrottled(error: unknown): boolean {
  return throttledNames.test(errorName(error));
}

/** AWS whose refusals for a missing permission name it: services' own messages don't always. */
export function tellingPermissions(aws: Aws): Aws {
  return {
    pause: (milliseconds) => aws.pause(milliseconds),
    async call(service, operation, input) {
      try {
        return await aws.call(service, operation, input);
      } catch (error) {
        const permission = `${service}:${operation}`;
        if (!deniedNames.test(errorName(error)) || errorMessage(error).includes(permission)) throw error;
        const named = { name: errorName(error), message: `${errorMessage(error)} (${permission})` };
        throw Object.assign(new Error(named.message), error, named);
      }
    },
  };
}

/** What a failed change means: by the error's name, by AWS's words where one name says several things, by whose fault it was. */
export function failureOf(call: ChangeCall, error: unknown): Failure {
  const name = errorName(error);
  const text = errorText(error);
  if (isThrottled(error)) return "busy";
  if (name === "LimitExceededException") return limitOf(call, text);
  if (busyNames.test(name)) return "busy";
  // A snapshot being taken is refused under a name that isn't documented: its words tell.
  if (refusedNames.test(name)) return /snapshot.*(progress|being|creating|ongoing)/i.test(text) ? "busy" : "refused";
  return isCallersFault(error) ? "refused" : "unknown";
}

/** The SDK marks what the service answered: "client" or a status of 4xx means that it did nothing. */
function isCallersFault(error: unknown): boolean {
  const { $fault: fault, $metadata: metadata } = Object(error) as { $fault?: unknown; $metadata?: { httpStatusCode?: unknown } };
  const status = Number(metadata?.httpStatusCode);
  return status >= 400 ? status < 500 : fault === "client";
}

/**
 * LimitExceededException has one name for all limits. "Double" and "half" mean that the count we saw has changed: look again.
 * A quota of the account is refused for good. What else UpdateShardCount says is read as its daily limit.
 */
function limitOf(call: ChangeCall, text: string): Failure {
  if (/\b(double|half)\b|rate exceeded|too many requests|transactions per second/i.test(text)) return "busy";
  if (call !== "UpdateShardCount") return "refused";
  if (/\b24[ -]?h(ou)?(rs?)?\b|\brolling\b|\bdaily\b|\bper day\b|\ba day\b/i.test(text)) return "spent";
  return /shard (limit|quota)|account|quota/i.test(text) ? "refused" : "spent";
}
