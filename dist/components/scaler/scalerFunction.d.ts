import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Statement } from "../policyDocument";
export interface ScalerFunctionArgs {
    /** Parameters' prefix, `/sluice/{scaler}`. */
    prefix: string;
    scalerName: string;
    logRetentionDays: number;
    /** What its role may do, given the ARN of its log group. */
    statements: (logGroupArn: pulumi.Output<string>) => Statement[];
}
export interface ScalerFunction {
    lambda: aws.lambda.Function;
    role: aws.iam.Role;
    logGroup: aws.cloudwatch.LogGroup;
    /** What must exist before the function is called. */
    ready: pulumi.Resource[];
}
/**
 * The scaler's Lambda function. Its code is the callback of scaler/lambda.ts, serialised by Pulumi: it captures no Output;
 * everything configured comes by the environment, and the SDK from the runtime.
 */
export declare function scalerFunction(name: string, args: ScalerFunctionArgs, parent: pulumi.Resource): ScalerFunction;
