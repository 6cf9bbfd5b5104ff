import { decode as decodeCbor, encode as encodeCbor } from "cbor-x";
import { cborEncoding, jsonEncoding, type Encoding } from "./shapes";

/** A request that a protocol has recognised. `body()` throws when it can't be parsed. */
export interface WireCall {
  target: string;
  operation: string;
  protocol: Protocol;
}

export interface Protocol {
  contentType: string;
  encoding: Encoding;
  /** @throws anything when the body isn't of this format. */
  parse(body: Buffer): unknown;
  write(value: unknown): Buffer;
  /** Headers of an answer or an error beside the content type. */
  headers: Readonly<Record<string, string>>;
  /** Header and body that carry an error's code. */
  error(code: string, message: string, namespace: string): { headers: Record<string, string>; body: Buffer };
}

/** AWS JSON 1.0 and 1.1: X-Amz-Target names the operation. */
function awsJson(version: "1.0" | "1.1"): Protocol {
  const write = (value: unknown) => Buffer.from(JSON.stringify(value ?? {}));
  return {
    contentType: `application/x-amz-json-${version}`,
    encoding: jsonEncoding,
    parse: (body) => (body.length === 0 ? {} : JSON.parse(body.toString("utf8"))),
    write,
    headers: {},
    error: (code, message) => ({ headers: { "x-amzn-errortype": code }, body: write({ __type: code, message }) }),
  };
}

/** Smithy RPC v2 CBOR: the path names the operation. Errors carry their full shape id. */
const rpcV2Cbor: Protocol = {
  contentType: "application/cbor",
  encoding: cborEncoding,
  parse: (body) => (body.length === 0 ? {} : decodeCbor(body)),
  write: (value) => encodeCbor(value ?? {}),
  headers: { "smithy-protocol": "rpc-v2-cbor" },
  error: (code, message, namespace) => ({
    // Clients of services that spoke the query protocol before read the code from this header.
    headers: { "x-amzn-query-error": `${code};Sender` },
    body: encodeCbor({ __type: `${namespace}#${code}`, message }),
  }),
};

/** Which call a request's path and headers name, or undefined when no protocol knows it. */
export function recogniseCall(path: string, headers: Readonly<Record<string, string | undefined>>): WireCall | undefined {
  const rpc = /^\/service\/([^/]+)\/operation\/([^/]+)\/?$/.exec(path);
  if (rpc && headers["smithy-protocol"] === "rpc-v2-cbor") {
    return { target: rpc[1] as string, operation: rpc[2] as string, protocol: rpcV2Cbor };
  }
  const [target, operation] = (headers["x-amz-target"] ?? "").split(".");
  if (!target || !operation) return undefined;
  return { target, operation, protocol: awsJson(headers["content-type"]?.includes("1.0") ? "1.0" : "1.1") };
}
