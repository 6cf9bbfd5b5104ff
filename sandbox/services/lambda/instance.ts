import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { format } from "node:util";
import * as vm from "node:vm";
import type { Shape } from "../../core/cloud";
import type { Instance, LambdaFunction, Outcome } from "./functionState";
import { guardedDate } from "./guardedDate";

/** What an instance uses of its surroundings. */
export interface Surroundings {
  region: string;
  logStream: string;
  hasLog: boolean;
  /** An SDK package, or undefined when `name` is none. */
  sdkModule(name: string): Shape;
  /** One line of the function's log. */
  write(level: string, text: string): void;
}

/** Largest answer of a synchronous invocation in bytes ("Lambda quotas": 6 MB). */
const maxResponseBytes = 6_291_556;

type Load = (
  exports: object,
  require: (name: string) => Shape,
  module: object,
  process: object,
  date: object,
  console: object,
) => void;

/** Compiled texts; they hold no state, so all sandboxes of this process share them. */
const compiledTexts = new Map<string, Load>();

export function createInstance(fn: LambdaFunction, surroundings: Surroundings): Instance {
  let handler: ((event: unknown, context: Shape) => unknown) | undefined;
  const invoke = async (event: unknown, context: Shape): Promise<Outcome> => {
    try {
      handler ??= loadHandler(fn, surroundings);
      return succeeded(await handler(event, context));
    } catch (error) {
      const described = describeError(error);
      surroundings.write("ERROR", `Invoke Error \t${JSON.stringify({ ...described, stack: described.trace, trace: undefined })}`);
      return { payload: JSON.stringify(described), failed: true };
    }
  };
  const { logStream, hasLog } = surroundings;
  return { generation: fn.generation, logStream, hasLog, invocation: undefined, busyUntil: 0, invoke };
}

function succeeded(answer: unknown): Outcome {
  let payload: string;
  try {
    payload = JSON.stringify(answer) ?? "null";
  } catch {
    throw runtimeError("Runtime.MarshalError", "Unable to stringify response body");
  }
  if (payload.length > maxResponseBytes / 4 && Buffer.byteLength(payload) > maxResponseBytes) {
    throw runtimeError(
      "Function.ResponseSizeTooLarge",
      `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
    );
  }
  return { payload, failed: false };
}

const runtimeError = (name: string, message: string) => Object.assign(new Error(message), { name, stack: `${name}: ${message}` });

function loadHandler(fn: LambdaFunction, surroundings: Surroundings): (event: unknown, context: Shape) => unknown {
  const slash = fn.handler.lastIndexOf("/") + 1;
  const [file = "", ...path] = fn.handler.slice(slash).split(".");
  const modulePath = fn.handler.slice(0, slash) + file;
  const resolved = resolveFile(fn.files, modulePath);
  if (path.length === 0) throw runtimeError("Runtime.MalformedHandlerName", "Bad handler");
  if (resolved === undefined) {
    throw runtimeError(
      "Runtime.ImportModuleError",
      `Error: Cannot find module '${file}'\nRequire stack:\n- /var/runtime/index.mjs`,
    );
  }
  const exports = loader(fn, surroundings)(resolved);
  const handler: Shape = path.reduce((value: Shape, key) => value?.[key], exports);
  if (typeof handler !== "function") throw runtimeError("Runtime.HandlerNotFound", `${fn.handler} is undefined or not exported`);
  if (handler.length >= 3 && fn.runtime !== "nodejs22.x") {
    throw runtimeError(
      "Runtime.CallbackHandlerDeprecated",
      "AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later.",
    );
  }
  return handler;
}

/** `require` inside the archive: its own files, Node's modules, the SDK. Anything else isn't there, as on Lambda. */
function loader(fn: LambdaFunction, surroundings: Surroundings): (path: string) => Shape {
  const modules = new Map<string, { exports: Shape }>();
  const ownProcess = sandboxProcess(fn, surroundings);
  const ownConsole = sandboxConsole(surroundings);
  const date = guardedDate();
  const load = (path: string): Shape => {
    const before = modules.get(path);
    if (before) return before.exports;
    const module = { exports: {} };
    modules.set(path, module);
    const require = (name: string): Shape => {
      if (isBuiltin(name)) return globalRequire(name);
      const own = name.startsWith(".") ? resolveFile(fn.files, posix.join(posix.dirname(path), name)) : undefined;
      if (own !== undefined) return load(own);
      const sdk = surroundings.sdkModule(name);
      if (sdk !== undefined) return sdk;
      throw Object.assign(runtimeError("Runtime.ImportModuleError", `Error: Cannot find module '${name}'`), {
        code: "MODULE_NOT_FOUND",
      });
    };
    compileText(path, fn.files[path] ?? "")(module.exports, require, module, ownProcess, date, ownConsole);
    return module.exports;
  };
  return load;
}

const globalRequire: (name: string) => Shape = require;

function compileText(path: string, text: string): Load {
  const key = `${path}\0${text}`;
  let load = compiledTexts.get(key);
  if (!load) {
    if (compiledTexts.size >= 50) compiledTexts.clear();
    try {
      const parameters = ["exports", "require", "module", "process", "Date", "console"];
      load = vm.compileFunction(text, parameters, { filename: `/var/task/${path}` }) as Load;
    } catch (error) {
      throw runtimeError("Runtime.UserCodeSyntaxError", `SyntaxError: ${(error as Error).message}`);
    }
    compiledTexts.set(key, load);
  }
  return load;
}

function resolveFile(files: Readonly<Record<string, string>>, path: string): string | undefined {
  const base = posix.normalize(path);
  return [base, `${base}.js`, `${base}.cjs`, `${base}/index.js`].find((candidate) => files[candidate] !== undefined);
}

/** `process` with the function's environment; the sandbox's own isn't visible. */
function sandboxProcess(fn: LambdaFunction, { region, logStream }: Surroundings): object {
  const env = {
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memorySize),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    LAMBDA_TASK_ROOT: "/var/task",
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    _HANDLER: fn.handler,
    ...fn.environment,
  };
  return Object.create(process, { env: { value: env, writable: true } });
}

function sandboxConsole({ write }: Surroundings): object {
  const line =
    (level: string) =>
    (...values: unknown[]) =>
      write(level, values.length === 1 && typeof values[0] === "string" ? values[0] : format(...values));
  return {
    log: line("INFO"),
    info: line("INFO"),
    warn: line("WARN"),
    error: line("ERROR"),
    debug: line("DEBUG"),
    trace: line("TRACE"),
  };
}

/** An exception as Lambda answers it. Of the stack only frames in the package are kept: the others are the sandbox's. */
function describeError(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  // An Error made by Node's own modules or by the SDK has the same shape: nothing here depends on the realm.
  if (typeof error !== "object" || error === null || !("message" in error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const { name = "Error", message, stack = "" } = error as Error;
  // The first line is written anew: whether it has the error's later name depends on how this process is run.
  const frames = stack.split("\n").filter((line) => /^\s+at .*\/var\/task\//.test(line));
  return { errorType: name, errorMessage: message, trace: [`${name}: ${message}`, ...frames] };
}
