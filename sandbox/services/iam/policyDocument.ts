import { serviceError } from "../../core/serviceError";
import { compileConditions, type Condition } from "./conditions";
import { wildcard, type Match } from "./wildcard";

/** Who a statement of a trust or resource policy is about. */
export interface PolicyPrincipal {
  /** ARN of a role, a user or the account's root; for a service, the ARN it acts for. */
  arn: string;
  account: string;
  /** Set when a service itself calls, e.g. "events.amazonaws.com". */
  service?: string;
}

export interface Statement {
  /** Sid, or "#0" by position. */
  id: string;
  effect: "Allow" | "Deny";
  actions: readonly string[];
  resources: readonly string[];
  action: Match;
  resource: Match;
  principal: (principal: PolicyPrincipal) => boolean;
  condition?: Condition;
  /** Which patterns of an Allow were needed; see `unusedPermissions`. */
  usedActions: Set<string>;
  usedResources: Set<string>;
}

/** identity: attached to a role or user; trust: who may assume a role; resource: on an API or a function. */
export type PolicyKind = "identity" | "trust" | "resource";

/** Policies of these kinds name a principal; trust policies name no resource. */
const malformed = (message: string) => serviceError("iam", "MalformedPolicyDocument", message);

/**
 * Compiles a policy document. What this model can't evaluate (policy variables, other condition operators) is refused here, so
 * that no call is decided by a statement that was half understood.
 * @throws ServiceError MalformedPolicyDocument
 */
export function compilePolicy(text: string, kind: PolicyKind, expandResource = (resource: string) => resource): Statement[] {
  const document = parse(text);
  const version = document["Version"];
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    throw malformed("Syntax errors in policy: Version must be 2012-10-17 or 2008-10-17.");
  }
  const raw = document["Statement"];
  const statements = Array.isArray(raw) ? raw : raw === undefined ? [] : [raw];
  if (statements.length === 0) throw malformed("Syntax errors in policy: at least one Statement is required.");
  return statements.map((statement, i) => compileStatement(statement as Record<string, unknown>, i, kind, expandResource));
}

function parse(text: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === "object" && document !== null && !Array.isArray(document)) return document as Record<string, unknown>;
  } catch {
    // answered below
  }
  throw malformed("This policy contains invalid Json");
}

const fields = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

function compileStatement(raw: Record<string, unknown>, i: number, kind: PolicyKind, expand: (r: string) => string): Statement {
  const unknown = Object.keys(raw).filter((field) => !fields.includes(field));
  if (unknown.length > 0) throw malformed(`Syntax errors in policy: unknown element ${unknown.join(", ")}.`);
  const effect = raw["Effect"];
  if (effect !== "Allow" && effect !== "Deny")
    throw malformed(`Syntax errors in policy: Effect must be Allow or Deny, got ${effect}.`);
  const names = kind === "identity" ? [] : oneOf(raw, "Principal", "NotPrincipal");
  if (kind === "identity" && (raw["Principal"] ?? raw["NotPrincipal"]) !== undefined)
    throw malformed("Policy document should not specify a principal.");
  if (kind === "trust" && (raw["Resource"] ?? raw["NotResource"]) !== undefined) throw malformed("Has prohibited field Resource");

  const actions = patterns(raw, "Action", "NotAction");
  for (const action of actions.values) {
    if (action !== "*" && !/^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(action)) {
      throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
  }
  const resources = kind === "trust" ? { values: ["*"], negated: false } : patterns(raw, "Resource", "NotResource");
  const expanded = resources.values.map(expand);
  for (const resource of expanded) {
    if (resource.includes("${")) throw malformed(`Policy variables are not modelled, got ${resource}. Write the name out.`);
    if (resource !== "*" && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/.test(resource))
      throw malformed(`Resource ${resource} must be in ARN format or "*".`);
  }
  return {
    id: typeof raw["Sid"] === "string" && raw["Sid"] !== "" ? raw["Sid"] : `#${i}`,
    effect,
    actions: actions.values,
    resources: expanded,
    action: any(
      actions.values.map((action) => wildcard(action, true)),
      actions.negated,
    ),
    resource: any(
      expanded.map((resource) => wildcard(resource)),
      resources.negated,
    ),
    principal: principalMatch(names, raw["NotPrincipal"] !== undefined),
    condition: raw["Condition"] === undefined ? undefined : conditions(raw["Condition"]),
    usedActions: new Set(),
    usedResources: new Set(),
  };
}

function conditions(block: unknown): Condition {
  try {
    return compileConditions(block);
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

function any(matches: Match[], negated: boolean): Match {
  const [only] = matches;
  if (only && matches.length === 1 && !negated) return only;
  return (text) => matches.some((match) => match(text)) !== negated;
}

function patterns(raw: Record<string, unknown>, name: string, negatedName: string): { values: string[]; negated: boolean } {
  const value = oneOf(raw, name, negatedName);
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0 || values.some((v) => typeof v !== "string"))
    throw malformed(`Syntax errors in policy: ${name} must be a string or a list of strings.`);
  return { values, negated: raw[name] === undefined };
}

function oneOf(raw: Record<string, unknown>, name: string, negatedName: string): unknown {
  if (raw[name] !== undefined && raw[negatedName] !== undefined)
    throw malformed(`Syntax errors in policy: ${name} and ${negatedName} exclude each other.`);
  const value = raw[name] ?? raw[negatedName];
  if (value === undefined) throw malformed(`Missing required field ${name}`);
  return value;
}

function principalMatch(raw: unknown, negated: boolean): Statement["principal"] {
  if (raw === "*") return () => !negated;
  if (Array.isArray(raw) && raw.length === 0) return () => true;
  if (typeof raw !== "object" || raw === null)
    throw malformed('Invalid principal in policy: must be "*" or an object with AWS or Service.');
  const tests: ((principal: PolicyPrincipal) => boolean)[] = [];
  for (const [type, values] of Object.entries(raw as Record<string, unknown>)) {
    for (const value of (Array.isArray(values) ? values : [values]).map(String)) tests.push(onePrincipal(type, value));
  }
  return (principal) => tests.some((test) => test(principal)) !== negated;
}

function onePrincipal(type: string, value: string): (principal: PolicyPrincipal) => boolean {
  if (type === "Service") return (principal) => principal.service === value && !/^arn:aws[a-z-]*:iam::/.test(principal.arn);
  if (type !== "AWS") throw malformed(`Invalid principal in policy: "${type}" is not modelled; use AWS or Service.`);
  if (value === "*") return () => true;
  // An account, by id or by its root's ARN, stands for everybody in it.
  const account = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
  if (account) return (principal) => principal.account === account && /^arn:aws[a-z-]*:iam::/.test(principal.arn);
  if (!/^arn:aws[a-z-]*:(iam|sts)::\d{12}:[^*]+$/.test(value)) throw malformed(`Invalid principal in policy: "AWS":"${value}"`);
  return (principal) => principal.arn === value;
}
