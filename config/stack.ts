import { knownPartition } from "../components/partition";
import type { Problem } from "../components/problem";
import type { Values } from "./keys";

/** What is wrong with the stack's name and region. */
export function stackProblems(stack: string, region: string): Problem[] {
  const problems: Problem[] = [];
  if (!/^[A-Za-z0-9-]{1,40}$/.test(stack))
    problems.push({
      path: "(stack)",
      value: stack,
      text: "allowed is a stack name of 1 to 40 letters, digits and hyphens; rename the stack",
    });
  if (!knownPartition(region))
    problems.push({
      path: "(aws:region)",
      value: region,
      text: "allowed is an AWS region of the partitions aws, aws-cn and aws-us-gov; run: pulumi config set aws:region us-east-1",
    });
  return problems;
}

/** What is wrong with ARNs: they are of another region than the stack. */
export function otherRegion(values: Values, region: string): Problem[] {
  return ["existingStream", "existingApplication", "kmsKey"].flatMap((key) => {
    const value = values[key];
    const actual = typeof value === "string" && value.startsWith("arn:") ? value.split(":")[3] : undefined;
    if (!actual || actual === region) return [];
    const text = `allowed is an ARN in the stack's region ${region}. Deploy a stack to ${actual}, or correct the ARN`;
    return [{ path: key, value, text }];
  });
}
