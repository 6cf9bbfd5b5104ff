import type { Cloud, Operation, Shape } from "../../core/cloud";
import type { Iam } from "../iam/iam";
import { requestId, uniqueId } from "../requestId";
import { accessLog } from "./accessLog";
import { badRequest, conflict, notFound } from "./apiErrors";
import { allMethods, snapshotOf, type RestApi, type Stage } from "./restApi";

const idLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Deployments and stages, and the account's role for logs. */
export function stageOperations(cloud: Cloud, iam: Iam, find: (input: Shape) => RestApi): Record<string, Operation> {
  const random = cloud.random.fork("apigateway stages");
  let cloudwatchRoleArn: string | undefined;

  const findStage = (input: Shape): Stage => {
    const stage = find(input).stages.get(input.stageName);
    if (!stage) throw notFound("Invalid stage identifier specified");
    return stage;
  };

  const createStage = (api: RestApi, input: Shape): Stage => {
    const { stageName, deploymentId } = input;
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(stageName ?? "")) throw badRequest("Stage name only allows a-zA-Z0-9_");
    if (!api.deployments.has(deploymentId)) throw badRequest("Deployment id does not exist");
    if (api.stages.has(stageName)) throw conflict("Stage already exists");
    const now = new Date(cloud.clock.now());
    const stage: Stage = {
      stageName,
      deploymentId,
      description: input.description,
      createdDate: now,
      lastUpdatedDate: now,
      variables: new Map(Object.entries(input.variables ?? {})),
      methodSettings: new Map(),
      accessLogSettings: {},
      buckets: new Map(),
      tags: new Map(Object.entries(input.tags ?? {})),
    };
    api.stages.set(stageName, stage);
    return stage;
  };

  const patchStage = (api: RestApi, stage: Stage, operations: readonly Shape[]) => {
    for (const { op = "replace", path, value } of operations) {
      const removed = op === "remove";
      const setting = /^\/(.+)\/(throttling\/rateLimit|throttling\/burstLimit|metrics\/enabled|logging\/loglevel)$/.exec(path);
      if (setting) patchMethodSetting(stage, setting[1] ?? "", setting[2] ?? "", removed ? undefined : value);
      else if (path === "/deploymentId") {
        if (!api.deployments.has(value)) throw badRequest("Invalid Deployment identifier specified");
        stage.deploymentId = value;
      } else if (path === "/description") stage.description = value;
      else if (path === "/accessLogSettings/destinationArn") stage.accessLogSettings.destinationArn = removed ? undefined : value;
      else if (path === "/accessLogSettings/format") stage.accessLogSettings.format = removed ? undefined : value;
      else if (path === "/accessLogSettings" && removed) stage.accessLogSettings = {};
      else if (path.startsWith("/variables/"))
        setOrDelete(stage.variables, path.slice("/variables/".length), removed ? undefined : value);
      else
        throw badRequest(
          `Invalid patch path  '${path}' specified for op '${op}'. The sandbox models deployment, access log, variables and method settings.`,
        );
    }
    applyAccessLog(stage);
    stage.lastUpdatedDate = new Date(cloud.clock.now());
  };

  const applyAccessLog = (stage: Stage) => {
    const { destinationArn, format } = stage.accessLogSettings;
    stage.accessLog = undefined;
    if (destinationArn === undefined && format === undefined) return;
    if (cloudwatchRoleArn === undefined)
      throw badRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
    if (destinationArn === undefined || format === undefined) return;
    stage.accessLog = accessLog(destinationArn, format, requestId(random).replaceAll("-", ""));
  };

  return {
    CreateDeployment(input) {
      const api = find(input);
      const snapshot = snapshotOf(cloud, api);
      const deployment = {
        id: uniqueId(random, 6, idLetters),
        description: input.description,
        createdDate: new Date(cloud.clock.now()),
        snapshot,
      };
      api.deployments.set(deployment.id, deployment);
      const existing = api.stages.get(input.stageName);
      if (existing) existing.deploymentId = deployment.id;
      else if (input.stageName) createStage(api, { ...input, deploymentId: deployment.id });
      return describeDeployment(deployment);
    },
    GetDeployment(input) {
      const deployment = find(input).deployments.get(input.deploymentId);
      if (!deployment) throw notFound("Invalid Deployment identifier specified");
      return describeDeployment(deployment);
    },
    GetDeployments: (input) => ({ items: [...find(input).deployments.values()].map(describeDeployment) }),
    DeleteDeployment(input) {
      const api = find(input);
      if ([...api.stages.values()].some((stage) => stage.deploymentId === input.deploymentId)) {
        throw badRequest("Active stages pointing to this deployment must be moved or deleted");
      }
      if (!api.deployments.delete(input.deploymentId)) throw notFound("Invalid Deployment identifier specified");
      return {};
    },
    CreateStage: (input) => describeStage(createStage(find(input), input)),
    GetStage: (input) => describeStage(findStage(input)),
    GetStages: (input) => ({ item: [...find(input).stages.values()].map(describeStage) }),
    UpdateStage(input) {
      const stage = findStage(input);
      patchStage(find(input), stage, input.patchOperations ?? []);
      return describeStage(stage);
    },
    DeleteStage(input) {
      findStage(input);
      find(input).stages.delete(input.stageName);
      return {};
    },
    UpdateAccount(input) {
      for (const { path, value } of input.patchOperations ?? []) {
        if (path !== "/cloudwatchRoleArn") throw badRequest(`Invalid patch path ${path}`);
        if (value) checkLogRole(cloud, iam, value);
        cloudwatchRoleArn = value || undefined;
      }
      return describeAccount(cloudwatchRoleArn);
    },
    GetAccount: () => describeAccount(cloudwatchRoleArn),
  };
}

function checkLogRole(cloud: Cloud, iam: Iam, roleArn: string): void {
  const resource = `arn:${cloud.partition}:logs:${cloud.region}:${cloud.account}:log-group:access:log-stream:any`;
  const permitted = iam.decideIdentity({ arn: roleArn }, "logs:PutLogEvents", resource) === "allow";
  if (permitted && iam.canAssume(roleArn, "apigateway.amazonaws.com")) return;
  throw badRequest(
    "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.",
  );
}

/** `key` is a resource path with "~1" for slashes and a method, or two asterisks for all. */
function patchMethodSetting(stage: Stage, key: string, setting: string, value: string | undefined): void {
  const name = key === allMethods ? allMethods : key.replaceAll("~1", "/").replace(/^\//, "");
  const before = stage.methodSettings.get(name) ?? {};
  const number = value === undefined ? undefined : Number(value);
  if (setting.startsWith("throttling/") && number !== undefined && !Number.isFinite(number)) {
    throw badRequest(`Invalid value '${value}' for ${setting}: must be a number.`);
  }
  const changed = {
    "throttling/rateLimit": { rateLimit: number },
    "throttling/burstLimit": { burstLimit: number },
    "metrics/enabled": { metricsEnabled: value === "true" },
    "logging/loglevel": { loggingLevel: value },
  }[setting];
  stage.methodSettings.set(name, { ...before, ...changed });
}

function setOrDelete(map: Map<string, string>, key: string, value: string | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function describeDeployment({ id, description, createdDate }: { id: string; description?: string; createdDate: Date }): Shape {
  return { id, description, createdDate };
}

function describeStage(stage: Stage): Shape {
  const methodSettings = [...stage.methodSettings].map(([key, setting]) => [
    key,
    {
      throttlingRateLimit: setting.rateLimit ?? -1,
      throttlingBurstLimit: setting.burstLimit ?? -1,
      metricsEnabled: setting.metricsEnabled ?? false,
      loggingLevel: setting.loggingLevel ?? "OFF",
    },
  ]);
  return {
    stageName: stage.stageName,
    deploymentId: stage.deploymentId,
    description: stage.description,
    variables: Object.fromEntries(stage.variables),
    methodSettings: Object.fromEntries(methodSettings),
    accessLogSettings: stage.accessLog && { ...stage.accessLogSettings },
    createdDate: stage.createdDate,
    lastUpdatedDate: stage.lastUpdatedDate,
    tags: Object.fromEntries(stage.tags),
  };
}

function describeAccount(cloudwatchRoleArn: string | undefined): Shape {
  return {
    cloudwatchRoleArn,
    throttleSettings: { rateLimit: 10_000, burstLimit: 5_000 },
    features: ["UsagePlans"],
    apiKeyVersion: "4",
  };
}
