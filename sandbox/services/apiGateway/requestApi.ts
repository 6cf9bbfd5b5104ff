import type { Cloud, Principal } from "../../core/cloud";
import type { HttpAnswer, HttpRequest, LambdaResult } from "../../core/peers";
import { callerName } from "../iam/authorise";
import { decideFor } from "../iam/evaluate";
import type { Iam } from "../iam/iam";
import { requestId } from "../requestId";
import type { ApiMetrics } from "./apiMetrics";
import { proxyAnswer, proxyEvent, type ProxyRequest } from "./proxyIntegration";
import { allMethods, matchRoute, type Deployment, type Method, type RestApi, type Route, type Stage } from "./restApi";
import { tokenBucket } from "./tokenBucket";

/** Account limits of a region ("Amazon API Gateway quotas"), requests a second and at once. */
const accountRate = 10_000;
const accountBurst = 5_000;
const maxBodyBytes = 10_485_760;

/** An answer of API Gateway itself, with why for the access log. */
interface Refusal {
  statusCode: number;
  errorType: string;
  /** Authorisation failures are spelled "Message", everything else "message". */
  body: { message: string } | { Message: string };
}

const refusal = (statusCode: number, errorType: string, message: string): Refusal => ({
  statusCode,
  errorType,
  body: { message },
});

const missingToken = refusal(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
const forbidden = refusal(403, "ForbiddenException", "Forbidden");
const unknownToken = refusal(403, "UnrecognizedClientException", "The security token included in the request is invalid.");
const tooMany = refusal(429, "TooManyRequestsException", "Too Many Requests");
const internal = refusal(500, "InternalServerErrorException", "Internal server error");
const malformed = refusal(502, "InternalServerErrorException", "Internal server error");
const timedOut = refusal(504, "InternalServerErrorException", "Endpoint request timed out");
const tooLong = refusal(413, "RequestTooLongException", "Request Too Long");

interface Target {
  api: RestApi;
  stage: Stage;
  deployment: Deployment;
  route: Route;
  method: Method & { integration: NonNullable<Method["integration"]> };
  request: ProxyRequest;
}

/** Answers requests to deployed stages: routing, authorisation, throttling, Lambda, access log. */
export function apiRequests(cloud: Cloud, iam: Iam, apis: ReadonlyMap<string, RestApi>, metrics: ApiMetrics) {
  const random = cloud.random.fork("apigateway requests");
  const account = tokenBucket();

  const locate = (http: HttpRequest, caller: Principal | undefined): Target | Refusal => {
    const api = apis.get(http.host.split(".")[0] ?? "");
    const [fullPath = "", query = ""] = http.path.split("?", 2);
    const stageName = fullPath.split("/")[1] ?? "";
    const stage = api?.stages.get(stageName);
    const deployment = stage && api?.deployments.get(stage.deploymentId);
    if (!api || !stage || !deployment || api.disableExecuteApiEndpoint) return forbidden;
    const path = fullPath.slice(stageName.length + 1) || "/";
    const match = matchRoute(deployment.snapshot.routes, path);
    const method = match?.route.methods.get(http.method) ?? match?.route.methods.get("ANY");
    // A path that doesn't exist and a request that isn't signed get the same answer.
    if (!match || !method) return missingToken;
    const id = requestId(random);
    const now = cloud.clock.now();
    const request: ProxyRequest = {
      httpMethod: http.method,
      fullPath,
      path,
      resourcePath: match.route.resourcePath,
      resourceId: match.route.resourceId,
      pathParameters: match.pathParameters,
      query: new URLSearchParams(query),
      headers: http.headers,
      body: http.body === "" ? undefined : http.body,
      host: http.host,
      stage: stageName,
      stageVariables: stage.variables,
      apiId: api.id,
      accountId: cloud.account,
      deploymentId: deployment.id,
      requestId: id,
      extendedRequestId: Buffer.from(id.slice(0, 11)).toString("base64"),
      time: now,
      requestTime: requestTime(now),
      identity: caller && { accountId: cloud.account, caller: iam.principalId(caller), userArn: callerName(caller) },
    };
    return { api, stage, deployment, route: match.route, method, request };
  };

  /**
   * IAM and the API's policy, caller in the API's account: either may allow, each may deny. ("How API Gateway resource policies affect
   * authorization workflow", table A)
   */
  const authorise = ({ deployment, method, request }: Target, caller: Principal | undefined): Refusal | undefined => {
    const { policy } = deployment.snapshot;
    const resource = `arn:${cloud.partition}:execute-api:${cloud.region}:${cloud.account}:${request.apiId}/${request.stage}/${request.httpMethod}${request.path}`;
    const action = "execute-api:Invoke";
    if (method.authorizationType === "NONE") {
      if (!policy) return undefined;
      const anonymous = { arn: "anonymous", account: "" };
      const allowed = decideFor(policy, anonymous, action, resource, { "aws:securetransport": "true" }) === "allow";
      return allowed ? undefined : notAuthorised("anonymous", resource);
    }
    if (!caller) return missingToken;
    const byIdentity = iam.decideIdentity(caller, action, resource);
    if (byIdentity === "none" && !iam.isKnown(caller)) return unknownToken;
    const who = { arn: caller.arn, account: caller.arn.split(":")[4] ?? "", service: caller.service };
    const byPolicy = policy ? decideFor(policy, who, action, resource, iam.requestContext(caller)) : "none";
    if (byIdentity === "deny" || byPolicy === "deny")
      return notAuthorised(callerName(caller), resource, " with an explicit deny");
    return byIdentity === "allow" || byPolicy === "allow" ? undefined : notAuthorised(callerName(caller), resource);
  };

  // AWS doesn't document whether throttling or authorisation comes first; here refused callers use nobody's burst up.
  const throttle = ({ stage, route, request }: Target): Refusal | undefined => {
    const key = `${route.resourcePath.slice(1)}/${request.httpMethod}`;
    const setting = { ...stage.methodSettings.get(allMethods), ...stage.methodSettings.get(key) };
    const limited = (limit: number | undefined, most: number) => (limit === undefined || limit < 0 ? most : limit);
    let bucket = stage.buckets.get(key);
    if (!bucket) stage.buckets.set(key, (bucket = tokenBucket()));
    const now = cloud.clock.rateTime();
    const passes =
      account.take(now, accountRate, accountBurst) &&
      bucket.take(now, limited(setting.rateLimit, accountRate), limited(setting.burstLimit, accountBurst));
    return passes ? undefined : tooMany;
  };

  const integrate = async ({
    api,
    method,
    request,
  }: Target): Promise<{ answer: HttpAnswer | Refusal; durationMs: number; status?: number }> => {
    const { integration } = method;
    const functionArn = /:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(integration.uri)?.[1];
    // A Lambda function is invoked by POST; with another integration method every request fails.
    if (!functionArn || integration.httpMethod !== "POST") return { answer: internal, durationMs: 0 };
    const path = request.resourcePath.replace(/\{[^}]+\}/g, "*");
    const source = `arn:${cloud.partition}:execute-api:${cloud.region}:${cloud.account}:${api.id}/${request.stage}/${request.httpMethod}${path}`;
    const payload = JSON.stringify(proxyEvent(request));
    const caller = { arn: source, service: "apigateway.amazonaws.com" };
    const result: LambdaResult & { durationMs?: number } = await cloud.peers.invokeLambda(functionArn, payload, caller);
    const durationMs = result.durationMs ?? 0;
    if (durationMs > integration.timeoutInMillis) return { answer: timedOut, durationMs: integration.timeoutInMillis };
    // Not documented: what a throttled function becomes. Reports of it say 500, like a missing permission.
    if (result.statusCode !== 200) return { answer: internal, durationMs, status: result.statusCode };
    if (result.functionError) return { answer: malformed, durationMs, status: 200 };
    return { answer: proxyAnswer(result.payload) ?? malformed, durationMs, status: 200 };
  };

  return async (http: HttpRequest, caller: Principal | undefined): Promise<HttpAnswer> => {
    const target = locate(http, caller);
    if ("errorType" in target) return answerOf(target, requestId(random));
    const { request, api, stage } = target;
    const tooLarge = Buffer.byteLength(http.body ?? "") > maxBodyBytes ? tooLong : undefined;
    const refused = authorise(target, caller) ?? throttle(target) ?? tooLarge;
    const done = refused ? { answer: refused, durationMs: 0 } : await integrate(target);
    const answer = answerOf(done.answer, request.requestId);
    metrics.answered(api.name, stage.stageName, answer.statusCode, done.durationMs);
    if (stage.accessLog) {
      const line = stage.accessLog.line(logVariables(request, done, answer));
      cloud.peers.writeLog(stage.accessLog.logGroup, stage.accessLog.logStream, line);
    }
    return answer;
  };
}

/** Account ids are masked in this text, as API Gateway does. */
function notAuthorised(who: string, resource: string, why = ""): Refusal {
  const masked = resource.replace(/:\d{8}(\d{4}):/, ":********$1:");
  const Message = `User: ${who} is not authorized to perform: execute-api:Invoke on resource: ${masked}${why}`;
  return { statusCode: 403, errorType: "AccessDeniedException", body: { Message } };
}

function answerOf(answer: HttpAnswer | Refusal, id: string): HttpAnswer {
  if (!("errorType" in answer)) return { ...answer, headers: { ...answer.headers, "x-amzn-requestid": id } };
  const headers = { "content-type": "application/json", "x-amzn-requestid": id, "x-amzn-errortype": answer.errorType };
  return { statusCode: answer.statusCode, headers, body: JSON.stringify(answer.body) };
}

function logVariables(
  request: ProxyRequest,
  done: { answer: HttpAnswer | Refusal; durationMs: number; status?: number },
  answer: HttpAnswer,
) {
  const refused = "errorType" in done.answer ? done.answer : undefined;
  const message = refused && ("message" in refused.body ? refused.body.message : refused.body.Message);
  return {
    requestId: request.requestId,
    extendedRequestId: request.extendedRequestId,
    requestTime: request.requestTime,
    requestTimeEpoch: request.time,
    httpMethod: request.httpMethod,
    path: request.fullPath,
    resourcePath: request.resourcePath,
    resourceId: request.resourceId,
    stage: request.stage,
    apiId: request.apiId,
    accountId: request.accountId,
    domainName: request.host,
    protocol: "HTTP/1.1",
    status: answer.statusCode,
    responseLength: Buffer.byteLength(answer.body),
    responseLatency: done.durationMs,
    integrationLatency: done.durationMs,
    integrationStatus: done.status,
    "integration.status": done.status,
    "integration.latency": done.durationMs,
    "identity.sourceIp": "127.0.0.1",
    "identity.caller": request.identity?.caller,
    "identity.user": request.identity?.caller,
    "identity.userArn": request.identity?.userArn,
    "identity.accountId": request.identity?.accountId,
    "error.message": message,
    "error.responseType": refused?.errorType,
  };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The common log format's time, e.g. 23/Nov/2026:07:49:46 +0000. */
function requestTime(now: number): string {
  const iso = new Date(now).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
