import type { Cloud, Principal } from "../../core/cloud";
import type { HttpAnswer } from "../../core/peers";

/** What an endpoint of the custom-resource contract answers (aws/aws-auto-scaling-custom-resource, custom-resource-stack.yaml). */
export interface DimensionReading {
  actualCapacity: number;
  desiredCapacity: number;
  scalingStatus: "Pending" | "InProgress" | "Successful" | "Failed";
  version: string;
  failureReason?: string;
}

export type EndpointAnswer = { ok: true; reading: DimensionReading } | { ok: false; reason: string };

const resourcePattern =
  /^https:\/\/([a-z0-9-]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([A-Za-z0-9_-]+)\/scalableTargetDimensions\/([^/?#\s]+)$/;

export interface ResourceAddress {
  api: string;
  region: string;
  stage: string;
  /** Id of the scalable dimension. */
  id: string;
}

/** The parts of a custom resource's id, or undefined when its shape is not the one that AWS accepts. */
export function parseResourceId(resourceId: string): ResourceAddress | undefined {
  const match = resourcePattern.exec(resourceId);
  if (!match) return undefined;
  const [, api, region, stage, id] = match as unknown as [string, string, string, string, string];
  return { api, region, stage, id };
}

/** "Service-linked roles for Application Auto Scaling": it signs the requests to custom resources. */
export function serviceLinkedRole({ account, partition }: Pick<Cloud, "account" | "partition">): Principal {
  const service = "custom-resource.application-autoscaling.amazonaws.com";
  const name = "AWSServiceRoleForApplicationAutoScaling_CustomResource";
  return { arn: `arn:${partition}:iam::${account}:role/aws-service-role/${service}/${name}`, service };
}

export function getDimension(cloud: Cloud, resourceId: string): Promise<EndpointAnswer> {
  return request(cloud, resourceId, "GET");
}

/** Asks for a capacity. The contract's numbers are doubles, so 6 travels as 6.0. */
export function patchDimension(cloud: Cloud, resourceId: string, desired: number): Promise<EndpointAnswer> {
  const number = Number.isInteger(desired) ? desired.toFixed(1) : String(desired);
  return request(cloud, resourceId, "PATCH", `{"desiredCapacity":${number}}`);
}

async function request(cloud: Cloud, resourceId: string, method: "GET" | "PATCH", body?: string): Promise<EndpointAnswer> {
  const url = new URL(resourceId);
  const headers = { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const caller = serviceLinkedRole(cloud);
  const answer = await cloud.peers.requestApi({ method, host: url.host, path: url.pathname, headers, body }, caller);
  return readAnswer(answer);
}

function readAnswer(answer: HttpAnswer): EndpointAnswer {
  const body = parseJson(answer.body);
  if (answer.statusCode !== 200) {
    const text = isRecord(body) && typeof body.message === "string" ? body.message : answer.body;
    return { ok: false, reason: `the custom resource answered ${answer.statusCode}: ${text}` };
  }
  const problems = isRecord(body) ? contractProblems(body) : ["the body is not a JSON object"];
  if (problems.length > 0)
    return { ok: false, reason: `the custom resource's answer breaks the contract: ${problems.join("; ")}` };
  return { ok: true, reading: body as unknown as DimensionReading };
}

function contractProblems(body: Record<string, unknown>): string[] {
  const problems: string[] = [];
  for (const name of ["actualCapacity", "desiredCapacity"]) {
    if (typeof body[name] !== "number") problems.push(`${name} must be a number`);
  }
  for (const name of ["scalableTargetDimensionId", "version"]) {
    if (typeof body[name] !== "string") problems.push(`${name} must be a string`);
  }
  if (!["Pending", "InProgress", "Successful", "Failed"].includes(body.scalingStatus as string)) {
    problems.push("scalingStatus must be Pending, InProgress, Successful or Failed");
  }
  return problems;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
