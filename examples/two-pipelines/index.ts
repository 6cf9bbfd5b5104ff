/** Two pipelines share one scaler: one function, one API, one run a minute. Each has its own bounds, thresholds, alarms and dashboard. */
import * as aws from "@pulumi/aws";
import { Pipeline, Scaler } from "sluice";

const scaler = new Scaler("shared", { logRetentionDays: 14 });

const orders = new Pipeline("orders", {
  scaler,
  application: { codeJar: "target/orders.jar", recordsPerKpuPerMinute: 30_000 },
});

// What the program itself makes can be adopted, too; the scaler changes its shards, so Pulumi must not.
const clickStream = new aws.kinesis.Stream("clicks", { shardCount: 4 }, { ignoreChanges: ["shardCount"] });
const clicks = new Pipeline("clicks", {
  scaler,
  stream: { existing: clickStream.arn, minShards: 2, maxShards: 64 },
  application: { codeJar: "target/clicks.jar", recordsPerKpuPerMinute: 60_000, kpus: 4, maxKpus: 32 },
  alarms: { lagSeconds: 120 },
});

export const dashboardUrls = [orders.dashboardUrl, clicks.dashboardUrl];
export const endpoint = scaler.url;
export const streamName = clicks.streamName;
export const applicationName = clicks.applicationName;
