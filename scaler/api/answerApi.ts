import type { Context } from "../aws/context";
import { errorText } from "../aws/errors";
import { logDecision, tellError } from "../aws/log";
import { isBroken, readOne, writeDesired } from "../aws/parameters";
import type { Stored } from "../aws/parameters";
import { isTime } from "../aws/parse";
import { standingOf } from "../decide/desired";
import type { Standing } from "../decide/types";
import type { DimensionAnswer } from "../types";
import { accept } from "./accept";
import { answerJson, answerOf, refusal } from "./answer";
import { parseDesiredCapacity } from "./request";

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
export async function answerApi(given: Omit<Context, "now">, event: ApiEvent): Promise<ApiAnswer> {
  const now = event.requestContext?.requestTimeEpoch;
  const id = event.pathParameters?.id ?? "";
  if (!isTime(now)) return problem(400, "requestContext.requestTimeEpoch is missing or no time");
  if (event.httpMethod !== "GET" && event.httpMethod !== "PATCH") return problem(400, `${event.httpMethod} is not GET or PATCH`);
  if (!idPattern.test(id)) return problem(404, `There is no scalable dimension "${id}"`);
  const context = { now, ...given };
  try {
    const stored = await readOne(context.aws, context.prefix, id);
    if (!stored) return problem(404, `There is no scalable dimension "${id}"`);
    if (isBroken(stored)) return brokenAnswer(context, id, stored.problem);
    const standing = standingOf(stored, now);
    if (event.httpMethod === "GET") return json(200, answerJson(answerOf(stored.config, standing)));
    const requested = parseDesiredCapacity(event);
    if (typeof requested === "string") return problem(400, requested);
    return json(200, answerJson(await patch(context, stored, standing, requested)));
  } catch (error) {
    tellError(context, id, errorText(error));
    return problem(429, `The dimension's parameters could not be read or written (${errorText(error)}): try again`);
  }
}

/** A known id whose parameters are broken has no capacity to tell: the caller is asked to come again. */
function brokenAnswer(context: Context, id: string, reason: string): ApiAnswer {
  tellError(context, id, reason);
  return problem(429, reason);
}

/** What PATCH came to is told in the log, too. */
async function patch(
  { aws, prefix, stack, now }: Context,
  stored: Stored,
  before: Standing,
  requested: number,
): Promise<DimensionAnswer> {
  const { id, config, state } = stored;
  const accepted = accept(config, before, requested);
  const written = accepted.is === "store" && (await writeDesired(aws, prefix, stored, { desired: accepted.desired, at: now }));
  const answer = answerOf(config, written ? standingOf({ ...stored, ...written }, now) : before);
  const late = written && written.record.at !== now;
  const { pipeline, kind } = config;
  logDecision({
    ...{ time: now, stack, id, pipeline, kind, actual: state.actual, requested },
    ...(config.mode === "observe" && { from: before.desired ?? state.actual }),
    action: accepted.is !== "store" ? accepted.is : late ? "keep" : "accept",
    desired: answer.desiredCapacity,
    reason: late ? "a newer request was accepted meanwhile: this one came late" : accepted.reason,
  });
  return accepted.is === "refuse" ? refusal(answer, accepted.reason) : answer;
}

function problem(statusCode: number, message: string): ApiAnswer {
  return json(statusCode, JSON.stringify({ message }));
}

function json(statusCode: number, body: string): ApiAnswer {
  return { statusCode, headers: { "Content-Type": "application/json" }, body };
}
