import type { HttpAnswer } from "../../core/peers";

export interface ProxyRequest {
  httpMethod: string;
  /** With the stage, as it was asked for. */
  fullPath: string;
  /** Without the stage. */
  path: string;
  resourcePath: string;
  resourceId: string;
  pathParameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
  host: string;
  stage: string;
  stageVariables: ReadonlyMap<string, string>;
  apiId: string;
  accountId: string;
  deploymentId: string;
  requestId: string;
  extendedRequestId: string;
  /** ms, virtual */
  time: number;
  requestTime: string;
  identity: { accountId: string; caller: string; userArn: string } | undefined;
}

/** The event of a Lambda proxy integration. ("Set up Lambda proxy integrations in API Gateway", input format) */
export function proxyEvent(request: ProxyRequest): object {
  const { identity, headers, query } = request;
  const userAgent = Object.entries(headers).find(([name]) => name.toLowerCase() === "user-agent")?.[1] ?? null;
  return {
    resource: request.resourcePath,
    path: request.path,
    httpMethod: request.httpMethod,
    headers: orNull(headers),
    multiValueHeaders: orNull(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))),
    queryStringParameters: orNull(Object.fromEntries(query)),
    multiValueQueryStringParameters: orNull(Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]))),
    pathParameters: orNull(request.pathParameters),
    stageVariables: orNull(Object.fromEntries(request.stageVariables)),
    requestContext: {
      resourceId: request.resourceId,
      resourcePath: request.resourcePath,
      httpMethod: request.httpMethod,
      extendedRequestId: request.extendedRequestId,
      requestTime: request.requestTime,
      path: request.fullPath,
      accountId: request.accountId,
      protocol: "HTTP/1.1",
      stage: request.stage,
      domainPrefix: request.host.split(".")[0],
      requestTimeEpoch: request.time,
      requestId: request.requestId,
      identity: {
        cognitoIdentityPoolId: null,
        accountId: identity?.accountId ?? null,
        cognitoIdentityId: null,
        caller: identity?.caller ?? null,
        sourceIp: "127.0.0.1",
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: identity?.userArn ?? null,
        userAgent,
        user: identity?.caller ?? null,
      },
      domainName: request.host,
      deploymentId: request.deploymentId,
      apiId: request.apiId,
    },
    body: request.body ?? null,
    isBase64Encoded: false,
  };
}

const orNull = (record: Readonly<Record<string, unknown>>) => (Object.keys(record).length === 0 ? null : record);

/**
 * The function's answer as an HTTP answer; undefined when it is malformed, which API Gateway answers with 502. ("Output format of a
 * Lambda function for proxy integration")
 */
export function proxyAnswer(payload: string): HttpAnswer | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return undefined;
  }
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded, ...others } = answer as Record<string, unknown>;
  if (Object.keys(others).some((key) => key !== "cookies" && key !== "statusDescription")) return undefined;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  if (isBase64Encoded !== undefined && typeof isBase64Encoded !== "boolean") return undefined;
  const single = headersOf(headers, (value) =>
    ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined,
  );
  const multiple = headersOf(multiValueHeaders, (value) => (Array.isArray(value) ? value.join(",") : undefined));
  if (!single || !multiple) return undefined;
  const text = isBase64Encoded ? Buffer.from(body ?? "", "base64").toString() : (body ?? "");
  return { statusCode: status, headers: { "content-type": "application/json", ...single, ...multiple }, body: text };
}

function headersOf(raw: unknown, valueOf: (value: unknown) => string | undefined): Record<string, string> | undefined {
  if (raw === undefined || raw === null) return {};
  if (typeof raw !== "object" || Array.isArray(raw)) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    const text = valueOf(value);
    if (text === undefined) return undefined;
    headers[name.toLowerCase()] = text;
  }
  return headers;
}
