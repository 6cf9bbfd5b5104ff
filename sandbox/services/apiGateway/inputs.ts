import { members, type ModelledInputs } from "../../core/modelled";

const api = members("restApiId");
const resource = members("restApiId", "resourceId");
const method = members("restApiId", "resourceId", "httpMethod");
const deployment = members("restApiId", "deploymentId");
const stage = members("restApiId", "stageName");
const tagged = { resourceArn: "ownArn" } as const;
const patch = (...ops: string[]) => ({ patchOperations: { op: ops, path: "anything", value: "anything" } }) as const;

/** What is modelled of each operation's input. The operations say which paths of a patch they know. */
export const inputs: ModelledInputs = {
  CreateDeployment: { ...stage, ...members("description") },
  CreateResource: { ...api, ...members("parentId", "pathPart") },
  CreateRestApi: {
    ...members("name", "description", "policy", "tags", "disableExecuteApiEndpoint"),
    apiKeySource: ["HEADER"],
    endpointConfiguration: { types: ["EDGE", "REGIONAL"] },
  },
  CreateStage: { ...stage, ...members("deploymentId", "description", "variables", "tags") },
  DeleteDeployment: deployment,
  DeleteIntegration: method,
  DeleteMethod: method,
  DeleteResource: resource,
  DeleteRestApi: api,
  DeleteStage: stage,
  GetAccount: {},
  GetDeployment: deployment,
  GetDeployments: api,
  GetIntegration: method,
  GetMethod: method,
  GetResource: resource,
  GetResources: api,
  GetRestApi: api,
  GetRestApis: {},
  GetStage: stage,
  GetStages: api,
  PutIntegration: { ...method, ...members("type", "integrationHttpMethod", "uri", "timeoutInMillis") },
  PutMethod: { ...method, ...members("authorizationType", "requestParameters"), apiKeyRequired: [false] },
  TagResource: { ...tagged, ...members("tags") },
  UntagResource: { ...tagged, ...members("tagKeys") },
  UpdateAccount: patch("replace"),
  UpdateRestApi: { ...api, ...patch("replace") },
  UpdateStage: { ...stage, ...patch("add", "replace", "remove") },
};
