import type { Shape } from "../../core/cloud";
import { serviceError } from "../../core/serviceError";
import type { Statement } from "../iam/policyDocument";
import type { LocalTime } from "./localTime";

export interface EventInvokeConfig {
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  /** Topic that hears of events given up; other destinations are refused. */
  onFailure?: string;
  lastModified: Date;
}

/** AWS's defaults of asynchronous invocation ("Configuring error handling settings for asynchronous invocation"). */
export const defaultEventInvoke = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 };

export interface Outcome {
  /** JSON text: the handler's answer or { errorType, errorMessage, trace }. */
  payload: string;
  failed: boolean;
}

/** What the code of an instance sees of the invocation that runs in it. */
export interface Invocation {
  id: string;
  /** ISO 8601, virtual */
  time: string;
  /** Whether the role may write to the log. */
  logs: boolean;
  local?: LocalTime;
}

/** A warm execution environment: the code is loaded once and handles one invocation at a time. */
export interface Instance {
  readonly generation: number;
  readonly logStream: string;
  /** False: the log stream could not be made, and what is written is lost. */
  readonly hasLog: boolean;
  /** The present invocation; after it, the last one. */
  invocation?: Invocation;
  /** Until then (ms, virtual) it is still busy with its last invocation. */
  busyUntil: number;
  invoke(event: unknown, context: Shape): Promise<Outcome>;
}

export interface LambdaFunction {
  name: string;
  arn: string;
  role: string;
  runtime: string;
  handler: string;
  description: string;
  /** seconds */
  timeout: number;
  /** MB */
  memorySize: number;
  environment: Readonly<Record<string, string>>;
  logFormat: "Text" | "JSON";
  logGroup: string;
  /** Where it would run: networks are not modelled. */
  vpc: { subnetIds: string[]; securityGroupIds: string[] };
  architectures: string[];
  /** The archive: path -> text. */
  files: Readonly<Record<string, string>>;
  codeSha256: string;
  codeSize: number;
  lastModified: Date;
  revisionId: string;
  tags: Map<string, string>;
  policy: { raw: Record<string, unknown>; compiled: Statement }[];
  /** "service arn" of callers that the policy lets in; emptied whenever it changes. */
  allowedByPolicy: Set<string>;
  eventInvoke?: EventInvokeConfig;
  reservedConcurrency?: number;
  /** Warm instances of the present code and configuration, and invocations that run now. */
  idle: Instance[];
  running: number;
  /** Counts changes of code and configuration: an older instance isn't used again. */
  generation: number;
}

export const lambdaError = (code: string, message: string, statusCode = 400) => serviceError("lambda", code, message, statusCode);

export const invalidParameter = (message: string) => lambdaError("InvalidParameterValueException", message);

export const functionNotFound = (arn: string) => lambdaError("ResourceNotFoundException", `Function not found: ${arn}`, 404);

/** The function's name in any form that AWS takes: name, partial or full ARN, with or without qualifier. */
export function functionName(given: unknown): string {
  const text = String(given);
  const parts = /^(?:arn:aws[a-zA-Z-]*:lambda:[^:]+:)?(?:\d{12}:)?(?:function:)?([A-Za-z0-9-_]{1,140})(?::(\$LATEST))?$/.exec(
    text,
  );
  if (parts?.[1]) return parts[1];
  const pattern =
    "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";
  throw lambdaError(
    "ValidationException",
    `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
  );
}
