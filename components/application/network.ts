import type * as pulumi from "@pulumi/pulumi";
import { areRight, fieldProblems, listOf, type FieldsOf } from "../fields";
import type { Statement } from "../policyDocument";
import type { Problem } from "../problem";

/** The VPC that the application runs in. AWS's own network when left out. */
export interface NetworkArgs {
  /** Subnets for the application's network interfaces; they need a route to Kinesis (an endpoint or a NAT gateway). 1 or more. */
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

/** "VPC permissions" for Managed Service for Apache Flink: what its role needs to keep network interfaces. */
export const networkStatements: Statement[] = [
  {
    sid: "ReadNetwork",
    actions: [
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
    ],
    resources: ["*"],
    reason: "the service checks the VPC it is given; EC2's Describe actions have no resource types",
  },
  {
    sid: "KeepNetworkInterfaces",
    actions: ["ec2:CreateNetworkInterface", "ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface"],
    resources: ["*"],
    reason: "the service makes and removes interfaces whose ids are not known before",
  },
];
