import type { Session } from "node:inspector";
import { promisify } from "node:util";

/**
 * Serialising a function needs V8's debugger, and Pulumi switches it on for good. With it on, an await takes ten times as long and
 * what has awaited a promise lives as long as the promise; and the debugger keeps every object that was looked at. So this gives
 * `work` a session of its own, and ends it.
 * (Internal to @pulumi/pulumi, whose version is pinned.)
 */
export async function withClosureDebugger<T>(work: () => Promise<T>): Promise<T> {
  // Loaded here: the first call of getSessionAsync() connects and switches the debugger on, too.
  const hooks = require("@pulumi/pulumi/runtime/closure/v8Hooks") as { getSessionAsync(): Promise<Session> };
  const session = await hooks.getSessionAsync();
  const post = promisify((method: string, done: (error: Error | null) => void) => session.post(method, done));
  await post("Debugger.enable");
  try {
    return await work();
  } finally {
    session.disconnect();
    session.connect();
  }
}
