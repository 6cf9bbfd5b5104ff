import * as pulumi from "@pulumi/pulumi";
/** Application Auto Scaling calls custom resources with this service-linked role. */
export declare function scalingRoleArn(accountId: string, region: string): string;
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
export declare function scalingApiPolicy(args: ScalingApiPolicyArgs): pulumi.Output<string>;
