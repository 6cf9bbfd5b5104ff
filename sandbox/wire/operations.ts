import { NormalizedSchema } from "@smithy/core/schema";
import type { ServiceName } from "../core/cloud";

/** What a service's own SDK client says about an operation's input and output: types by name, read from its schemas. */
export interface OperationSchema {
  input: NormalizedSchema;
  output: NormalizedSchema;
}

export interface WireService {
  service: ServiceName;
  /** What stands before the dot in X-Amz-Target, and in the path of RPC v2 CBOR. */
  target: string;
  /** Name under which requests are signed. */
  signingName: string;
  /** undefined: AWS has no such operation. */
  operation(name: string): OperationSchema | undefined;
  /** The code that an error had in the query protocol that the service spoke before, where it differs from the shape's name. */
  queryErrorCode(name: string): string | undefined;
}

/** The SDK package of each service; its schemas are loaded at the first request, so that start-up doesn't pay for them. */
const services = [
  wireService("kinesis", "Kinesis_20131202", "kinesis", () => require("@aws-sdk/client-kinesis")),
  wireService("kinesisanalytics", "KinesisAnalytics_20180523", "kinesisanalytics", () =>
    require("@aws-sdk/client-kinesis-analytics-v2"),
  ),
  wireService("ssm", "AmazonSSM", "ssm", () => require("@aws-sdk/client-ssm")),
  wireService("cloudwatch", "GraniteServiceVersion20100801", "monitoring", () => require("@aws-sdk/client-cloudwatch")),
  wireService("application-autoscaling", "AnyScaleFrontendService", "application-autoscaling", () =>
    require("@aws-sdk/client-application-auto-scaling"),
  ),
  wireService("logs", "Logs_20140328", "logs", () => require("@aws-sdk/client-cloudwatch-logs")),
];

/** As requests for them are signed. */
export const servedServices: readonly string[] = services.map(({ signingName }) => signingName);

/** @param target e.g. "Kinesis_20131202" or "GraniteServiceVersion20100801". */
export function wireServiceByTarget(target: string): WireService | undefined {
  return services.find((candidate) => candidate.target === target);
}

type Package = Record<string, unknown>;
/** A static operation schema of the SDK: [9, namespace, name, traits, input, output]. */
type StaticOperation = [number, string, string, unknown, Schema, Schema];
type Schema = Parameters<typeof NormalizedSchema.of>[0];
/** A static error schema: [-3, namespace, name, traits, ...]. */
type StaticError = [number, string, string, { awsQueryError?: [string, number] }];

function wireService(service: ServiceName, target: string, signingName: string, load: () => Package): WireService {
  let schemas: Package | undefined;
  const schema = (name: string): unknown => {
    schemas ??= load();
    return Object.hasOwn(schemas, `${name}$`) ? schemas[`${name}$`] : undefined;
  };
  return {
    service,
    target,
    signingName,
    operation(name) {
      const operation = schema(name) as StaticOperation | undefined;
      if (!Array.isArray(operation) || operation[0] !== 9) return undefined;
      return { input: NormalizedSchema.of(operation[4]), output: NormalizedSchema.of(operation[5]) };
    },
    queryErrorCode(name) {
      const error = schema(name) as StaticError | undefined;
      return Array.isArray(error) && error[0] === -3 ? error[3].awsQueryError?.[0] : undefined;
    },
  };
}
