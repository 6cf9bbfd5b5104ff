import { defined, jsonText, unlessGone, type Handlers } from "./handler";

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
      const PolicyDocument = jsonText(inputs.assumeRolePolicy);
      await deployer.call("iam", "UpdateAssumeRolePolicy", { RoleName: id, PolicyDocument });
      await deployer.call("iam", "UpdateRole", defined({ RoleName: id, Description: inputs.description }));
      return { ...state, ...inputs };
    },
    async delete(deployer, id) {
      await deployer.call("iam", "DeleteRole", { RoleName: id });
    },
    replaceOn: ["name", "path", "inlinePolicies", "managedPolicyArns"],
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
    /** The provider keeps the default version alone. */
    async update(deployer, id, state, inputs) {
      const { Policy } = await deployer.call("iam", "GetPolicy", { PolicyArn: id });
      await deployer.call("iam", "CreatePolicyVersion", {
        PolicyArn: id,
        PolicyDocument: jsonText(inputs.policy),
        SetAsDefault: true,
      });
      await deployer.call("iam", "DeletePolicyVersion", { PolicyArn: id, VersionId: Policy.DefaultVersionId });
      return { ...state, ...inputs, name: state.name };
    },
    async delete(deployer, id) {
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
