import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../policyDocument";
import type { Problem } from "../problem";
/** The VPC that the application runs in. AWS's own network when left out. */
export interface NetworkArgs {
    /** Subnets for the application's network interfaces; they need a route to Kinesis (an endpoint or a NAT gateway). 1 or more. */
    subnetIds: pulumi.Input<string>[];
    /** Security groups of the network interfaces. 1 to 5. */
    securityGroupIds: pulumi.Input<string>[];
}
export declare const networkFields: {
    subnetIds: import("../fields").Defaulted<never[]>;
    securityGroupIds: import("../fields").Defaulted<never[]>;
};
/** What is wrong with the network; [] when it is fine, or none. */
export declare function networkProblems(network: NetworkArgs | undefined, at?: string): Problem[];
/** "VPC permissions" for Managed Service for Apache Flink: what its role needs to keep network interfaces. */
export declare const networkStatements: Statement[];
