import type { Interference, ScalerCall } from "../../support/scalerWorld";
import type { Timed, Trouble } from "./scenario";
import { thrown } from "./wildErrors";

type Lasting = Extract<Timed, { is: "error" | "denied" }>;
type Troubled = Extract<Timed, { is: "trouble" }>;

/** The troubles of one minute, as what happens to its calls. Calls are counted per trouble. */
export function interference(
  events: readonly (Troubled | Lasting)[],
): ((call: ScalerCall) => Interference | undefined) | undefined {
  if (events.length === 0) return undefined;
  const counts = events.map(() => 0);
  return (call) => {
    for (const [i, event] of events.entries()) {
      if (event.target !== "any" && event.target !== call.operation) continue;
      if (event.is === "denied") return interfered("denied", call);
      if (event.is === "error") return { when: event.when, error: thrown(event.error) };
      const { from, count, what } = event;
      const at = counts[i] ?? 0;
      counts[i] = at + 1;
      if (at >= from && at < from + count) return interfered(what, call);
    }
    return undefined;
  };
}

function interfered(what: Trouble, call: ScalerCall): Interference {
  switch (what) {
    case "throttled":
      return { when: "before", error: throttled(call) };
    case "failed":
      return {
        when: "before",
        error: named("InternalFailure", "The request processing has failed because of an unknown error."),
      };
    case "denied":
      return { when: "before", error: named("AccessDeniedException", `User is not authorized to perform ${call.operation}`) };
    case "timedOut":
      return { when: "before", error: named("TimeoutError", "Connection timed out after 10000 ms") };
    case "lost":
      return { when: "after", error: named("TimeoutError", "Connection timed out after 10000 ms") };
    case "crashBefore":
      return { when: "before" };
    case "crashAfter":
      return { when: "after" };
  }
}

function throttled({ service }: ScalerCall): Error {
  if (service === "kinesis")
    return named("LimitExceededException", "Rate exceeded for stream orders under account 123456789012.");
  return named("ThrottlingException", "Rate exceeded");
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
