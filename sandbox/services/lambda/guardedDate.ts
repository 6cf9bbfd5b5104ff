const refusal =
  "The machine's clock is not available in the sandbox: time is virtual. Take the time from the event " +
  "(requestContext.requestTimeEpoch, or time of a scheduled event).";

/** Date as the function's code gets it: dates from a value work, asking for now throws. */
export function guardedDate(): DateConstructor {
  const refuse = () => {
    throw new Error(refusal);
  };
  return new Proxy(Date, {
    construct: (target, args) => (args.length === 0 ? refuse() : Reflect.construct(target, args)),
    apply: refuse,
    get: (target, property, receiver) => (property === "now" ? refuse : Reflect.get(target, property, receiver)),
  });
}
