import type { Operation, Shape } from "../../core/cloud";
import { uniqueId } from "../requestId";
import {
  checkInlineSize,
  checkTrustSize,
  compiled,
  find,
  findPolicy,
  iamError,
  noSuchEntity,
  setTags,
  tagList,
  type Identity,
  type IamContext,
  type IamState,
} from "./state";

/** Operations that roles and users have alike, under their own names: PutRolePolicy and PutUserPolicy, ... */
export function identityOperations(cloud: IamContext, state: IamState, kind: "role" | "user"): Record<string, Operation> {
  const Kind = kind === "role" ? "Role" : "User";
  const name = `${Kind}Name`;
  const get = (input: Shape) => find(state, kind, input[name]);
  return {
    [`Create${Kind}`]: (input) => {
      const identity = createIdentity(cloud, state, kind, input);
      return { [Kind]: describe(identity) };
    },
    [`Get${Kind}`]: (input) => ({ [Kind]: describe(get(input)) }),
    [`List${Kind}s`]: () => ({
      [`${Kind}s`]: [...state.identities.values()].filter((identity) => identity.kind === kind).map(describe),
      IsTruncated: false,
    }),
    [`Delete${Kind}`]: (input) => {
      deleteIdentity(state, get(input));
      return {};
    },
    [`Put${Kind}Policy`]: (input) => {
      putInline(get(input), input.PolicyName, input.PolicyDocument);
      return {};
    },
    [`Get${Kind}Policy`]: (input) => {
      const policy = inlinePolicy(get(input), input.PolicyName);
      return { [name]: input[name], PolicyName: input.PolicyName, PolicyDocument: encodeURIComponent(policy.text) };
    },
    [`Delete${Kind}Policy`]: (input) => {
      const identity = get(input);
      inlinePolicy(identity, input.PolicyName);
      identity.inline.delete(input.PolicyName);
      identity.decisions.clear();
      return {};
    },
    [`List${Kind}Policies`]: (input) => ({ PolicyNames: [...get(input).inline.keys()].sort(), IsTruncated: false }),
    [`Attach${Kind}Policy`]: (input) => {
      attach(state, get(input), input.PolicyArn);
      return {};
    },
    [`Detach${Kind}Policy`]: (input) => {
      const identity = get(input);
      if (!identity.attached.delete(input.PolicyArn)) throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
      identity.decisions.clear();
      return {};
    },
    [`ListAttached${Kind}Policies`]: (input) => ({
      AttachedPolicies: [...get(input).attached.keys()].map((arn) => ({ PolicyName: arn.split("/").pop(), PolicyArn: arn })),
      IsTruncated: false,
    }),
    [`Tag${Kind}`]: (input) => {
      setTags(get(input).tags, input.Tags);
      return {};
    },
    [`Untag${Kind}`]: (input) => {
      for (const key of input.TagKeys) get(input).tags.delete(key);
      return {};
    },
    [`List${Kind}Tags`]: (input) => ({ Tags: tagList(get(input).tags), IsTruncated: false }),
  };
}

/** Operations that only roles have. */
export function roleOperations(cloud: IamContext, state: IamState): Record<string, Operation> {
  return {
    ...identityOperations(cloud, state, "role"),
    UpdateAssumeRolePolicy: (input) => {
      checkTrustSize(input.PolicyDocument);
      find(state, "role", input.RoleName).trust = compiled(input.PolicyDocument, "trust");
      return {};
    },
    UpdateRole: (input) => {
      const role = find(state, "role", input.RoleName);
      role.description = input.Description ?? role.description;
      role.maxSessionDuration = input.MaxSessionDuration ?? role.maxSessionDuration;
      return {};
    },
    UpdateRoleDescription: (input) => {
      const role = find(state, "role", input.RoleName);
      role.description = input.Description;
      return { Role: describe(role) };
    },
    CreateServiceLinkedRole: (input) => ({ Role: describe(createServiceLinkedRole(cloud, state, input)) }),
    ListInstanceProfilesForRole: () => ({ InstanceProfiles: [], IsTruncated: false }),
  };
}

export function createIdentity(cloud: IamContext, state: IamState, kind: "role" | "user", input: Shape): Identity {
  const name: string = input[kind === "role" ? "RoleName" : "UserName"];
  if (typeof name !== "string" || !/^[\w+=,.@-]{1,64}$/.test(name)) {
    const constraint = "Member must satisfy regular expression pattern: [\\w+=,.@-]+ and have length less than or equal to 64";
    throw iamError(
      "ValidationError",
      `1 validation error detected: Value '${name}' at '${kind}Name' failed to satisfy constraint: ${constraint}`,
    );
  }
  if (state.identities.has(`${kind}/${name}`)) {
    throw iamError("EntityAlreadyExists", `${kind === "role" ? "Role" : "User"} with name ${name} already exists.`, 409);
  }
  if (kind === "role") checkTrustSize(input.AssumeRolePolicyDocument);
  const path: string = input.Path ?? "/";
  const identity: Identity = {
    kind,
    name,
    path,
    arn: `arn:${cloud.partition}:iam::${cloud.account}:${kind}${path}${name}`,
    id: (kind === "role" ? "AROA" : "AIDA") + uniqueId(cloud.random, 17),
    createDate: new Date(cloud.clock.now()),
    description: input.Description,
    maxSessionDuration: input.MaxSessionDuration ?? 3600,
    trust: kind === "role" ? compiled(input.AssumeRolePolicyDocument, "trust") : undefined,
    inline: new Map(),
    attached: new Map(),
    tags: new Map(),
    decisions: new Map(),
  };
  setTags(identity.tags, input.Tags);
  state.identities.set(`${kind}/${name}`, identity);
  state.byArn.set(identity.arn, identity);
  return identity;
}

const serviceLinked: Readonly<Record<string, string>> = {
  "custom-resource.application-autoscaling.amazonaws.com": "AWSServiceRoleForApplicationAutoScaling_CustomResource",
};

export function createServiceLinkedRole(cloud: IamContext, state: IamState, input: Shape): Identity {
  const service: string = input.AWSServiceName;
  const name = serviceLinked[service];
  if (!name) throw iamError("InvalidInput", `Service-linked roles of ${service} are not modelled.`);
  if (state.identities.has(`role/${name}`)) {
    throw iamError("InvalidInput", `Service role name ${name} has been taken in this account, please try a different suffix.`);
  }
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  };
  const role = createIdentity(cloud, state, "role", {
    RoleName: name,
    Path: `/aws-service-role/${service}/`,
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  attach(state, role, `arn:${cloud.partition}:iam::aws:policy/aws-service-role/AWSApplicationAutoScalingCustomResourcePolicy`);
  return role;
}

function attach(state: IamState, identity: Identity, arn: string): void {
  const policy = findPolicy(state, arn);
  if (identity.attached.has(arn)) return;
  if (identity.attached.size >= 10) {
    throw iamError("LimitExceeded", `Cannot exceed quota for PoliciesPer${identity.kind === "role" ? "Role" : "User"}: 10`, 409);
  }
  identity.attached.set(arn, compiled(policy.versions.get(policy.defaultVersion)?.text ?? "", "identity"));
  identity.decisions.clear();
}

function putInline(identity: Identity, name: string, text: string): void {
  const before = identity.inline.get(name);
  if (before?.text === text) return;
  identity.inline.set(name, compiled(text, "identity"));
  try {
    checkInlineSize(identity);
  } catch (error) {
    if (before) identity.inline.set(name, before);
    else identity.inline.delete(name);
    throw error;
  }
  identity.decisions.clear();
}

function inlinePolicy(identity: Identity, name: string) {
  const policy = identity.inline.get(name);
  if (!policy) throw noSuchEntity(`The ${identity.kind} policy with name ${name} cannot be found.`);
  return policy;
}

function deleteIdentity(state: IamState, identity: Identity): void {
  const conflict = (what: string) => iamError("DeleteConflict", `Cannot delete entity, must ${what} first.`, 409);
  if (identity.attached.size > 0) throw conflict("detach all policies");
  if (identity.inline.size > 0) throw conflict("delete policies");
  if ([...state.accessKeys.values()].some((key) => key.arn === identity.arn)) throw conflict("delete access keys");
  state.identities.delete(`${identity.kind}/${identity.name}`);
  state.byArn.delete(identity.arn);
}

function describe(identity: Identity): Shape {
  const common = { Path: identity.path, Arn: identity.arn, CreateDate: identity.createDate, Tags: tagList(identity.tags) };
  if (identity.kind === "user") return { ...common, UserName: identity.name, UserId: identity.id };
  return {
    ...common,
    RoleName: identity.name,
    RoleId: identity.id,
    AssumeRolePolicyDocument: encodeURIComponent(identity.trust?.text ?? ""),
    Description: identity.description,
    MaxSessionDuration: identity.maxSessionDuration,
  };
}
