import type { Cloud, Operation, Principal, Service, Shape } from "../../core/cloud";
import { isServiceError } from "../../core/serviceError";
import type { ConditionedRequirement } from "../iam/authorise";
import type { Iam } from "../iam/iam";
import { asyncInvocations } from "./asyncInvocations";
import { functionMetrics } from "./functionMetrics";
import { functionOperations, functions } from "./functionOperations";
import { functionName, lambdaError } from "./functionState";
import { inputs } from "./inputs";
import { invoker, type InvocationResult, type LambdaOptions } from "./invoke";
import { checkInvoke, permissionOperations } from "./permissions";

export interface Lambda {
  service: Service;
  /** Synchronous; a refusal is a result with its status, as the Invoke API answers it. */
  invokeLambda(functionArn: string, payload: string, caller: Principal): Promise<InvocationResult>;
}

/** Payloads in bytes ("Lambda quotas"). */
const maxSyncBytes = 6_291_456;
const maxAsyncBytes = 1_048_576;

/**
 * Lambda: functions whose package is text (`Code: { files: { path: text } }`), run in this process with their own environment and
 * clients that call the sandbox in the function's role. Modelled: warm instances, concurrency, asynchronous retries, resource policy,
 * logs by the role's permission. Not modelled: memory, cold-start time, versions and aliases, layers, networks.
 */
export function createLambda(cloud: Cloud, iam: Iam, options: LambdaOptions = {}): Lambda {
  const known = functions(cloud);
  const metrics = functionMetrics(cloud);
  const invoke = invoker(cloud, iam, metrics, options);
  const enqueue = asyncInvocations(cloud, invoke, metrics);

  const Invoke: Operation = async (input, caller) => {
    const fn = known.find(input.FunctionName);
    checkInvoke(cloud, iam, fn, caller);
    const payload = payloadText(input.Payload);
    const type: string = input.InvocationType ?? "RequestResponse";
    checkSize(payload, type === "Event" ? maxAsyncBytes : maxSyncBytes);
    if (type === "DryRun") return { StatusCode: 204 };
    if (type === "Event") {
      enqueue(fn.name, payload, () => known.byName.get(fn.name));
      return { StatusCode: 202 };
    }
    if (type !== "RequestResponse") {
      throw lambdaError(
        "ValidationException",
        `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
      );
    }
    const result = await invoke(fn, payload);
    return {
      StatusCode: 200,
      ExecutedVersion: "$LATEST",
      FunctionError: result.functionError,
      Payload: Buffer.from(result.payload),
    };
  };

  const invokeLambda: Lambda["invokeLambda"] = async (functionArn, payload, caller) => {
    try {
      const fn = known.find(functionArn);
      checkInvoke(cloud, iam, fn, caller);
      checkSize(payload, maxSyncBytes);
      return await invoke(fn, payload);
    } catch (error) {
      if (!isServiceError(error)) throw error;
      return {
        statusCode: error.statusCode,
        payload: JSON.stringify({ Type: error.name, Message: error.message }),
        durationMs: 0,
      };
    }
  };

  const operations = { ...functionOperations(cloud, iam, known), ...permissionOperations(cloud, known.find), Invoke };
  return {
    service: { name: "lambda", operations, inputs, requirements: (operation, input) => requirements(cloud, operation, input) },
    invokeLambda,
  };
}

function payloadText(payload: string | Uint8Array | undefined): string {
  return typeof payload === "string" ? payload : Buffer.from(payload ?? []).toString();
}

function checkSize(payload: string, limit: number): void {
  if (payload.length * 3 <= limit) return;
  const bytes = Buffer.byteLength(payload);
  if (bytes > limit)
    throw lambdaError(
      "RequestEntityTooLargeException",
      `${bytes} byte payload is too large for the invocation (limit ${limit} bytes)`,
      413,
    );
}

/** Invoke is decided with the function's own policy, in `checkInvoke`. */
function requirements(cloud: Cloud, operation: string, input: Shape): ConditionedRequirement[] {
  if (operation === "Invoke") return [];
  const given = input.FunctionName ?? input.Resource;
  const resource =
    given === undefined ? "*" : `arn:${cloud.partition}:lambda:${cloud.region}:${cloud.account}:function:${functionName(given)}`;
  const needed: ConditionedRequirement[] = [{ action: `lambda:${operation}`, resource }];
  if (input.Role !== undefined) {
    needed.push({ action: "iam:PassRole", resource: input.Role, context: { "iam:passedtoservice": "lambda.amazonaws.com" } });
  }
  return needed;
}
