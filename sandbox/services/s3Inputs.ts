import { members, type Members, type ModelledInputs } from "../core/modelled";

const bucket = members("Bucket");
const version = members("Bucket", "Key", "VersionId");

/** A setting of a bucket: S3's own member, or `Configuration` as the program's provider has it. Kept and shown as it comes. */
const setting = (...names: string[]): Members => members("Bucket", "Configuration", ...names);

/** What is modelled of each operation's input. */
export const inputs: ModelledInputs = {
  CreateBucket: bucket,
  DeleteBucket: bucket,
  DeleteBucketEncryption: bucket,
  DeleteBucketLifecycle: bucket,
  DeleteBucketOwnershipControls: bucket,
  DeleteBucketPolicy: bucket,
  DeleteBucketTagging: bucket,
  DeleteObject: version,
  DeletePublicAccessBlock: bucket,
  GetBucketEncryption: bucket,
  GetBucketLifecycleConfiguration: bucket,
  GetBucketLogging: bucket,
  GetBucketOwnershipControls: bucket,
  GetBucketPolicy: bucket,
  GetBucketTagging: bucket,
  GetBucketVersioning: bucket,
  GetObject: version,
  GetPublicAccessBlock: bucket,
  HeadBucket: bucket,
  HeadObject: version,
  ListBuckets: {},
  ListObjectVersions: bucket,
  ListObjectsV2: members("Bucket", "Prefix"),
  PutBucketEncryption: setting("ServerSideEncryptionConfiguration"),
  PutBucketLifecycleConfiguration: setting("LifecycleConfiguration"),
  PutBucketLogging: setting("BucketLoggingStatus"),
  PutBucketOwnershipControls: setting("OwnershipControls"),
  PutBucketPolicy: setting("Policy"),
  PutBucketTagging: setting("Tagging"),
  PutBucketVersioning: { ...setting(), VersioningConfiguration: members("Status") },
  PutObject: members("Bucket", "Key", "Body"),
  PutPublicAccessBlock: setting("PublicAccessBlockConfiguration"),
};
