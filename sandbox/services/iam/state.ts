import type { Cloud, Shape } from "../../core/cloud";
import { serviceError } from "../../core/serviceError";
import type { Candidates } from "./evaluate";
import { compilePolicy, type Statement } from "./policyDocument";

/** A policy document with the statements that it compiles to. */
export interface CompiledPolicy {
  text: string;
  statements: Statement[];
}

/** A role or a user. */
export interface Identity {
  kind: "role" | "user";
  name: string;
  path: string;
  arn: string;
  id: string;
  createDate: Date;
  description?: string;
  maxSessionDuration: number;
  /** Roles only. */
  trust?: CompiledPolicy;
  inline: Map<string, CompiledPolicy>;
  /** Managed policies by ARN, compiled once per identity: what was used is counted per identity. */
  attached: Map<string, CompiledPolicy>;
  tags: Map<string, string>;
  /** "action resource" -> what is left to decide; emptied whenever a policy changes. */
  decisions: Map<string, Candidates>;
}

export interface ManagedPolicy {
  arn: string;
  name: string;
  path: string;
  id: string;
  description?: string;
  createDate: Date;
  updateDate: Date;
  defaultVersion: string;
  nextVersion: number;
  versions: Map<string, { text: string; createDate: Date }>;
  tags: Map<string, string>;
}

export interface AccessKey {
  id: string;
  secret: string;
  /** ARN of the identity or of the account's root. */
  arn: string;
  createDate: Date;
  userName?: string;
}

export interface IamState {
  /** By "role/name" and "user/name": names are unique whatever their path. */
  identities: Map<string, Identity>;
  byArn: Map<string, Identity>;
  policies: Map<string, ManagedPolicy>;
  accessKeys: Map<string, AccessKey>;
}

/** What IAM needs of the cloud; `random` is its own stream. */
export type IamContext = Pick<Cloud, "account" | "partition" | "clock" | "random">;

export const iamError = (code: string, message: string, statusCode = 400) => serviceError("iam", code, message, statusCode);

export const noSuchEntity = (message: string) => iamError("NoSuchEntity", message, 404);

/** Limits of "IAM and AWS STS quotas", in characters without white space. */
const sizes = { trust: 2_048, role: 10_240, user: 2_048, managed: 6_144 };

export function compiled(text: string, kind: "identity" | "trust"): CompiledPolicy {
  return { text, statements: compilePolicy(text, kind) };
}

const bare = (text: string) => text.replace(/\s/g, "").length;

export function checkTrustSize(text: string): void {
  if (bare(text) > sizes.trust) throw iamError("LimitExceeded", `Cannot exceed quota for ACLSizePerRole: ${sizes.trust}`, 409);
}

export function checkManagedSize(text: string): void {
  if (bare(text) > sizes.managed) throw iamError("LimitExceeded", `Cannot exceed quota for PolicySize: ${sizes.managed}`, 409);
}

export function checkInlineSize(identity: Identity): void {
  const total = [...identity.inline.values()].reduce((sum, policy) => sum + bare(policy.text), 0);
  const limit = sizes[identity.kind];
  if (total > limit)
    throw iamError("LimitExceeded", `Maximum policy size of ${limit} bytes exceeded for ${identity.kind} ${identity.name}`, 409);
}

export function find(state: IamState, kind: "role" | "user", name: string): Identity {
  const identity = state.identities.get(`${kind}/${name}`);
  if (!identity) throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  return identity;
}

export function findPolicy(state: IamState, arn: string): ManagedPolicy {
  const policy = state.policies.get(arn);
  if (!policy) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  return policy;
}

export function tagList(tags: Map<string, string>): Shape[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

export function setTags(tags: Map<string, string>, list: readonly { Key: string; Value: string }[] | undefined): void {
  for (const { Key, Value } of list ?? []) tags.set(Key, Value);
}
