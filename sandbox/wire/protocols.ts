import { cbor } from "@smithy/core/cbor";
import { cborProblem, jsonProblem } from "./bodyLimits";
import { cborEncoding, cborMillisecondsEncoding, jsonEncoding, type Encoding } from "./shapes";

/** A request that a protocol has recognised. */
export interface WireCall {
  target: string;
  operation: string;
  protocol: Protocol;
  /** The client wants errors' codes of the query protocol too (x-amzn-query-mode). */
  queryMode: boolean;
}

export interface WireError {
  code: string;
  message: string;
  /** Of the service's model, e.g. "com.amazonaws.cloudwatch". */
  namespace: string;
}

export interface Protocol {
  contentType: string;
  encoding: Encoding;
  /** What is wrong with the body's size or depth, before it is parsed; undefined: nothing. */
  problem(body: Buffer): string | undefined;
  /** @throws anything when the body isn't of this format. */
  parse(body: Buffer): unknown;
  write(value: unknown): Buffer;
  /** Headers of an answer or an error beside the content type. */
  headers: Readonly<Record<string, string>>;
  /** Header and body that carry an error's code. */
  error(error: WireError): { headers: Record<string, string>; body: Buffer };
}

/** AWS JSON 1.0 and 1.1: X-Amz-Target names the operation. 1.0 has errors' full shape ids. */
function awsJson(version: "1.0" | "1.1"): Protocol {
  const write = (value: unknown) => Buffer.from(JSON.stringify(value ?? {}));
  return {
    contentType: `application/x-amz-json-${version}`,
    encoding: jsonEncoding,
    problem: jsonProblem,
    parse: (body) => JSON.parse(body.toString("utf8")),
    write,
    headers: {},
    error: ({ code, message, namespace }) => ({
      headers: { "x-amzn-errortype": code },
      body: write({ __type: version === "1.0" ? `${namespace}#${code}` : code, message }),
    }),
  };
}

/** Smithy RPC v2 CBOR: the path names the operation. An operation without input has no body. */
const rpcV2Cbor: Protocol = {
  contentType: "application/cbor",
  encoding: cborEncoding,
  problem: (body) => (body.length === 0 ? undefined : cborProblem(body)),
  parse: (body) => (body.length === 0 ? {} : cbor.deserialize(body)),
  write: (value) => Buffer.from(cbor.serialize(value ?? {})),
  headers: { "smithy-protocol": "rpc-v2-cbor" },
  error: ({ code, message, namespace }) => ({
    headers: {},
    body: Buffer.from(cbor.serialize({ __type: `${namespace}#${code}`, message })),
  }),
};

const amzCborType = "application/x-amz-cbor-1.1";

/** AWS JSON 1.1 in CBOR: what the SDKs for Java, and so Flink's connectors, speak to Kinesis. */
const amzCbor: Protocol = {
  ...rpcV2Cbor,
  contentType: amzCborType,
  encoding: cborMillisecondsEncoding,
  headers: {},
  error: ({ code, message }) => ({
    headers: { "x-amzn-errortype": code },
    body: Buffer.from(cbor.serialize({ __type: code, message })),
  }),
};

/** Which call a request's path and headers name, or undefined when no protocol knows it. */
export function recogniseCall(path: string, headers: Readonly<Record<string, string | undefined>>): WireCall | undefined {
  const queryMode = headers["x-amzn-query-mode"] === "true";
  const rpc = /^\/service\/([^/]+)\/operation\/([^/]+)\/?$/.exec(path);
  if (rpc && headers["smithy-protocol"] === "rpc-v2-cbor") {
    return { target: rpc[1] as string, operation: rpc[2] as string, protocol: rpcV2Cbor, queryMode };
  }
  const [target, operation] = (headers["x-amz-target"] ?? "").split(".");
  if (!target || !operation) return undefined;
  const type = headers["content-type"];
  const protocol = type === amzCborType ? amzCbor : awsJson(type?.includes("1.0") ? "1.0" : "1.1");
  return { target, operation, protocol, queryMode };
}
