import { accept } from "./accept";
import { answerJson, answerOf, refusal } from "./answer";
import type { Context } from "../run/begin";
import { logDecision, logError } from "../aws/decisionLog";
import { effectiveDesired } from "../decide/desired";
import { publish } from "../aws/emf";
import { errorText } from "../aws/errors";
import { capacityMetrics } from "../names";
import { isBroken, readOne, writeDesired } from "../aws/parameters";
import type { Stored } from "../aws/parameters";
import { isTime } from "../aws/parse";
import { parseDesiredCapacity } from "./request";
import { minuteStart } from "../decide/time";
import type { DimensionAnswer } from "../types";

/** What API Gateway hands to the function (Lambda proxy integration of a REST API), as far as it is read. */
export interface ApiEvent {
  httpMethod: string;
  pathParameters?: { id?: string } | null;
  body?: string | null;
  isBase64Encoded?: boolean;
  requestContext?: { requestTimeEpoch?: number };
}

export interface ApiAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Names that SSM accepts in a path: "Parameter", AWS Systems Manager API Reference. */
const idPattern = /^[A-Za-z0-9_.-]{1,200}$/;

/**
 * GET and PATCH of a scalable dimension. They touch SSM only: PATCH stores what is desired, the minute run does the rest.
 * 400 for a bad request, 404 for an unknown id, 429 while SSM throttles, never 5xx.
 */
export async function answerApi(run: Omit<Context, "now">, event: ApiEvent): Promise<ApiAnswer> {
  const now = event.requestContext?.requestTimeEpoch;
  const id = event.pathParameters?.id ?? "";
  if (!isTime(now)) return problem(400, "requestContext.requestTimeEpoch is missing or no time");
  if (event.httpMethod !== "GET" && event.httpMethod !== "PATCH") return problem(400, `${event.httpMethod} is not GET or PATCH`);
  if (!idPattern.test(id)) return problem(404, `There is no scalable dimension "${id}"`);
  const timed = { now, ...run };
  try {
    const stored = await readOne(run.aws, run.prefix, id);
    if (!stored) return problem(404, `There is no scalable dimension "${id}"`);
    if (isBroken(stored)) return brokenAnswer(timed, id, stored.problem);
    const answer = event.httpMethod === "GET" ? answerOf({ now, ...stored }) : await patch(timed, stored, event);
    return "statusCode" in answer ? answer : json(200, answerJson(answer));
  } catch (error) {
    tellError(timed, id, errorText(error));
    return problem(429, `The dimension's parameters could not be read or written (${errorText(error)}): try again`);
  }
}

/** A known id whose parameters are broken has no capacity to tell: the caller is asked to come again. */
function brokenAnswer(run: Context, id: string, reason: string): ApiAnswer {
  tellError(run, id, reason);
  return problem(429, reason);
}

function tellError({ now, stack }: Context, id: string, reason: string): void {
  logError(now, stack, id, reason);
  publish(stack, id, minuteStart(now), { [capacityMetrics.errors]: 1 });
}

async function patch(run: Context, stored: Stored, event: ApiEvent): Promise<ApiAnswer | DimensionAnswer> {
  const { id, config } = stored;
  const requested = parseDesiredCapacity(event);
  if (typeof requested === "string") return problem(400, requested);

  const { now } = run;
  const accepted = accept({ ...stored, requested, now });
  const line = {
    time: now,
    stack: run.stack,
    id,
    pipeline: config.pipeline,
    kind: config.kind,
    actual: stored.state.actual,
    requested,
  };
  if (accepted.is === "refuse") {
    const answer = answerOf({ now, ...stored });
    logDecision({ ...line, action: "refuse", desired: answer.desiredCapacity, reason: accepted.reason });
    return refusal(answer, accepted.reason);
  }
  if (accepted.is === "keep") {
    logDecision({ ...line, action: "keep", desired: accepted.desired, reason: accepted.reason });
    return answerOf({ now, ...stored });
  }
  const written = await writeDesired(run.aws, run.prefix, stored, { desired: accepted.desired, at: now });
  const current = { ...stored, desired: written.record, key: written.key };
  const desired = effectiveDesired(config, current.desired, current.key, current.state);
  if (written.record.at === now) logDecision({ ...line, action: "accept", desired, reason: accepted.reason });
  else logDecision({ ...line, action: "keep", desired, reason: "a newer request was accepted meanwhile: this one came late" });
  return answerOf({ ...current, now });
}

function problem(statusCode: number, message: string): ApiAnswer {
  return json(statusCode, JSON.stringify({ message }));
}

function json(statusCode: number, body: string): ApiAnswer {
  return { statusCode, headers: { "Content-Type": "application/json" }, body };
}
