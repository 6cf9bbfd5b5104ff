/* eslint-disable-next-line @typescript-eslint/no-explicit-any */
export type Json = any;

/** Flink's REST API. Calls reject with what Flink says. */
export interface FlinkRest {
  get(path: string): Promise<Json>;
  post(path: string, body: object): Promise<Json>;
  patch(path: string): Promise<void>;
}

/** A job that fails at once can take so long until Flink says so. */
const timeoutMs = 60_000;

export function flinkRest(url: string): FlinkRest {
  const call = async (method: string, path: string, body?: object): Promise<Json> => {
    const answer = await fetch(url + path, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    const parsed = text === "" ? {} : JSON.parse(text);
    if (answer.ok) return parsed;
    throw new Error(rootCause(parsed.errors?.at(-1) ?? text));
  };
  return {
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    patch: async (path) => void (await call("PATCH", path)),
  };
}

/** The last "Caused by" of a stack trace, or its first line. */
export function rootCause(trace: string): string {
  const causes = [...trace.matchAll(/^Caused by: (.+)$/gm)].map(([, cause]) => cause!);
  const line =
    causes.at(-1) ??
    trace
      .trim()
      .split("\n")
      .find((text) => text !== "Internal server error.") ??
    trace;
  return line.replace(/^([\w$]+\.)+[\w$]*(Exception|Error): /, "").slice(0, 500);
}
