import { partitionOf } from "../../components/partition";
import { randomUUID } from "node:crypto";
import type { Cloud } from "../core/cloud";
import { isServiceError } from "../core/serviceError";
import type { Principal } from "../core/principal";
import { timeStandsHeader } from "../timeStands";
import { listenLocally, type LocalAnswer, type LocalHandler, type LocalRequest, type LocalServer } from "./httpServer";
import { wireServiceByTarget, type WireService } from "./operations";
import { recogniseCall, type Protocol, type WireCall } from "./protocols";
import { decodeShape, encodeShape } from "./shapes";
import { signedService, unserved, unservedWords } from "./unserved";
import { verifySignature, type Credentials, type SignatureRefusal } from "./signature";

/** AWS takes up to 10 MiB in PutRecords; base64 adds a third. */
const maxBodyBytes = 14 * 1024 * 1024;

/** The front end's refusal, before it knows the operation. */
const tooLarge: LocalAnswer = {
  status: 413,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": "RequestEntityTooLargeException" },
  body: JSON.stringify({
    __type: "RequestEntityTooLargeException",
    message: `HTTP content length exceeded ${maxBodyBytes} bytes.`,
  }),
};

/** What the endpoint needs beside a cloud to answer for it. */
export interface AwsEndpointOptions {
  credentials: Credentials;
  /** Runs `work` when nothing else of the sandbox is under way, so that a call never falls into the middle of a minute. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Whether virtual time stands still: told in every answer's header. Default: never. */
  timeStands?(): boolean;
}

export interface AwsListenerOptions {
  /** 0: any free port. */
  port: number;
  /** How long a request may take to arrive whole, ms. Default 30,000. */
  requestTimeoutMs?: number;
}

/** The AWS endpoint of one cloud. @throws Error (code EADDRINUSE) when the port is taken. */
export function listenAwsEndpoint(cloud: Cloud, options: AwsEndpointOptions & AwsListenerOptions): Promise<LocalServer> {
  return listenAws(options, awsHandler(cloud, options));
}

/** A server with the AWS endpoint's limits. */
export function listenAws({ port, requestTimeoutMs }: AwsListenerOptions, handler: LocalHandler): Promise<LocalServer> {
  return listenLocally({ port, requestTimeoutMs, maxBodyBytes, tooLarge }, handler);
}

/**
 * The AWS wire for SDKs and boto3 with an endpoint URL (AWS JSON, Smithy RPC v2 CBOR, the CBOR of the SDKs for Java) and, under
 * /execute-api/{apiId}/{stage}/..., the REST APIs as API Gateway serves them.
 */
export function awsHandler(cloud: Cloud, options: AwsEndpointOptions): LocalHandler {
  return async (request) => {
    const api = /^\/execute-api\/([^/]+)(\/.*)$/.exec(request.path);
    const answer = await (api
      ? answerApi(cloud, options, request, api[1] as string, api[2] as string)
      : answerCall(cloud, options, request));
    if (!options.timeStands?.()) return answer;
    return { ...answer, headers: { ...answer.headers, [timeStandsHeader]: "true" } };
  };
}

/** What is answered while no cloud is there. SDK clients try again. */
export const noCloudYet: LocalAnswer = {
  status: 503,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": "ServiceUnavailableException" },
  body: JSON.stringify({
    __type: "ServiceUnavailableException",
    message: "The sandbox is being started; try again in a moment.",
  }),
};

/** Path under which the endpoint serves a REST API's stage. */
export function apiPath(apiId: string, stage: string): string {
  return `/execute-api/${apiId}/${stage}`;
}

async function answerApi(
  cloud: Cloud,
  options: AwsEndpointOptions,
  request: LocalRequest,
  apiId: string,
  path: string,
): Promise<LocalAnswer> {
  const scope = { region: cloud.region, service: "execute-api" };
  const verification = await verifySignature(request, options.credentials, scope);
  // An unsigned request goes on: a method without authorisation takes it, every other one answers as API Gateway does.
  const refused = verification.outcome === "refused" ? verification.refusal : undefined;
  if (refused && refused.code !== "MissingAuthenticationTokenException") return forbidden(refused);
  const caller = verification.outcome === "verified" ? verification.principal : undefined;
  const answer = await options.exclusively(() =>
    cloud.peers.requestApi(
      {
        method: request.method,
        host: `${apiId}.execute-api.${cloud.region}.${partitionOf(cloud.region).dnsSuffix}`,
        path,
        headers: plainHeaders(request.headers),
        body: request.body.length > 0 ? request.body.toString("utf8") : undefined,
      },
      caller,
    ),
  );
  return { status: answer.statusCode, headers: { ...answer.headers }, body: answer.body };
}

function forbidden({ code, message }: SignatureRefusal): LocalAnswer {
  return {
    status: 403,
    headers: { "content-type": "application/json", "x-amzn-requestid": randomUUID(), "x-amzn-errortype": code },
    body: JSON.stringify({ message }),
  };
}

async function answerCall(cloud: Cloud, options: AwsEndpointOptions, request: LocalRequest): Promise<LocalAnswer> {
  const call = recogniseCall(request.path, request.headers);
  if (!call || request.method !== "POST") return unserved(request);
  const wire = wireServiceByTarget(call.target);
  const scope = { region: cloud.region, service: wire?.signingName };
  const verification = await verifySignature(request, options.credentials, scope);
  if (verification.outcome === "refused") return failure(call, 400, verification.refusal.code, verification.refusal.message);
  if (!wire) return failure(call, 400, "UnknownOperationException", unservedWords(signedService(request) ?? call.target));
  return runCall(cloud, options, call, wire, request.body, verification.principal);
}

async function runCall(
  cloud: Cloud,
  options: AwsEndpointOptions,
  call: WireCall,
  wire: WireService,
  body: Buffer,
  caller: Principal,
): Promise<LocalAnswer> {
  const schema = wire.operation(call.operation);
  if (!schema) return failure(call, 400, "UnknownOperationException", `Unknown operation ${call.target}.${call.operation}`);
  const parsed = parseBody(call.protocol, body);
  if ("problem" in parsed) return failure(call, 400, "SerializationException", parsed.problem);
  const input = decodeShape(schema.input, parsed.value, call.protocol.encoding);
  if ("expected" in input) {
    return failure(call, 400, "SerializationException", `${input.at || "The body"} is not ${input.expected}.`);
  }
  try {
    const output = await options.exclusively(() => cloud.call(wire.service, call.operation, input.value, caller));
    return success(call.protocol, encodeShape(schema.output, output ?? {}, call.protocol.encoding));
  } catch (error) {
    if (!isServiceError(error)) throw error;
    return failure(call, error.statusCode, error.name, error.message);
  }
}

function parseBody(protocol: Protocol, body: Buffer): { value: unknown } | { problem: string } {
  const problem = protocol.problem(body);
  if (problem !== undefined) return { problem };
  try {
    return { value: protocol.parse(body) };
  } catch {
    return { problem: "The body can't be parsed." };
  }
}

function success(protocol: Protocol, output: unknown): LocalAnswer {
  return { status: 200, headers: headersOf(protocol), body: protocol.write(output) };
}

function failure(call: WireCall, status: number, code: string, message: string): LocalAnswer {
  const wire = wireServiceByTarget(call.target);
  const namespace = `com.amazonaws.${wire?.service ?? call.target.toLowerCase()}`;
  const error = call.protocol.error({ code, message, namespace });
  const headers: Record<string, string> = { ...headersOf(call.protocol), ...error.headers };
  if (call.queryMode)
    headers["x-amzn-query-error"] = `${wire?.queryErrorCode(code) ?? code};${status < 500 ? "Sender" : "Receiver"}`;
  return { status, headers, body: error.body };
}

function headersOf(protocol: Protocol): Record<string, string> {
  return { "content-type": protocol.contentType, "x-amzn-requestid": randomUUID(), ...protocol.headers };
}

/** What API Gateway hands on: an HTTP/2 request's :authority arrives as Host. */
function plainHeaders(headers: LocalRequest["headers"]): Record<string, string> {
  const plain = (entry: [string, string | undefined]): entry is [string, string] =>
    entry[1] !== undefined && !entry[0].startsWith(":");
  return Object.fromEntries(Object.entries(headers).filter(plain));
}
