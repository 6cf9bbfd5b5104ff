import * as fs from "node:fs";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { adoptOrCreate } from "../adoption";
import { anything, areRight, flag, known, object, oneOf, text, whole, type FieldsOf } from "../fields";
import { logRetentionDays } from "../logRetention";
import { nameOrArn, namePattern, nameWords } from "../patterns";
import { networkProblems, type NetworkArgs } from "../network/networkArgs";
import type { Problem } from "../problem";

/** A Managed Service for Apache Flink application: one to create, or one that exists. */
export interface ApplicationArgs {
  /** Name to create the application with: 1 to 128 letters, digits, _ . -. Default: Pulumi makes one. Not with `existing`. Must be a plain value. */
  name?: string;
  /** Name or ARN of an application to adopt; nothing is created then. Default: one is created. */
  existing?: pulumi.Input<string>;
  /** Runtime environment: FLINK-1_15, FLINK-1_18, FLINK-1_19, FLINK-1_20, FLINK-2_2 or FLINK-2_3. Default FLINK-1_20. Must be a plain value. */
  runtime?: string;
  /** Path of a local jar, relative to the project. One of `codeJar` and `codeBucket` with `codeKey`. Must be a plain value. */
  codeJar?: string;
  /** S3 bucket that holds the jar. */
  codeBucket?: pulumi.Input<string>;
  /** Key of the jar in `codeBucket`. */
  codeKey?: pulumi.Input<string>;
  /** Runtime properties by group. The group `InputStream0` gets `stream.arn` and `aws.region` unless it sets them itself. Default none. */
  properties?: Record<string, Record<string, pulumi.Input<string>>>;
  /** KPUs to create the application with. The scaler changes them afterwards; Pulumi doesn't. Default 8. 1..1024. Must be a plain value. */
  kpus?: number;
  /** Parallelism of one KPU. Default 1. 1..8. Must be a plain value. */
  parallelismPerKpu?: number;
  /** Seconds between checkpoints. Default 60. 1..3600. Must be a plain value. */
  checkpointIntervalSeconds?: number;
  /** APPLICATION, TASK, OPERATOR or PARALLELISM; each includes those before it. Default APPLICATION. Must be a plain value. */
  metricsLevel?: string;
  /** INFO, WARN, ERROR or DEBUG. Default INFO. Must be a plain value. */
  logLevel?: string;
  /** Days that the application's log is kept. Default 30. One of CloudWatch Logs' retentions. Must be a plain value. */
  logRetentionDays?: number;
  /** VPC to run in. Default none. */
  network?: NetworkArgs;
  /** Whether the application that is created can be neither deleted nor replaced: Pulumi refuses both. Default false. Must be a plain value. */
  protect?: boolean;
}

const applicationArn = /^arn:aws[a-z-]*:kinesisanalytics:[a-z0-9-]+:\d{12}:application\/[a-zA-Z0-9_.-]{1,128}$/;
const properties = z.record(z.string().min(1), z.record(z.string(), known(z.string())));

export const applicationFields = {
  name: text(namePattern, nameWords),
  existing: text(nameOrArn(applicationArn), "an application's name or ARN"),
  runtime: oneOf(["FLINK-1_15", "FLINK-1_18", "FLINK-1_19", "FLINK-1_20", "FLINK-2_2", "FLINK-2_3"], "FLINK-1_20"),
  codeJar: text(/\.jar$|\.zip$/, "a path to a .jar or .zip file"),
  codeBucket: text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "an S3 bucket's name"),
  codeKey: text(/^.{1,1024}$/, "an S3 object key of 1 to 1024 characters"),
  properties: object(properties, "groups of properties: { group: { name: text } }"),
  kpus: whole(1, 1024, 8),
  parallelismPerKpu: whole(1, 8, 1),
  checkpointIntervalSeconds: whole(1, 3600, 60),
  metricsLevel: oneOf(["APPLICATION", "TASK", "OPERATOR", "PARALLELISM"], "APPLICATION"),
  logLevel: oneOf(["INFO", "WARN", "ERROR", "DEBUG"], "INFO"),
  logRetentionDays,
  network: anything(),
  protect: flag(false),
} satisfies FieldsOf<ApplicationArgs>;

/** Rules that span arguments: adopted or created, code, network. @param problems what is wrong with each argument by itself. */
export function applicationRules(args: ApplicationArgs, problems: readonly Problem[], at: string): Problem[] {
  const code = areRight(problems, at, ["existing", "codeJar", "codeBucket", "codeKey"]) ? codeProblems(args, at) : [];
  return [...adoptOrCreate(args, problems, at), ...code, ...networkProblems(args.network, `${at}network.`)];
}

/** Where this project's own job is built to; whether another jar is there is the engine's to say. */
const referenceJar = "flink-job/target/trips.jar";

function codeProblems({ existing, codeJar, codeBucket, codeKey }: ApplicationArgs, at: string): Problem[] {
  const problem = (name: "codeJar" | "codeBucket" | "codeKey", value: unknown, what: string) => [
    { path: at + name, value, text: what },
  ];
  const inBucket = Boolean(codeBucket || codeKey);
  if (existing) {
    if (!codeJar && !inBucket) return [];
    const name = codeJar ? "codeJar" : codeBucket ? "codeBucket" : "codeKey";
    const text = `an adopted application keeps its code. Remove it, or remove \`${at}existing\``;
    return problem(name, codeJar ?? codeBucket ?? codeKey, text);
  }
  const both = `Remove \`${at}codeJar\`, or \`${at}codeBucket\` and \`${at}codeKey\``;
  if (codeJar && inBucket) return problem("codeJar", codeJar, `allowed is a local jar or an S3 location. ${both}`);
  const either = `Set \`${at}codeJar\` to your job's jar, or \`${at}codeBucket\` and \`${at}codeKey\``;
  if (!codeJar && !inBucket) return problem("codeJar", codeJar, `the application needs code. ${either}`);
  if (codeJar === referenceJar && !fs.existsSync(codeJar))
    return problem("codeJar", codeJar, "the reference job isn't built yet. Build it: npm run build:job");
  if (codeJar || (codeBucket && codeKey)) return [];
  const missing = codeBucket ? "codeKey" : "codeBucket";
  return problem(missing, undefined, `an S3 location needs both \`${at}codeBucket\` and \`${at}codeKey\`. Set it too`);
}
