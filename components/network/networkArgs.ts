import type * as pulumi from "@pulumi/pulumi";
import { areRight, fieldProblems, listOf, type FieldsOf } from "../fields";
import type { Problem } from "../problem";

/** The VPC that an application or a function runs in. AWS's own network when left out. */
export interface NetworkArgs {
  /** Subnets for the network interfaces; they need a route to what is called from there (endpoints or a NAT gateway). 1 or more. */
  subnetIds: pulumi.Input<string>[];
  /** Security groups of the network interfaces. 1 to 5. */
  securityGroupIds: pulumi.Input<string>[];
}

export const networkFields = {
  subnetIds: listOf(/^subnet-[0-9a-f]+$/, "subnet ids (subnet-...)"),
  securityGroupIds: listOf(/^sg-[0-9a-f]+$/, "security group ids (sg-...)"),
} satisfies FieldsOf<NetworkArgs>;

/** What is wrong with the network; [] when it is fine, or none. */
export function networkProblems(network: NetworkArgs | undefined, at = ""): Problem[] {
  if (!network) return [];
  const problems = fieldProblems(network, networkFields, at);
  if (!areRight(problems, at, ["subnetIds", "securityGroupIds"])) return problems;
  const missing = (["subnetIds", "securityGroupIds"] as const).filter((name) => !network[name]?.length);
  const text = `a VPC needs both \`${at}subnetIds\` and \`${at}securityGroupIds\`. Set it too, or remove the other`;
  return [...problems, ...missing.map((name) => ({ path: at + name, value: network[name], text }))];
}
