import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { apiResource, dimensionId } from "../../scaler/names";
import { commandError } from "../commandError";
import { findDimensions, identitiesOf, severalPipelines, stackOf, unknownDimension, type Dimension } from "../dimensions";
import { explained, isDenied, projectFolder, type Place } from "../place";
import type { ScaleOptions } from "./scaleOptions";

/** What is scaled, and where the endpoint is. */
export interface Target {
  stack: string;
  dimension: Dimension;
}

/**
 * Finds the dimension's endpoint: --endpoint, else among the scalable targets, else (where looking these up is denied) from the
 * stack's outputs by the Pulumi CLI.
 * @param output gives the stack's output `endpoint`, or undefined.
 * @throws CommandError that says what there is instead.
 */
export async function findTarget(place: Place, options: ScaleOptions, output = pulumiOutput): Promise<Target> {
  const { kind, endpoint, pipeline } = options;
  const bare = (url: string, stack: string): Target => {
    const id = dimensionId(identitiesOf(stack, pipeline, [])[0]!, kind);
    return { stack, dimension: { id, resourceId: `${url}/${apiResource}/${id}`, suspended: [] } };
  };
  try {
    const dimensions = await findDimensions(place);
    const stack = stackOf(place, options.stack, dimensions);
    const [identity = stack, ...others] = identitiesOf(stack, pipeline, dimensions);
    if (others.length > 0) throw severalPipelines(stack, [identity, ...others]);
    const id = dimensionId(identity, kind);
    const found = dimensions.filter(
      (dimension) => dimension.id === id && (!endpoint || dimension.resourceId.startsWith(`${endpoint}/`)),
    );
    if (found.length > 1) throw severalEndpoints(id, found);
    if (found[0]) return { stack, dimension: found[0] };
    if (endpoint) return bare(endpoint, stack);
    throw unknownDimension(place, id, dimensions);
  } catch (error) {
    if (!isDenied(error)) throw explained(error, place, "Looking up the scalable targets");
    const stack = stackOf(place, options.stack, []);
    const url = endpoint ?? (await output(stack));
    if (url) return bare(url, stack);
    throw commandError(
      `The endpoint of stack ${stack} can't be looked up: application-autoscaling:DescribeScalableTargets is denied and the Pulumi CLI gives no output. Say --endpoint URL.`,
    );
  }
}

function severalEndpoints(id: string, found: Dimension[]): Error {
  const urls = found.map(({ resourceId }) => `  --endpoint ${resourceId.split(`/${apiResource}/`)[0]}`);
  return commandError([`Several endpoints have a dimension "${id}"; say which:`, ...urls].join("\n"));
}

async function pulumiOutput(stack: string): Promise<string | undefined> {
  try {
    const args = ["stack", "output", "endpoint", "--stack", stack, "--non-interactive"];
    const { stdout } = await promisify(execFile)("pulumi", args, { cwd: projectFolder, timeout: 60_000 });
    return stdout.trim().replace(/\/+$/, "") || undefined;
  } catch {
    return undefined;
  }
}
