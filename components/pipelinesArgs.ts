import type * as pulumi from "@pulumi/pulumi";
import type { DashboardPrices } from "./dashboard/args";
import { anything, fieldProblems, required, type FieldsOf } from "./fields";
import { defaultName, identityOf, identityProblems, nameAmong } from "./identity";
import { logRetentionDays } from "./logRetention";
import { networkProblems, type NetworkArgs } from "./network/networkArgs";
import { validatePipeline, type PipelineArgs } from "./pipelineArgs";
import { nameFromArn } from "./place";
import { within, type Problem } from "./problem";
import { mostPipelines } from "./scaler/rolePolicies";
import { accessFields, type SharedScaler } from "./scaler/scalerArgs";

/** Several pipelines on one scaler. */
export interface PipelinesArgs {
  /** The pipelines by name: letters, digits and hyphens. Streams and applications without a name are called sluice-{identity}. */
  pipelines: Record<string, PipelineArgs>;
  /** IAM roles or users that alone may call the endpoint beside Application Auto Scaling (ScalerArgs). */
  callerArns?: pulumi.Input<string>[];
  /** Whether to give API Gateway the account's role to write access logs with. Default true. Must be a plain value. */
  apiGatewayLogRole?: boolean;
  /** VPC that the scaler's function runs in. Default none. */
  scalerNetwork?: NetworkArgs;
  /** Days that the scaler's logs are kept. Default 30. One of CloudWatch Logs' retentions. Must be a plain value. */
  logRetentionDays?: number;
  /** Prices of the costs on the dashboard over all pipelines. Defaults are those of us-east-1. */
  prices?: pulumi.Input<DashboardPrices>;
}

export const pipelinesFields = {
  pipelines: required(anything("pipelines by name")),
  ...accessFields,
  scalerNetwork: anything(),
  logRetentionDays,
  prices: anything(),
} satisfies FieldsOf<PipelinesArgs>;

/** What the scaler's and the overview's resources are named after. */
const taken = ["scaler", "overview"];

/** The arguments with a name for what is created: so what may scale it can be said before it is there. */
export function withNames(args: PipelineArgs, name: string): PipelineArgs {
  const { stream, application } = args;
  return {
    ...args,
    stream: { ...stream, ...(stream?.name || stream?.existing ? {} : { name }) },
    application: { ...application, ...(application.name || application.existing ? {} : { name }) },
  };
}

/** What is wrong with the arguments; [] when they are fine. @param name the component's; without it names made of it aren't looked at. */
export function validatePipelines(args: PipelinesArgs, name?: string): Problem[] {
  const pipelines = Object.entries(args.pipelines ?? {});
  return [
    ...fieldProblems(args, pipelinesFields, ""),
    ...networkProblems(args.scalerNetwork, "scalerNetwork."),
    ...(name === undefined ? [] : identityProblems(identityOf(name))),
    ...(pipelines.length > mostPipelines ? [{ path: "pipelines", value: pipelines.length, text: tooMany }] : []),
    ...pipelines.flatMap(([entry, pipeline]) => [
      ...entryNameProblems(entry, name),
      ...within(`pipelines.${entry}.`, [...validatePipeline({ ...pipeline, scaler: theirs }), ...ownScalerProblems(pipeline)]),
    ]),
    ...twiceProblems(pipelines, name),
  ];
}

const tooMany =
  `a scaler's role may scale ${mostPipelines} pipelines at most: IAM allows it ten policies of 6,144 characters. ` +
  "Give the others a scaler of their own: another stack, or another component";

/** Each of several pipelines joins a scaler. */
const theirs = {} as SharedScaler;

function entryNameProblems(entry: string, name: string | undefined): Problem[] {
  const path = `pipelines.${entry}`;
  if (taken.includes(entry))
    return [{ path, value: entry, text: `the ${entry} of all pipelines is called so. Give the pipeline another name` }];
  const identity = name === undefined ? entry : identityOf(nameAmong(name, entry));
  return identityProblems(identity, "pipeline").map((problem) => ({ ...problem, path }));
}

function ownScalerProblems({ scaler, scalerPolicy }: PipelineArgs): Problem[] {
  const text = "all these pipelines join the scaler that is made with them. Remove it";
  return [
    ...(scaler === undefined ? [] : [{ path: "scaler", value: "a scaler", text }]),
    ...(scalerPolicy === undefined ? [] : [{ path: "scalerPolicy", value: scalerPolicy, text }]),
  ];
}

/** Two pipelines that scale the same would undo each other's changes. */
function twiceProblems(pipelines: readonly [string, PipelineArgs][], name: string | undefined): Problem[] {
  return (["stream", "application"] as const).flatMap((part) => {
    const first = new Map<string, string>();
    return pipelines.flatMap(([entry, pipeline]) => {
      const { existing, name: given } = pipeline[part] ?? {};
      const argument = existing === undefined ? "name" : "existing";
      const value = existing ?? given ?? (name === undefined ? undefined : defaultName(identityOf(nameAmong(name, entry))));
      if (typeof value !== "string") return [];
      const path = `pipelines.${entry}.${part}.${argument}`;
      const before = first.get(nameFromArn(value));
      if (before === undefined) first.set(nameFromArn(value), path);
      const text = `\`${before}\` is the same ${part}, which only one pipeline can scale. Change one of them`;
      return before === undefined ? [] : [{ path, value, text }];
    });
  });
}
