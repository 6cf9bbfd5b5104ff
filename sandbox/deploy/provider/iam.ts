import type { Shape } from "../../core/cloud";
import { defined, jsonText, unlessGone, type Deployer, type Handlers } from "./handler";

export const iamHandlers: Handlers = {
  "aws:iam/role:Role": {
    async create(deployer, name, inputs) {
      const RoleName = deployer.physicalName(name, inputs.name);
      const { Role } = await deployer.call(
        "iam",
        "CreateRole",
        defined({
          RoleName,
          Path: inputs.path,
          Description: inputs.description,
          AssumeRolePolicyDocument: jsonText(inputs.assumeRolePolicy),
        }),
      );
      for (const policy of inputs.inlinePolicies ?? []) {
        await deployer.call("iam", "PutRolePolicy", {
          RoleName,
          PolicyName: policy.name,
          PolicyDocument: jsonText(policy.policy),
        });
      }
      for (const PolicyArn of inputs.managedPolicyArns ?? [])
        await deployer.call("iam", "AttachRolePolicy", { RoleName, PolicyArn });
      return { id: RoleName, state: { ...inputs, name: RoleName, arn: Role.Arn, uniqueId: Role.RoleId } };
    },
    read: (deployer, id, state) =>
      unlessGone(async () => {
        await deployer.call("iam", "GetRole", { RoleName: id });
        return state;
      }),
    async update(deployer, id, state, inputs) {
      const RoleName = id;
      const PolicyDocument = jsonText(inputs.assumeRolePolicy);
      if (PolicyDocument !== jsonText(state.assumeRolePolicy))
        await deployer.call("iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument });
      if (inputs.description !== state.description)
        await deployer.call("iam", "UpdateRoleDescription", { RoleName, Description: inputs.description ?? "" });
      return { ...state, ...inputs };
    },
    async delete(deployer, id) {
      await deployer.call("iam", "DeleteRole", { RoleName: id });
    },
    replaceOn: ["name", "path"],
    fixed: ["inlinePolicies", "managedPolicyArns"],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    async create(deployer, name, inputs) {
      const PolicyName = deployer.physicalName(name, inputs.name);
      await deployer.call("iam", "PutRolePolicy", { RoleName: inputs.role, PolicyName, PolicyDocument: jsonText(inputs.policy) });
      return { id: `${inputs.role}:${PolicyName}`, state: { ...inputs, name: PolicyName } };
    },
    async update(deployer, _id, state, inputs) {
      await deployer.call("iam", "PutRolePolicy", {
        RoleName: state.role,
        PolicyName: state.name,
        PolicyDocument: jsonText(inputs.policy),
      });
      return { ...inputs, name: state.name };
    },
    async delete(deployer, _id, state) {
      await deployer.call("iam", "DeleteRolePolicy", { RoleName: state.role, PolicyName: state.name });
    },
    replaceOn: ["role", "name"],
  },
  "aws:iam/policy:Policy": {
    async create(deployer, name, inputs) {
      const PolicyName = deployer.physicalName(name, inputs.name);
      const { Policy } = await deployer.call(
        "iam",
        "CreatePolicy",
        defined({
          PolicyName,
          Path: inputs.path,
          Description: inputs.description,
          PolicyDocument: jsonText(inputs.policy),
        }),
      );
      return { id: Policy.Arn, state: { ...inputs, name: PolicyName, arn: Policy.Arn, policyId: Policy.PolicyId } };
    },
    read: (deployer, id, state) =>
      unlessGone(async () => {
        await deployer.call("iam", "GetPolicy", { PolicyArn: id });
        return state;
      }),
    /** Former versions stay until a policy has as many as IAM allows. */
    async update(deployer, id, state, inputs) {
      const PolicyArn = id;
      const former = await formerVersions(deployer, PolicyArn);
      if (former.length + 1 === mostVersions)
        await deployer.call("iam", "DeletePolicyVersion", { PolicyArn, VersionId: former[0]!.VersionId });
      const PolicyDocument = jsonText(inputs.policy);
      await deployer.call("iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument, SetAsDefault: true });
      return { ...state, ...inputs, name: state.name };
    },
    async delete(deployer, id) {
      for (const { VersionId } of await formerVersions(deployer, id))
        await deployer.call("iam", "DeletePolicyVersion", { PolicyArn: id, VersionId });
      await deployer.call("iam", "DeletePolicy", { PolicyArn: id });
    },
    replaceOn: ["name", "path", "description"],
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    async create(deployer, _name, inputs) {
      await deployer.call("iam", "AttachRolePolicy", { RoleName: inputs.role, PolicyArn: inputs.policyArn });
      return { id: `${inputs.role}-${inputs.policyArn}`, state: inputs };
    },
    async delete(deployer, _id, state) {
      await deployer.call("iam", "DetachRolePolicy", { RoleName: state.role, PolicyArn: state.policyArn });
    },
  },
};

/** "IAM and AWS STS quotas": versions of a managed policy. */
const mostVersions = 5;

/** All but the default one, oldest first. */
async function formerVersions(deployer: Deployer, PolicyArn: string): Promise<Shape[]> {
  const { Versions } = await deployer.call("iam", "ListPolicyVersions", { PolicyArn });
  const former = Versions.filter(({ IsDefaultVersion }: Shape) => !IsDefaultVersion);
  return former.sort((a: Shape, b: Shape) => a.CreateDate - b.CreateDate);
}
