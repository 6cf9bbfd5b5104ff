import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "./place";

/** Application Auto Scaling calls custom resources with this service-linked role. */
export function scalingRoleArn(accountId: string, region: string): string {
  const path = "aws-service-role/custom-resource.application-autoscaling.amazonaws.com";
  return `arn:${partitionOf(region)}:iam::${accountId}:role/${path}/AWSServiceRoleForApplicationAutoScaling_CustomResource`;
}

export interface ScalingApiPolicyArgs {
  accountId: pulumi.Input<string>;
  region: pulumi.Input<string>;
  /** IAM role or user that deploys: it must be able to register the scalable target, which calls the API. */
  deployerArn: pulumi.Input<string>;
  operatorRoleArns: pulumi.Input<string>[];
  /** Every identity of the account that IAM allows to call, instead of the named ones. */
  openToAccount: pulumi.Input<boolean>;
  /** ARN of what may be called. */
  resource: pulumi.Input<string>;
}

/**
 * The API's resource policy: all but the callers named are denied, whatever IAM allows them. Callers are conditions, not
 * principals, because API Gateway refuses principals that don't exist yet and the service-linked role comes with the
 * first registration.
 */
export function scalingApiPolicy(args: ScalingApiPolicyArgs): pulumi.Output<string> {
  return pulumi.output(args).apply(({ accountId, region, deployerArn, operatorRoleArns, openToAccount, resource }) => {
    const arns = [...new Set([scalingRoleArn(accountId, region), deployerArn, ...operatorRoleArns])].sort();
    const [among, notAmong] = openToAccount
      ? [{ StringEquals: { "aws:PrincipalAccount": accountId } }, { StringNotEquals: { "aws:PrincipalAccount": accountId } }]
      : [{ ArnEquals: { "aws:PrincipalArn": arns } }, { ArnNotEquals: { "aws:PrincipalArn": arns } }];
    const call = { Principal: "*", Action: "execute-api:Invoke", Resource: resource };
    return JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Callers", Effect: "Allow", ...call, Condition: among },
        { Sid: "NoOneElse", Effect: "Deny", ...call, Condition: notAmong },
      ],
    });
  });
}
