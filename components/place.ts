import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Where the pipeline lives: what ARNs are made of. */
export interface Place {
  /** AWS account id, 12 digits. */
  accountId: pulumi.Input<string>;
  /** AWS region, e.g. us-east-1. */
  region: pulumi.Input<string>;
}

/** The identity that deploys, as IAM sees it in `aws:PrincipalArn`: the role itself, not its session. */
export function deployer(opts?: pulumi.InvokeOptions): { accountId: pulumi.Output<string>; arn: pulumi.Output<string> } {
  const caller = aws.getCallerIdentityOutput({}, opts);
  const session = aws.iam.getSessionContextOutput({ arn: caller.arn }, opts);
  return { accountId: caller.accountId, arn: session.issuerArn };
}

/** Partition of a region: aws, aws-cn or aws-us-gov. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** ARN in the pipeline's own account and region. `resource` is everything after the account id. */
export function arnOf(place: Place, service: string, resource: pulumi.Input<string>): pulumi.Output<string> {
  const { accountId, region } = place;
  return pulumi
    .all([region, accountId, resource])
    .apply(([r, account, path]) => `arn:${partitionOf(r)}:${service}:${r}:${account}:${path}`);
}

/** Name at the end of an ARN of a stream or an application; a name stays itself. */
export function nameFromArn(nameOrArn: string): string {
  return nameOrArn.split("/").pop() ?? nameOrArn;
}
