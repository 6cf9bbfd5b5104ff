import { partitionOf } from "../../../components/partition";
import type { Shape } from "../../core/cloud";
import type { Deployer, Properties } from "./handler";

type ProviderFunction = (deployer: Deployer, inputs: Properties) => Promise<Properties> | Properties;

/** Provider functions (`aws.getX`) by token. */
export const providerFunctions: Readonly<Record<string, ProviderFunction>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (deployer) => ({
    id: deployer.account,
    accountId: deployer.account,
    arn: deployer.principal.arn,
    userId: "AIDASANDBOX",
  }),
  "aws:index/getRegion:getRegion": (deployer) => ({
    id: deployer.region,
    name: deployer.region,
    region: deployer.region,
    endpoint: `ec2.${deployer.region}.${partitionOf(deployer.region).dnsSuffix}`,
    description: deployer.region,
  }),
  "aws:index/getPartition:getPartition": ({ region }) => {
    const { name, dnsSuffix } = partitionOf(region);
    return { id: name, partition: name, dnsSuffix, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
  },
  "aws:kinesis/getStream:getStream": async (deployer, { name }) => {
    const { StreamDescriptionSummary: summary } = await deployer.call("kinesis", "DescribeStreamSummary", { StreamName: name });
    return {
      id: summary.StreamARN,
      name,
      arn: summary.StreamARN,
      status: summary.StreamStatus,
      retentionPeriod: summary.RetentionPeriodHours,
      encryptionType: summary.EncryptionType ?? "NONE",
      kmsKeyId: summary.KeyId ?? "",
      openShards: [],
      closedShards: [],
    };
  },
  // Keys are neither made nor used here: an alias stands for a key of that name.
  "aws:kms/getKey:getKey": (deployer, { keyId }) => {
    const arn = `arn:${partitionOf(deployer.region).name}:kms:${deployer.region}:${deployer.account}:key/${String(keyId).replace(/^alias\//, "")}`;
    return { id: arn, arn, keyId, keyState: "Enabled", enabled: true };
  },
  "aws:iam/getPolicyDocument:getPolicyDocument": (_deployer, inputs) => {
    const json = JSON.stringify({ Version: "2012-10-17", Statement: (inputs.statements ?? []).map(policyStatement) });
    return { id: "policy", json, minifiedJson: json };
  },
};

function policyStatement(statement: Properties): Shape {
  const conditions: Record<string, Record<string, string[]>> = {};
  for (const { test, variable, values } of statement.conditions ?? [])
    conditions[test] = { ...conditions[test], [variable]: values };
  const principals: Record<string, string[]> = {};
  for (const { type, identifiers } of statement.principals ?? []) principals[type] = identifiers;
  return {
    ...(statement.sid && { Sid: statement.sid }),
    Effect: statement.effect ?? "Allow",
    ...(statement.principals && { Principal: principals }),
    ...(statement.actions && { Action: statement.actions }),
    ...(statement.notActions && { NotAction: statement.notActions }),
    ...(statement.resources && { Resource: statement.resources }),
    ...(statement.conditions && { Condition: conditions }),
  };
}
