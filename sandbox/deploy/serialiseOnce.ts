import type { runtime } from "@pulumi/pulumi";
import { withClosureDebugger } from "./closureDebugger";

type Serialise = typeof runtime.serializeFunction;

/**
 * Pulumi's serialiser, with V8's debugger on while it works and no longer, and once for each function: a second's work whose result
 * stays the same, since the scaler captures only what is constant. One function at a time: they share the debugger's session.
 */
export function serialiseOnce(serialise: Serialise): Serialise {
  const results = new WeakMap<object, ReturnType<Serialise>>();
  let last: Promise<unknown> = Promise.resolve();
  return (callback, args) => {
    const known = results.get(callback);
    if (known) return known;
    const result = last.then(() => withClosureDebugger(() => serialise(callback, args)));
    results.set(callback, result);
    last = result.catch(() => undefined);
    return result;
  };
}
