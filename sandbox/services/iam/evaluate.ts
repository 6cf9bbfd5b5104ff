import type { ConditionContext } from "./conditions";
import type { PolicyPrincipal, Statement } from "./policyDocument";

/** `none`: nothing allows it, nothing denies it. */
export type Decision = "allow" | "deny" | "none";

/** The statements that are about one action on one resource: all that is left to ask is their conditions. */
export interface Candidates {
  denies: Statement[];
  allows: Statement[];
  /** Decided already when no condition is left to ask. */
  decision?: Decision;
}

export function candidates(statements: readonly Statement[], action: string, resource: string): Candidates {
  const about = statements.filter((statement) => statement.action(action) && statement.resource(resource));
  const denies = about.filter((statement) => statement.effect === "Deny");
  const allows = about.filter((statement) => statement.effect === "Allow");
  if (about.some((statement) => statement.condition)) return { denies, allows };
  return { denies, allows, decision: denies.length > 0 ? "deny" : allows.length > 0 ? "allow" : "none" };
}

/** An explicit deny wins over every allow. ("Policy evaluation logic") */
export function decide({ denies, allows, decision }: Candidates, context: () => ConditionContext): Decision {
  if (decision) return decision;
  const facts = context();
  const holds = (statement: Statement) => !statement.condition || statement.condition(facts);
  if (denies.some(holds)) return "deny";
  return allows.some(holds) ? "allow" : "none";
}

/** Decision of a policy that names principals: a trust policy, an API's or a function's policy. */
export function decideFor(
  statements: readonly Statement[],
  principal: PolicyPrincipal,
  action: string,
  resource: string,
  context: ConditionContext,
): Decision {
  const about = statements.filter((statement) => statement.principal(principal));
  return decide(candidates(about, action, resource), () => context);
}
