import type { Operation, Shape } from "../../core/cloud";
import { uniqueId } from "../requestId";
import {
  checkManagedSize,
  compiled,
  findPolicy,
  iamError,
  noSuchEntity,
  setTags,
  tagList,
  type IamContext,
  type IamState,
  type ManagedPolicy,
} from "./state";

const allow = (...actions: string[]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
});

/** AWS managed policies, their statements as AWS publishes them ("AWS managed policy reference"). */
const awsManaged: Readonly<Record<string, object>> = {
  "service-role/AWSLambdaBasicExecutionRole": allow("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs": allow(
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
  ),
  "aws-service-role/AWSApplicationAutoScalingCustomResourcePolicy": allow(
    "execute-api:Invoke",
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:DeleteAlarms",
  ),
  AdministratorAccess: allow("*"),
};

export function addAwsManagedPolicies({ partition }: IamContext, state: IamState, created: Date): void {
  for (const [path, document] of Object.entries(awsManaged)) {
    const arn = `arn:${partition}:iam::aws:policy/${path}`;
    const name = path.split("/").pop() ?? path;
    state.policies.set(arn, {
      arn,
      name,
      path: `/${path.slice(0, -name.length)}`,
      id: `ANPA${name}`,
      createDate: created,
      updateDate: created,
      defaultVersion: "v1",
      nextVersion: 2,
      versions: new Map([["v1", { text: JSON.stringify(document), createDate: created }]]),
      tags: new Map(),
    });
  }
}

export function managedPolicyOperations(cloud: IamContext, state: IamState): Record<string, Operation> {
  const customer = (arn: string) => {
    const policy = findPolicy(state, arn);
    if (/^arn:aws[a-z-]*:iam::aws:/.test(arn)) throw iamError("InvalidInput", `Cannot change AWS managed policy ${arn}.`);
    return policy;
  };
  return {
    CreatePolicy: (input) => ({ Policy: describe(state, createPolicy(cloud, state, input)) }),
    GetPolicy: (input) => ({ Policy: describe(state, findPolicy(state, input.PolicyArn)) }),
    DeletePolicy: (input) => {
      const policy = customer(input.PolicyArn);
      if (attachments(state, policy.arn).length > 0)
        throw iamError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
      if (policy.versions.size > 1) {
        throw iamError(
          "DeleteConflict",
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
          409,
        );
      }
      state.policies.delete(policy.arn);
      return {};
    },
    CreatePolicyVersion: (input) => {
      const policy = customer(input.PolicyArn);
      if (policy.versions.size >= 5) {
        throw iamError(
          "LimitExceeded",
          "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
          409,
        );
      }
      checkManagedSize(input.PolicyDocument);
      compiled(input.PolicyDocument, "identity");
      const id = `v${policy.nextVersion++}`;
      const createDate = new Date(cloud.clock.now());
      policy.versions.set(id, { text: input.PolicyDocument, createDate });
      if (input.SetAsDefault) setDefault(state, policy, id);
      return { PolicyVersion: { VersionId: id, IsDefaultVersion: Boolean(input.SetAsDefault), CreateDate: createDate } };
    },
    GetPolicyVersion: (input) => ({ PolicyVersion: version(findPolicy(state, input.PolicyArn), input.VersionId) }),
    ListPolicyVersions: (input) => {
      const policy = findPolicy(state, input.PolicyArn);
      return {
        Versions: [...policy.versions.keys()].map((id) => ({ ...version(policy, id), Document: undefined })),
        IsTruncated: false,
      };
    },
    SetDefaultPolicyVersion: (input) => {
      setDefault(state, customer(input.PolicyArn), input.VersionId);
      return {};
    },
    DeletePolicyVersion: (input) => {
      const policy = customer(input.PolicyArn);
      version(policy, input.VersionId);
      if (policy.defaultVersion === input.VersionId)
        throw iamError("DeleteConflict", "Cannot delete the default version of a policy.", 409);
      policy.versions.delete(input.VersionId);
      return {};
    },
    TagPolicy: (input) => {
      setTags(customer(input.PolicyArn).tags, input.Tags);
      return {};
    },
    UntagPolicy: (input) => {
      for (const key of input.TagKeys) customer(input.PolicyArn).tags.delete(key);
      return {};
    },
  };
}

function createPolicy(cloud: IamContext, state: IamState, input: Shape): ManagedPolicy {
  const path: string = input.Path ?? "/";
  const arn = `arn:${cloud.partition}:iam::${cloud.account}:policy${path}${input.PolicyName}`;
  if (state.policies.has(arn))
    throw iamError(
      "EntityAlreadyExists",
      `A policy called ${input.PolicyName} already exists. Duplicate names are not allowed.`,
      409,
    );
  checkManagedSize(input.PolicyDocument);
  compiled(input.PolicyDocument, "identity");
  const now = new Date(cloud.clock.now());
  const policy: ManagedPolicy = {
    arn,
    name: input.PolicyName,
    path,
    id: `ANPA${uniqueId(cloud.random, 17)}`,
    description: input.Description,
    createDate: now,
    updateDate: now,
    defaultVersion: "v1",
    nextVersion: 2,
    versions: new Map([["v1", { text: input.PolicyDocument, createDate: now }]]),
    tags: new Map(),
  };
  setTags(policy.tags, input.Tags);
  state.policies.set(arn, policy);
  return policy;
}

function attachments(state: IamState, arn: string) {
  return [...state.identities.values()].filter((identity) => identity.attached.has(arn));
}

function setDefault(state: IamState, policy: ManagedPolicy, id: string): void {
  const text = policy.versions.get(id)?.text;
  if (text === undefined) throw noSuchVersion(policy, id);
  policy.defaultVersion = id;
  for (const identity of attachments(state, policy.arn)) {
    identity.attached.set(policy.arn, compiled(text, "identity"));
    identity.decisions.clear();
  }
}

function version(policy: ManagedPolicy, id: string): Shape {
  const found = policy.versions.get(id);
  if (!found) throw noSuchVersion(policy, id);
  return {
    VersionId: id,
    IsDefaultVersion: id === policy.defaultVersion,
    CreateDate: found.createDate,
    Document: encodeURIComponent(found.text),
  };
}

const noSuchVersion = (policy: ManagedPolicy, id: string) =>
  noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);

function describe(state: IamState, policy: ManagedPolicy): Shape {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attachments(state, policy.arn).length,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.createDate,
    UpdateDate: policy.updateDate,
    Tags: tagList(policy.tags),
  };
}
