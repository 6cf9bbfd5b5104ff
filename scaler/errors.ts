import type { ChangeCall } from "./types";

/** What an AWS error means for a change that was to begin. */
export type Failure =
  /** The service is at work, or the call was throttled: next minute again. */
  | "busy"
  /** UpdateShardCount's daily limit is spent, by us or by others. */
  | "spent"
  /** The service said no, and would again. */
  | "refused"
  /** The stream or application isn't there. */
  | "gone"
  /** No answer, or one that doesn't say whether the change began: look before doing anything again. */
  | "unknown";

const busyNames = [
  "ResourceInUseException",
  "ConcurrentModificationException",
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ProvisionedThroughputExceededException",
  "KMSThrottlingException",
];

const refusedNames = [
  "AccessDeniedException",
  "AccessDenied",
  "UnrecognizedClientException",
  "InvalidArgumentException",
  "InvalidRequestException",
  "InvalidApplicationConfigurationException",
  "InvalidParameterValueException",
  "CodeValidationException",
  "UnsupportedOperationException",
  "ValidationException",
  "LimitExceededException",
  "MissingCommand",
];

export function errorName(error: unknown): string {
  return error instanceof Error || (typeof error === "object" && error !== null && "name" in error)
    ? String((error as Error).name)
    : "Error";
}

export function errorText(error: unknown): string {
  const message =
    typeof error === "object" && error !== null && "message" in error ? String((error as Error).message) : String(error);
  return `${errorName(error)}: ${message}`;
}

export function isNotFound(error: unknown): boolean {
  return errorName(error) === "ResourceNotFoundException";
}

/** What a failed change means, by the error's name; where one name says several things, by AWS's words. */
export function failureOf(call: ChangeCall, error: unknown): Failure {
  const name = errorName(error);
  const text = errorText(error);
  if (isNotFound(error)) return "gone";
  if (busyNames.includes(name)) return "busy";
  if (name === "LimitExceededException") return limitOf(call, text);
  // A snapshot being taken is refused under a name that isn't documented: its words tell.
  if (refusedNames.includes(name)) return /snapshot.*(progress|being|creating|ongoing)/i.test(text) ? "busy" : "refused";
  return "unknown";
}

/**
 * LimitExceededException has one name for all limits. "Double" and "half" mean that the count we saw has changed: look again.
 * A quota of the account is refused for good. What else UpdateShardCount says is read as its daily limit.
 */
function limitOf(call: ChangeCall, text: string): Failure {
  if (/\b(double|half)\b|rate exceeded|too many requests|transactions per second/i.test(text)) return "busy";
  if (call !== "UpdateShardCount") return "refused";
  const quota = /shard (limit|quota)|account/i.test(text) && !/24|hour|day|rolling/i.test(text);
  return quota ? "refused" : "spent";
}
