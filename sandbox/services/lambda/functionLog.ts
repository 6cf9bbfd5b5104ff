import type { Cloud } from "../../core/cloud";
import type { RoleSession } from "../iam/authorise";
import type { Iam } from "../iam/iam";
import { requestId } from "../requestId";
import type { LambdaFunction } from "./functionState";
import type { Random } from "../../core/random";

/** Name of a new instance's log stream: date, version and a random number, as Lambda names them. */
export function logStreamName(fn: LambdaFunction, time: number, random: Random): string {
  const date = new Date(time).toISOString().slice(0, 10).replaceAll("-", "/");
  const own = fn.logGroup === `/aws/lambda/${fn.name}` ? "" : fn.name;
  return `${date}/${own}[$LATEST]${requestId(random).replaceAll("-", "")}`;
}

/**
 * Makes the instance's log stream in the function's role, and the group where it is missing. False: it may not, and what the instance
 * writes is lost.
 */
export async function prepareLog(cloud: Cloud, fn: LambdaFunction, logStream: string): Promise<boolean> {
  const role = roleOf(fn);
  const stream = { logGroupName: fn.logGroup, logStreamName: logStream };
  try {
    try {
      await cloud.call("logs", "CreateLogStream", stream, role);
    } catch (error) {
      if ((error as Error).name !== "ResourceNotFoundException") throw error;
      await cloud.call("logs", "CreateLogGroup", { logGroupName: fn.logGroup }, role);
      await cloud.call("logs", "CreateLogStream", stream, role);
    }
    return true;
  } catch (error) {
    cloud.events.append({
      time: cloud.clock.now(),
      source: "lambda",
      type: "LogRefused",
      message: `${fn.name} can't write its log: ${(error as Error).message}`,
      detail: { functionName: fn.name, logGroup: fn.logGroup },
    });
    return false;
  }
}

/** Whether the role may write to the stream now; lines of a role that may not are lost, as on AWS. */
export function mayLog(cloud: Cloud, iam: Pick<Iam, "decideIdentity">, fn: LambdaFunction, logStream: string): boolean {
  const resource = `arn:${cloud.partition}:logs:${cloud.region}:${cloud.account}:log-group:${fn.logGroup}:log-stream:${logStream}`;
  return iam.decideIdentity(roleOf(fn), "logs:PutLogEvents", resource) === "allow";
}

/** The function's role as a caller. */
export function roleOf(fn: LambdaFunction): RoleSession {
  return { arn: fn.role, service: "lambda.amazonaws.com", session: fn.name };
}

/**
 * A console line as the Node.js runtime writes it. Format JSON puts the text into an object of Lambda's own, so that embedded metric
 * format inside it is not found: cautious reading, AWS documents EMF for the format Text.
 */
export function logLine(fn: LambdaFunction, time: string, id: string, level: string, text: string): string {
  if (fn.logFormat === "JSON") return JSON.stringify({ timestamp: time, level, requestId: id, message: text });
  return `${time}\t${id}\t${level}\t${text}`;
}
