import { createHash } from "node:crypto";
import type { Shape } from "../../core/cloud";
import { invalidParameter, lambdaError, type LambdaFunction } from "./functionState";

/** Node.js runtimes that functions may be created with in November 2026 ("Lambda runtimes"). The sandbox runs JavaScript only. */
const runtimes = ["nodejs22.x", "nodejs24.x", "nodejs26.x"];
const deprecated = [
  "nodejs",
  "nodejs4.3",
  "nodejs6.10",
  "nodejs8.10",
  "nodejs10.x",
  "nodejs12.x",
  "nodejs14.x",
  "nodejs16.x",
  "nodejs18.x",
  "nodejs20.x",
];

/** "Reserved environment variables" that a function can't set. */
const reservedKeys = [
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
];

/** Unzipped package, in bytes ("Lambda quotas"). The zipped limit of 50 MB can't be reached by text of that size. */
const maxUnzippedBytes = 262_144_000;
const maxEnvironmentBytes = 4_096;

type Configuration = Pick<
  LambdaFunction,
  | "runtime"
  | "handler"
  | "role"
  | "description"
  | "timeout"
  | "memorySize"
  | "environment"
  | "logFormat"
  | "logGroup"
  | "vpc"
  | "architectures"
>;

/** What CreateFunction and UpdateFunctionConfiguration set; what `input` leaves out stays as `before` has it. */
export function configurationOf(input: Shape, name: string, before?: LambdaFunction): Configuration {
  const configuration: Configuration = {
    runtime: input.Runtime ?? before?.runtime,
    handler: input.Handler ?? before?.handler,
    role: input.Role ?? before?.role,
    description: input.Description ?? before?.description ?? "",
    timeout: input.Timeout ?? before?.timeout ?? 3,
    memorySize: input.MemorySize ?? before?.memorySize ?? 128,
    environment: { ...(input.Environment ? input.Environment.Variables : before?.environment) },
    logFormat: input.LoggingConfig?.LogFormat ?? before?.logFormat ?? "Text",
    logGroup: input.LoggingConfig?.LogGroup ?? before?.logGroup ?? `/aws/lambda/${name}`,
    vpc: {
      subnetIds: input.VpcConfig?.SubnetIds ?? before?.vpc.subnetIds ?? [],
      securityGroupIds: input.VpcConfig?.SecurityGroupIds ?? before?.vpc.securityGroupIds ?? [],
    },
    architectures: input.Architectures ?? before?.architectures ?? ["x86_64"],
  };
  checkRuntime(configuration.runtime);
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(configuration.role ?? "")) {
    throw constraint(
      "role",
      configuration.role,
      "Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
    );
  }
  if (!/^[^\s]{1,128}$/.test(configuration.handler ?? "")) {
    throw constraint("handler", configuration.handler, "Member must satisfy regular expression pattern: [^\\s]+");
  }
  between("timeout", configuration.timeout, 1, 900);
  between("memorySize", configuration.memorySize, 128, 10_240);
  checkEnvironment(configuration.environment);
  return configuration;
}

function checkRuntime(runtime: string): void {
  if (runtimes.includes(runtime)) return;
  if (deprecated.includes(runtime)) {
    throw invalidParameter(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. ` +
        "We recommend you use a supported runtime while creating or updating functions.",
    );
  }
  throw invalidParameter(`Runtime ${runtime} is not modelled: the sandbox runs ${runtimes.join(", ")}.`);
}

function checkEnvironment(environment: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(environment).filter((key) => reservedKeys.includes(key));
  if (reserved.length > 0) {
    throw invalidParameter(
      "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys " +
        `that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(", ")}`,
    );
  }
  for (const [key, value] of Object.entries(environment)) {
    if (typeof value !== "string") throw invalidParameter(`Environment variable ${key} must be a string, got ${typeof value}.`);
    if (!/^[a-zA-Z][a-zA-Z0-9_]+$/.test(key)) {
      throw constraint(
        "environment.variables",
        key,
        "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
      );
    }
  }
  const text = JSON.stringify(environment);
  if (Buffer.byteLength(text) > maxEnvironmentBytes) {
    throw invalidParameter(
      "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. " +
        `String measured: ${text}`,
    );
  }
}

/** The archive as { path: text } with its size and a hash of its content. */
export function codeOf(input: Shape): Pick<LambdaFunction, "files" | "codeSha256" | "codeSize"> {
  const files = input.Code?.files ?? input.files;
  if (typeof files !== "object" || files === null || Object.keys(files).length === 0) {
    throw invalidParameter(
      "Please provide a source for function code: the sandbox takes Code.files, an object of path and text.",
    );
  }
  const hash = createHash("sha256");
  let codeSize = 0;
  for (const [path, text] of Object.entries(files as Record<string, unknown>)) {
    if (typeof text !== "string") throw invalidParameter(`File ${path} of the package must be text, got ${typeof text}.`);
    codeSize += Buffer.byteLength(text);
    hash.update(`${path}\0${text}\0`);
  }
  if (codeSize >= maxUnzippedBytes) throw invalidParameter(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`);
  return { files: { ...files }, codeSha256: hash.digest("base64"), codeSize };
}

export function between(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value)) throw lambdaError("SerializationException", `${name} must be an integer, got ${value}`);
  if (value > most) throw constraint(name, value, `Member must have value less than or equal to ${most}`);
  if (value < least) throw constraint(name, value, `Member must have value greater than or equal to ${least}`);
}

function constraint(name: string, value: unknown, rule: string) {
  return lambdaError(
    "ValidationException",
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: ${rule}`,
  );
}
