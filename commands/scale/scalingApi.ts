import { Sha256 } from "@aws-crypto/sha256-js";
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { SignatureV4 } from "@smithy/signature-v4";
import type { DimensionAnswer } from "../../scaler/types";
import { timeStandsHeader } from "../../sandbox/timeStands";
import { commandError } from "../commandError";
import { explained, type Place } from "../place";

/** GET and PATCH of one dimension, signed as Application Auto Scaling signs them. */
export interface ScalingApi {
  get(): Promise<DimensionAnswer>;
  /** @param desired whole number of shards or KPUs. */
  patch(desired: number): Promise<DimensionAnswer>;
  /** Whether the sandbox said with its last answer that its time stands still. */
  timeStands(): boolean;
}

/** How long an answer may take: API Gateway itself gives up after 29 s. */
const patienceMs = 30_000;

/** @param resourceId the dimension's URL as it is registered with Application Auto Scaling. */
export function scalingApi(place: Place, resourceId: string): ScalingApi {
  const url = new URL(localUrl(place, resourceId));
  const signer = new SignatureV4({
    credentials: credentialsOf(place),
    region: place.region,
    service: "execute-api",
    sha256: Sha256,
  });

  let stands = false;
  const request = async (method: "GET" | "PATCH", body?: string): Promise<DimensionAnswer> => {
    try {
      const { headers } = await signer.sign({
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        headers: { host: url.host, accept: "application/json", ...(body ? { "content-type": "application/json" } : {}) },
        body,
      });
      const { host: _host, ...sent } = headers;
      const response = await fetch(url, { method, headers: sent, body, signal: AbortSignal.timeout(patienceMs) });
      stands = response.headers.has(timeStandsHeader);
      return answerOf(response.status, await response.text(), { url, method });
    } catch (error) {
      throw explained(error, place, `${method} ${url.href}`);
    }
  };
  return {
    get: () => request("GET"),
    patch: (desired) => request("PATCH", `{"desiredCapacity": ${desired.toFixed(1)}}`),
    timeStands: () => stands,
  };
}

/** A sandbox serves the API under its own endpoint: the registered host exists on AWS only. */
function localUrl({ sandbox }: Place, resourceId: string): string {
  if (sandbox === undefined) return resourceId;
  const { host, pathname } = new URL(resourceId);
  return `${sandbox}/execute-api/${host.split(".")[0]}${pathname}`;
}

/** The credentials that the SDK finds: environment, shared profile, SSO, container or instance. */
function credentialsOf({ settings }: Place) {
  return settings.credentials ?? (() => new ApplicationAutoScalingClient(settings).config.credentials());
}

interface Asked {
  url: URL;
  method: "GET" | "PATCH";
}

function answerOf(status: number, text: string, asked: Asked): DimensionAnswer {
  const body = parsed(text);
  if (status === 200 && typeof body?.desiredCapacity === "number" && typeof body.actualCapacity === "number") {
    return body as unknown as DimensionAnswer;
  }
  const said = String(body?.message ?? body?.Message ?? (text.trim().slice(0, 300) || "no reason given"));
  throw commandError(`The scaling API answered ${status}: ${said}\n${adviceFor(status, said, asked)}`);
}

function adviceFor(status: number, said: string, { url, method }: Asked): string {
  // What was asked before a GET may have been accepted.
  const nothingChanged = method === "PATCH" ? "Nothing was changed" : "This look changed nothing";
  if (status === 403 && /token|signature|expired/i.test(said) && !/Missing Authentication Token/.test(said)) {
    return "The credentials are not valid here: log in again, or check AWS_PROFILE and the machine's clock.";
  }
  if (status === 403 && /Missing Authentication Token/.test(said)) {
    return `There is nothing at ${url.href}: compare it with pulumi stack output endpoint.`;
  }
  if (status === 403) {
    return [
      "Give your role execute-api:Invoke in IAM. Where the stack names callerArns, it must be one of them:",
      "  pulumi config set --path 'callerArns[N]' ARN-OF-YOUR-ROLE && pulumi up",
    ].join("\n");
  }
  if (status === 404) return "The scaler knows no such dimension: check --stack, or run pulumi up.";
  if (status === 429) return `${nothingChanged}; try again in a minute.`;
  return status >= 500
    ? "The scaler's function failed: its log says why (docs/runbook.md, scaler errors)."
    : `${nothingChanged}.`;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
