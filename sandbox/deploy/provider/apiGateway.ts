import { partitionOf } from "../../../components/partition";
import { defined, finished, jsonText, type Deployer, type Handlers, type Properties } from "./handler";

export const apiGatewayHandlers: Handlers = {
  "aws:apigateway/restApi:RestApi": {
    async create(deployer, name, inputs) {
      const api = await deployer.call(
        "apigateway",
        "CreateRestApi",
        defined({
          name: deployer.physicalName(name, inputs.name),
          description: inputs.description,
          policy: inputs.policy && jsonText(inputs.policy),
          // One type in the provider, a list in the API.
          endpointConfiguration: inputs.endpointConfiguration && {
            ...inputs.endpointConfiguration,
            types: [inputs.endpointConfiguration.types].flat(),
          },
        }),
      );
      const executionArn = `arn:${partitionOf(deployer.region).name}:execute-api:${deployer.region}:${deployer.account}:${api.id}`;
      return {
        id: api.id,
        state: {
          ...inputs,
          name: api.name,
          rootResourceId: api.rootResourceId,
          executionArn,
          arn: `arn:${partitionOf(deployer.region).name}:apigateway:${deployer.region}::/restapis/${api.id}`,
        },
      };
    },
    async delete(deployer, id) {
      await deployer.call("apigateway", "DeleteRestApi", { restApiId: id });
    },
    replaceOn: [],
    fixed: ["name", "description", "policy", "endpointConfiguration"],
  },
  "aws:apigateway/restApiPolicy:RestApiPolicy": {
    async create(deployer, _name, inputs) {
      await putPolicy(deployer, inputs);
      return { id: inputs.restApiId, state: inputs };
    },
    async update(deployer, _id, _state, inputs) {
      await putPolicy(deployer, inputs);
      return inputs;
    },
    replaceOn: ["restApiId"],
  },
  "aws:apigateway/resource:Resource": {
    async create(deployer, _name, inputs) {
      const resource = await deployer.call("apigateway", "CreateResource", {
        restApiId: inputs.restApi,
        parentId: inputs.parentId,
        pathPart: inputs.pathPart,
      });
      return { id: resource.id, state: { ...inputs, path: resource.path } };
    },
    async delete(deployer, id, state) {
      await deployer.call("apigateway", "DeleteResource", { restApiId: state.restApi, resourceId: id });
    },
    replaceOn: ["restApi"],
    fixed: ["parentId", "pathPart"],
  },
  "aws:apigateway/method:Method": {
    async create(deployer, _name, inputs) {
      await deployer.call(
        "apigateway",
        "PutMethod",
        defined({
          restApiId: inputs.restApi,
          resourceId: inputs.resourceId,
          httpMethod: inputs.httpMethod,
          authorizationType: inputs.authorization,
          requestParameters: inputs.requestParameters,
        }),
      );
      return { id: `agm-${inputs.restApi}-${inputs.resourceId}-${inputs.httpMethod}`, state: inputs };
    },
    replaceOn: ["restApi", "resourceId", "httpMethod"],
    fixed: ["authorization", "requestParameters"],
  },
  "aws:apigateway/integration:Integration": {
    async create(deployer, _name, inputs) {
      await deployer.call(
        "apigateway",
        "PutIntegration",
        defined({
          restApiId: inputs.restApi,
          resourceId: inputs.resourceId,
          httpMethod: inputs.httpMethod,
          type: inputs.type,
          integrationHttpMethod: inputs.integrationHttpMethod,
          uri: inputs.uri,
          timeoutInMillis: inputs.timeoutMilliseconds,
        }),
      );
      return { id: `agi-${inputs.restApi}-${inputs.resourceId}-${inputs.httpMethod}`, state: inputs };
    },
    replaceOn: ["restApi", "resourceId", "httpMethod", "type", "integrationHttpMethod"],
    fixed: ["uri", "timeoutMilliseconds"],
  },
  "aws:apigateway/deployment:Deployment": {
    async create(deployer, _name, inputs) {
      const deployment = await deployer.call(
        "apigateway",
        "CreateDeployment",
        defined({ restApiId: inputs.restApi, description: inputs.description }),
      );
      return { id: deployment.id, state: inputs };
    },
    async delete(deployer, id, { restApi }) {
      await deployer.call("apigateway", "DeleteDeployment", { restApiId: restApi, deploymentId: id });
    },
    replaceOn: ["restApi", "triggers"],
    fixed: ["description"],
  },
  "aws:apigateway/stage:Stage": {
    async create(deployer, _name, inputs) {
      await deployer.call(
        "apigateway",
        "CreateStage",
        defined({
          restApiId: inputs.restApi,
          stageName: inputs.stageName,
          deploymentId: inputs.deployment,
          description: inputs.description,
        }),
      );
      const id = `ags-${inputs.restApi}-${inputs.stageName}`;
      const { accessLogSettings, ...rest } = inputs;
      const made = { ...rest, ...stageOutputs(deployer, inputs) };
      if (accessLogSettings)
        await finished({ id, state: made }, () => updateStage(deployer, inputs.restApi, inputs.stageName, accessLog(inputs)));
      return { id, state: { ...inputs, ...made } };
    },
    async update(deployer, _id, state, inputs) {
      await updateStage(deployer, inputs.restApi, inputs.stageName, {
        "/deploymentId": inputs.deployment,
        "/description": inputs.description,
        ...accessLog(inputs),
      });
      return { ...state, ...inputs };
    },
    async delete(deployer, _id, { restApi, stageName }) {
      await deployer.call("apigateway", "DeleteStage", { restApiId: restApi, stageName });
    },
    replaceOn: ["restApi", "stageName"],
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    async create(deployer, _name, inputs) {
      await putMethodSettings(deployer, inputs);
      return { id: `${inputs.restApi}-${inputs.stageName}-${inputs.methodPath}`, state: inputs };
    },
    async update(deployer, _id, _state, inputs) {
      await putMethodSettings(deployer, inputs);
      return inputs;
    },
    replaceOn: ["restApi", "stageName", "methodPath"],
  },
  "aws:apigateway/account:Account": {
    async create(deployer, _name, inputs) {
      await updateAccount(deployer, inputs.cloudwatchRoleArn);
      return { id: "api-gateway-account", state: inputs };
    },
    async update(deployer, _id, _state, inputs) {
      await updateAccount(deployer, inputs.cloudwatchRoleArn);
      return inputs;
    },
  },
};

async function putPolicy(deployer: Deployer, inputs: Properties): Promise<void> {
  await deployer.call("apigateway", "UpdateRestApi", {
    restApiId: inputs.restApiId,
    patchOperations: [{ op: "replace", path: "/policy", value: jsonText(inputs.policy) }],
  });
}

async function updateAccount(deployer: Deployer, value: string): Promise<void> {
  const patchOperations = [{ op: "replace", path: "/cloudwatchRoleArn", value }];
  await deployer.call("apigateway", "UpdateAccount", { patchOperations });
}

function accessLog({ accessLogSettings: settings }: Properties): Properties {
  return {
    "/accessLogSettings/destinationArn": settings?.destinationArn,
    "/accessLogSettings/format": settings?.format,
  };
}

async function putMethodSettings(deployer: Deployer, { restApi, stageName, methodPath, settings }: Properties): Promise<void> {
  // "*/*" addresses every method; the API escapes other paths' slashes.
  const path =
    methodPath === "*/*"
      ? "/*/*"
      : `/${String(methodPath)
          .replace(/^\//, "")
          .replace(/\/(?=.*\/)/g, "~1")}`;
  await updateStage(deployer, restApi, stageName, {
    [`${path}/throttling/rateLimit`]: settings.throttlingRateLimit,
    [`${path}/throttling/burstLimit`]: settings.throttlingBurstLimit,
    [`${path}/metrics/enabled`]: settings.metricsEnabled,
    [`${path}/logging/loglevel`]: settings.loggingLevel,
  });
}

async function updateStage(deployer: Deployer, restApiId: string, stageName: string, values: Properties): Promise<void> {
  const patchOperations = Object.entries(defined(values)).map(([path, value]) => ({ op: "replace", path, value: String(value) }));
  await deployer.call("apigateway", "UpdateStage", { restApiId, stageName, patchOperations });
}

function stageOutputs(deployer: Deployer, inputs: Properties): Properties {
  return {
    arn: `arn:${partitionOf(deployer.region).name}:apigateway:${deployer.region}::/restapis/${inputs.restApi}/stages/${inputs.stageName}`,
    executionArn: `arn:${partitionOf(deployer.region).name}:execute-api:${deployer.region}:${deployer.account}:${inputs.restApi}/${inputs.stageName}`,
    invokeUrl: `https://${inputs.restApi}.execute-api.${deployer.region}.${partitionOf(deployer.region).dnsSuffix}/${inputs.stageName}`,
  };
}
