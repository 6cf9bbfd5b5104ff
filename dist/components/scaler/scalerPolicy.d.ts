import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../policyDocument";
export interface ScalerPolicyArgs {
    /** ARN of the parameter path, arn:...:parameter/sluice/{scaler}. */
    parameterPathArn: pulumi.Input<string>;
    /** ARN of the function's log group, without ":*". */
    logGroupArn: pulumi.Input<string>;
}
/** Everything that the scaler's role may do whatever pipelines there are, and why. */
export declare function scalerStatements(args: ScalerPolicyArgs): Statement[];
/** What the scaler's role may do with a pipeline that joins it, and why. */
export declare function pipelineStatements(streamArn: pulumi.Input<string>, applicationArn: pulumi.Input<string>): Statement[];
