import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { scalerFactory } from "../../scaler/lambda";
import { scalerLogGroup } from "../../scaler/names";
import { functionInterfaces } from "../network/interfaces";
import type { NetworkArgs } from "../network/networkArgs";
import { policyDocument, trustPolicy, type Statement } from "../policyDocument";

/** Seconds: the next run comes a minute after this one. */
const timeoutSeconds = 55;

export interface ScalerFunctionArgs {
  /** Parameters' prefix, `/sluice/{scaler}`. */
  prefix: string;
  scalerName: string;
  logRetentionDays: number;
  /** Undefined: AWS's own. */
  network: NetworkArgs | undefined;
  /** What its role may do, given the ARN of its log group. */
  statements: (logGroupArn: pulumi.Output<string>) => Statement[];
}

export interface ScalerFunction {
  lambda: aws.lambda.Function;
  role: aws.iam.Role;
  logGroup: aws.cloudwatch.LogGroup;
  /** What must exist before the function is called. */
  ready: pulumi.Resource[];
}

/**
 * The scaler's Lambda function. Its code is the callback of scaler/lambda.ts, serialised by Pulumi: it captures no Output;
 * everything configured comes by the environment, and the SDK from the runtime.
 */
export function scalerFunction(name: string, args: ScalerFunctionArgs, parent: pulumi.Resource): ScalerFunction {
  const logGroup = new aws.cloudwatch.LogGroup(
    `${name}-log`,
    { name: scalerLogGroup(args.scalerName), retentionInDays: args.logRetentionDays },
    { parent },
  );
  const role = new aws.iam.Role(
    `${name}-role`,
    { description: "Sluice's scaler: see scalerPolicy.ts.", assumeRolePolicy: trustPolicy("lambda.amazonaws.com") },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-role-policy`,
    { role: role.id, policy: policyDocument([...args.statements(logGroup.arn), ...(args.network ? functionInterfaces : [])]) },
    { parent },
  );
  // aws.lambda.CallbackFunction would do the same, and first read all of node_modules below the folder that `pulumi` runs in for packages to
  // add: the scaler needs none, its code's hash must not change with them, and a program in YAML or Python has no such folder.
  const serialised = pulumi.runtime.serializeFunction(asText(scalerFactory), { exportName: "handler", isFactoryFunction: true });
  const lambda = new aws.lambda.Function(
    `${name}-function`,
    {
      description: "Sluice: answers Application Auto Scaling, and every minute changes what has to change.",
      code: new pulumi.asset.AssetArchive({ "__index.js": new pulumi.asset.StringAsset(serialised.then(({ text }) => text)) }),
      handler: "__index.handler",
      role: role.arn,
      runtime: "nodejs24.x",
      timeout: timeoutSeconds,
      memorySize: 256,
      // Embedded metric format is read from text logs.
      loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      environment: { variables: { SLUICE_PREFIX: args.prefix, SLUICE_STACK: args.scalerName } },
      ...(args.network ? { vpcConfig: args.network } : {}),
    },
    { parent, dependsOn: [policy] },
  );
  // Retries would run a decision of the past: the next minute decides anew.
  const retries = new aws.lambda.FunctionEventInvokeConfig(
    `${name}-retries`,
    { functionName: lambda.name, maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
    { parent },
  );
  return { lambda, role, logGroup, ready: [lambda, policy, retries] };
}

/**
 * Pulumi turns a callback into text with all that it captures, but writes `require` for modules below node_modules, which Lambda doesn't
 * have. There the scaler is loaded again, past Node's cache of modules: what isn't in it is no module to Pulumi.
 */
function asText(factory: typeof scalerFactory): typeof scalerFactory {
  const folder = path.dirname(require.resolve("../../scaler/lambda"));
  if (!folder.split(path.sep).includes("node_modules")) return factory;
  const ofScaler = () => Object.entries(require.cache).filter(([file]) => file.startsWith(folder + path.sep));
  const loaded = ofScaler();
  for (const [file] of loaded) delete require.cache[file];
  const { scalerFactory: again } = require("../../scaler/lambda") as typeof import("../../scaler/lambda");
  for (const [file] of ofScaler()) delete require.cache[file];
  for (const [file, module] of loaded) require.cache[file] = module;
  return again;
}
