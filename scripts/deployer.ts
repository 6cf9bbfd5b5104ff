/**
 * Writes the policies of docs/deployer.md:
 *
 *     node -r ./sandbox/register.js scripts/deployer.ts
 */
import * as fs from "node:fs";
import * as path from "node:path";
import type { Requirement } from "../sandbox/core/cloud";
import { accountId } from "../sandbox/createCloud";
import { wildcard } from "../sandbox/services/iam/wildcard";
import { askedOfDeployer, deployerStacks, type Asked } from "../tests/support/deployer";

export const deployerPage = path.join(__dirname, "..", "docs", "deployer.md");

/** A policy over placeholders: REGION, ACCOUNT, STACK. */
export interface PolicyTemplate {
  Version: "2012-10-17";
  Statement: { Effect: "Allow"; Action: string[]; Resource: string[] }[];
}

/** What `pulumi up` and `pulumi destroy` need, and what a preview with a refresh does. */
export interface DeployerPolicies {
  up: PolicyTemplate;
  preview: PolicyTemplate;
}

export async function deployerPolicies(): Promise<DeployerPolicies> {
  const asked: Asked[] = [];
  for (const files of deployerStacks) {
    for (const { action, resource, deed } of await askedOfDeployer(files))
      asked.push({ action, resource: resourceTemplate(resource, files.stack), deed });
  }
  return { up: policyOf(asked), preview: policyOf(asked.filter(({ deed }) => deed === "read")) };
}

/** The ARN with placeholders, and a pattern for what Pulumi and AWS name. */
function resourceTemplate(arn: string, stack: string): string {
  const [head, tail] = /^(arn:[^:]*:[^:]*:[^:]*:[^:]*:)(.*)$/.exec(arn)?.slice(1) ?? ["", arn];
  const place = head!.replace(accountId, "ACCOUNT").replace(/(?<=^arn:\w+:[\w-]+:)[\w-]+(?=:)/, "REGION");
  const [, service] = /^arn:[^:]*:([^:]*)/.exec(arn) ?? [];
  if (service === "apigateway") return place + tail!.replace(/^\/restapis\/.*/, "/restapis/*");
  if (service === "execute-api") return `${place}*/scalableTargetDimensions/STACK-*`;
  if (service === "application-autoscaling") return `${place}scalable-target/*`;
  return (
    place +
    tail!
      .replace(new RegExp(`sluice-${stack}(-.*)?$`), (_all, more?: string) => `sluice-STACK${more ? "-*" : ""}`)
      .replace(new RegExp(`sluice/${stack}/.*`), "sluice/STACK/*")
      .replace(new RegExp(`(?<=^|[/:])${stack}-.*`), "STACK-*")
  );
}

/** A statement for all actions that need the same resources. */
function policyOf(asked: readonly Requirement[]): PolicyTemplate {
  const resources = new Map<string, Set<string>>();
  for (const { action, resource } of asked) resources.set(action, (resources.get(action) ?? new Set()).add(resource));
  const actions = new Map<string, string[]>();
  for (const [action, needed] of [...resources].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const covered = (one: string) => [...needed].some((other) => other !== one && wildcard(other)(one));
    const key = JSON.stringify([...needed].filter((one) => !covered(one)).sort());
    actions.set(key, [...(actions.get(key) ?? []), action]);
  }
  const statements = [...actions].map(([key, Action]) => ({
    Effect: "Allow" as const,
    Action,
    Resource: JSON.parse(key) as string[],
  }));
  return { Version: "2012-10-17", Statement: statements };
}

/** The page with the policies in its first two blocks of JSON. */
export function withPolicies(page: string, { up, preview }: DeployerPolicies): string {
  const blocks = [up, preview].map((policy) => `\`\`\`json\n${JSON.stringify(policy, null, 2)}\n\`\`\``);
  return page.replace(/```json\n[^]*?\n```/g, (block) => blocks.shift() ?? block);
}

if (require.main === module)
  void deployerPolicies().then((policies) =>
    fs.writeFileSync(deployerPage, withPolicies(fs.readFileSync(deployerPage, "utf8"), policies)),
  );
