import type { Cloud, Principal, Requirement, Service, Shape } from "../../core/cloud";
import { uniqueId } from "../requestId";
import { authoriser, unusedPermissions, type Authoriser, type RoleSession, type UnusedPermission } from "./authorise";
import { decideFor } from "./evaluate";
import { createServiceLinkedRole, identityOperations, roleOperations } from "./identityOperations";
import { inputs } from "./inputs";
import { addAwsManagedPolicies, managedPolicyOperations } from "./managedPolicies";
import { find, iamError, noSuchEntity, type AccessKey, type IamContext, type IamState } from "./state";

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

export interface Iam extends Authoriser {
  service: Service;
  /** Whether the role's trust policy lets the service assume it, e.g. "lambda.amazonaws.com". */
  canAssume(roleArn: string, servicePrincipal: string): boolean;
  /** The caller's unique id as other services report it: AROA...:session of a role, AIDA... of a user, the account's id of root. */
  principalId(principal: RoleSession): string;
  /** Whether the principal is an identity of this account, its root included. */
  isKnown(principal: Principal): boolean;
  /** Allow statements' actions and resources that no call needed so far, in the policies of a role or user (by ARN). */
  unusedPermissions(arn: string): UnusedPermission[];
  /** Makes `credentials` those of `arn` (a role, a user or the account's root). */
  addCredentials(credentials: Credentials, arn: string): void;
  /** Whose access key it is; undefined when nobody's. */
  credentials(accessKeyId: string): (Credentials & { principal: Principal }) | undefined;
}

/**
 * IAM: roles, users, policies and the decision whether a call is allowed. Authoriser for the whole sandbox.
 * Modelled: identity policies, trust policies, explicit deny. Not modelled: permissions boundaries, session policies, service control
 * policies, groups, policy variables (refused or absent, never ignored).
 */
export function createIam(cloud: Cloud): Iam {
  const state: IamState = { identities: new Map(), byArn: new Map(), policies: new Map(), accessKeys: new Map() };
  const decisions = authoriser(cloud, state);
  const account: IamContext = {
    account: cloud.account,
    partition: cloud.partition,
    clock: cloud.clock,
    random: cloud.random.fork("iam"),
  };
  addAwsManagedPolicies(account, state, new Date(cloud.clock.now()));
  createServiceLinkedRole(account, state, { AWSServiceName: "custom-resource.application-autoscaling.amazonaws.com" });

  const operations = {
    ...roleOperations(account, state),
    ...identityOperations(account, state, "user"),
    ...managedPolicyOperations(account, state),
    CreateAccessKey: (input: Shape) => ({ AccessKey: createAccessKey(account, state, input.UserName) }),
    DeleteAccessKey: (input: Shape) => {
      const { UserName, AccessKeyId } = input;
      const others = UserName !== undefined && state.accessKeys.get(AccessKeyId)?.userName !== UserName;
      if (others || !state.accessKeys.delete(AccessKeyId))
        throw noSuchEntity(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
      return {};
    },
    ListAccessKeys: (input: Shape) => ({
      AccessKeyMetadata: [...state.accessKeys.values()]
        .filter((key) => key.userName === input.UserName)
        .map((key) => ({ UserName: key.userName, AccessKeyId: key.id, Status: "Active", CreateDate: key.createDate })),
      IsTruncated: false,
    }),
  };

  return {
    ...decisions,
    service: { name: "iam", operations, inputs, requirements: (operation, input) => requirements(cloud, operation, input) },
    canAssume(roleArn, service) {
      const trust = state.byArn.get(roleArn)?.trust;
      if (!trust) return false;
      const caller = { arn: service, account: cloud.account, service };
      return decideFor(trust.statements, caller, "sts:AssumeRole", "*", { "aws:sourceaccount": cloud.account }) === "allow";
    },
    principalId(principal) {
      const identity = state.byArn.get(principal.arn);
      if (!identity) return cloud.account;
      return identity.kind === "role" ? `${identity.id}:${principal.session ?? "sandbox"}` : identity.id;
    },
    isKnown: (principal) =>
      principal.arn === `arn:${cloud.partition}:iam::${cloud.account}:root` || state.byArn.has(principal.arn),
    unusedPermissions(arn) {
      const identity = state.byArn.get(arn);
      return identity ? unusedPermissions(identity) : [];
    },
    addCredentials({ accessKeyId, secretAccessKey }, arn) {
      state.accessKeys.set(accessKeyId, {
        id: accessKeyId,
        secret: secretAccessKey,
        arn,
        createDate: new Date(cloud.clock.now()),
      });
    },
    credentials(accessKeyId) {
      const key = state.accessKeys.get(accessKeyId);
      return key && { accessKeyId: key.id, secretAccessKey: key.secret, principal: { arn: key.arn } };
    },
  };
}

function createAccessKey(cloud: IamContext, state: IamState, userName: string): Shape {
  const user = find(state, "user", userName);
  if ([...state.accessKeys.values()].filter((key) => key.arn === user.arn).length >= 2) {
    throw iamError("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", 409);
  }
  const key: AccessKey = {
    id: `AKIA${uniqueId(cloud.random, 16)}`,
    secret: uniqueId(cloud.random, 40, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
    arn: user.arn,
    userName,
    createDate: new Date(cloud.clock.now()),
  };
  state.accessKeys.set(key.id, key);
  return { UserName: userName, AccessKeyId: key.id, SecretAccessKey: key.secret, Status: "Active", CreateDate: key.createDate };
}

/** Resource types of IAM's actions ("Actions, resources, and condition keys for AWS Identity and Access Management"). */
function requirements(cloud: Cloud, operation: string, input: Shape): Requirement[] {
  const name = input.PolicyArn && !input.RoleName && !input.UserName ? undefined : (input.RoleName ?? input.UserName);
  const kind = input.RoleName ? "role" : "user";
  const path = input.Path ?? "/";
  const resource =
    input.AWSServiceName !== undefined
      ? `arn:${cloud.partition}:iam::${cloud.account}:role/aws-service-role/${input.AWSServiceName}/*`
      : name !== undefined
        ? `arn:${cloud.partition}:iam::${cloud.account}:${kind}${path}${name}`
        : (input.PolicyArn ??
          (input.PolicyName ? `arn:${cloud.partition}:iam::${cloud.account}:policy${path}${input.PolicyName}` : "*"));
  return [{ action: `iam:${operation}`, resource }];
}
