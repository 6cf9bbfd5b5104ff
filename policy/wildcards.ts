import type { Resource, Rule } from "./rule";

export const wildcards: Rule = {
  name: "no-wildcards",
  description: "What a role may do is named: no actions by a pattern, and no resources but for actions that know none.",
  violations: (resource) => [
    ...policiesOf(resource).flatMap((policy) => statementsOf(policy).flatMap(statementViolations)),
    ...attachedTo(resource)
      .filter((arn) => openPolicy.test(arn))
      .map((arn) => `${arn} allows whole services: write a policy that names what is needed.`),
  ],
};

/** AWS's own policies of whole services. */
const openPolicy = /^arn:[^:]*:iam::aws:policy\/(.*\/)?(AdministratorAccess|PowerUserAccess|\w+FullAccess)$/;

function attachedTo({ type, props }: Resource): string[] {
  if (/^aws:iam\/(role|user|group)PolicyAttachment:/.test(type)) return [String(props["policyArn"])];
  return type === "aws:iam/role:Role" ? ((props["managedPolicyArns"] ?? []) as string[]) : [];
}

interface Statement {
  Sid?: string;
  Effect: string;
  Action?: string | string[];
  NotAction?: unknown;
  Resource?: string | string[];
  NotResource?: unknown;
}

/** Policies of identities. A resource's own policy and a role's trust say who, not what. */
function policiesOf({ type, props }: Resource): unknown[] {
  if (/^aws:iam\/(policy|(role|user|group)Policy):/.test(type)) return [props["policy"]];
  if (type !== "aws:iam/role:Role") return [];
  return ((props["inlinePolicies"] ?? []) as { policy?: unknown }[]).map(({ policy }) => policy);
}

function statementsOf(policy: unknown): Statement[] {
  if (policy === undefined) return [];
  const document = (typeof policy === "string" ? JSON.parse(policy) : policy) as { Statement: Statement | Statement[] };
  return [document.Statement].flat().filter(({ Effect }) => Effect === "Allow");
}

function statementViolations({ Sid, Action, NotAction, Resource, NotResource }: Statement): string[] {
  const which = Sid ? `Statement ${Sid}` : "A statement";
  if (NotAction ?? NotResource) return [`${which} allows all but what it names: name what it allows, in Action and Resource.`];
  const actions = [Action ?? []].flat();
  const patterns = actions
    .filter((action) => action.includes("*"))
    .map((action) => `${which} allows ${action}: name the actions.`);
  const open = [Resource ?? []].flat().filter((resource) => resource === "*" || /^arn(:[^:]*){4}:\*$/.test(resource));
  if (open.length === 0) return patterns;
  const known = actions.filter((action) => !withoutResource.test(action) && !action.includes("*"));
  return [...patterns, ...known.map((action) => `${which} allows ${action} on ${open.join(" and ")}: name the resources.`)];
}

/**
 * Actions without a resource type ("Actions, resources, and condition keys for AWS services"), and those of an application in a VPC,
 * whose network interfaces have no names before they are made.
 */
const withoutResource =
  /^(cloudwatch:(GetMetricData|GetMetricStatistics|ListMetrics|PutMetricData)|ec2:Describe\w+|ec2:(Create|Delete)NetworkInterface|ec2:CreateNetworkInterfacePermission)$/;
