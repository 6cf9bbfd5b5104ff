import { createHash } from "node:crypto";
import { partitionOf } from "../../../components/partition";
import { defined, jsonText, type Deployer, type Handler, type Handlers, type Properties } from "./handler";

export const storageHandlers: Handlers = {
  "aws:s3/bucket:Bucket": {
    async create(deployer, name, inputs) {
      const Bucket = deployer.physicalName(name, inputs.bucket);
      await deployer.call("s3", "CreateBucket", { Bucket });
      return {
        id: Bucket,
        state: {
          ...inputs,
          bucket: Bucket,
          arn: `arn:${partitionOf(deployer.region).name}:s3:::${Bucket}`,
          bucketDomainName: `${Bucket}.s3.${partitionOf(deployer.region).dnsSuffix}`,
        },
      };
    },
    /** Only `forceDestroy`, which the provider alone knows. */
    async update(_deployer, _id, state, inputs) {
      return { ...state, ...inputs };
    },
    async delete(deployer, id, state) {
      if (state.forceDestroy) await emptyBucket(deployer, id);
      await deployer.call("s3", "DeleteBucket", { Bucket: id });
    },
    replaceOn: ["bucket"],
  },
  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting("PutBucketVersioning"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketSetting("PutBucketEncryption"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting("PutPublicAccessBlock"),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting("PutBucketOwnershipControls"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting("PutBucketLifecycleConfiguration"),
  "aws:s3/bucketPolicy:BucketPolicy": bucketSetting("PutBucketPolicy"),
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    async create(deployer, _name, inputs) {
      const arn = `arn:${partitionOf(deployer.region).name}:s3:::${inputs.bucket}/${inputs.key}`;
      return { id: inputs.key, state: { ...inputs, versionId: await putObject(deployer, inputs), arn } };
    },
    async update(deployer, _id, state, inputs) {
      return { ...state, ...inputs, versionId: await putObject(deployer, inputs) };
    },
    async delete(deployer, id, state) {
      await deployer.call("s3", "DeleteObject", { Bucket: state.bucket, Key: id });
    },
    replaceOn: ["bucket", "key"],
    madeAnew: ["versionId"],
  },
  // State only: nothing in the sandbox is really encrypted.
  "aws:kms/key:Key": {
    async create(deployer, name, inputs) {
      const keyId = uuidOf(deployer.physicalName(name));
      return {
        id: keyId,
        state: {
          ...inputs,
          keyId,
          arn: `arn:${partitionOf(deployer.region).name}:kms:${deployer.region}:${deployer.account}:key/${keyId}`,
        },
      };
    },
    async update(_deployer, _id, state, inputs) {
      return { ...state, ...inputs };
    },
  },
  "aws:sns/topic:Topic": {
    async create(deployer, name, inputs) {
      const Name = deployer.physicalName(name, inputs.name);
      const { TopicArn } = await deployer.call("sns", "CreateTopic", { Name });
      return { id: TopicArn, state: { ...inputs, name: Name, arn: TopicArn } };
    },
    async delete(deployer, id) {
      await deployer.call("sns", "DeleteTopic", { TopicArn: id });
    },
    replaceOn: ["name"],
    fixed: ["kmsMasterKeyId", "displayName"],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    async create(deployer, _name, inputs) {
      await putTopicPolicy(deployer, inputs);
      return { id: inputs.arn, state: inputs };
    },
    async update(deployer, _id, _state, inputs) {
      await putTopicPolicy(deployer, inputs);
      return inputs;
    },
    replaceOn: ["arn"],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    async create(deployer, _name, inputs) {
      const { SubscriptionArn } = await deployer.call("sns", "Subscribe", {
        TopicArn: inputs.topic,
        Protocol: inputs.protocol,
        Endpoint: inputs.endpoint,
      });
      return { id: SubscriptionArn, state: { ...inputs, arn: SubscriptionArn } };
    },
    async delete(deployer, id) {
      await deployer.call("sns", "Unsubscribe", { SubscriptionArn: id });
    },
  },
};

/** The object's contents stay where they are: no jar is opened here. */
async function putObject(deployer: Deployer, { bucket, key }: Properties): Promise<string | undefined> {
  return (await deployer.call("s3", "PutObject", defined({ Bucket: bucket, Key: key, Body: "" }))).VersionId;
}

async function putTopicPolicy(deployer: Deployer, { arn, policy }: Properties): Promise<void> {
  const attribute = { AttributeName: "Policy", AttributeValue: jsonText(policy) };
  await deployer.call("sns", "SetTopicAttributes", { TopicArn: arn, ...attribute });
}

/** Keys have UUIDs for ids. */
function uuidOf(text: string): string {
  const digits = createHash("sha256").update(text).digest("hex");
  return [8, 12, 16, 20, 32].map((end, i, ends) => digits.slice(ends[i - 1] ?? 0, end)).join("-");
}

/** All versions and delete markers, as the provider does for a bucket with forceDestroy. */
async function emptyBucket(deployer: Deployer, Bucket: string): Promise<void> {
  const { Versions, DeleteMarkers } = await deployer.call("s3", "ListObjectVersions", { Bucket });
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers])
    await deployer.call("s3", "DeleteObject", { Bucket, Key, VersionId });
}

/** Settings of a bucket that the sandbox keeps and shows but that change nothing in its behaviour. */
function bucketSetting(operation: string): Handler {
  return {
    async create(deployer, _name, inputs) {
      await deployer.call("s3", operation, { Bucket: inputs.bucket, Configuration: inputs });
      return { id: inputs.bucket, state: inputs };
    },
    async update(deployer, _id, _state, inputs) {
      await deployer.call("s3", operation, { Bucket: inputs.bucket, Configuration: inputs });
      return inputs;
    },
    replaceOn: ["bucket"],
  };
}
