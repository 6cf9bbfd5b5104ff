import * as http from "node:http";
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { KinesisAnalyticsV2Client } from "@aws-sdk/client-kinesis-analytics-v2";
import { SSMClient } from "@aws-sdk/client-ssm";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { createCloud, type SandboxCloud } from "../../../sandbox/createCloud";
import { deployStack, projectFolder, type Deployment } from "../../../sandbox/deploy/deploy";
import { readStackFiles } from "../../../sandbox/deploy/stackFiles";
import { minute } from "../../../sandbox/core/clock";
import { apiPath, listenAwsEndpoint } from "../../../sandbox/wire/awsEndpoint";
import type { LocalServer } from "../../../sandbox/wire/httpServer";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

export const region = "us-east-1";
export const start = Date.UTC(2026, 0, 5);
/** The deployer's key. */
export const key = { accessKeyId: "AKIASANDBOXDEPLOYER1", secretAccessKey: "sandbox-secret" };

/** A cloud behind the AWS endpoint on a free port. */
export interface Endpoint {
  cloud: SandboxCloud;
  server: LocalServer;
  url: string;
}

export async function openEndpoint(options: { requestTimeoutMs?: number } = {}): Promise<Endpoint> {
  const cloud = createCloud({ start, seed: 1, region });
  cloud.iam.addCredentials(key, cloud.deployer.arn);
  const server = await listenAwsEndpoint(cloud, {
    port: 0,
    credentials: cloud.iam.credentials,
    exclusively: (work) => work(),
    ...options,
  });
  return { cloud, server, url: `http://127.0.0.1:${server.port}` };
}

/** The dev stack, deployed and running for three minutes. */
export async function openStack(): Promise<Endpoint & { deployment: Deployment; apiUrl: string }> {
  const endpoint = await openEndpoint();
  const deployment = await deployStack(endpoint.cloud, readStackFiles(projectFolder, "dev"));
  await endpoint.cloud.clock.advanceTo(start + 3 * minute);
  const { host, pathname } = new URL(deployment.outputs.endpoint);
  const apiUrl = `${endpoint.url}${apiPath(host.split(".")[0]!, pathname.slice(1))}`;
  return { ...endpoint, deployment, apiUrl };
}

export interface Clients {
  kinesis: KinesisClient;
  flink: KinesisAnalyticsV2Client;
  ssm: SSMClient;
  cloudwatch: CloudWatchClient;
  autoScaling: ApplicationAutoScalingClient;
  destroy(): void;
}

/** Real SDK clients. One attempt: a refusal is what the test looks at. */
export function clientsOf(url: string, credentials = key, at = region): Clients {
  const settings = { endpoint: url, region: at, credentials, maxAttempts: 1 };
  const clients = {
    kinesis: new KinesisClient(settings),
    flink: new KinesisAnalyticsV2Client(settings),
    ssm: new SSMClient(settings),
    cloudwatch: new CloudWatchClient(settings),
    autoScaling: new ApplicationAutoScalingClient(settings),
  };
  return { ...clients, destroy: () => Object.values(clients).forEach((client) => client.destroy()) };
}

export interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** Body parsed as JSON; undefined when it isn't. */
  json: Record<string, unknown> | undefined;
  body: Buffer;
}

export interface RawRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A request with exactly these headers (and Host), over a connection of its own. Rejects when the connection breaks. */
export function send(port: number, { method = "POST", path = "/", headers = {}, body }: RawRequest = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve(answerOf(response, Buffer.concat(chunks))));
      response.on("error", reject);
    });
    request.on("error", reject);
    if (body !== undefined && !request.hasHeader("transfer-encoding"))
      request.setHeader("content-length", Buffer.byteLength(body));
    request.end(body);
  });
}

function answerOf(response: http.IncomingMessage, body: Buffer): RawAnswer {
  const text = body.toString("utf8");
  let json: Record<string, unknown> | undefined;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.statusCode ?? 0, headers: response.headers, text, json, body };
}

export interface SigningOptions {
  service: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** The request with its Host and SigV4 headers, by the SDK's signer. */
export async function signed(port: number, request: RawRequest, options: SigningOptions): Promise<Required<RawRequest>> {
  const { method = "POST", path = "/", headers = {}, body = "" } = request;
  const signer = new SignatureV4({
    credentials: options.credentials ?? key,
    region: options.region ?? region,
    service: options.service,
    sha256: Sha256,
  });
  const [pathname = "/", query = ""] = path.split("?", 2);
  const parameters = new URLSearchParams(query);
  const result = await signer.sign({
    method,
    protocol: "http:",
    hostname: "127.0.0.1",
    path: pathname,
    query: Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)])),
    headers: { host: `127.0.0.1:${port}`, ...headers },
    body,
  });
  return { method, path, headers: result.headers as Record<string, string>, body };
}

/** An AWS JSON call with a body of the test's own. */
export async function callJson(port: number, service: string, target: string, body: string | Buffer): Promise<RawAnswer> {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  return send(port, await signed(port, { headers, body }, { service }));
}

/** An RPC v2 CBOR call of CloudWatch with a body of the test's own. */
export async function callCbor(
  port: number,
  operation: string,
  body: Buffer,
  more: Record<string, string> = {},
): Promise<RawAnswer> {
  const headers = { "content-type": "application/cbor", accept: "application/cbor", "smithy-protocol": "rpc-v2-cbor", ...more };
  const path = `/service/GraniteServiceVersion20100801/operation/${operation}`;
  return send(port, await signed(port, { path, headers, body }, { service: "monitoring" }));
}
