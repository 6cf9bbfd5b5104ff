import { randomUUID } from "node:crypto";
import type { LocalAnswer, LocalRequest } from "./httpServer";
import { servedServices } from "./operations";

/**
 * The answer to a call of a service or an operation that the endpoint doesn't serve, in the protocol that was spoken: a client that
 * reads XML can't tell what a JSON error says. RPC v2 CBOR and AWS JSON calls are known by their headers (protocols.ts); the rest is here.
 */
export function unserved(request: LocalRequest): LocalAnswer {
  const service = signedService(request);
  const message = unservedWords(service);
  if (isQuery(request))
    return xml(400, service === "ec2" ? ec2Error("InvalidAction", message) : queryError("InvalidAction", message));
  if (service !== undefined && bareXmlServices.test(service)) return xml(501, bareError("NotImplemented", message));
  if (speaksXml(request, service)) return xml(404, queryError("UnknownOperationException", message));
  return {
    status: 404,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": "UnknownOperationException" },
    body: JSON.stringify({ __type: "UnknownOperationException", message }),
  };
}

/** @param service as requests are signed for it, or the target that a call names; undefined: unsigned. */
export function unservedWords(service: string | undefined): string {
  const known = servedServices.includes(service ?? "");
  const lacks =
    service === undefined ? "No operation is named by X-Amz-Target or the path" : `The sandbox has no ${service} here`;
  const protocols = "speaks AWS JSON and Smithy RPC v2 CBOR";
  const start = known ? `The sandbox's ${service} ${protocols} only` : lacks;
  return `${start}: this endpoint ${protocols}, for ${servedServices.join(", ")}, and serves REST APIs under /execute-api.`;
}

/** The service of the credential's scope. */
export function signedService({ headers }: LocalRequest): string | undefined {
  return /Credential=[^/,\s]+\/\d{8}\/[^/,\s]+\/([\w-]+)\/aws4_request/.exec(headers["authorization"] ?? "")?.[1];
}

/** AWS Query and EC2 Query: a form, or an address, that names an Action. */
function isQuery({ url, headers, body }: LocalRequest): boolean {
  if (/[?&]Action=\w/.test(url)) return true;
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) return true;
  return /(?:^|&)Action=\w/.test(body.toString("latin1", 0, 2_000));
}

/** REST-XML services: S3's errors stand alone, the others' in an ErrorResponse. */
const bareXmlServices = /^s3(-|$)/;
const xmlServices = ["cloudfront", "route53"];

function speaksXml({ headers }: LocalRequest, service: string | undefined): boolean {
  return xmlServices.includes(service ?? "") || /\bxml\b/.test(`${headers["content-type"]} ${headers["accept"]}`);
}

function xml(status: number, body: string): LocalAnswer {
  return { status, headers: { "content-type": "text/xml" }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` };
}

const queryError = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type>${inside(code, message)}</Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;

const ec2Error = (code: string, message: string) =>
  `<Response><Errors><Error>${inside(code, message)}</Error></Errors><RequestID>${randomUUID()}</RequestID></Response>`;

const bareError = (code: string, message: string) =>
  `<Error>${inside(code, message)}<RequestId>${randomUUID()}</RequestId></Error>`;

const inside = (code: string, message: string) => `<Code>${code}</Code><Message>${escaped(message)}</Message>`;

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
