import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameterName, parameterPrefix } from "../../scaler/names";
import { policyDocument } from "../policyDocument";
import type { SharedScaler } from "./scalerArgs";
import { flinkConfig, streamConfig, type ApplicationDimension, type StreamDimension } from "./scalerDimension";
import { pipelineStatements } from "./scalerPolicy";

/** A pipeline as its scaler knows it. */
export interface ScaledPipeline {
  /** Its dimensions take turns. */
  pipeline: string;
  /** Whether it brings an inline policy for the scaler's role. */
  policy: boolean;
  stream: StreamDimension;
  application: ApplicationDimension;
}

/**
 * Makes a pipeline known to its scaler: the three parameters of each dimension, and what the scaler's role may do with stream and
 * application where it may not yet. Gives the scaler's url, known when all that is there: registering a scalable target calls it.
 */
export function scaledPipeline(
  name: string,
  scaler: SharedScaler,
  { pipeline, stream, application, policy }: ScaledPipeline,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const allowed = pipelineStatements([stream.streamArn], [application.applicationArn]);
  const policies = policy
    ? [new aws.iam.RolePolicy(`${name}-scaler-policy`, { role: scaler.roleName, policy: policyDocument(allowed) }, { parent })]
    : [];
  const parameters = [
    ...dimensionParameters(`${name}-stream`, scaler, stream.id, streamConfig(stream, pipeline), parent),
    ...dimensionParameters(`${name}-flink`, scaler, application.id, flinkConfig(application, pipeline), parent),
  ];
  const ready = [...policies, ...parameters].map((resource) => resource.urn);
  return pulumi.all([scaler.url, ...ready]).apply(([url]) => url!);
}

/** Configuration is Pulumi's; desired capacity and state are the scaler's: "{}" tells it to adopt what is there. */
function dimensionParameters(
  name: string,
  { scalerName, url }: SharedScaler,
  id: string,
  config: pulumi.Inputs,
  parent: pulumi.Resource,
): aws.ssm.Parameter[] {
  const parameterOf = (kind: "config" | "desired" | "state") =>
    pulumi.output(scalerName).apply((known) => parameterName(parameterPrefix(known), id, kind));
  const written = (["desired", "state"] as const).map(
    (kind) =>
      new aws.ssm.Parameter(
        `${name}-${kind}`,
        {
          name: parameterOf(kind),
          description: `Sluice: ${kind === "desired" ? "capacity asked for" : "last observation"} of ${id}, written by the scaler.`,
          type: "String",
          value: "{}",
        },
        { parent, ignoreChanges: ["value"] },
      ),
  );
  // Made last: a dimension is one from its configuration on.
  const configured = new aws.ssm.Parameter(
    `${name}-config`,
    {
      name: parameterOf("config"),
      description: `Sluice: what the scaler must know about ${id}.`,
      type: "String",
      // Behind the url is the parameter that says whose the prefix is.
      value: pulumi.all([pulumi.jsonStringify(config), url]).apply(([value]) => value),
    },
    { parent, dependsOn: written },
  );
  return [configured, ...written];
}
