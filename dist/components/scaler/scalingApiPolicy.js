"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scalingRoleArn = scalingRoleArn;
exports.scalingApiPolicy = scalingApiPolicy;
const pulumi = require("@pulumi/pulumi");
const partition_1 = require("../partition");
/** Application Auto Scaling calls custom resources with this service-linked role. */
function scalingRoleArn(accountId, region) {
    const path = "aws-service-role/custom-resource.application-autoscaling.amazonaws.com";
    return `arn:${(0, partition_1.partitionOf)(region).name}:iam::${accountId}:role/${path}/AWSServiceRoleForApplicationAutoScaling_CustomResource`;
}
/**
 * The API's resource policy: it only denies. Who calls needs a permission in IAM (execute-api:Invoke), must be of the account, and one
 * of the named callers where there are any. So it is the same whoever deploys. Callers are conditions, not principals, because API Gateway
 * refuses principals that don't exist yet and the service-linked role comes with the first registration.
 */
function scalingApiPolicy(args) {
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
