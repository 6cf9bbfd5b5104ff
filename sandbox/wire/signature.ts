import { createHash, timingSafeEqual } from "node:crypto";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Principal } from "../core/principal";

/** An access key of the sandbox and whom it stands for. */
export interface Credential {
  accessKeyId: string;
  secretAccessKey: string;
  principal: Principal;
}

/** The credential of an access key id; undefined when nobody has it. */
export type Credentials = (accessKeyId: string) => Credential | undefined;

export interface SignedRequest {
  method: string;
  /** Path with query as it stands in the request line. */
  url: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

/** Which service and region a request's credential must be scoped to. */
export interface Scope {
  region: string;
  /** Undefined: any (the request names no service that is known). */
  service: string | undefined;
}

/** A refusal carries AWS's own error code and text. */
export type Verification = { outcome: "verified"; principal: Principal } | { outcome: "refused"; refusal: SignatureRefusal };

export interface SignatureRefusal {
  code:
    | "MissingAuthenticationTokenException"
    | "IncompleteSignatureException"
    | "InvalidSignatureException"
    | "UnrecognizedClientException";
  message: string;
}

interface Authorization {
  accessKeyId: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

/** What the SigV4 library leaves to the service: a checksum that is signed must be the body's. */
const checksumHeader = "x-amz-content-sha256";

const mismatch: SignatureRefusal = {
  code: "InvalidSignatureException",
  message:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
};

/**
 * Verifies AWS Signature Version 4 in the Authorization header by signing the request again with the key it names.
 * The signing time is not compared with a clock: sandbox time is virtual.
 */
export async function verifySignature(request: SignedRequest, credentials: Credentials, scope: Scope): Promise<Verification> {
  const header = request.headers["authorization"];
  if (!header) return refused("MissingAuthenticationTokenException", "Missing Authentication Token");
  const date = parseAmzDate(request.headers["x-amz-date"]);
  const authorization = parseAuthorization(header);
  if (!authorization || !date) return refused("IncompleteSignatureException", whatIsMissing(header, date));
  const credential = credentials(authorization.accessKeyId);
  if (!credential) return refused("UnrecognizedClientException", "The security token included in the request is invalid.");
  const wrongScope = scopeProblem(authorization, scope);
  if (wrongScope) return refused("InvalidSignatureException", wrongScope);
  if (!checksumHolds(request)) return { outcome: "refused", refusal: mismatch };
  for (const candidate of [request, withoutPort(request)]) {
    const expected = parseAuthorization((await sign(candidate, authorization, credential, date)) ?? "");
    if (expected && equalText(expected.signature, authorization.signature))
      return { outcome: "verified", principal: credential.principal };
  }
  return { outcome: "refused", refusal: mismatch };
}

/** curl 7.75 signs the host's name alone although it sends the port: on AWS, at the default port, that is the same. */
function withoutPort(request: SignedRequest): SignedRequest {
  return { ...request, headers: { ...request.headers, host: request.headers["host"]?.replace(/:\d+$/, "") } };
}

function refused(code: SignatureRefusal["code"], message: string): Verification {
  return { outcome: "refused", refusal: { code, message } };
}

/** API Gateway's and the services' words for an Authorization header that can't be read. */
function whatIsMissing(header: string, date: Date | undefined): string {
  const hash = createHash("sha256").update(header).digest("base64");
  const hashed = "(Hashed with SHA-256 and encoded with Base64)";
  if (!header.includes("=")) {
    return `Invalid key=value pair (missing equal-sign) in Authorization header ${hashed.toLowerCase()}: '${hash}'.`;
  }
  const missing = ["Credential", "Signature", "SignedHeaders"]
    .filter((part) => !header.includes(`${part}=`))
    .map((part) => `Authorization header requires '${part}' parameter. `);
  if (!date) missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
  return `${missing.join("")}${hashed} Authorization=${hash}`;
}

function scopeProblem({ region, service, signedHeaders }: Authorization, scope: Scope): string | undefined {
  if (!signedHeaders.includes("host") && !signedHeaders.includes(":authority"))
    return "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
  if (scope.service !== undefined && service !== scope.service)
    return `Credential should be scoped to correct service: '${scope.service}'. `;
  return region === scope.region ? undefined : `Credential should be scoped to a valid region, not '${region}'. `;
}

function checksumHolds(request: SignedRequest): boolean {
  const given = request.headers[checksumHeader];
  return given === undefined || given === createHash("sha256").update(request.body).digest("hex");
}

async function sign(
  request: SignedRequest,
  authorization: Authorization,
  credential: Credential,
  date: Date,
): Promise<string | undefined> {
  const [path = "/", query = ""] = request.url.split("?", 2);
  const parameters = new URLSearchParams(query);
  const headers: Record<string, string> = {};
  for (const name of authorization.signedHeaders) headers[name] = request.headers[name] ?? "";
  const signer = new SignatureV4({
    credentials: { accessKeyId: credential.accessKeyId, secretAccessKey: credential.secretAccessKey },
    region: authorization.region,
    service: authorization.service,
    sha256: Sha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: "http:",
      hostname: headers["host"] ?? "",
      path,
      query: Object.fromEntries([...new Set(parameters.keys())].map((key) => [key, parameters.getAll(key)])),
      headers,
      body: request.body,
    },
    { signingDate: date, signableHeaders: new Set(authorization.signedHeaders) },
  );
  return signed.headers["authorization"];
}

const authorizationPattern =
  /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request, *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/;

function parseAuthorization(header: string): Authorization | undefined {
  const [, accessKeyId, region, service, signedHeaders, signature] = authorizationPattern.exec(header) ?? [];
  if (!accessKeyId || !region || !service || !signedHeaders || !signature) return undefined;
  return { accessKeyId, region, service, signedHeaders: signedHeaders.split(";"), signature };
}

function parseAmzDate(text: string | undefined): Date | undefined {
  const iso = /^\d{8}T\d{6}Z$/.test(text ?? "")
    ? (text as string).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z")
    : "";
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function equalText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
