import type { Cloud, Principal, Requirement } from "../../core/cloud";
import { serviceError, type ServiceError } from "../../core/serviceError";
import type { ConditionContext } from "./conditions";
import { candidates, decide, type Candidates, type Decision } from "./evaluate";
import type { Statement } from "./policyDocument";
import type { Identity, IamState } from "./state";
import { wildcard } from "./wildcard";

/** A role's session, as its name appears in AWS's texts: a Lambda's is the function's name. */
export interface RoleSession extends Principal {
  session?: string;
}

/** A requirement with condition keys of its own, e.g. { "iam:passedtoservice": "lambda.amazonaws.com" }. Keys in lower case. */
export interface ConditionedRequirement extends Requirement {
  context?: ConditionContext;
}

export interface Authoriser {
  /** undefined: every requirement is met. Otherwise AWS's refusal for the first that isn't. */
  authorise(
    principal: Principal,
    requirements: readonly ConditionedRequirement[],
    context?: ConditionContext,
  ): ServiceError | undefined;
  /** What the identity's own policies say; resource policies are the caller's to combine. */
  decideIdentity(principal: Principal, action: string, resource: string, context?: ConditionContext): Decision;
  /** Condition keys that every request has. */
  requestContext(principal: Principal): ConditionContext;
}

/** Decisions kept per identity; a run meets far fewer, so this only bounds memory. */
const maxKept = 10_000;

export function authoriser(cloud: Pick<Cloud, "account" | "region" | "partition">, state: IamState): Authoriser {
  const root = `arn:${cloud.partition}:iam::${cloud.account}:root`;

  const requestContext = (principal: Principal): ConditionContext => ({
    "aws:principalarn": principal.arn,
    "aws:principalaccount": principal.arn.split(":")[4] ?? "",
    "aws:resourceaccount": cloud.account,
    "aws:requestedregion": cloud.region,
    "aws:securetransport": "true",
    "aws:principalisawsservice": String(isService(principal)),
  });

  const decideIdentity = (principal: Principal, action: string, resource: string, context?: ConditionContext): Decision => {
    if (principal.arn === root) return "allow";
    const identity = state.byArn.get(principal.arn);
    if (!identity) return "none";
    const found = remembered(identity, action, resource);
    if (found.decision) return found.decision;
    const facts = { ...requestContext(principal), ...context };
    const decision = decide(found, () => facts);
    if (decision === "allow") {
      for (const statement of found.allows)
        if (!statement.condition || statement.condition(facts)) markUsed(statement, action, resource);
    }
    return decision;
  };

  const authorise: Authoriser["authorise"] = (principal, requirements, context) => {
    for (const requirement of requirements) {
      const facts = requirement.context ? { ...context, ...requirement.context } : context;
      const decision = decideIdentity(principal, requirement.action, requirement.resource, facts);
      if (decision === "allow") continue;
      if (principal.arn !== root && !state.byArn.has(principal.arn) && !isService(principal)) {
        return serviceError(
          serviceOf(requirement),
          "UnrecognizedClientException",
          "The security token included in the request is invalid.",
        );
      }
      return denied(principal, requirement, decision);
    }
    return undefined;
  };

  return { authorise, decideIdentity, requestContext };
}

/** A service that acts for itself (an EventBridge rule, an API), not in a role. */
const isService = (principal: Principal) => principal.service !== undefined && !/^arn:aws[a-z-]*:iam::/.test(principal.arn);

function remembered(identity: Identity, action: string, resource: string): Candidates {
  const { decisions } = identity;
  const asked = `${action} ${resource}`;
  let found = decisions.get(asked);
  if (!found) {
    if (decisions.size >= maxKept) decisions.clear();
    decisions.set(asked, (found = candidates(statementsOf(identity), action, resource)));
    if (found.decision === "allow") for (const statement of found.allows) markUsed(statement, action, resource);
  }
  return found;
}

function statementsOf(identity: Identity): Statement[] {
  return [...identity.inline.values(), ...identity.attached.values()].flatMap((policy) => policy.statements);
}

function markUsed(statement: Statement, action: string, resource: string): void {
  mark(statement.actions, statement.usedActions, action, true);
  mark(statement.resources, statement.usedResources, resource, false);
}

/** NotAction and NotResource name what is left out, so no pattern of theirs matches: the whole element was used. */
function mark(patterns: readonly string[], used: Set<string>, text: string, ignoreCase: boolean): void {
  const matching = patterns.filter((pattern) => wildcard(pattern, ignoreCase)(text));
  for (const pattern of matching.length > 0 ? matching : patterns) used.add(pattern);
}

/** A part of an Allow statement that no call has needed. */
export interface UnusedPermission {
  /** Name of the inline policy or ARN of the managed one. */
  policy: string;
  /** AWS's or the account's managed policy, attached rather than written for this identity. */
  managed: boolean;
  /** Sid, or "#0" by position. */
  statement: string;
  /** Exactly one of these is set: the action or the resource pattern that was never needed. */
  action?: string;
  resource?: string;
}

export function unusedPermissions(identity: Identity): UnusedPermission[] {
  const list = (policy: string, managed: boolean, statements: readonly Statement[]) =>
    statements
      .filter((statement) => statement.effect === "Allow")
      .flatMap((statement) => [
        ...statement.actions
          .filter((action) => !statement.usedActions.has(action))
          .map((action) => ({ policy, managed, statement: statement.id, action })),
        ...statement.resources
          .filter((resource) => !statement.usedResources.has(resource))
          .map((resource) => ({ policy, managed, statement: statement.id, resource })),
      ]);
  return [
    ...[...identity.inline].flatMap(([name, policy]) => list(name, false, policy.statements)),
    ...[...identity.attached].flatMap(([arn, policy]) => list(arn, true, policy.statements)),
  ];
}

const serviceOf = (requirement: Requirement) => requirement.action.split(":")[0] ?? "";

/** Query and REST-XML services answer AccessDenied, the JSON services AccessDeniedException; the REST ones with status 403. */
const queryServices = ["iam", "sns", "cloudwatch", "s3", "sts"];
const restServices = ["lambda", "apigateway", "execute-api"];

/** @param because "deny", "none", or the kind of policy that would have to allow it. */
export function denied(
  principal: RoleSession,
  requirement: Requirement,
  because: Decision | "no resource-based policy",
): ServiceError {
  const service = serviceOf(requirement);
  const query = queryServices.includes(service);
  const why =
    because === "deny"
      ? "with an explicit deny in an identity-based policy"
      : `because ${because === "none" ? "no identity-based policy" : because} allows the ${requirement.action} action`;
  const message = `User: ${callerName(principal)} is not authorized to perform: ${requirement.action} on resource: ${requirement.resource} ${why}`;
  return serviceError(
    service,
    query ? "AccessDenied" : "AccessDeniedException",
    message,
    query || restServices.includes(service) ? 403 : 400,
  );
}

/** The caller as AWS names it: a role appears as its session. */
export function callerName(principal: RoleSession): string {
  const role = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(principal.arn);
  return role ? `arn:${role[1]}:sts::${role[2]}:assumed-role/${role[3]}/${principal.session ?? "sandbox"}` : principal.arn;
}
