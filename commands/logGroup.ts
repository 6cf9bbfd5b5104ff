import { CloudWatchLogsClient, paginateDescribeLogGroups, paginateDescribeLogStreams } from "@aws-sdk/client-cloudwatch-logs";
import type { Place } from "./place";

/** The log group of a stack's scaler (the program names it `{stack}-scaler-log-{suffix}`); the newest if there are several. */
export async function scalerLogGroup(client: CloudWatchLogsClient, stack: string): Promise<string | undefined> {
  const prefix = `${stack}-scaler-log`;
  let newest: { name: string; created: number } | undefined;
  for await (const page of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: prefix })) {
    for (const { logGroupName: name = "", creationTime: created = 0 } of page.logGroups ?? []) {
      if (/^(-[0-9a-f]+)?$/.test(name.slice(prefix.length)) && created >= (newest?.created ?? 0)) newest = { name, created };
    }
  }
  return newest?.name;
}

/**
 * The time that counts: this machine's on AWS. A sandbox's time is virtual: its scaler logs every minute, so the newest line
 * tells it to the minute.
 */
export async function timeOf(place: Place, stack: string, machineTime: () => number): Promise<number> {
  if (place.sandbox === undefined) return machineTime();
  const client = new CloudWatchLogsClient(place.settings);
  try {
    const logGroupName = await scalerLogGroup(client, stack);
    if (logGroupName === undefined) return machineTime();
    let newest = 0;
    for await (const page of paginateDescribeLogStreams({ client }, { logGroupName })) {
      for (const { lastEventTimestamp = 0 } of page.logStreams ?? []) newest = Math.max(newest, lastEventTimestamp);
    }
    return newest || machineTime();
  } finally {
    client.destroy();
  }
}
