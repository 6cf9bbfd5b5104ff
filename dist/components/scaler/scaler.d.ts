import * as pulumi from "@pulumi/pulumi";
import { type ScalerArgs, type SharedScaler } from "./scalerArgs";
/** What pipelines know of a scaler, by itself. */
export declare function shared(scaler: pulumi.Input<SharedScaler>): pulumi.Output<pulumi.UnwrappedObject<SharedScaler>>;
/**
 * One scaler, for as many pipelines as join it; each brings its parameters and what the scaler's role may do with it. The Lambda function is
 * the callback in scaler/lambda.ts.
 *
 *     const scaler = new Scaler("shared", {});
 *     new Pipeline("orders", { scaler, ... });
 */
export declare class Scaler extends pulumi.ComponentResource {
    /** Its name in parameters' paths and in the `Stack` dimension of its metrics. */
    readonly scalerName: pulumi.Output<string>;
    /** https://{api}.execute-api.{region}.amazonaws.com/{stage}. Known when everything behind it is there. */
    readonly url: pulumi.Output<string>;
    /** Name of the function's role. */
    readonly roleName: pulumi.Output<string>;
    /** Name of the Lambda function. */
    readonly functionName: pulumi.Output<string>;
    /** Log group of the Lambda function. */
    readonly logGroupName: pulumi.Output<string>;
    constructor(name: string, args: ScalerArgs, opts?: pulumi.ComponentResourceOptions);
}
