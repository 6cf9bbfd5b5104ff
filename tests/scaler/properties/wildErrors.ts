import * as fc from "fast-check";

/** An error as an AWS client may give it: any name, any words, with and without what the SDK adds. */
export interface WildError {
  name: string;
  message: string;
  fault?: "client" | "server";
  status?: number;
  throttling?: boolean;
}

const names = [
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "InternalServerError",
  "InternalFailure",
  "InternalFailureException",
  "KMSAccessDeniedException",
  "KMSDisabledException",
  "KMSNotFoundException",
  "KMSThrottlingException",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidSignatureException",
  "UnrecognizedClientException",
  "AccessDeniedException",
  "AccessDenied",
  "OptInRequired",
  "TimeoutError",
  "NetworkingError",
  "ECONNRESET",
  "AbortError",
  "CredentialsProviderError",
  "SyntaxError",
  "LimitExceededException",
  "ThrottlingException",
  "TooManyRequestsException",
  "ResourceInUseException",
  "ConcurrentModificationException",
  "InvalidArgumentException",
  "InvalidRequestException",
  "InvalidApplicationConfigurationException",
  "UnsupportedOperationException",
  "UnableToDetectSchemaException",
  "ParameterVersionNotFound",
  "TooManyUpdates",
  "Error",
  "TypeError",
  "",
  "__proto__",
  "constructor",
] as const;

/** What an account's quota of shards says: no other day will help. */
export const quotaTexts = [
  "The target shard count or the number of open shards would exceed the shard limit of the account 123456789012: 240.",
  "Requested 24 shards: the shard quota of account 242424242424 is 20.",
  "Shard limit exceeded: 124 of 124 shards are open under account 482400240024.",
] as const;

const messages = [
  "You have exceeded the maximum number of UpdateShardCount calls in a rolling 24-hour period.",
  "UpdateShardCount limit exceeded.",
  "Rate exceeded for stream orders under account 240024002400.",
  "Target shard count is more than double of the current count.",
  "User: arn:aws:sts::242424242424:assumed-role/scaler/run is not authorized to perform: kinesis:UpdateShardCount",
  "The security token included in the request is expired",
  "snapshot creation is in progress",
  "Service is unavailable. Please try again later.",
  "",
  'ü€𐍈\n\t\u0000"\\',
  "x".repeat(5_000),
] as const;

export const wildError: fc.Arbitrary<WildError> = fc.record(
  {
    name: fc.oneof({ weight: 9, arbitrary: fc.constantFrom<string>(...names) }, { weight: 1, arbitrary: fc.string() }),
    message: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<string>(...messages) },
      { weight: 2, arbitrary: fc.constantFrom<string>(...quotaTexts) },
      { weight: 1, arbitrary: fc.string() },
    ),
    fault: fc.constantFrom("client" as const, "server" as const),
    status: fc.constantFrom(400, 401, 403, 409, 413, 429, 500, 502, 503, 504),
    throttling: fc.boolean(),
  },
  { requiredKeys: ["name", "message"] },
);

/** The account's quota of shards is known by its own name and words. */
export const quotaError: fc.Arbitrary<WildError> = fc
  .constantFrom(...quotaTexts)
  .map((message) => ({ name: "LimitExceededException", message, fault: "client", status: 400 }));

/** What a client hears when the service did it all the same. */
export const answerLost: fc.Arbitrary<WildError> = fc.record(
  {
    name: fc.constantFrom("ServiceUnavailable", "InternalFailure", "InternalServerError", "TimeoutError", "ECONNRESET", "Error"),
    message: fc.constantFrom("", "socket hang up", "Please try again later (24).", "x".repeat(5_000)),
    status: fc.constantFrom(500, 502, 503, 504),
  },
  { requiredKeys: ["name", "message"] },
);

export function thrown({ name, message, fault, status, throttling }: WildError): Error {
  return Object.assign(new Error(message), {
    ...{ name },
    ...(fault && { $fault: fault }),
    ...(status !== undefined && { $metadata: { httpStatusCode: status } }),
    ...(throttling !== undefined && { $retryable: { throttling } }),
  });
}

/** Who says so may be busy: what was to begin is tried again next minute, for as long as patience lasts. */
export function soundsBusy(error: Error): boolean {
  const { $metadata, $retryable } = error as { $metadata?: { httpStatusCode?: number }; $retryable?: { throttling?: boolean } };
  if ($metadata?.httpStatusCode === 429 || $metadata?.httpStatusCode === 409 || $retryable?.throttling) return true;
  if (/thrott|slowdown|toomany|requestlimit|provisionedthroughput|inuse|concurrent/i.test(error.name)) return true;
  return /\b(double|half)\b|rate exceeded|snapshot/i.test(error.message);
}
