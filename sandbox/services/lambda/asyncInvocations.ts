import { minute, Phase, second } from "../../core/clock";
import type { Cloud } from "../../core/cloud";
import { isServiceError } from "../../core/serviceError";
import type { FunctionMetrics } from "./functionMetrics";
import { defaultEventInvoke, type LambdaFunction } from "./functionState";
import type { Invoker } from "./invoke";

interface QueuedEvent {
  /** Looked up again at each attempt: the function may have changed or gone. */
  find: () => LambdaFunction | undefined;
  name: string;
  payload: string;
  /** ms, virtual */
  accepted: number;
  /** Attempts that ran and failed. */
  failures: number;
  /** Attempts that were throttled in a row. */
  throttles: number;
}

/** Waits of "How Lambda handles errors and retries with asynchronous invocation": one minute, then two. */
const retryWaits = [minute, 2 * minute];
/** A throttled event goes back to the queue: one second at first, doubling up to five minutes, while the event is young enough. */
const maxThrottleWait = 5 * minute;

/** The queue of asynchronous invocations. An accepted event runs at once, in the clock's Invoke phase. */
export function asyncInvocations(cloud: Cloud, invoke: Invoker, metrics: FunctionMetrics) {
  const attempt = async (event: QueuedEvent): Promise<void> => {
    const fn = event.find();
    if (!fn) return;
    const settings = fn.eventInvoke ?? defaultEventInvoke;
    if (cloud.clock.now() - event.accepted > settings.maximumEventAgeSeconds * second) return drop(fn, event, "EventAgeExceeded");
    try {
      const result = await invoke(fn, event.payload);
      event.throttles = 0;
      if (!result.functionError) return;
    } catch (error) {
      if (!isServiceError(error) || error.statusCode !== 429) throw error;
      return later(event, Math.min(second * 2 ** event.throttles++, maxThrottleWait));
    }
    event.failures++;
    if (event.failures > settings.maximumRetryAttempts) return drop(fn, event, "RetriesExhausted");
    later(event, retryWaits[event.failures - 1] ?? 2 * minute);
  };

  const later = (event: QueuedEvent, wait: number) =>
    void cloud.clock.at(cloud.clock.now() + wait, Phase.Invoke, () => attempt(event));

  const drop = (fn: LambdaFunction, event: QueuedEvent, condition: string) => {
    metrics.dropped(fn.name);
    cloud.events.append({
      time: cloud.clock.now(),
      source: "lambda",
      type: "AsyncEventDropped",
      message: `${fn.name} gave an event up: ${condition} after ${event.failures} failed attempts`,
      detail: { functionName: fn.name, condition, failures: event.failures },
    });
    const topic = fn.eventInvoke?.onFailure;
    if (topic) {
      const requestContext = { functionArn: fn.arn, condition, approximateInvokeCount: event.failures };
      cloud.peers.notify(
        topic,
        "",
        JSON.stringify({ version: "1.0", requestContext, requestPayload: JSON.parse(event.payload || "{}") }),
      );
    }
  };

  return (name: string, payload: string, find: () => LambdaFunction | undefined): void =>
    later({ find, name, payload, accepted: cloud.clock.now(), failures: 0, throttles: 0 }, 0);
}
