/**
 * Makes docs/fidelity-inputs.md, after tests/conformance/run has installed botocore:
 *
 *     node -r ./sandbox/register.js scripts/refusedInputs.ts
 */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { NormalizedSchema } from "@smithy/core/schema";
import type { Service, ServiceName } from "../sandbox/core/cloud";
import { isValues, type Members, type Modelled } from "../sandbox/core/modelled";
import { createCloud } from "../sandbox/createCloud";

/** Services of which AWS's own model is at hand, in the SDK's client. Of the others botocore has it: tests/conformance/models.py. */
export const sdkClients: [ServiceName, client: string][] = [
  ["application-autoscaling", "@aws-sdk/client-application-auto-scaling"],
  ["cloudwatch", "@aws-sdk/client-cloudwatch"],
  ["kinesis", "@aws-sdk/client-kinesis"],
  ["kinesisanalytics", "@aws-sdk/client-kinesis-analytics-v2"],
  ["logs", "@aws-sdk/client-cloudwatch-logs"],
  ["ssm", "@aws-sdk/client-ssm"],
];
export const botocoreServices: ServiceName[] = ["apigateway", "events", "iam", "lambda", "s3", "sns"];

const page = path.join(__dirname, "..", "docs", "fidelity-inputs.md");
const conformance = path.join(__dirname, "..", "tests", "conformance");

/** @param python one that has botocore: tests/conformance/run installs it. */
export function botocoreOperations(python: string): Record<string, AwsOperations> {
  const printed = execFileSync(python, [path.join(conformance, "models.py"), ...botocoreServices], { maxBuffer: 1 << 26 });
  return JSON.parse(printed.toString("utf8"));
}

/** Members of a structure as AWS's own model has them; undefined for what has no members. */
export interface AwsMembers {
  [member: string]: AwsMembers | undefined;
}

/** Operations of a service, with the members of their inputs. */
export type AwsOperations = Record<string, AwsMembers>;

type Schema = Parameters<typeof NormalizedSchema.of>[0];

/** From an SDK client's schemas: a static operation begins with 9 and has its input as fifth. */
export function sdkOperations(client: Record<string, unknown>): AwsOperations {
  const found = Object.entries(client).filter(([name, schema]) => name.endsWith("$") && Array.isArray(schema) && schema[0] === 9);
  return Object.fromEntries(
    found.map(([name, schema]) => [name.slice(0, -1), sdkMembers(NormalizedSchema.of((schema as Schema[])[4] as Schema)) ?? {}]),
  );
}

function sdkMembers(schema: NormalizedSchema, depth = 0): AwsMembers | undefined {
  if (schema.isListSchema()) return sdkMembers(schema.getValueSchema(), depth);
  if (!schema.isStructSchema() || depth > 12) return undefined;
  return Object.fromEntries([...schema.structIterator()].map(([name, member]) => [name, sdkMembers(member, depth + 1)]));
}

/** What of a service's inputs is refused: by member, the operations that AWS has it in. Nested members as "Metrics.AccountId". */
export function refusedInputs(service: Service, aws: AwsOperations): Map<string, string[]> {
  const refused = new Map<string, string[]>();
  for (const [operation, modelled] of Object.entries(service.inputs).sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const member of refusedMembers(aws[operation] ?? {}, modelled))
      refused.set(member, [...(refused.get(member) ?? []), operation]);
  return refused;
}

function refusedMembers(aws: AwsMembers, modelled: Members, at = ""): string[] {
  return Object.entries(aws).flatMap(([name, inner]) => {
    const known: Modelled | undefined = modelled[name];
    const path = at + name;
    if (known === undefined) return [path];
    if (known === "anything" || known === "ownArn") return [];
    if (isValues(known)) return [`${path} (but ${known.map((value) => JSON.stringify(value)).join(", ")})`];
    return refusedMembers(inner ?? {}, known, `${path}.`);
  });
}

/** A service's section of docs/fidelity-inputs.md. */
export function refusedSection(service: Service, aws: AwsOperations): string {
  const rows = [...refusedInputs(service, aws)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([member, operations]) => `| ${member} | ${operations.join(", ")} |`);
  return [`## ${service.name}`, "", "| Member | Operations that refuse it |", "| --- | --- |", ...rows].join("\n");
}

/** The section that the page has for a service. */
export function listedSection(service: ServiceName): string | undefined {
  const sections = fs
    .readFileSync(page, "utf8")
    .trimEnd()
    .split(/\n\n(?=## )/);
  return sections.find((section) => section.startsWith(`## ${service}\n`));
}

const introduction = `# Inputs that the sandbox refuses

Made by \`node -r ./sandbox/register.js scripts/refusedInputs.ts\`, after \`npm run test:conformance\` has installed botocore.

Members of AWS's own models that the sandbox doesn't model: each is refused by its name, with an error of its service. A value after "but"
is the one that is taken.`;

function main(): void {
  const { services } = createCloud({ start: 0, seed: 1, region: "us-east-1" });
  const botocore = botocoreOperations(path.join(__dirname, "..", ".cache", "conformance", "python", "bin", "python"));
  const models: [ServiceName, AwsOperations][] = [
    ...sdkClients.map(([name, client]): [ServiceName, AwsOperations] => [name, sdkOperations(require(client))]),
    ...botocoreServices.map((name): [ServiceName, AwsOperations] => [name, botocore[name]!]),
  ];
  const sections = models.map(([name, aws]) => refusedSection(services.get(name)!, aws));
  fs.writeFileSync(page, `${[introduction, ...sections].join("\n\n")}\n`);
}

if (require.main === module) main();
