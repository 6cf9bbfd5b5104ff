import type { Cloud } from "../../core/cloud";
import { compilePolicy, type Statement } from "../iam/policyDocument";
import type { AccessLog } from "./accessLog";
import { badRequest, notFound } from "./apiErrors";
import type { TokenBucket } from "./tokenBucket";

export interface Integration {
  type: string;
  httpMethod?: string;
  uri: string;
  timeoutInMillis: number;
}

export interface Method {
  httpMethod: string;
  authorizationType: "AWS_IAM" | "NONE";
  apiKeyRequired: boolean;
  requestParameters: Readonly<Record<string, boolean>>;
  integration?: Integration;
}

export interface Resource {
  id: string;
  parentId?: string;
  pathPart?: string;
  path: string;
  methods: Map<string, Method>;
}

/** What a deployment froze: later changes of methods or policy show only after the next one. */
export interface Snapshot {
  routes: Route[];
  policy?: Statement[];
}

export interface Route {
  resourceId: string;
  resourcePath: string;
  segments: string[];
  methods: ReadonlyMap<string, Method & { integration: Integration }>;
}

export interface Deployment {
  id: string;
  description?: string;
  createdDate: Date;
  snapshot: Snapshot;
}

export interface MethodSetting {
  /** Requests a second and at once; undefined or -1: the account's. */
  rateLimit?: number;
  burstLimit?: number;
  metricsEnabled?: boolean;
  loggingLevel?: string;
}

export interface Stage {
  stageName: string;
  deploymentId: string;
  description?: string;
  createdDate: Date;
  lastUpdatedDate: Date;
  variables: Map<string, string>;
  /** Keys as "resourcePath/METHOD", every method under the key of two asterisks. */
  methodSettings: Map<string, MethodSetting>;
  accessLogSettings: { destinationArn?: string; format?: string };
  accessLog?: AccessLog;
  /** One per method: stage limits apply to each method of its own. */
  buckets: Map<string, TokenBucket>;
  tags: Map<string, string>;
}

export interface RestApi {
  id: string;
  name: string;
  description?: string;
  createdDate: Date;
  rootResourceId: string;
  policy?: string;
  endpointConfiguration: unknown;
  disableExecuteApiEndpoint: boolean;
  resources: Map<string, Resource>;
  deployments: Map<string, Deployment>;
  stages: Map<string, Stage>;
  tags: Map<string, string>;
}

export const allMethods = "*/*";

/**
 * Compiles a resource policy. "execute-api:/stage/METHOD/path" is short for the API's own ARN.
 * @throws ServiceError BadRequestException
 */
export function compileApiPolicy(
  cloud: Pick<Cloud, "region" | "account" | "partition">,
  apiId: string,
  text: string,
): Statement[] {
  const own = `arn:${cloud.partition}:execute-api:${cloud.region}:${cloud.account}:${apiId}`;
  try {
    return compilePolicy(text, "resource", (resource) => resource.replace(/^execute-api:\//, `${own}/`));
  } catch (error) {
    throw badRequest(
      `Invalid policy document. Please check the policy syntax and ensure that Principals are valid. ${(error as Error).message}`,
    );
  }
}

/** @throws ServiceError as CreateDeployment refuses an API that can't answer */
export function snapshotOf(cloud: Pick<Cloud, "region" | "account" | "partition">, api: RestApi): Snapshot {
  const routes: Route[] = [];
  for (const resource of api.resources.values()) {
    if (resource.methods.size === 0) continue;
    const methods = new Map<string, Method & { integration: Integration }>();
    for (const [name, method] of resource.methods) {
      if (!method.integration) throw notFound("No integration defined for method");
      methods.set(name, { ...method, integration: { ...method.integration } });
    }
    routes.push({ resourceId: resource.id, resourcePath: resource.path, segments: resource.path.split("/").slice(1), methods });
  }
  if (routes.length === 0) throw badRequest("The REST API doesn't contain any methods");
  // Literal parts win over parameters, parameters over a greedy one: such routes come first.
  routes.sort((a, b) => (weight(a) < weight(b) ? -1 : 1));
  return { routes, policy: api.policy === undefined ? undefined : compileApiPolicy(cloud, api.id, api.policy) };
}

function weight(route: Route): string {
  return route.segments.map((segment) => (segment.endsWith("+}") ? "2" : segment.startsWith("{") ? "1" : "0")).join("");
}

export interface RouteMatch {
  route: Route;
  pathParameters: Record<string, string>;
}

/** The route for a path without its stage; undefined when no resource has it. */
export function matchRoute(routes: readonly Route[], path: string): RouteMatch | undefined {
  const parts = path.replace(/\/$/, "").split("/").slice(1);
  for (const route of routes) {
    const pathParameters = matchSegments(route.segments, parts.length === 0 ? [""] : parts);
    if (pathParameters) return { route, pathParameters };
  }
  return undefined;
}

function matchSegments(segments: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const part = parts[i];
    if (part === undefined) return undefined;
    if (segment.endsWith("+}")) {
      parameters[segment.slice(1, -2)] = parts.slice(i).map(decode).join("/");
      return parameters;
    }
    if (segment.startsWith("{")) {
      if (part === "") return undefined;
      parameters[segment.slice(1, -1)] = decode(part);
    } else if (segment !== part) return undefined;
  }
  return parts.length === segments.length ? parameters : undefined;
}

/** A broken escape stays as it came. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
