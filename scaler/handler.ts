import { answerApi } from "./api/answerApi";
import type { ApiAnswer, ApiEvent } from "./api/answerApi";
import type { Aws } from "./aws/clients";
import type { Environment } from "./aws/context";
import { tellingPermissions } from "./aws/errors";
import { logError } from "./aws/log";
import { isTime } from "./aws/parse";
import { reconcile } from "./run/reconcile";

/** EventBridge's scheduled event, as far as it is read. */
interface ScheduledEvent {
  source: "aws.events";
  time: string;
}

/**
 * The scaler: GET and PATCH from API Gateway, and the minute run from EventBridge. Time comes from the event, never from the
 * machine's clock.
 */
export async function handle(event: unknown, client: Aws, { prefix, stack }: Environment): Promise<ApiAnswer | undefined> {
  const aws = tellingPermissions(client);
  if (isApiEvent(event)) return answerApi({ aws, prefix, stack }, event);
  if (isScheduledEvent(event)) {
    await reconcile({ aws, prefix, stack, now: Date.parse(event.time) });
    return undefined;
  }
  logError(0, stack, "", "the event is neither API Gateway's nor EventBridge's schedule: nothing done");
  return undefined;
}

function isApiEvent(event: unknown): event is ApiEvent {
  return typeof event === "object" && event !== null && typeof (event as ApiEvent).httpMethod === "string";
}

function isScheduledEvent(event: unknown): event is ScheduledEvent {
  if (typeof event !== "object" || event === null) return false;
  const { source, time } = event as Partial<ScheduledEvent>;
  return source === "aws.events" && typeof time === "string" && isTime(Date.parse(time));
}
