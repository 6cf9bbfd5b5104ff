import { members, type Members, type ModelledInputs } from "../../core/modelled";

const tags = { Tags: members("Key", "Value") };
const policy = members("PolicyArn");

/** Operations that roles and users have alike. */
function identity(kind: "Role" | "User"): Record<string, Members> {
  const name = members(`${kind}Name`);
  const inline = { ...name, ...members("PolicyName") };
  return {
    [`Attach${kind}Policy`]: { ...name, ...policy },
    [`Delete${kind}`]: name,
    [`Delete${kind}Policy`]: inline,
    [`Detach${kind}Policy`]: { ...name, ...policy },
    [`Get${kind}`]: name,
    [`Get${kind}Policy`]: inline,
    [`ListAttached${kind}Policies`]: name,
    [`List${kind}Policies`]: name,
    [`List${kind}Tags`]: name,
    [`List${kind}s`]: {},
    [`Put${kind}Policy`]: { ...inline, ...members("PolicyDocument") },
    [`Tag${kind}`]: { ...name, ...tags },
    [`Untag${kind}`]: { ...name, ...members("TagKeys") },
  };
}

/** What is modelled of each operation's input. */
export const inputs: ModelledInputs = {
  ...identity("Role"),
  ...identity("User"),
  CreateAccessKey: members("UserName"),
  CreatePolicy: { ...members("PolicyName", "Path", "PolicyDocument", "Description"), ...tags },
  CreatePolicyVersion: { ...policy, ...members("PolicyDocument", "SetAsDefault") },
  CreateRole: { ...members("RoleName", "Path", "AssumeRolePolicyDocument", "Description", "MaxSessionDuration"), ...tags },
  CreateServiceLinkedRole: members("AWSServiceName"),
  CreateUser: { ...members("UserName", "Path"), ...tags },
  DeleteAccessKey: members("UserName", "AccessKeyId"),
  DeletePolicy: policy,
  DeletePolicyVersion: { ...policy, ...members("VersionId") },
  GetPolicy: policy,
  GetPolicyVersion: { ...policy, ...members("VersionId") },
  ListAccessKeys: members("UserName"),
  ListInstanceProfilesForRole: members("RoleName"),
  ListPolicyVersions: policy,
  SetDefaultPolicyVersion: { ...policy, ...members("VersionId") },
  TagPolicy: { ...policy, ...tags },
  UntagPolicy: { ...policy, ...members("TagKeys") },
  UpdateAssumeRolePolicy: members("RoleName", "PolicyDocument"),
  UpdateRole: members("RoleName", "Description", "MaxSessionDuration"),
  UpdateRoleDescription: members("RoleName", "Description"),
};
