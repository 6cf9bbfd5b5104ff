import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../policyDocument";

/** The VPC that the application runs in. AWS's own network when left out. */
export interface NetworkArgs {
  /** Subnets for the application's network interfaces; they need a route to Kinesis (an endpoint or a NAT gateway). 1 or more. */
  subnetIds: pulumi.Input<string>[];
  /** Security groups of the network interfaces. 1 to 5. */
  securityGroupIds: pulumi.Input<string>[];
}

/** The network of plain lists: none when they are empty. */
export function networkArgs(subnetIds: string[], securityGroupIds: string[]): NetworkArgs | undefined {
  return subnetIds.length > 0 ? { subnetIds, securityGroupIds } : undefined;
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
