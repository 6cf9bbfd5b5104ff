import type { Cloud, Shape } from "../../core/cloud";
import { serviceError } from "../../core/serviceError";

export interface ParameterVersion {
  version: number;
  value: string;
  type: string;
  tier: string;
  description?: string;
  allowedPattern?: string;
  /** ms, virtual */
  modified: number;
  user: string;
}

export interface Parameter {
  name: string;
  arn: string;
  /** The last of `versions`: read every minute, so without the way over the others. */
  newest: ParameterVersion;
  /** Oldest first; at most `maxVersions`. */
  versions: ParameterVersion[];
  tags: Map<string, string>;
}

export const ssmError = (code: string, message: string) => serviceError("ssm", code, message);

export const validation = (message: string) => ssmError("ValidationException", message);

export const constraint = (value: unknown, field: string, rule: string) =>
  validation(`1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: ${rule}`);

/** AWS answers ParameterNotFound without a text; the name helps people. */
export const parameterNotFound = (name: string) => ssmError("ParameterNotFound", `Parameter ${name} not found.`);

/** Versions kept per parameter: with the 101st, the oldest goes. ("Working with parameter versions") */
export const maxVersions = 100;
const maxLevels = 15;
const maxParameters = 10_000;
const valueLimits: Readonly<Record<string, number>> = { Standard: 4_096, Advanced: 8_192, "Intelligent-Tiering": 8_192 };
const types = ["String", "StringList", "SecureString"];

/** ARN of a parameter or of a path: a leading slash of the name isn't doubled. */
export function parameterArn(cloud: Pick<Cloud, "region" | "account" | "partition">, name: string): string {
  return name.startsWith("arn:")
    ? name
    : `arn:${cloud.partition}:ssm:${cloud.region}:${cloud.account}:parameter${name.startsWith("/") ? "" : "/"}${name}`;
}

/** The name without its ARN. */
export function bareName(given: unknown): string {
  const name = String(given ?? "");
  if (!name.startsWith("arn:")) return name;
  const path = name.split(":parameter").slice(1).join(":parameter");
  return path.lastIndexOf("/") === 0 ? path.slice(1) : path;
}

export function checkName(name: string): void {
  if (name === "") throw constraint("", "name", "Member must have length greater than or equal to 1");
  if (name.length > 1_011) throw validation(`Parameter name: can't be longer than 1011 characters, got ${name.length}.`);
  if (name.includes("/") && !name.startsWith("/")) throw validation("Parameter name must be a fully qualified name.");
  if (/^\/?(aws|ssm)/i.test(name)) {
    if (/^\/aws.*\//i.test(name)) throw ssmError("AccessDeniedException", `No access to reserved parameter name: ${name}.`);
    throw validation('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
  }
  if (!/^(\/[\w.-]+)+$|^[\w.-]+$/.test(name)) {
    throw validation("Only a mix of letters, numbers and the following 4 symbols .-_/ are allowed.");
  }
  if (name.split("/").length - 1 > maxLevels) {
    throw ssmError(
      "HierarchyLevelLimitExceededException",
      "A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.",
    );
  }
}

/** The version that PutParameter would store, after all of AWS's checks. */
export function nextVersion(
  input: Shape,
  before: Parameter | undefined,
  known: number,
  now: number,
  user: string,
): ParameterVersion {
  const last = before?.newest;
  const { Value: value, Overwrite: overwrite = false, Tags: tags } = input;
  if (typeof value !== "string") throw constraint("null", "value", "Member must not be null");
  if (value === "") throw constraint("", "value", "Member must have length greater than or equal to 1");
  if (overwrite && tags?.length > 0) {
    throw validation(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. " +
        "To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  const type: string | undefined = input.Type ?? last?.type;
  if (type === undefined) throw validation("A parameter type is required when you create a parameter.");
  if (!types.includes(type))
    throw constraint(type, "type", "Member must satisfy enum value set: [SecureString, StringList, String]");
  if (last && !overwrite) {
    throw ssmError(
      "ParameterAlreadyExists",
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    );
  }
  if (last && last.type !== type) {
    throw ssmError(
      "HierarchyTypeMismatchException",
      "Parameter Store does not support changing a parameter type in a hierarchy. For example, you can't change a parameter from a String type to a SecureString type. You must create a new, unique parameter.",
    );
  }
  if (!last && known >= maxParameters) {
    throw ssmError(
      "ParameterLimitExceeded",
      `You have reached the maximum number of standard parameters for this AWS account and Region (${maxParameters}). To add more parameters, either delete existing parameters or upgrade to the advanced-parameter tier (charges apply).`,
    );
  }
  const tier = input.Tier ?? last?.tier ?? "Standard";
  checkValue(value, tier);
  const allowedPattern: string | undefined = input.AllowedPattern ?? last?.allowedPattern;
  checkPattern(value, allowedPattern);
  const description: string | undefined = input.Description ?? last?.description;
  return {
    version: (last?.version ?? 0) + 1,
    value,
    type,
    tier: tierOf(tier, value),
    description,
    allowedPattern,
    modified: now,
    user,
  };
}

function checkValue(value: string, tier: string): void {
  const limit = valueLimits[tier];
  if (limit === undefined)
    throw constraint(tier, "tier", "Member must satisfy enum value set: [Standard, Advanced, Intelligent-Tiering]");
  // Counted in bytes: the quota is 4 KB, the text says characters. Cautious reading.
  if (Buffer.byteLength(value) <= limit) return;
  if (tier === "Standard") {
    throw validation(
      "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter " +
        "to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html",
    );
  }
  throw validation("Advanced tier parameters support a maximum parameter value of 8192 characters.");
}

function tierOf(tier: string, value: string): string {
  if (tier !== "Intelligent-Tiering") return tier;
  return Buffer.byteLength(value) > (valueLimits["Standard"] ?? 0) ? "Advanced" : "Standard";
}

function checkPattern(value: string, pattern: string | undefined): void {
  if (!pattern) return;
  let regex: RegExp;
  try {
    regex = new RegExp(`^(?:${pattern})$`);
  } catch {
    throw ssmError("InvalidAllowedPatternException", `The allowed pattern ${pattern} isn't a valid regular expression.`);
  }
  if (!regex.test(value)) {
    throw ssmError(
      "ParameterPatternMismatchException",
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
  }
}
