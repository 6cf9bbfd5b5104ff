import * as pulumi from "@pulumi/pulumi";

/** Where the pipeline lives: what ARNs are made of. */
export interface Place {
  /** AWS account id, 12 digits. */
  accountId: pulumi.Input<string>;
  /** AWS region, e.g. us-east-1. */
  region: pulumi.Input<string>;
}

/** An AWS partition: its name in ARNs, its domain, its console. */
export interface Partition {
  name: string;
  dnsSuffix: string;
  consoleHost: string;
}

/** By the beginning of a region's name ("AWS service endpoints", and the China and GovCloud user guides). */
const partitions: readonly [regions: RegExp, partition: Partition][] = [
  [/^cn-/, { name: "aws-cn", dnsSuffix: "amazonaws.com.cn", consoleHost: "console.amazonaws.cn" }],
  [/^us-gov-/, { name: "aws-us-gov", dnsSuffix: "amazonaws.com", consoleHost: "console.amazonaws-us-gov.com" }],
  [
    /^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/,
    { name: "aws", dnsSuffix: "amazonaws.com", consoleHost: "console.aws.amazon.com" },
  ],
];

/** The partition of a region; undefined where it isn't known here (the isolated and sovereign ones). */
export function knownPartition(region: string): Partition | undefined {
  return partitions.find(([regions]) => regions.test(region))?.[1];
}

/** @throws Error for a region whose partition isn't known: its ARNs and domains would be guesses. */
export function partitionOf(region: string): Partition {
  const partition = knownPartition(region);
  if (partition) return partition;
  throw new Error(`The partition of region "${region}" isn't known: allowed are regions of aws, aws-cn and aws-us-gov.`);
}

/** ARN in the pipeline's own account and region. `resource` is everything after the account id. */
export function arnOf(place: Place, service: string, resource: pulumi.Input<string>): pulumi.Output<string> {
  const { accountId, region } = place;
  return pulumi
    .all([region, accountId, resource])
    .apply(([r, account, path]) => `arn:${partitionOf(r).name}:${service}:${r}:${account}:${path}`);
}

/** ARN of a policy that AWS manages. */
export function managedPolicyArn(region: pulumi.Input<string>, path: string): pulumi.Output<string> {
  return pulumi.output(region).apply((r) => `arn:${partitionOf(r).name}:iam::aws:policy/${path}`);
}

/** Name at the end of an ARN of a stream or an application; a name stays itself. */
export function nameFromArn(nameOrArn: string): string {
  return nameOrArn.split("/").pop() ?? nameOrArn;
}
