import type { Cloud, ServiceName, Shape } from "../../core/cloud";
import type { LambdaResult } from "../../core/peers";
import type { Iam } from "../iam/iam";
import { requestId } from "../requestId";
import { logLine, logStreamName, mayLog, prepareLog, roleOf } from "./functionLog";
import type { FunctionMetrics } from "./functionMetrics";
import { lambdaError, type Instance, type LambdaFunction, type Outcome } from "./functionState";
import { createInstance } from "./instance";
import { localTime, type LocalTime } from "./localTime";
import { realSdkModule } from "./realSdk";
import { sdkModule } from "./sdkModules";

export interface LambdaOptions {
  /** Run the installed SDK clients instead of replaced ones. Default false. */
  realSdk?: boolean;
  /** ms that each AWS call of a function takes in its own time; 0 (default): invocations take no time and can't time out. */
  callLatencyMs?: number;
  /** Write START, END and REPORT lines. Default true. */
  platformLines?: boolean;
  /** Concurrent executions of the account. Default 1,000 ("Lambda quotas"). */
  accountConcurrency?: number;
}

/** A finished invocation; `durationMs` is in the function's own time (see `callLatencyMs`). */
export interface InvocationResult extends LambdaResult {
  durationMs: number;
}

export type Invoker = (fn: LambdaFunction, payload: string) => Promise<InvocationResult>;

/**
 * Runs functions. Invocations take no virtual time. With `callLatencyMs` they have a duration: it keeps the instance busy, counts
 * for concurrency and against the timeout. Memory use is not modelled.
 * @throws ServiceError TooManyRequestsException when no concurrency is left
 */
export function invoker(
  cloud: Cloud,
  iam: Pick<Iam, "decideIdentity">,
  metrics: FunctionMetrics,
  options: LambdaOptions,
): Invoker {
  const { realSdk = false, callLatencyMs = 0, platformLines = true, accountConcurrency = 1_000 } = options;
  const random = cloud.random.fork("lambda invocations");
  let running = 0;
  let isoAt = NaN;
  let iso = "";
  const isoNow = () => {
    const now = cloud.clock.now();
    if (now !== isoAt) [isoAt, iso] = [now, new Date(now).toISOString()];
    return iso;
  };

  const newInstance = async (fn: LambdaFunction): Promise<Instance> => {
    const logStream = logStreamName(fn, cloud.clock.now(), random);
    const hasLog = await prepareLog(cloud, fn, logStream);
    const role = roleOf(fn);
    const current = () => instance.invocation;
    const call = (service: ServiceName, operation: string, input: Shape) => {
      const task = () => cloud.call(service, operation, input, role);
      const local = current()?.local;
      return local ? local.after(callLatencyMs, task) : task();
    };
    const write = (level: string, text: string) => {
      const now = current();
      if (now?.logs) cloud.peers.writeLog(fn.logGroup, logStream, logLine(fn, now.time, now.id, level, text));
    };
    const packages = (name: string): Shape => (realSdk ? realSdkModule(name, call, cloud.region) : sdkModule(name, call));
    const instance: Instance = createInstance(fn, { region: cloud.region, logStream, hasLog, sdkModule: packages, write });
    return instance;
  };

  const checkConcurrency = (fn: LambdaFunction) => {
    const now = cloud.clock.rateTime();
    const busy = fn.running + fn.idle.filter((instance) => instance.busyUntil > now).length;
    const reserved = fn.reservedConcurrency;
    if (reserved === undefined ? running < accountConcurrency : busy < reserved) return;
    metrics.throttled(fn.name);
    throw lambdaError("TooManyRequestsException", "Rate Exceeded.", 429);
  };

  const take = (fn: LambdaFunction): Instance | undefined => {
    const now = cloud.clock.rateTime();
    const free = fn.idle.findIndex((instance) => instance.busyUntil <= now);
    return free < 0 ? undefined : fn.idle.splice(free, 1)[0];
  };

  return async (fn, payload) => {
    checkConcurrency(fn);
    const event = parse(payload);
    const warm = take(fn);
    fn.running++;
    running++;
    try {
      const instance = warm ?? (await newInstance(fn));
      const id = requestId(random);
      const logs = instance.hasLog && mayLog(cloud, iam, fn, instance.logStream);
      const local = callLatencyMs > 0 ? localTime(fn.timeout * 1000) : undefined;
      instance.invocation = { id, time: isoNow(), logs, local };
      const platform = (text: string) => {
        if (logs && platformLines && fn.logFormat === "Text") cloud.peers.writeLog(fn.logGroup, instance.logStream, text);
      };
      platform(`START RequestId: ${id} Version: $LATEST`);
      const invocation = instance.invoke(event, contextOf(fn, instance, id, cloud, local));
      const outcome = local ? await Promise.race([invocation, local.timedOut.then(() => timeout(fn, id))]) : await invocation;
      const durationMs = local?.elapsed() ?? 0;
      platform(`END RequestId: ${id}`);
      platform(reportLine(fn, id, durationMs));
      metrics.invoked(fn.name, durationMs, outcome.failed);
      // After a timeout AWS throws the environment away; its unfinished code never gets an answer here.
      if (instance.generation === fn.generation && !("timedOut" in outcome)) {
        instance.busyUntil = cloud.clock.rateTime() + durationMs;
        fn.idle.push(instance);
      }
      if (outcome.failed) reportFailure(cloud, fn, outcome);
      return { statusCode: 200, payload: outcome.payload, functionError: outcome.failed ? "Unhandled" : undefined, durationMs };
    } finally {
      fn.running--;
      running--;
    }
  };
}

function parse(payload: string): unknown {
  try {
    return payload === "" ? {} : JSON.parse(payload);
  } catch (error) {
    throw lambdaError("InvalidRequestContentException", `Could not parse request body into json: ${(error as Error).message}`);
  }
}

function contextOf(fn: LambdaFunction, instance: Instance, id: string, cloud: Cloud, local: LocalTime | undefined): Shape {
  return {
    functionName: fn.name,
    functionVersion: "$LATEST",
    invokedFunctionArn: fn.arn,
    memoryLimitInMB: String(fn.memorySize),
    awsRequestId: id,
    logGroupName: fn.logGroup,
    logStreamName: instance.logStream,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => fn.timeout * 1000 - (local?.elapsed() ?? 0),
  };
}

function timeout(fn: LambdaFunction, id: string): Outcome & { timedOut: true } {
  const errorMessage = `RequestId: ${id} Error: Task timed out after ${fn.timeout.toFixed(2)} seconds`;
  return { payload: JSON.stringify({ errorType: "Sandbox.Timedout", errorMessage }), failed: true, timedOut: true };
}

function reportLine(fn: LambdaFunction, id: string, durationMs: number): string {
  const billed = Math.ceil(durationMs);
  return `REPORT RequestId: ${id}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billed} ms\tMemory Size: ${fn.memorySize} MB`;
}

function reportFailure(cloud: Cloud, fn: LambdaFunction, outcome: Outcome): void {
  const { errorType, errorMessage } = JSON.parse(outcome.payload) as { errorType: string; errorMessage: string };
  cloud.events.append({
    time: cloud.clock.now(),
    source: "lambda",
    type: "InvocationFailed",
    message: `${fn.name} failed: ${errorType}: ${errorMessage}`,
    detail: { functionName: fn.name, errorType, errorMessage },
  });
}
