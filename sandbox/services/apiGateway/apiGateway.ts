import type { Cloud, Operation, Requirement, Service, Shape } from "../../core/cloud";
import type { Peers } from "../../core/peers";
import type { Iam } from "../iam/iam";
import { uniqueId } from "../requestId";
import { badRequest, conflict, notFound } from "./apiErrors";
import { apiMetrics } from "./apiMetrics";
import { inputs } from "./inputs";
import { apiRequests } from "./requestApi";
import { compileApiPolicy, type Method, type Resource, type RestApi } from "./restApi";
import { stageOperations } from "./stageOperations";

export interface ApiGateway {
  service: Service;
  requestApi: Peers["requestApi"];
}

const idLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

/**
 * API Gateway REST APIs with Lambda proxy integrations. Modelled: resources, methods without or with IAM authorisation, resource policy,
 * deployments as snapshots, stages with throttling and access log. Not modelled: other integrations, authorizers, API keys, usage plans,
 * validators, caching, custom domains, private APIs.
 */
export function createApiGateway(cloud: Cloud, iam: Iam): ApiGateway {
  const apis = new Map<string, RestApi>();
  const random = cloud.random.fork("apigateway");
  const metrics = apiMetrics(cloud);

  const find = (input: Shape): RestApi => {
    const api = apis.get(input.restApiId);
    if (!api) throw notFound("Invalid API identifier specified " + `${cloud.account}:${input.restApiId}`);
    return api;
  };

  const tagsOf = ({ resourceArn }: Shape): Map<string, string> => {
    const [, restApiId, stageName] =
      /^arn:[^:]+:apigateway:[^:]+::\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(resourceArn) ?? [];
    const api = find({ restApiId });
    if (stageName === undefined) return api.tags;
    const stage = api.stages.get(stageName);
    if (!stage) throw notFound("Invalid stage identifier specified");
    return stage.tags;
  };

  const operations: Record<string, Operation> = {
    CreateRestApi(input) {
      if (typeof input.name !== "string" || input.name === "") throw badRequest("No API Name specified");
      const rootResourceId = uniqueId(random, 10, idLetters);
      const api: RestApi = {
        id: uniqueId(random, 10, idLetters),
        name: input.name,
        description: input.description,
        createdDate: new Date(cloud.clock.now()),
        rootResourceId,
        endpointConfiguration: input.endpointConfiguration ?? { types: ["EDGE"] },
        disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
        resources: new Map([[rootResourceId, { id: rootResourceId, path: "/", methods: new Map() }]]),
        deployments: new Map(),
        stages: new Map(),
        tags: new Map(Object.entries(input.tags ?? {})),
      };
      setPolicy(cloud, api, input.policy);
      apis.set(api.id, api);
      return describeApi(api);
    },
    GetRestApi: (input) => describeApi(find(input)),
    GetRestApis: () => ({ items: [...apis.values()].map(describeApi) }),
    UpdateRestApi(input) {
      const api = find(input);
      for (const { path, value } of input.patchOperations ?? []) patchApi(cloud, api, path, value);
      return describeApi(api);
    },
    DeleteRestApi(input) {
      apis.delete(find(input).id);
      return {};
    },
    TagResource(input) {
      const tags = tagsOf(input);
      for (const [key, value] of Object.entries(input.tags ?? {})) tags.set(key, String(value));
      return {};
    },
    UntagResource(input) {
      const tags = tagsOf(input);
      for (const key of input.tagKeys ?? []) tags.delete(key);
      return {};
    },
    ...resourceOperations(cloud, find),
    ...stageOperations(cloud, iam, find),
  };

  return {
    service: {
      name: "apigateway",
      operations,
      inputs,
      requirements: (operation, input) => requirements(cloud, operation, input),
    },
    requestApi: apiRequests(cloud, iam, apis, metrics),
  };
}

function setPolicy(cloud: Cloud, api: RestApi, policy: string | undefined): void {
  if (policy) compileApiPolicy(cloud, api.id, policy);
  api.policy = policy || undefined;
}

function patchApi(cloud: Cloud, api: RestApi, path: string, value: string): void {
  if (path === "/policy") setPolicy(cloud, api, value);
  else if (path === "/name") api.name = value;
  else if (path === "/description") api.description = value;
  else if (path === "/disableExecuteApiEndpoint") api.disableExecuteApiEndpoint = value === "true";
  else
    throw badRequest(
      `Invalid patch path  '${path}' specified for op 'replace'. The sandbox models policy, name, description and disableExecuteApiEndpoint.`,
    );
}

function resourceOperations(cloud: Cloud, find: (input: Shape) => RestApi): Record<string, Operation> {
  const random = cloud.random.fork("apigateway resources");
  const findResource = (input: Shape): Resource => {
    const resource = find(input).resources.get(input.resourceId);
    if (!resource) throw notFound("Invalid resource identifier specified");
    return resource;
  };
  const findMethod = (input: Shape): Method => {
    const method = findResource(input).methods.get(input.httpMethod);
    if (!method) throw notFound("Invalid Method identifier specified");
    return method;
  };
  return {
    CreateResource(input) {
      const api = find(input);
      const parent = api.resources.get(input.parentId);
      if (!parent) throw notFound("Invalid resource identifier specified");
      if (!/^(?:[a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._:-]+\+?\})$/.test(input.pathPart ?? "")) {
        throw badRequest(
          "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
        );
      }
      const path = `${parent.path === "/" ? "" : parent.path}/${input.pathPart}`;
      if ([...api.resources.values()].some((other) => other.path === path)) {
        throw conflict("Another resource with the same parent already has this name: " + input.pathPart);
      }
      const resource: Resource = {
        id: uniqueId(random, 6, idLetters),
        parentId: parent.id,
        pathPart: input.pathPart,
        path,
        methods: new Map(),
      };
      api.resources.set(resource.id, resource);
      return describeResource(resource);
    },
    GetResource: (input) => describeResource(findResource(input)),
    GetResources: (input) => ({ items: [...find(input).resources.values()].map(describeResource) }),
    DeleteResource(input) {
      const api = find(input);
      const { path } = findResource(input);
      if (path === "/") throw badRequest("Root resource can't be deleted");
      for (const other of api.resources.values())
        if (other.path === path || other.path.startsWith(`${path}/`)) api.resources.delete(other.id);
      return {};
    },
    PutMethod(input) {
      const resource = findResource(input);
      const { httpMethod, authorizationType } = input;
      if (!/^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY)$/.test(httpMethod ?? ""))
        throw badRequest("Invalid HTTP method specified");
      if (authorizationType !== "NONE" && authorizationType !== "AWS_IAM") {
        throw badRequest(`Authorization type ${authorizationType} is not modelled; use NONE or AWS_IAM.`);
      }
      if (resource.methods.has(httpMethod)) throw conflict("Method already exists for this resource");
      const method: Method = {
        httpMethod,
        authorizationType,
        apiKeyRequired: false,
        requestParameters: { ...input.requestParameters },
      };
      resource.methods.set(httpMethod, method);
      return describeMethod(method);
    },
    GetMethod: (input) => describeMethod(findMethod(input)),
    DeleteMethod(input) {
      findMethod(input);
      findResource(input).methods.delete(input.httpMethod);
      return {};
    },
    PutIntegration(input) {
      const method = findMethod(input);
      if (input.type !== "AWS_PROXY") throw badRequest(`Integration type ${input.type} is not modelled; use AWS_PROXY.`);
      if (!input.integrationHttpMethod) throw badRequest("Enumeration value for HttpMethod must be non-empty");
      if (
        !/^arn:aws[a-z-]*:apigateway:[^:]+:lambda:path\/2015-03-31\/functions\/arn:aws[a-z-]*:lambda:.+\/invocations$/.test(
          input.uri ?? "",
        )
      ) {
        throw badRequest(
          "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
        );
      }
      const timeoutInMillis = input.timeoutInMillis ?? 29_000;
      if (timeoutInMillis < 50 || timeoutInMillis > 29_000) throw badRequest("Timeout should be between 50 ms and 29000 ms");
      method.integration = { type: input.type, httpMethod: input.integrationHttpMethod, uri: input.uri, timeoutInMillis };
      return { ...method.integration };
    },
    GetIntegration(input) {
      const { integration } = findMethod(input);
      if (!integration) throw notFound("Invalid Integration identifier specified");
      return { ...integration };
    },
    DeleteIntegration(input) {
      findMethod(input).integration = undefined;
      return {};
    },
  };
}

function describeApi(api: RestApi): Shape {
  return {
    id: api.id,
    name: api.name,
    description: api.description,
    createdDate: api.createdDate,
    apiKeySource: "HEADER",
    endpointConfiguration: api.endpointConfiguration,
    policy: api.policy,
    tags: Object.fromEntries(api.tags),
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    rootResourceId: api.rootResourceId,
  };
}

function describeResource(resource: Resource): Shape {
  const resourceMethods = Object.fromEntries([...resource.methods].map(([name, method]) => [name, describeMethod(method)]));
  return { id: resource.id, parentId: resource.parentId, pathPart: resource.pathPart, path: resource.path, resourceMethods };
}

function describeMethod(method: Method): Shape {
  return {
    httpMethod: method.httpMethod,
    authorizationType: method.authorizationType,
    apiKeyRequired: method.apiKeyRequired,
    requestParameters: method.requestParameters,
    methodIntegration: method.integration && { ...method.integration },
  };
}

const verbs: readonly [RegExp, string][] = [
  [/^(Create|Put)/, "POST"],
  [/^Get/, "GET"],
  [/^Update/, "PATCH"],
  [/^Delete/, "DELETE"],
];

/**
 * API Gateway's actions are HTTP verbs on its own paths; an API's resource policy needs another one beside.
 * ("Actions, resources, and condition keys for Amazon API Gateway Management")
 */
function requirements(cloud: Cloud, operation: string, input: Shape): Requirement[] {
  const needed = verbRequirements(cloud, operation, input);
  const setsPolicy = input.policy !== undefined || input.patchOperations?.some(({ path }: Shape) => path === "/policy");
  if (!/RestApi$/.test(operation) || !setsPolicy) return needed;
  return [...needed, ...needed.map(({ resource }) => ({ action: "apigateway:UpdateRestApiPolicy", resource }))];
}

function verbRequirements(cloud: Cloud, operation: string, input: Shape): Requirement[] {
  const verb = operation.startsWith("Put") ? "PUT" : (verbs.find(([pattern]) => pattern.test(operation))?.[1] ?? "PUT");
  const base = `arn:${cloud.partition}:apigateway:${cloud.region}::`;
  if (/Account$/.test(operation)) return [{ action: `apigateway:${verb}`, resource: `${base}/account` }];
  if (input.restApiId === undefined) return [{ action: `apigateway:${verb}`, resource: input.resourceArn ?? `${base}/restapis` }];
  const parts = [`/restapis/${input.restApiId}`];
  if (/Resource|Method|Integration/.test(operation)) parts.push(`/resources${input.resourceId ? `/${input.resourceId}` : ""}`);
  if (/Method|Integration/.test(operation)) parts.push(`/methods/${input.httpMethod}`);
  if (/Integration/.test(operation)) parts.push("/integration");
  if (/Deployment/.test(operation)) parts.push(`/deployments${input.deploymentId ? `/${input.deploymentId}` : ""}`);
  if (/Stage/.test(operation))
    parts.push(`/stages${input.stageName && operation !== "CreateStage" ? `/${input.stageName}` : ""}`);
  return [{ action: `apigateway:${verb}`, resource: base + parts.join("") }];
}
