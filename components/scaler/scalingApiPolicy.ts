import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../partition";

/** Application Auto Scaling calls custom resources with this service-linked role. */
export function scalingRoleArn(accountId: string, region: string): string {
  const path = "aws-service-role/custom-resource.application-autoscaling.amazonaws.com";
  return `arn:${partitionOf(region).name}:iam::${accountId}:role/${path}/AWSServiceRoleForApplicationAutoScaling_CustomResource`;
}

export interface ScalingApiPolicyArgs {
  accountId: pulumi.Input<string>;
  region: pulumi.Input<string>;
  /** IAM roles or users that alone may call beside Application Auto Scaling; none: identities of the account that IAM allows to. */
  callerArns: pulumi.Input<string>[];
  /** ARN of what may be called. */
  resource: pulumi.Input<string>;
}

/**
 * The API's resource policy: it only denies. Who calls needs a permission in IAM (execute-api:Invoke), must be of the account, and one
 * of the named callers where there are any. So it is the same whoever deploys. Callers are conditions, not principals, because API Gateway
 * refuses principals that don't exist yet and the service-linked role comes with the first registration.
 */
export function scalingApiPolicy(args: ScalingApiPolicyArgs): pulumi.Output<string> {
  return pulumi.output(args).apply(({ accountId, region, callerArns, resource }) => {
    const call = { Effect: "Deny", Principal: "*", Action: "execute-api:Invoke", Resource: resource };
    const named = [...new Set([scalingRoleArn(accountId, region), ...callerArns])].sort();
    return JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Sid: "NoOtherAccount", ...call, Condition: { StringNotEquals: { "aws:PrincipalAccount": accountId } } },
        ...(callerArns.length > 0
          ? [{ Sid: "NoOtherCaller", ...call, Condition: { ArnNotEquals: { "aws:PrincipalArn": named } } }]
          : []),
      ],
    });
  });
}
