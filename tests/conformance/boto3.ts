import { spawn } from "node:child_process";
import * as path from "node:path";
import { key, region } from "../sandbox/wire/fixture";
import { python } from "./tools";

export interface Boto3Call {
  /** boto3's name of the service, e.g. "kinesisanalyticsv2". */
  client: string;
  operation: string;
  input: unknown;
}

export type Boto3Result =
  | { output: Record<string, unknown> }
  /** `exception` is botocore's class, e.g. "ResourceNotFoundException". */
  | { error: string; message: string; status?: number; exception?: string };

export const failed = (result: Boto3Result): result is Extract<Boto3Result, { error: string }> => "error" in result;

/**
 * Makes the calls with boto3, one after the other. Outputs have dates as Date and blobs as Buffer.
 * @param protocol e.g. "smithy-rpc-v2-cbor"; without it botocore chooses.
 */
export async function withBoto3(
  endpoint: string,
  calls: readonly Boto3Call[],
  { credentials = key, protocol }: { credentials?: typeof key; protocol?: string } = {},
): Promise<Boto3Result[]> {
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // Nothing of the machine's own configuration, and no metadata service.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const child = spawn(python, [path.join(__dirname, "replay.py"), endpoint, region, ...(protocol ? [protocol] : [])], {
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const printed: Buffer[] = [];
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
  child.stderr.on("data", (chunk) => (errors += chunk));
  child.stdin.end(JSON.stringify(calls, encode));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`replay.py ended with ${code}:\n${errors}`);
  return JSON.parse(Buffer.concat(printed).toString("utf8"), decode);
}

/** JSON.stringify has turned Date and Buffer into text or objects already: `this` still holds them. */
function encode(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const raw = this[name];
  if (raw instanceof Date) return { $date: raw.getTime() / 1000 };
  if (raw instanceof Uint8Array) return { $blob: Buffer.from(raw).toString("base64") };
  return value;
}

function decode(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$date" in value) return new Date(Math.round((value.$date as number) * 1000));
  return "$blob" in value ? Buffer.from(value.$blob as string, "base64") : value;
}
