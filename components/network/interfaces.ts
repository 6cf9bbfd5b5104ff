import type { Statement } from "../policyDocument";

/** "VPC permissions" for Managed Service for Apache Flink: what its role needs to keep network interfaces. */
export const applicationInterfaces: Statement[] = [
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

const ofFunction = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:UnassignPrivateIpAddresses",
];
const looksOfFunction = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];

/** "Giving Lambda functions access to resources in an Amazon VPC": Lambda keeps the interfaces with the function's role; its code must not. */
export const functionInterfaces: Statement[] = [
  {
    sid: "ReadNetwork",
    actions: looksOfFunction,
    resources: ["*"],
    reason: "Lambda looks up its network interfaces; EC2's Describe actions have no resource types",
  },
  {
    sid: "KeepNetworkInterfaces",
    actions: ofFunction,
    resources: ["*"],
    reason: "Lambda makes and removes interfaces whose ids are not known before",
  },
  {
    sid: "NotFromCode",
    effect: "Deny",
    actions: [...looksOfFunction, ...ofFunction],
    resources: ["*"],
    conditions: { ArnLike: { "lambda:SourceFunctionArn": "arn:*:lambda:*:*:function:*" } },
    reason: "the interfaces are Lambda's affair: what runs in the function gets none of these permissions",
  },
];
