import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameterName } from "../../scaler/names";
import { arnOf, type Place } from "../place";
import { flinkConfig, streamConfig, type FlinkDimensionArgs, type StreamDimensionArgs } from "./scalerDimension";
import { scalerFunction } from "./scalerFunction";
import { scalerStatements } from "./scalerPolicy";
import { scalingApi } from "./scalingApi";
import { scalingApiPolicy } from "./scalingApiPolicy";

/** The scaler of a pipeline: the endpoint that Application Auto Scaling calls, and the run every minute. */
export interface ScalerEndpointArgs {
  /** Account and region. */
  place: Place;
  /** Name of the pipeline: part of parameter names and metric dimensions. Letters, digits, hyphens. Must be a plain value. */
  stack: string;
  /** act changes the services; observe decides, logs and publishes only. Default act. */
  mode?: string;
  /** Streams to scale. */
  streams: StreamDimensionArgs[];
  /** Applications to scale. */
  applications: FlinkDimensionArgs[];
  /**
   * IAM roles or users that alone may call the endpoint beside Application Auto Scaling: who scales by hand, and whoever deploys, for
   * registering a scalable target calls it. Default: identities of the account that IAM allows to.
   */
  callerArns?: pulumi.Input<string>[];
  /** Whether to give API Gateway the account's role to write access logs with. Default true. Must be a plain value. */
  apiGatewayLogRole?: boolean;
  /** Days that logs are kept. Default 30. One of CloudWatch Logs' retentions. */
  logRetentionDays?: pulumi.Input<number>;
}

/**
 * One endpoint for all dimensions of a pipeline. The Lambda function behind it is the callback in scaler/lambda.ts.
 *
 *     const scaler = new ScalerEndpoint("orders", { place, stack, streams: [{ id: "orders-stream", ... }], applications: [] });
 *     new AutoScaling("orders-stream", { endpoint: scaler.url, id: "orders-stream", ... });
 */
export class ScalerEndpoint extends pulumi.ComponentResource {
  /**
   * https://{api}.execute-api.{region}.amazonaws.com/{stage}. Known when everything behind it is there (stage, function,
   * permission, parameters): what uses it may call it.
   */
  public readonly url: pulumi.Output<string>;
  /** Name of the Lambda function. */
  public readonly functionName: pulumi.Output<string>;
  /** Log group of the Lambda function. */
  public readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: ScalerEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:ScalerEndpoint", name, args, opts);
    const { place, stack } = args;
    const prefix = `/sluice/${stack}`;
    const logRetentionDays = args.logRetentionDays ?? 30;

    const scaler = scalerFunction(
      name,
      { prefix, stack, logRetentionDays, statements: (logGroupArn) => statements(args, prefix, logGroupArn) },
      this,
    );
    const parameters = dimensionParameters(name, args, prefix, this);
    const api = scalingApi(
      name,
      {
        lambda: scaler.lambda,
        region: place.region,
        logRetentionDays,
        resourcePolicy: (resource) =>
          scalingApiPolicy({
            accountId: place.accountId,
            region: place.region,
            callerArns: args.callerArns ?? [],
            resource,
          }),
        accountLogRole: args.apiGatewayLogRole ?? true,
      },
      this,
    );
    everyMinute(name, scaler.lambda, parameters, this);

    const behind = [...api.ready, ...scaler.ready, ...parameters].map((resource) => resource.urn);
    this.url = pulumi.all([api.url, ...behind]).apply(([url]) => url!);
    this.functionName = scaler.lambda.name;
    this.logGroupName = scaler.logGroup.name;
    this.registerOutputs({ url: this.url, functionName: this.functionName, logGroupName: this.logGroupName });
  }
}

function statements({ place, streams, applications }: ScalerEndpointArgs, prefix: string, logGroupArn: pulumi.Output<string>) {
  return scalerStatements({
    parameterPathArn: arnOf(place, "ssm", `parameter${prefix}`),
    logGroupArn,
    streamArns: streams.map(({ streamArn }) => streamArn),
    applicationArns: applications.map(({ applicationArn }) => applicationArn),
  });
}

/** Configuration is Pulumi's; desired capacity and state are the scaler's: "{}" tells it to adopt what is there. */
function dimensionParameters(
  name: string,
  args: ScalerEndpointArgs,
  prefix: string,
  parent: pulumi.Resource,
): aws.ssm.Parameter[] {
  const pipeline = { pipeline: args.stack, mode: args.mode ?? "act" };
  const configs: [string, pulumi.Inputs][] = [
    ...args.streams.map((stream): [string, pulumi.Inputs] => [stream.id, streamConfig(stream, pipeline)]),
    ...args.applications.map((application): [string, pulumi.Inputs] => [application.id, flinkConfig(application, pipeline)]),
  ];
  // Two scalers over one prefix would undo each other's changes: SSM refuses the second one's parameter of this name.
  const owner = new aws.ssm.Parameter(
    `${name}-owner`,
    {
      name: `${prefix}/owner`,
      description: "Sluice: whose parameters these are. One scaler has a prefix; another stack or name gives another one.",
      type: "String",
      value: name,
    },
    { parent },
  );
  const ofDimensions = configs.flatMap(([id, config]) => [
    new aws.ssm.Parameter(
      `${name}-${id}-config`,
      {
        name: parameterName(prefix, id, "config"),
        description: `Sluice: what the scaler must know about ${id}.`,
        type: "String",
        value: pulumi.jsonStringify(config),
      },
      { parent, dependsOn: [owner] },
    ),
    ...(["desired", "state"] as const).map(
      (kind) =>
        new aws.ssm.Parameter(
          `${name}-${id}-${kind}`,
          {
            name: parameterName(prefix, id, kind),
            description: `Sluice: ${kind === "desired" ? "capacity asked for" : "last observation"} of ${id}, written by the scaler.`,
            type: "String",
            value: "{}",
          },
          { parent, ignoreChanges: ["value"], dependsOn: [owner] },
        ),
    ),
  ]);
  return [owner, ...ofDimensions];
}

function everyMinute(name: string, lambda: aws.lambda.Function, parameters: pulumi.Resource[], parent: pulumi.Resource): void {
  const rule = new aws.cloudwatch.EventRule(
    `${name}-minute`,
    { description: "Runs Sluice's scaler every minute.", scheduleExpression: "rate(1 minute)" },
    { parent },
  );
  const permission = new aws.lambda.Permission(
    `${name}-minute-permission`,
    { action: "lambda:InvokeFunction", function: lambda.name, principal: "events.amazonaws.com", sourceArn: rule.arn },
    { parent },
  );
  new aws.cloudwatch.EventTarget(
    `${name}-minute-target`,
    { rule: rule.name, arn: lambda.arn, retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 } },
    { parent, dependsOn: [permission, ...parameters] },
  );
}
