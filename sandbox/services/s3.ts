import { createHash } from "node:crypto";
import type { Cloud, Operation, Requirement, Service, Shape } from "../core/cloud";
import { serviceError } from "../core/serviceError";
import { uniqueId } from "./requestId";
import { inputs } from "./s3Inputs";

interface StoredObject {
  versionId: string;
  body: string;
  etag: string;
  modified: Date;
  deleted: boolean;
}

interface Bucket {
  name: string;
  created: Date;
  /** Settings by the operation that put them, without "Put": BucketVersioning, PublicAccessBlock, ... */
  settings: Map<string, Shape>;
  /** Versions of each key, newest last. Without versioning there is one. */
  objects: Map<string, StoredObject[]>;
}

const s3Error = (code: string, message: string, statusCode: number) => serviceError("s3", code, message, statusCode);

/** Settings that are kept and answered as they came: they change nothing else here. `deletedBy`: what takes one away. */
const settings: Readonly<Record<string, { missing?: string; deletedBy?: string }>> = {
  BucketVersioning: {},
  BucketEncryption: { missing: "ServerSideEncryptionConfigurationNotFoundError", deletedBy: "DeleteBucketEncryption" },
  PublicAccessBlock: { missing: "NoSuchPublicAccessBlockConfiguration", deletedBy: "DeletePublicAccessBlock" },
  BucketOwnershipControls: { missing: "OwnershipControlsNotFoundError", deletedBy: "DeleteBucketOwnershipControls" },
  BucketLifecycleConfiguration: { missing: "NoSuchLifecycleConfiguration", deletedBy: "DeleteBucketLifecycle" },
  BucketPolicy: { missing: "NoSuchBucketPolicy", deletedBy: "DeleteBucketPolicy" },
  BucketTagging: { missing: "NoSuchTagSet", deletedBy: "DeleteBucketTagging" },
  BucketLogging: {},
};

/** S3 as state: buckets with their settings, and versioned objects of text. Nothing is enforced but names and existence. */
export function createS3(cloud: Cloud): { service: Service } {
  const buckets = new Map<string, Bucket>();
  const random = cloud.random.fork("s3");

  const find = (input: Shape): Bucket => {
    const bucket = buckets.get(input.Bucket);
    if (!bucket) throw s3Error("NoSuchBucket", "The specified bucket does not exist", 404);
    return bucket;
  };
  const object = (input: Shape): StoredObject => {
    const versions = find(input).objects.get(input.Key) ?? [];
    const found =
      input.VersionId === undefined ? versions.at(-1) : versions.find(({ versionId }) => versionId === input.VersionId);
    if (!found || found.deleted) throw s3Error("NoSuchKey", "The specified key does not exist.", 404);
    return found;
  };
  const add = (bucket: Bucket, key: string, body: string, deleted: boolean): StoredObject => {
    const versioned = isVersioned(bucket);
    const versionId = versioned ? uniqueId(random, 32) : "null";
    const stored = {
      versionId,
      body,
      etag: `"${createHash("md5").update(body).digest("hex")}"`,
      modified: new Date(cloud.clock.now()),
      deleted,
    };
    bucket.objects.set(key, versioned ? [...(bucket.objects.get(key) ?? []), stored] : [stored]);
    return stored;
  };

  const operations: Record<string, Operation> = {
    CreateBucket(input) {
      if (!/^(?!xn--)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(input.Bucket ?? ""))
        throw s3Error("InvalidBucketName", "The specified bucket is not valid.", 400);
      if (buckets.has(input.Bucket)) {
        throw s3Error(
          "BucketAlreadyOwnedByYou",
          "Your previous request to create the named bucket succeeded and you already own it.",
          409,
        );
      }
      buckets.set(input.Bucket, {
        name: input.Bucket,
        created: new Date(cloud.clock.now()),
        settings: new Map(),
        objects: new Map(),
      });
      return { Location: `/${input.Bucket}` };
    },
    HeadBucket(input) {
      find(input);
      return { BucketRegion: cloud.region };
    },
    ListBuckets: () => ({ Buckets: [...buckets.values()].map(({ name, created }) => ({ Name: name, CreationDate: created })) }),
    DeleteBucket(input) {
      const bucket = find(input);
      if ([...bucket.objects.values()].some((versions) => versions.length > 0)) {
        throw s3Error(
          "BucketNotEmpty",
          "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
          409,
        );
      }
      buckets.delete(bucket.name);
      return {};
    },
    PutObject(input) {
      const body = typeof input.Body === "string" ? input.Body : Buffer.from(input.Body ?? []).toString("latin1");
      const stored = add(find(input), input.Key, body, false);
      return { ETag: stored.etag, VersionId: stored.versionId === "null" ? undefined : stored.versionId };
    },
    GetObject: (input) => {
      const stored = object(input);
      return {
        Body: stored.body,
        ETag: stored.etag,
        VersionId: stored.versionId,
        LastModified: stored.modified,
        ContentLength: stored.body.length,
      };
    },
    HeadObject: (input) => {
      const stored = object(input);
      return { ETag: stored.etag, VersionId: stored.versionId, LastModified: stored.modified, ContentLength: stored.body.length };
    },
    DeleteObject(input) {
      const bucket = find(input);
      const versions = bucket.objects.get(input.Key) ?? [];
      if (input.VersionId !== undefined || !isVersioned(bucket)) {
        const left = versions.filter(({ versionId }) => input.VersionId !== undefined && versionId !== input.VersionId);
        if (left.length > 0) bucket.objects.set(input.Key, left);
        else bucket.objects.delete(input.Key);
        return { VersionId: input.VersionId };
      }
      const stored = add(bucket, input.Key, "", true);
      return { DeleteMarker: true, VersionId: stored.versionId };
    },
    ListObjectsV2(input) {
      const keys = [...find(input).objects].filter(
        ([key, versions]) => key.startsWith(input.Prefix ?? "") && !versions.at(-1)?.deleted,
      );
      return {
        Contents: keys.map(([Key, versions]) => ({ Key, Size: versions.at(-1)?.body.length, ETag: versions.at(-1)?.etag })),
        KeyCount: keys.length,
      };
    },
    ListObjectVersions(input) {
      const all = [...find(input).objects].flatMap(([Key, versions]) =>
        versions.map(({ versionId, deleted }, i) => ({
          Key,
          VersionId: versionId,
          IsLatest: i === versions.length - 1,
          deleted,
        })),
      );
      const listed = (markers: boolean) =>
        all.filter(({ deleted }) => deleted === markers).map(({ deleted: _deleted, ...version }) => version);
      return { Versions: listed(false), DeleteMarkers: listed(true), IsTruncated: false };
    },
    ...Object.assign({}, ...Object.keys(settings).map((name) => settingOperations(name, find))),
  };

  return {
    service: {
      name: "s3",
      operations,
      inputs,
      requirements: (operation, input) => requirements(cloud.partition, operation, input),
    },
  };
}

/** The program's provider writes versioning as { versioningConfiguration: { status } }, the SDK as { VersioningConfiguration: { Status } }. */
function isVersioned(bucket: Bucket): boolean {
  const setting = bucket.settings.get("BucketVersioning");
  const status = setting?.VersioningConfiguration?.Status ?? setting?.Configuration?.versioningConfiguration?.status;
  return status === "Enabled";
}

function settingOperations(name: string, find: (input: Shape) => Bucket): Record<string, Operation> {
  const { missing, deletedBy } = settings[name]!;
  const remove: Operation = (input) => {
    find(input).settings.delete(name);
    return {};
  };
  return {
    [`Put${name}`](input) {
      find(input).settings.set(name, { ...input });
      return {};
    },
    [`Get${name}`](input) {
      const found = find(input).settings.get(name);
      if (!found && missing) throw s3Error(missing, `The ${name} configuration was not found`, 404);
      return found ?? {};
    },
    ...(deletedBy && { [deletedBy]: remove }),
  };
}

/** S3's operations and actions differ in name where these say so. ("Actions, resources, and condition keys for Amazon S3") */
const actions: Readonly<Record<string, string>> = {
  HeadBucket: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListObjectVersions: "ListBucketVersions",
  ListBuckets: "ListAllMyBuckets",
  HeadObject: "GetObject",
  PutBucketEncryption: "PutEncryptionConfiguration",
  GetBucketEncryption: "GetEncryptionConfiguration",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  DeleteBucketOwnershipControls: "PutBucketOwnershipControls",
  DeleteBucketTagging: "PutBucketTagging",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
};

function requirements(partition: string, operation: string, input: Shape): Requirement[] {
  const resource =
    input.Bucket === undefined ? "*" : `arn:${partition}:s3:::${input.Bucket}${input.Key === undefined ? "" : `/${input.Key}`}`;
  const action = operation === "DeleteObject" && input.VersionId !== undefined ? "DeleteObjectVersion" : actions[operation];
  return [{ action: `s3:${action ?? operation}`, resource }];
}
