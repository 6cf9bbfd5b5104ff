import type { Cloud, Operation, Shape } from "../../core/cloud";
import type { Iam } from "../iam/iam";
import { requestId } from "../requestId";
import { between, codeOf, configurationOf } from "./functionInput";
import {
  defaultEventInvoke,
  functionName,
  functionNotFound,
  invalidParameter,
  lambdaError,
  type LambdaFunction,
} from "./functionState";

/** Functions by name, and how an operation finds one. */
export interface Functions {
  byName: Map<string, LambdaFunction>;
  /** @throws ServiceError ResourceNotFoundException */
  find(name: unknown): LambdaFunction;
}

export function functions(cloud: Cloud): Functions {
  const byName = new Map<string, LambdaFunction>();
  return {
    byName,
    find: (given) => {
      const name = functionName(given);
      const found = byName.get(name);
      if (!found) throw functionNotFound(`arn:${cloud.partition}:lambda:${cloud.region}:${cloud.account}:function:${name}`);
      return found;
    },
  };
}

export function functionOperations(
  cloud: Cloud,
  iam: Pick<Iam, "canAssume">,
  { byName, find }: Functions,
): Record<string, Operation> {
  const random = cloud.random.fork("lambda functions");
  const touch = (fn: LambdaFunction) => {
    fn.lastModified = new Date(cloud.clock.now());
    fn.revisionId = requestId(random);
    fn.generation++;
    fn.idle = [];
  };
  const checkRole = (role: string) => {
    if (!iam.canAssume(role, "lambda.amazonaws.com"))
      throw invalidParameter("The role defined for the function cannot be assumed by Lambda.");
  };
  return {
    CreateFunction: (input) => {
      const name = functionName(input.FunctionName);
      if (name.length > 64)
        throw lambdaError(
          "ValidationException",
          `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
        );
      if (byName.has(name)) throw lambdaError("ResourceConflictException", `Function already exist: ${name}`, 409);
      const configuration = configurationOf(input, name);
      const code = codeOf(input);
      checkRole(configuration.role);
      const fn: LambdaFunction = {
        name,
        arn: `arn:${cloud.partition}:lambda:${cloud.region}:${cloud.account}:function:${name}`,
        ...configuration,
        ...code,
        lastModified: new Date(cloud.clock.now()),
        revisionId: requestId(random),
        tags: new Map(Object.entries(input.Tags ?? {})),
        policy: [],
        allowedByPolicy: new Set(),
        reservedConcurrency: reserved(input.ReservedConcurrentExecutions),
        idle: [],
        running: 0,
        generation: 0,
      };
      byName.set(name, fn);
      return describe(fn);
    },
    UpdateFunctionCode: (input) => {
      const fn = find(input.FunctionName);
      Object.assign(fn, codeOf(input), { architectures: input.Architectures ?? fn.architectures });
      touch(fn);
      return describe(fn);
    },
    UpdateFunctionConfiguration: (input) => {
      const fn = find(input.FunctionName);
      const configuration = configurationOf(input, fn.name, fn);
      checkRole(configuration.role);
      Object.assign(fn, configuration);
      touch(fn);
      return describe(fn);
    },
    GetFunction: (input) => {
      const fn = find(input.FunctionName);
      const concurrency =
        fn.reservedConcurrency === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: fn.reservedConcurrency } };
      return {
        Configuration: describe(fn),
        Code: { RepositoryType: "S3", files: { ...fn.files } },
        Tags: Object.fromEntries(fn.tags),
        ...concurrency,
      };
    },
    GetFunctionConfiguration: (input) => describe(find(input.FunctionName)),
    ListFunctions: () => ({ Functions: [...byName.values()].map(describe) }),
    DeleteFunction: (input) => {
      byName.delete(find(input.FunctionName).name);
      return {};
    },
    PutFunctionConcurrency: (input) => {
      find(input.FunctionName).reservedConcurrency = reserved(input.ReservedConcurrentExecutions);
      return { ReservedConcurrentExecutions: input.ReservedConcurrentExecutions };
    },
    DeleteFunctionConcurrency: (input) => {
      find(input.FunctionName).reservedConcurrency = undefined;
      return {};
    },
    ...eventInvokeOperations(cloud, find),
    ...tagOperations(find),
  };
}

/** Pulumi's provider writes -1 for "not reserved". */
function reserved(value: number | undefined): number | undefined {
  if (value === undefined || value === -1) return undefined;
  between("reservedConcurrentExecutions", value, 0, 900);
  return value;
}

function eventInvokeOperations(cloud: Cloud, find: Functions["find"]): Record<string, Operation> {
  const put = (input: Shape, merge: boolean) => {
    const fn = find(input.FunctionName);
    const before = merge ? fn.eventInvoke : undefined;
    const maximumRetryAttempts =
      input.MaximumRetryAttempts ?? before?.maximumRetryAttempts ?? defaultEventInvoke.maximumRetryAttempts;
    const maximumEventAgeSeconds =
      input.MaximumEventAgeInSeconds ?? before?.maximumEventAgeSeconds ?? defaultEventInvoke.maximumEventAgeSeconds;
    between("maximumRetryAttempts", maximumRetryAttempts, 0, 2);
    between("maximumEventAgeInSeconds", maximumEventAgeSeconds, 60, 21_600);
    const onFailure: string | undefined = input.DestinationConfig?.OnFailure?.Destination ?? before?.onFailure;
    if (onFailure !== undefined && !/^arn:aws[a-z-]*:sns:/.test(onFailure))
      throw invalidParameter(`Destination ${onFailure} is not modelled; use an SNS topic.`);
    fn.eventInvoke = { maximumRetryAttempts, maximumEventAgeSeconds, onFailure, lastModified: new Date(cloud.clock.now()) };
    return describeEventInvoke(fn);
  };
  return {
    PutFunctionEventInvokeConfig: (input) => put(input, false),
    UpdateFunctionEventInvokeConfig: (input) => put(input, true),
    GetFunctionEventInvokeConfig: (input) => describeEventInvoke(find(input.FunctionName)),
    DeleteFunctionEventInvokeConfig: (input) => {
      find(input.FunctionName).eventInvoke = undefined;
      return {};
    },
  };
}

function describeEventInvoke(fn: LambdaFunction): Shape {
  const { eventInvoke } = fn;
  if (!eventInvoke)
    throw lambdaError("ResourceNotFoundException", `The function ${fn.arn}:$LATEST doesn't have an EventInvokeConfig`, 404);
  return {
    FunctionArn: `${fn.arn}:$LATEST`,
    MaximumRetryAttempts: eventInvoke.maximumRetryAttempts,
    MaximumEventAgeInSeconds: eventInvoke.maximumEventAgeSeconds,
    DestinationConfig: { OnSuccess: {}, OnFailure: eventInvoke.onFailure ? { Destination: eventInvoke.onFailure } : {} },
    LastModified: eventInvoke.lastModified,
  };
}

function tagOperations(find: Functions["find"]): Record<string, Operation> {
  return {
    TagResource: (input) => {
      for (const [key, value] of Object.entries(input.Tags)) find(input.Resource).tags.set(key, String(value));
      return {};
    },
    UntagResource: (input) => {
      for (const key of input.TagKeys) find(input.Resource).tags.delete(key);
      return {};
    },
    ListTags: (input) => ({ Tags: Object.fromEntries(find(input.Resource).tags) }),
  };
}

function describe(fn: LambdaFunction): Shape {
  return {
    FunctionName: fn.name,
    FunctionArn: fn.arn,
    Runtime: fn.runtime,
    Role: fn.role,
    Handler: fn.handler,
    CodeSize: fn.codeSize,
    CodeSha256: fn.codeSha256,
    Description: fn.description,
    Timeout: fn.timeout,
    MemorySize: fn.memorySize,
    LastModified: fn.lastModified.toISOString().replace("Z", "+0000"),
    Version: "$LATEST",
    Environment: { Variables: { ...fn.environment } },
    TracingConfig: { Mode: "PassThrough" },
    RevisionId: fn.revisionId,
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Zip",
    Architectures: fn.architectures,
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: fn.logFormat, LogGroup: fn.logGroup },
    VpcConfig: { SubnetIds: fn.vpc.subnetIds, SecurityGroupIds: fn.vpc.securityGroupIds },
  };
}
