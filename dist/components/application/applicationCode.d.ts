import * as pulumi from "@pulumi/pulumi";
/** Where Managed Flink reads the application's code. */
export interface CodeLocation {
    bucketArn: pulumi.Input<string>;
    key: pulumi.Input<string>;
    /** Version of the object; a new jar is a new version, and so an update of the application. */
    version?: pulumi.Input<string>;
}
/**
 * Puts a local jar into a bucket of its own: private, encrypted, versioned, reachable over TLS only. The engine reads the file
 * (and refuses a deployment when it isn't there); the program never opens it.
 */
export declare function uploadedCode(name: string, jar: string, parent: pulumi.Resource): CodeLocation;
