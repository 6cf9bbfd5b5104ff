import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameterPrefix } from "../../scaler/names";
import { withDefaults } from "../fields";
import { identityOf } from "../identity";
import { arnOf, placeOf } from "../place";
import { checked } from "../problem";
import { scalerFields, validateScaler, type ScalerArgs, type SharedScaler } from "./scalerArgs";
import { scalerFunction } from "./scalerFunction";
import { scalerStatements } from "./scalerPolicy";
import { scalingApi } from "./scalingApi";
import { scalingApiPolicy } from "./scalingApiPolicy";

/** What pipelines know of a scaler, by itself. */
export function shared(scaler: pulumi.Input<SharedScaler>): pulumi.Output<pulumi.UnwrappedObject<SharedScaler>> {
  return pulumi
    .output(scaler)
    .apply(({ scalerName, url, roleName, functionName, logGroupName }) =>
      pulumi.output({ scalerName, url, roleName, functionName, logGroupName }),
    );
}

/**
 * One scaler, for as many pipelines as join it; each brings its parameters and what the scaler's role may do with it. The Lambda function is
 * the callback in scaler/lambda.ts.
 *
 *     const scaler = new Scaler("shared", {});
 *     new Pipeline("orders", { scaler, ... });
 */
export class Scaler extends pulumi.ComponentResource {
  /** Its name in parameters' paths and in the `Stack` dimension of its metrics. */
  public readonly scalerName: pulumi.Output<string>;
  /** https://{api}.execute-api.{region}.amazonaws.com/{stage}. Known when everything behind it is there. */
  public readonly url: pulumi.Output<string>;
  /** Name of the function's role. */
  public readonly roleName: pulumi.Output<string>;
  /** Name of the Lambda function. */
  public readonly functionName: pulumi.Output<string>;
  /** Log group of the Lambda function. */
  public readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: ScalerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:Scaler", name, checked(args, `Scaler ${name}`, validateScaler(args, name)), opts);
    const settings = withDefaults(args, scalerFields);
    const scalerName = settings.scalerName ?? identityOf(name);
    const prefix = parameterPrefix(scalerName);
    const place = placeOf(this);
    const { callerArns } = settings;

    const owner = parameterOwner(name, prefix, this);
    const parameterPathArn = arnOf(place, "ssm", `parameter${prefix}`);
    const lambda = scalerFunction(
      name,
      {
        prefix,
        scalerName,
        logRetentionDays: settings.logRetentionDays,
        network: settings.network,
        statements: (logGroupArn) => scalerStatements({ parameterPathArn, logGroupArn }),
      },
      this,
    );
    const api = scalingApi(
      name,
      {
        lambda: lambda.lambda,
        region: place.region,
        logRetentionDays: settings.logRetentionDays,
        resourcePolicy: (resource) => scalingApiPolicy({ ...place, callerArns, resource }),
        accountLogRole: settings.apiGatewayLogRole,
      },
      this,
    );
    everyMinute(name, lambda.lambda, this);

    const behind = [...api.ready, ...lambda.ready, owner].map((resource) => resource.urn);
    this.scalerName = pulumi.output(scalerName);
    this.url = pulumi.all([api.url, ...behind]).apply(([url]) => url!);
    this.roleName = lambda.role.name;
    this.functionName = lambda.lambda.name;
    this.logGroupName = lambda.logGroup.name;
    this.registerOutputs({
      scalerName: this.scalerName,
      url: this.url,
      roleName: this.roleName,
      functionName: this.functionName,
      logGroupName: this.logGroupName,
    });
  }
}

/** Two scalers over one prefix would undo each other's changes: SSM refuses the second one's parameter of this name. */
function parameterOwner(name: string, prefix: string, parent: pulumi.Resource): aws.ssm.Parameter {
  return new aws.ssm.Parameter(
    `${name}-owner`,
    {
      name: `${prefix}/owner`,
      description: "Sluice: whose parameters these are. One scaler has a prefix; another stack or name gives another one.",
      type: "String",
      value: name,
    },
    { parent },
  );
}

function everyMinute(name: string, lambda: aws.lambda.Function, parent: pulumi.Resource): void {
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
    { parent, dependsOn: [permission] },
  );
}
