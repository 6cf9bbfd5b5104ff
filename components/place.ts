import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "./partition";

/** Where a component lives: what ARNs are made of. */
export interface Place {
  /** AWS account id, 12 digits. */
  accountId: pulumi.Output<string>;
  /** AWS region, e.g. us-east-1. */
  region: pulumi.Output<string>;
}

/** Account and region of the provider that the component's resources have. */
export function placeOf(component: pulumi.ComponentResource): Place {
  const options = { parent: component };
  return {
    accountId: aws.getCallerIdentityOutput({}, options).accountId,
    region: aws.getRegionOutput({}, options).region,
  };
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

export const adoptedStream = (place: Place, existing: pulumi.Input<string>) => adopted(place, "kinesis", "stream", existing);

export const adoptedApplication = (place: Place, existing: pulumi.Input<string>) =>
  adopted(place, "kinesisanalytics", "application", existing);

/** Name and ARN of what exists, given by one of the two. @param kind what stands before the name in the ARN: "stream". */
function adopted(place: Place, service: string, kind: string, existing: pulumi.Input<string>) {
  const given = pulumi.output(existing);
  const own = arnOf(place, service, pulumi.interpolate`${kind}/${given}`);
  const arn = pulumi.all([given, own]).apply(([nameOrArn, here]) => (nameOrArn.startsWith("arn:") ? nameOrArn : here));
  return { name: given.apply(nameFromArn), arn };
}
