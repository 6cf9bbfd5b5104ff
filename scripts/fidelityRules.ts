/**
 * Makes docs/fidelity-rules.md from the tests of the sandbox:
 *
 *     node -r ./sandbox/register.js scripts/fidelityRules.ts
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { disagreements, structuralDisagreements } from "../tests/conformance/kinesisDisagreements";
import { motoExceptions, notReplayed } from "../tests/conformance/motoExceptions";
import { replacements } from "../tests/sandbox/deploy/replacements";
import { ruleFiles, type Rule, type RuleFile } from "./ruleFiles";

const root = path.join(__dirname, "..");
export const fidelityRulesFile = path.join(root, "docs", "fidelity-rules.md");
const tests = "tests/sandbox";

/** What holds rules: files and folders of tests/sandbox, each with its heading. */
export const ruleRooms: Readonly<Record<string, string>> = {
  wire: "The wire",
  "services/inputs.test.ts": "Inputs of all services",
  "services/kinesis": "Kinesis Data Streams",
  "services/flink": "Managed Service for Apache Flink",
  "services/cloudwatch": "CloudWatch",
  "services/applicationAutoScaling": "Application Auto Scaling",
  "services/lambda": "Lambda",
  "services/apiGateway": "API Gateway",
  "services/events": "EventBridge",
  "services/iam": "IAM",
  "services/ssm": "Systems Manager Parameter Store",
  "services/logs": "CloudWatch Logs",
  "services/s3.test.ts": "S3",
  "services/sns.test.ts": "SNS",
  "deploy/awsProvider.test.ts": "Pulumi's AWS provider",
};

/** @returns the page; each rule stands in the file that holds it, with the source that applies to it and to what is indented below it. */
export function fidelityRules(): string {
  const rooms = Object.entries(ruleRooms).map(
    ([room, name]) =>
      `## ${name}\n\n${ruleFiles(path.join(root, tests, room))
        .map(fileText)
        .join("\n\n")}`,
  );
  return [introduction, ...rooms, replacementsText(), kinesisLocalText(), motoText()].join("\n\n") + "\n";
}

const introduction = `# The sandbox's rules, one by one

Made from the tests by \`node -r ./sandbox/register.js scripts/fidelityRules.ts\`; [fidelity.md](fidelity.md) is the page to read. A rule is the
name of a test, "…" a part that the test computes. In italics the source, which counts for everything indented below it as well: a page of
AWS's guides and references by its title, or the sandbox itself where AWS has no say. It is the line \`// Source:\` above the test, its
\`describe\` or its file.

At the end: [disagreements with kinesis-local](#disagreements-with-kinesis-local) and [what moto doesn't take](#what-moto-doesnt-take).`;

function fileText({ file, source, rules }: RuleFile): string {
  const name = path.relative(path.join(root, tests), file);
  return [
    `### [${name}](../${tests}/${name})`,
    ...(source === undefined ? [] : [`*${source}*`]),
    lines(rules, "").join("\n"),
  ].join("\n\n");
}

function lines(rules: readonly Rule[], indent: string): string[] {
  return rules.flatMap(({ title, source, inner }) => [
    `${indent}- ${escaped(title)}${source === undefined ? "" : ` *(${source})*`}`,
    ...lines(inner, `${indent}  `),
  ]);
}

/** Titles are no markdown. */
function escaped(title: string): string {
  return title.replace(/[\\*_<>`[\]~]/g, "\\$&");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function replacementsText(): string {
  const rows = replacements.map(({ type, by, source }) => [
    `\`${type}\``,
    by === "everything" ? "anything" : by.join(", ") || "nothing",
    source,
  ]);
  const words =
    "Each row is a test of [deploy/replacements.test.ts](../tests/sandbox/deploy/replacements.test.ts). Other inputs are changed in place.";
  return `## What replaces a resource\n\n${words}\n\n${table(["Type", "A change of", "Its schema, in the AWS provider's internal/service/"], rows)}`;
}

function kinesisLocalText(): string {
  const rows = [...disagreements, ...structuralDisagreements].map(({ name, here, there, right }) => [name, here, there, right]);
  return `## Disagreements with kinesis-local\n\n${table(["Disagreement", "Sandbox", "kinesis-local", "Who is right, and why"], rows)}`;
}

function motoText(): string {
  const rows = [
    ...Object.entries(motoExceptions).map(([call, { why }]) => [call, why]),
    ...Object.entries(notReplayed).map(([service, why]) => [service, `Not replayed: ${why}`]),
  ];
  return `## What moto doesn't take\n\n${table(["Call or service", "Why"], rows)}`;
}

if (require.main === module) fs.writeFileSync(fidelityRulesFile, fidelityRules());
