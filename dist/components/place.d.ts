import * as pulumi from "@pulumi/pulumi";
/** Where a component lives: what ARNs are made of. */
export interface Place {
    /** AWS account id, 12 digits. */
    accountId: pulumi.Output<string>;
    /** AWS region, e.g. us-east-1. */
    region: pulumi.Output<string>;
}
/** Account and region of the provider that the component's resources have. */
export declare function placeOf(component: pulumi.ComponentResource): Place;
/** ARN in the pipeline's own account and region. `resource` is everything after the account id. */
export declare function arnOf(place: Place, service: string, resource: pulumi.Input<string>): pulumi.Output<string>;
/** ARN of a policy that AWS manages. */
export declare function managedPolicyArn(region: pulumi.Input<string>, path: string): pulumi.Output<string>;
/** Name at the end of an ARN of a stream or an application; a name stays itself. */
export declare function nameFromArn(nameOrArn: string): string;
/** Name and ARN of what exists, given by one of the two. @param kind what stands before the name in the ARN: "stream". */
export declare function adopted(place: Place, service: string, kind: string, existing: pulumi.Input<string>): {
    name: pulumi.Output<string>;
    arn: pulumi.Output<string>;
};
