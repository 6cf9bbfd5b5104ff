import type { Cloud, Operation, Principal, Shape } from "../../core/cloud";
import { callerName } from "../iam/authorise";
import { decideFor } from "../iam/evaluate";
import type { Iam } from "../iam/iam";
import { compilePolicy } from "../iam/policyDocument";
import { requestId } from "../requestId";
import { invalidParameter, lambdaError, type LambdaFunction } from "./functionState";

type Find = (name: unknown) => LambdaFunction;

/** The function's resource policy: who besides identities with their own permission may invoke it. */
export function permissionOperations(cloud: Cloud, find: Find): Record<string, Operation> {
  const random = cloud.random.fork("lambda permissions");
  return {
    AddPermission: (input) => {
      const fn = find(input.FunctionName);
      const raw = statementOf(fn, input);
      if (fn.policy.some((statement) => statement.raw["Sid"] === input.StatementId)) {
        throw lambdaError(
          "ResourceConflictException",
          `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
          409,
        );
      }
      const [compiled] = compilePolicy(JSON.stringify({ Version: "2012-10-17", Statement: [raw] }), "resource");
      const text = policyText([...fn.policy.map((statement) => statement.raw), raw]);
      if (Buffer.byteLength(text) > 20_480)
        throw lambdaError(
          "PolicyLengthExceededException",
          `The final policy size (${Buffer.byteLength(text)}) is bigger than the limit (20480).`,
        );
      if (compiled) fn.policy.push({ raw, compiled });
      fn.allowedByPolicy.clear();
      fn.revisionId = requestId(random);
      return { Statement: JSON.stringify(raw) };
    },
    RemovePermission: (input) => {
      const fn = find(input.FunctionName);
      const i = fn.policy.findIndex((statement) => statement.raw["Sid"] === input.StatementId);
      if (i < 0)
        throw lambdaError("ResourceNotFoundException", `Statement ${input.StatementId} is not found in resource policy.`, 404);
      fn.policy.splice(i, 1);
      fn.allowedByPolicy.clear();
      fn.revisionId = requestId(random);
      return {};
    },
    GetPolicy: (input) => {
      const fn = find(input.FunctionName);
      if (fn.policy.length === 0)
        throw lambdaError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
      return { Policy: policyText(fn.policy.map((statement) => statement.raw)), RevisionId: fn.revisionId };
    },
  };
}

const policyText = (Statement: unknown[]) => JSON.stringify({ Version: "2012-10-17", Id: "default", Statement });

function statementOf(fn: LambdaFunction, input: Shape): Record<string, unknown> {
  const { StatementId, Action, Principal: principal, SourceArn, SourceAccount } = input;
  if (!/^[a-zA-Z0-9-_]{1,100}$/.test(StatementId ?? "")) {
    throw lambdaError(
      "ValidationException",
      `1 validation error detected: Value '${StatementId}' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)`,
    );
  }
  if (!/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/.test(Action ?? "")) {
    throw lambdaError(
      "ValidationException",
      `1 validation error detected: Value '${Action}' at 'action' failed to satisfy constraint: Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])`,
    );
  }
  if (typeof principal !== "string" || principal === "")
    throw invalidParameter("The provided principal was invalid. Please check the principal and try again.");
  const isService = /^[a-z0-9.-]+\.amazonaws\.com$/.test(principal);
  return {
    Sid: StatementId,
    Effect: "Allow",
    Principal:
      principal === "*"
        ? "*"
        : isService
          ? { Service: principal }
          : { AWS: /^\d{12}$/.test(principal) ? `${fn.arn.split(":", 2).join(":")}:iam::${principal}:root` : principal },
    Action,
    Resource: fn.arn,
    ...((SourceArn || SourceAccount) && {
      Condition: {
        ...(SourceAccount && { StringEquals: { "AWS:SourceAccount": SourceAccount } }),
        ...(SourceArn && { ArnLike: { "AWS:SourceArn": SourceArn } }),
      },
    }),
  };
}

const invokeAction = "lambda:InvokeFunction";

/** Callers remembered per function; a run meets far fewer, so this only bounds memory. */
const maxRemembered = 1_000;

/**
 * Whether `caller` may invoke the function: a service only by the function's policy, an identity of this account by its own policies
 * or by the function's, unless one of them denies.
 * @throws ServiceError AccessDeniedException
 */
export function checkInvoke(
  cloud: Cloud,
  iam: Pick<Iam, "decideIdentity" | "requestContext">,
  fn: LambdaFunction,
  caller: Principal,
): void {
  const byIdentity = iam.decideIdentity(caller, invokeAction, fn.arn);
  if (byIdentity === "allow") return;
  const acting = caller.service !== undefined && !/^arn:aws[a-z-]*:iam::/.test(caller.arn);
  if (byIdentity !== "deny") {
    const who = `${caller.service ?? ""} ${caller.arn}`;
    if (fn.allowedByPolicy.has(who)) return;
    const context = {
      ...iam.requestContext(caller),
      ...(acting && { "aws:sourcearn": caller.arn, "aws:sourceaccount": cloud.account }),
    };
    const principal = { arn: caller.arn, account: cloud.account, service: caller.service };
    const compiled = fn.policy.map((statement) => statement.compiled);
    if (decideFor(compiled, principal, invokeAction, fn.arn, context) === "allow") {
      if (fn.allowedByPolicy.size >= maxRemembered) fn.allowedByPolicy.clear();
      fn.allowedByPolicy.add(who);
      return;
    }
  }
  const why =
    byIdentity === "deny"
      ? "with an explicit deny in an identity-based policy"
      : `because no ${acting ? "resource" : "identity"}-based policy allows the ${invokeAction} action`;
  const who = acting ? caller.service : callerName(caller);
  throw lambdaError(
    "AccessDeniedException",
    `User: ${who} is not authorized to perform: ${invokeAction} on resource: ${fn.arn} ${why}`,
    403,
  );
}
