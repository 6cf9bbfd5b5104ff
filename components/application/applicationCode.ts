import * as aws from "@pulumi/aws";
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
export function uploadedCode(name: string, jar: string, parent: pulumi.Resource): CodeLocation {
  const options = { parent };
  const bucket = new aws.s3.Bucket(`${name}-code`, { forceDestroy: true }, options);
  const versioning = new aws.s3.BucketVersioning(
    `${name}-code-versioning`,
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
    options,
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-code-encryption`,
    { bucket: bucket.id, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    options,
  );
  const accessBlock = new aws.s3.BucketPublicAccessBlock(
    `${name}-code-access`,
    { bucket: bucket.id, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    options,
  );
  new aws.s3.BucketPolicy(
    `${name}-code-policy`,
    { bucket: bucket.id, policy: tlsOnly(bucket.arn) },
    { parent, dependsOn: [accessBlock] },
  );
  const object = new aws.s3.BucketObjectv2(
    `${name}-code-jar`,
    { bucket: bucket.id, key: "application.jar", source: new pulumi.asset.FileAsset(jar) },
    { parent, dependsOn: [versioning] },
  );
  return { bucketArn: bucket.arn, key: object.key, version: object.versionId };
}

function tlsOnly(bucketArn: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
