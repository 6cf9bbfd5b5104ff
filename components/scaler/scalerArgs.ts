import type * as pulumi from "@pulumi/pulumi";
import { anything, fieldProblems, flag, listOf, type FieldsOf } from "../fields";
import { identityOf, identityProblems } from "../identity";
import { logRetentionDays } from "../logRetention";
import { networkProblems, type NetworkArgs } from "../network/networkArgs";
import type { Problem } from "../problem";

/** What scales pipelines: a function, the API that Application Auto Scaling calls, and a run every minute. */
export interface ScalerArgs {
  /** Its name in parameters' paths and in the `Stack` dimension of its metrics. Default: the component's name and the stack's. Must be a plain value. */
  scalerName?: string;
  /**
   * IAM roles or users that alone may call the API beside Application Auto Scaling: who scales by hand, and whoever deploys, for
   * registering a scalable target calls it. Default: identities of the account that IAM allows to.
   */
  callerArns?: pulumi.Input<string>[];
  /** Whether to give API Gateway the account's role to write access logs with. Default true. Must be a plain value. */
  apiGatewayLogRole?: boolean;
  /** Days that its logs are kept. Default 30. One of CloudWatch Logs' retentions. Must be a plain value. */
  logRetentionDays?: number;
  /** VPC that its function runs in. Default none. */
  network?: NetworkArgs;
}

/** A scaler, as a pipeline that joins it knows it: a Scaler, or what another program exports of one. */
export interface SharedScaler {
  /** Its name in parameters' paths and in the `Stack` dimension of its metrics. */
  scalerName: pulumi.Input<string>;
  /** https://{api}.execute-api.{region}.amazonaws.com/{stage} */
  url: pulumi.Input<string>;
  /** Name of its function's role. */
  roleName: pulumi.Input<string>;
  /** Name of its Lambda function. */
  functionName: pulumi.Input<string>;
  /** Log group of its Lambda function. */
  logGroupName: pulumi.Input<string>;
}

const roleArn = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;

export const accessFields = { callerArns: listOf(roleArn, "ARNs of IAM roles or users"), apiGatewayLogRole: flag(true) };

export const scalerFields = {
  ...accessFields,
  scalerName: anything(),
  logRetentionDays,
  network: anything(),
} satisfies FieldsOf<ScalerArgs>;

/** What is wrong with the arguments; [] when they are fine. @param name the component's. */
export function validateScaler(args: ScalerArgs, name: string): Problem[] {
  return [
    ...fieldProblems(args, scalerFields, ""),
    ...identityProblems(args.scalerName ?? identityOf(name)),
    ...networkProblems(args.network, "network."),
  ];
}
