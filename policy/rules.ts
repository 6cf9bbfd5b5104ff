import type { Resource, Rule } from "./rule";
import { wildcards } from "./wildcards";

const encryption: Rule = {
  name: "encryption",
  description: "Streams and topics are encrypted with a KMS key, and buckets say how they are.",
  ofStack: true,
  violations({ type, props }, stack) {
    if (type === "aws:kinesis/stream:Stream" && (props["encryptionType"] !== "KMS" || !props["kmsKeyId"]))
      return ["The stream is not encrypted: set encryptionType to KMS and kmsKeyId."];
    if (type === "aws:sns/topic:Topic" && !props["kmsMasterKeyId"]) return ["The topic is not encrypted: set kmsMasterKeyId."];
    if (isBucket(type) && !props["serverSideEncryptionConfiguration"] && !stack.some((other) => encrypts(other, props)))
      return ["The bucket doesn't say how it is encrypted: give it a BucketServerSideEncryptionConfiguration."];
    return [];
  },
};

const isBucket = (type: string) => /^aws:s3\/bucket(V2)?:Bucket(V2)?$/.test(type);
const encrypts = ({ type, props }: Resource, bucket: Resource["props"]) =>
  /^aws:s3\/bucketServerSideEncryptionConfiguration(V2)?:/.test(type) &&
  [bucket["bucket"], bucket["id"]].includes(props["bucket"]);

const retention: Rule = {
  name: "retention",
  description: "Logs are not kept for ever.",
  violations: ({ type, props }) =>
    type === "aws:cloudwatch/logGroup:LogGroup" && !(props["retentionInDays"] > 0)
      ? ["The log group keeps its logs for ever: set retentionInDays."]
      : [],
};

const alarmActions: Rule = {
  name: "alarm-actions",
  description: "An alarm does something.",
  violations({ type, props }) {
    if (!/^aws:cloudwatch\/(metric|composite)Alarm:/.test(type)) return [];
    if (props["actionsEnabled"] === false) return ["The alarm's actions are switched off: actionsEnabled is false."];
    return props["alarmActions"]?.length > 0 ? [] : ["The alarm tells nobody: alarmActions is empty."];
  },
};

const scalingBounds: Rule = {
  name: "scaling-bounds",
  description: "What scales has bounds: at least 1, and a maximum that is no less.",
  violations({ type, props }) {
    if (type !== "aws:appautoscaling/target:Target") return [];
    const { minCapacity, maxCapacity } = props;
    const low =
      minCapacity >= 1 ? [] : [`The scalable target's minCapacity is ${minCapacity ?? "missing"}; allowed is 1 or more.`];
    const high =
      maxCapacity >= (minCapacity ?? 1)
        ? []
        : [`The scalable target's maxCapacity is ${maxCapacity ?? "missing"}; allowed is minCapacity or more.`];
    return [...low, ...high];
  },
};

const iamAuthorisation: Rule = {
  name: "iam-authorisation",
  description: "Whoever calls an API is known to IAM.",
  violations: ({ type, props }) =>
    type === "aws:apigateway/method:Method" && props["authorization"] !== "AWS_IAM"
      ? [`The method's authorization is ${props["authorization"] ?? "missing"}; allowed is AWS_IAM.`]
      : [],
};

export const rules: readonly Rule[] = [encryption, retention, wildcards, alarmActions, scalingBounds, iamAuthorisation];
