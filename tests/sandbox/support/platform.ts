import { virtualClock, type Clock } from "../../../sandbox/core/clock";
import type { Cloud, Principal, Service, ServiceName, Shape } from "../../../sandbox/core/cloud";
import { eventLog } from "../../../sandbox/core/eventLog";
import type { Datum, Peers } from "../../../sandbox/core/peers";
import { seededRandom } from "../../../sandbox/core/random";
import { createApiGateway } from "../../../sandbox/services/apiGateway/apiGateway";
import { createEvents } from "../../../sandbox/services/events/events";
import { createIam, type Iam } from "../../../sandbox/services/iam/iam";
import type { LambdaOptions } from "../../../sandbox/services/lambda/invoke";
import { createLambda } from "../../../sandbox/services/lambda/lambda";
import { createLogs, type Logs } from "../../../sandbox/services/logs/logs";
import { runModelled } from "../../../sandbox/services/refusal";
import { createSns } from "../../../sandbox/services/sns";
import { createSsm } from "../../../sandbox/services/ssm/ssm";

export const account = "123456789012";
export const region = "eu-west-1";
export const root: Principal = { arn: `arn:aws:iam::${account}:root` };
export const start = Date.parse("2026-03-02T00:00:00Z");

/** IAM, Lambda, API Gateway, EventBridge, SSM, Logs and SNS wired to each other; metrics are recorded. */
export interface Platform extends Cloud {
  readonly clock: Clock;
  readonly iam: Iam;
  readonly logs: Logs;
  readonly metrics: Datum[];
  /** A call of the account's root. */
  as(service: ServiceName, operation: string, input: Shape): Promise<Shape>;
  /** A role with these statements that the service may assume. Returns its ARN. */
  role(name: string, statements: object[], service?: string): Promise<string>;
  /** Messages in a log group, oldest first. */
  lines(logGroup: string): Promise<string[]>;
}

export function platform(options: LambdaOptions = {}, others: Service[] = []): Platform {
  const table = new Map<ServiceName, Service>();
  const peers = {} as { -readonly [K in keyof Peers]: Peers[K] };
  const metrics: Datum[] = [];
  const cloud: Cloud = {
    account,
    region,
    partition: "aws",
    clock: virtualClock(start),
    random: seededRandom(1),
    events: eventLog(),
    peers,
    async call(name, operation, input, caller) {
      const service = table.get(name);
      if (!service?.operations[operation]) throw new Error(`no ${name}:${operation} here`);
      const denied = iam.authorise(caller, service.requirements(operation, input));
      if (denied) throw denied;
      return runModelled(cloud, service, operation, input, caller);
    },
  };
  const iam = createIam(cloud);
  const logs = createLogs(cloud);
  const lambda = createLambda(cloud, iam, options);
  const apiGateway = createApiGateway(cloud, iam);
  const sns = createSns(cloud);
  const services = [iam.service, logs.service, lambda.service, apiGateway.service, sns.service];
  for (const service of [...services, createEvents(cloud).service, createSsm(cloud).service, ...others])
    table.set(service.name, service);
  Object.assign(peers, {
    publishMetric: (datum: Datum) => void metrics.push(datum),
    writeLog: logs.writeLog,
    invokeLambda: lambda.invokeLambda,
    requestApi: apiGateway.requestApi,
    notify: sns.notify,
  });

  const as: Platform["as"] = (service, operation, input) => cloud.call(service, operation, input, root);
  return {
    ...cloud,
    iam,
    logs,
    metrics,
    as,
    async role(name, statements, service = "lambda.amazonaws.com") {
      const { Role } = await as("iam", "CreateRole", { RoleName: name, AssumeRolePolicyDocument: trust(service) });
      if (statements.length > 0) {
        const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: statements });
        await as("iam", "PutRolePolicy", { RoleName: name, PolicyName: "inline", PolicyDocument });
      }
      return Role.Arn;
    },
    async lines(logGroupName) {
      const { events } = await as("logs", "FilterLogEvents", { logGroupName });
      return events.map((event: Shape) => event.message);
    },
  };
}

export function trust(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}

export const allow = (action: string | string[], resource: string | string[], condition?: object) => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...(condition && { Condition: condition }),
});

export const deny = (action: string | string[], resource: string | string[]) => ({
  Effect: "Deny",
  Action: action,
  Resource: resource,
});

/** Statements that every function here needs to write its log. */
export const logging = allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], "*");

/** Creates a function of one file. Returns its ARN. */
export async function makeFunction(
  cloud: Platform,
  name: string,
  text: string,
  more: Shape = {},
  statements: object[] = [logging],
): Promise<string> {
  const Role = await cloud.role(`${name}-role`, statements);
  const { FunctionArn } = await cloud.as("lambda", "CreateFunction", {
    FunctionName: name,
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    Role,
    Code: { files: { "index.js": text } },
    ...more,
  });
  return FunctionArn;
}

/** Invokes synchronously as root and parses the payload. */
export async function invoke(cloud: Platform, name: string, event: unknown = {}): Promise<Shape> {
  const result = await cloud.as("lambda", "Invoke", { FunctionName: name, Payload: JSON.stringify(event) });
  return { ...result, value: JSON.parse(Buffer.from(result.Payload).toString()) };
}
