import {
  ApplicationAutoScalingClient,
  paginateDescribeScalableTargets,
  type ScalableTarget,
} from "@aws-sdk/client-application-auto-scaling";
import { apiResource } from "../scaler/names";
import { stacksIn } from "../sandbox/deploy/stackFiles";
import { commandError } from "./commandError";
import { defaultStack, explained, projectFolder, type Place } from "./place";

/** A dimension that is registered with Application Auto Scaling. */
export interface Dimension {
  id: string;
  /** https://{api}.execute-api.{region}.amazonaws.com/{stage}/scalableTargetDimensions/{id} */
  resourceId: string;
  account?: string;
  min?: number;
  max?: number;
  /** Which directions the policies may not scale in. */
  suspended: ("out" | "in")[];
}

export type DimensionKind = "stream" | "flink";

/** All custom resources with a scaler's path, by id. @throws CommandError; an AccessDenied error as it is. */
export async function findDimensions(place: Place): Promise<Dimension[]> {
  const client = new ApplicationAutoScalingClient(place.settings);
  try {
    const found: Dimension[] = [];
    for await (const page of paginateDescribeScalableTargets({ client }, { ServiceNamespace: "custom-resource" })) {
      found.push(...(page.ScalableTargets ?? []).flatMap(dimensionOf));
    }
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  } finally {
    client.destroy();
  }
}

function dimensionOf(target: ScalableTarget): Dimension[] {
  const [base, id] = (target.ResourceId ?? "").split(`/${apiResource}/`);
  if (!base || !id) return [];
  const { DynamicScalingOutSuspended: out, DynamicScalingInSuspended: scaleIn } = target.SuspendedState ?? {};
  return [
    {
      id,
      resourceId: target.ResourceId ?? "",
      account: target.RoleARN?.split(":")[4],
      min: target.MinCapacity,
      max: target.MaxCapacity,
      suspended: [...(out ? (["out"] as const) : []), ...(scaleIn ? (["in"] as const) : [])],
    },
  ];
}

/** The stack that is meant: the one named, else the only one that a sandbox runs, else dev. */
export function stackOf(place: Place, named: string | undefined, dimensions: readonly Dimension[]): string {
  return named ?? (place.sandbox === undefined ? undefined : sandboxStack(identitiesIn(dimensions))) ?? defaultStack;
}

/** Identities begin with the stack's name: the project has a file of it, or it is what they have in common. */
function sandboxStack(identities: readonly string[]): string | undefined {
  const [first] = identities;
  if (first === undefined) return undefined;
  const parts = first.split("-");
  const beginnings = parts.map((_, i) => parts.slice(0, parts.length - i).join("-"));
  const common = beginnings.filter((name) =>
    identities.every((identity) => identity === name || identity.startsWith(`${name}-`)),
  );
  const stacks = stacksIn(projectFolder);
  return common.find((name) => stacks.includes(name)) ?? common[0];
}

/** What the ids of dimensions begin with: a stack's name, or for one of several pipelines the stack's and its own. */
export function identitiesIn(dimensions: readonly Dimension[]): string[] {
  return [...new Set(dimensions.flatMap(({ id }) => /^(.+)-(?:stream|flink)$/.exec(id)?.[1] ?? []))];
}

/** Identities of the pipeline that is meant, or of all that the stack has. */
export function identitiesOf(stack: string, pipeline: string | undefined, dimensions: readonly Dimension[]): string[] {
  if (pipeline !== undefined) return [`${stack}-${pipeline}`];
  const there = identitiesIn(dimensions);
  const several = there.filter((identity) => identity.startsWith(`${stack}-`));
  return there.includes(stack) || several.length === 0 ? [stack] : several;
}

/** One of them is meant, and which one must be said. */
export function severalPipelines(stack: string, identities: readonly string[]): Error {
  const names = identities.map((identity) => `  --pipeline ${identity.slice(stack.length + 1)}`);
  return commandError([`Stack ${stack} has several pipelines; say which:`, ...names].join("\n"));
}

/** Why nothing of this name was found, and what there is. */
export function unknownDimension(place: Place, id: string, dimensions: readonly Dimension[]): Error {
  const stacks = identitiesIn(dimensions);
  const here = stacks.length === 0 ? "no stack has any" : `there are the stacks ${stacks.join(", ")} (--stack NAME)`;
  const deploy = place.sandbox === undefined ? " Deploy it with pulumi up, or check account and --region." : "";
  return commandError(`There is no scalable dimension "${id}" in ${place.region}: ${here}.${deploy}`);
}

/** @throws CommandError also when the call isn't allowed. */
export async function requireDimensions(place: Place): Promise<Dimension[]> {
  try {
    return await findDimensions(place);
  } catch (error) {
    throw explained(error, place, "Looking up the scalable targets");
  }
}
