import { PutRecordsCommand, type KinesisClient } from "@aws-sdk/client-kinesis";
import type { Answer, PutRecords } from "./replay";

/** Of a whole call: it was refused, and nothing of it accepted. */
const refusals = new Set([
  "ProvisionedThroughputExceededException",
  "LimitExceededException",
  "ThrottlingException",
  "KMSThrottlingException",
]);
/** No request was sent. */
const unsent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);
const unsentByAccount = new Set(["CredentialsProviderError", "TokenProviderError"]);

/** How long a call may take, ms: none takes its keys with it for ever. */
export const requestTimeoutMs = 15_000;

/** @param client one attempt a call: refused records are tried again alone. */
export function putRecordsOf(client: KinesisClient, streamName: string): PutRecords {
  return async (records) => {
    const Records = records.map(({ data, partitionKey }) => ({ Data: data, PartitionKey: partitionKey }));
    try {
      const { Records: answers = [] } = await client.send(new PutRecordsCommand({ StreamName: streamName, Records }));
      return { errors: records.map((_, i) => answers[i]?.ErrorCode) };
    } catch (error) {
      return failureOf(error);
    }
  };
}

/** @throws what trying again can't mend. */
export function failureOf(error: unknown): Answer {
  if (!(error instanceof Error)) throw error;
  const { $fault, $metadata, code } = error as Error & {
    $fault?: string;
    $metadata?: { httpStatusCode?: number };
    code?: unknown;
  };
  const failed = `${error.name}: ${error.message}`;
  if (refusals.has(error.name)) return { failed, unsure: false };
  if ($fault !== undefined) {
    if (($metadata?.httpStatusCode ?? 0) < 500) throw error;
    return { failed, unsure: true };
  }
  const broken = typeof code === "string" || /^(TimeoutError|AbortError)$/.test(error.name);
  if (!broken || unsentByAccount.has(error.name)) throw error;
  return { failed, unsure: !unsent.has(code as string) };
}
