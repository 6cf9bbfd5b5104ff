import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
export interface ScalingApiArgs {
    lambda: aws.lambda.Function;
    region: pulumi.Input<string>;
    logRetentionDays: number;
    /** The resource policy's statements, given the ARN of what may be called (`{execution ARN}/*`). */
    resourcePolicy: (resource: pulumi.Output<string>) => pulumi.Output<string>;
    /** Whether to set the account's role for API Gateway's logs. */
    accountLogRole: boolean;
}
export interface ScalingApi {
    /** https://{api}.execute-api.{region}.{amazonaws.com}/{stage} */
    url: pulumi.Output<string>;
    /** What must exist before the API answers. */
    ready: pulumi.Resource[];
}
/** GET and PATCH /scalableTargetDimensions/{id}, signed requests only, answered by the scaler's function. */
export declare function scalingApi(name: string, args: ScalingApiArgs, parent: pulumi.Resource): ScalingApi;
