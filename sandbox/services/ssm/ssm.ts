import type { Cloud, Operation, Principal, Requirement, Service, Shape } from "../../core/cloud";
import {
  bareName,
  checkName,
  constraint,
  maxVersions,
  nextVersion,
  parameterArn,
  parameterNotFound,
  ssmError,
  validation,
  type Parameter,
  type ParameterVersion,
} from "./parameterStore";
import { inputs } from "./inputs";
import { rateLimiter, type RateLimits } from "./rates";

export interface SsmOptions {
  /** Calls a second as AWS limits them; undefined (default): no limit. See `rateLimiter` for why. */
  rates?: RateLimits;
}

/**
 * Systems Manager Parameter Store. Modelled: types, tiers, patterns, versions and history, paths, paging. SecureString is stored as it
 * is (no KMS). Not modelled: labels, parameter policies, sharing.
 */
export function createSsm(cloud: Cloud, options: SsmOptions = {}): { service: Service } {
  const parameters = new Map<string, Parameter>();
  /** "path" or "path**" (recursive) -> parameters by name; emptied when a parameter comes or goes. */
  const byPath = new Map<string, Parameter[]>();
  const count = rateLimiter(options.rates, cloud.clock.rateTime);

  const find = (given: unknown): Parameter => {
    const parameter = parameters.get(bareName(given));
    if (!parameter) throw parameterNotFound(String(given));
    return parameter;
  };

  /** Also "name:version". */
  const select = (given: unknown): Shape | undefined => {
    const name = bareName(given);
    const exact = parameters.get(name);
    if (exact) return describe(exact, exact.newest);
    const [base = "", selector] = name.split(":");
    const parameter = parameters.get(base);
    if (!parameter || selector === undefined) return undefined;
    const version = parameter.versions.find((candidate) => String(candidate.version) === selector);
    if (!version) {
      throw ssmError(
        "ParameterVersionNotFound",
        `Systems Manager could not find version ${selector} of ${base}. Verify the version and try again.`,
      );
    }
    return { ...describe(parameter, version), Selector: `:${selector}` };
  };

  const PutParameter: Operation = (input, caller) => {
    count("write");
    const name = bareName(input.Name);
    checkName(name);
    const before = parameters.get(name);
    const version = nextVersion(input, before, parameters.size, cloud.clock.now(), userOf(caller));
    if (before) {
      before.newest = version;
      before.versions.push(version);
      if (before.versions.length > maxVersions) before.versions.shift();
    } else {
      const arn = parameterArn(cloud, name);
      parameters.set(name, { name, arn, newest: version, versions: [version], tags: tagsOf(input.Tags) });
      byPath.clear();
    }
    return { Version: version.version, Tier: version.tier };
  };

  const remove = (name: string) => {
    byPath.clear();
    return parameters.delete(bareName(name));
  };

  const operations: Record<string, Operation> = {
    PutParameter,
    GetParameter(input) {
      count("read");
      const found = select(input.Name);
      if (!found) throw parameterNotFound(input.Name);
      return { Parameter: found };
    },
    GetParameters(input) {
      count("read");
      const names: string[] = input.Names ?? [];
      if (names.length > 10)
        throw constraint(`[${names.join(", ")}]`, "names", "Member must have length less than or equal to 10");
      const found = names.map((name) => [name, select(name)] as const);
      return {
        Parameters: found.flatMap(([, parameter]) => parameter ?? []),
        InvalidParameters: found.filter(([, parameter]) => !parameter).map(([name]) => name),
      };
    },
    GetParametersByPath(input) {
      count("read");
      const { items, NextToken } = page(underPath(parameters, byPath, input), input, 10, 10);
      return { Parameters: items.map((parameter) => describe(parameter, parameter.newest)), NextToken };
    },
    GetParameterHistory(input) {
      const parameter = find(input.Name);
      const { items, NextToken } = page(parameter.versions, input, 50, 50);
      return { Parameters: items.map((version) => historyEntry(parameter, version)), NextToken };
    },
    DescribeParameters(input) {
      const { items, NextToken } = page(filtered([...parameters.values()], input), input, 50, 50);
      return { Parameters: items.map((parameter) => metadata(parameter)), NextToken };
    },
    DeleteParameter(input) {
      if (!remove(input.Name)) throw parameterNotFound(input.Name);
      return {};
    },
    DeleteParameters(input) {
      const names: string[] = input.Names ?? [];
      const deleted = names.filter(remove);
      return { DeletedParameters: deleted, InvalidParameters: names.filter((name) => !deleted.includes(name)) };
    },
    AddTagsToResource(input) {
      for (const [key, value] of tagsOf(input.Tags)) find(input.ResourceId).tags.set(key, value);
      return {};
    },
    RemoveTagsFromResource(input) {
      for (const key of input.TagKeys ?? []) find(input.ResourceId).tags.delete(key);
      return {};
    },
    ListTagsForResource: (input) => ({ TagList: [...find(input.ResourceId).tags].map(([Key, Value]) => ({ Key, Value })) }),
  };

  return {
    service: { name: "ssm", operations, inputs, requirements: (operation, input) => requirements(cloud, operation, input) },
  };
}

function userOf(caller: Principal): string {
  return caller.arn;
}

function tagsOf(tags: readonly { Key: string; Value: string }[] | undefined): Map<string, string> {
  return new Map((tags ?? []).map(({ Key, Value }) => [Key, Value]));
}

function describe(parameter: Parameter, version: ParameterVersion): Shape {
  return {
    Name: parameter.name,
    Type: version.type,
    Value: version.value,
    Version: version.version,
    LastModifiedDate: new Date(version.modified),
    ARN: parameter.arn,
    DataType: "text",
  };
}

function metadata(parameter: Parameter, version = parameter.newest): Shape {
  return {
    Name: parameter.name,
    ARN: parameter.arn,
    Type: version.type,
    LastModifiedDate: new Date(version.modified),
    LastModifiedUser: version.user,
    Description: version.description,
    AllowedPattern: version.allowedPattern,
    Version: version.version,
    Tier: version.tier,
    Policies: [],
    DataType: "text",
  };
}

function historyEntry(parameter: Parameter, version: ParameterVersion): Shape {
  return { ...metadata(parameter, version), Value: version.value, Labels: [] };
}

function underPath(parameters: Map<string, Parameter>, kept: Map<string, Parameter[]>, input: Shape): Parameter[] {
  const given: string = input.Path ?? "";
  if (!given.startsWith("/")) {
    throw validation(
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". ' +
        'It can\'t be prefixed with \\"aws\\" or \\"ssm\\" (case-insensitive). It must use only letters, numbers, or the following symbols: ' +
        '. (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". ' +
        "Valid example: /get/parameters2-/by1./path0_.",
    );
  }
  const path = given.replace(/\/+$/, "") + "/";
  const recursive = Boolean(input.Recursive);
  const key = recursive ? `${path}**` : path;
  let found = kept.get(key);
  if (!found) {
    found = [...parameters.values()]
      .filter(({ name }) => isUnder(name, path, recursive))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    kept.set(key, found);
  }
  return found;
}

function filtered(all: Parameter[], input: Shape): Parameter[] {
  const filters: { Key: string; Option?: string; Values?: string[] }[] = input.ParameterFilters ?? [];
  return all
    .filter((parameter) => filters.every((filter) => passes(parameter, filter)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** "DescribeParameters": Path takes Recursive and OneLevel, Name the others, Type Equals. */
function passes({ name, newest }: Parameter, { Key, Option, Values = [] }: { Key: string; Option?: string; Values?: string[] }) {
  const options: Readonly<Record<string, readonly string[]>> = {
    Name: ["Equals", "BeginsWith", "Contains"],
    Path: ["OneLevel", "Recursive"],
    Type: ["Equals"],
  };
  const allowed = options[Key];
  if (!allowed) throw ssmError("InvalidFilterKey", `The filter key ${Key} is not modelled; use Name, Type or Path.`);
  const option = Option ?? allowed[0]!;
  if (!allowed.includes(option))
    throw ssmError("InvalidFilterOption", `The filter option ${option} isn't one of ${Key}: ${allowed.join(", ")}.`);
  const text = Key === "Type" ? newest.type : name;
  return Values.some((value) => {
    if (option === "Equals") return text === value;
    if (option === "BeginsWith") return text.startsWith(value);
    if (option === "Contains") return text.includes(value);
    return isUnder(text, `${value.replace(/\/+$/, "")}/`, option === "Recursive");
  });
}

const isUnder = (name: string, path: string, recursive: boolean) =>
  name.startsWith(path) && (recursive || !name.slice(path.length).includes("/"));

function page<T>(all: readonly T[], input: Shape, byDefault: number, most: number): { items: readonly T[]; NextToken?: string } {
  const size: number = input.MaxResults ?? byDefault;
  if (!Number.isInteger(size) || size < 1)
    throw constraint(size, "maxResults", "Member must have value greater than or equal to 1");
  if (size > most) throw constraint(size, "maxResults", `Member must have value less than or equal to ${most}`);
  const start = input.NextToken === undefined ? 0 : Number(input.NextToken);
  if (!Number.isInteger(start) || start < 0) throw ssmError("InvalidNextToken", "The specified token isn't valid.");
  const end = start + size;
  return { items: all.slice(start, end), NextToken: end < all.length ? String(end) : undefined };
}

/** Resource types of the actions ("Actions, resources, and condition keys for AWS Systems Manager"): parameters, and "*" for lists. */
function requirements(cloud: Cloud, operation: string, input: Shape): Requirement[] {
  const action = `ssm:${operation}`;
  if (operation === "DescribeParameters") return [{ action, resource: "*" }];
  if (operation === "GetParametersByPath") {
    return [{ action, resource: parameterArn(cloud, String(input.Path ?? "/").replace(/(.)\/+$/, "$1")) }];
  }
  const names: unknown[] = input.Names ?? [input.Name ?? input.ResourceId];
  return names.map((name) => ({ action, resource: parameterArn(cloud, bareName(name).replace(/:.*$/, "")) }));
}
