import { runProgram, type Registration } from "../../sandbox/deploy/pulumiRuntime";

/** What a program registered: resources with their options, its invokes and its outputs. */
export interface Recording {
  resources: Registration[];
  invokes: { token: string; inputs: Record<string, unknown> }[];
  outputs: Record<string, unknown>;
}

export const account = "123456789012";
export const region = "us-east-1";

/**
 * Runs a program (or a few components) without the engine and records what it registers. Names, ids and ARNs are made from
 * logical names, so that assertions are readable: the resource "dev-topic" has the ARN arn:sns:dev-topic.
 * @param caller the role that runs it.
 * @param config by full key ("sluice:shards"); values as Pulumi stores them, text or anything that JSON can say.
 */
export async function record(
  program: () => object | Promise<object>,
  config: Record<string, unknown> = {},
  stack = "dev",
  caller = "deployer",
): Promise<Recording> {
  const resources: Registration[] = [];
  const invokes: Recording["invokes"] = [];
  const strings = Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  const outputs = await runProgram({
    project: "sluice",
    stack,
    config: { "aws:region": region, ...(Object.fromEntries(strings) as Record<string, string>) },
    program,
    engine: {
      async register(registration) {
        resources.push(registration);
        return { id: `${registration.name}-id`, state: { ...computed(registration), ...defined(registration.inputs) } };
      },
      async invoke(token, inputs, provider) {
        invokes.push({ token, inputs });
        return answer(token, inputs, caller, placeOf(provider, resources));
      },
    },
  });
  return { resources, invokes, outputs };
}

/** The one resource of a type, or the one of that type with the given logical name. Fails when there is none. */
export function resource(recording: Recording, type: string, name?: string): Registration {
  const found = recording.resources.filter((r) => r.type === type && (name === undefined || r.name === name));
  if (found.length === 1) return found[0]!;
  const known = recording.resources.filter((r) => r.type === type).map((r) => r.name);
  throw new Error(`${found.length} resources of ${type} named ${name ?? "anything"}; there are: ${known.join(", ") || "none"}`);
}

export function resourcesOf(recording: Recording, type: string): Registration[] {
  return recording.resources.filter((r) => r.type === type);
}

/** Properties that AWS computes, as the components read them. Inputs win over these. */
function computed({ type, name }: Registration): Record<string, unknown> {
  const service = type.split(":")[1]!.split("/")[0]!;
  const common = { name, arn: `arn:${service}:${name}` };
  if (type === "aws:apigateway/restApi:RestApi")
    return { ...common, rootResourceId: `${name}-root`, executionArn: `arn:aws:execute-api:${region}:${account}:${name}-id` };
  if (type === "aws:lambda/function:Function") return { ...common, invokeArn: `arn:invoke:${name}` };
  if (type === "aws:s3/bucketObjectv2:BucketObjectv2") return { ...common, versionId: "version-1" };
  return common;
}

/** Inputs that are set: an absent name is made by Pulumi. */
function defined(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}

/** Account and region of an explicit provider, as it was registered. */
function placeOf(provider: string | undefined, resources: readonly Registration[]): { account: string; region: string } {
  const explicit = resources.find(({ type, name }) => type === "pulumi:providers:aws" && provider?.includes(`::${name}::`));
  if (!explicit) return { account, region };
  const accounts = JSON.parse(String(explicit.inputs["allowedAccountIds"] ?? "[]")) as string[];
  return { account: accounts[0] ?? account, region: String(explicit.inputs["region"]) };
}

function answer(
  token: string,
  inputs: Record<string, unknown>,
  caller: string,
  place: { account: string; region: string },
): Record<string, unknown> {
  const arn = `arn:aws:sts::${place.account}:assumed-role/${caller}/session`;
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: place.account, arn, userId: "user", id: place.account };
    case "aws:index/getRegion:getRegion":
      return { region: place.region, id: place.region, name: place.region };
    case "aws:kms/getKey:getKey":
      return { arn: `arn:aws:kms:${region}:${account}:key/of-${String(inputs["keyId"])}`, id: "key", keyId: inputs["keyId"] };
    default:
      throw new Error(`no answer for ${token}`);
  }
}
