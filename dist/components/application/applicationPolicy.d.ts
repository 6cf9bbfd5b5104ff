import * as pulumi from "@pulumi/pulumi";
import type { CodeLocation } from "./applicationCode";
import type { Statement } from "../policyDocument";
export interface ApplicationPolicyArgs {
    streamArn: pulumi.Input<string>;
    logGroupArn: pulumi.Input<string>;
    code: CodeLocation;
    region: pulumi.Input<string>;
    /** ARN of the customer's KMS key; empty with AWS's own key. */
    customerKeyArn: string;
    inVpc: boolean;
}
/** Everything the application's role may do. */
export declare function applicationStatements(args: ApplicationPolicyArgs): Statement[];
