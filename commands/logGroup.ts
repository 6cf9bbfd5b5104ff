import { CloudWatchLogsClient, paginateDescribeLogStreams } from "@aws-sdk/client-cloudwatch-logs";
import { scalerLogGroup } from "../scaler/names";
import type { Place } from "./place";

/**
 * The time that counts: this machine's on AWS. A sandbox's time is virtual: its scaler logs every minute, so the newest line
 * tells it to the minute.
 */
export async function timeOf(place: Place, stack: string, machineTime: () => number): Promise<number> {
  if (place.sandbox === undefined) return machineTime();
  const client = new CloudWatchLogsClient(place.settings);
  try {
    let newest = 0;
    for await (const page of paginateDescribeLogStreams({ client }, { logGroupName: scalerLogGroup(stack) })) {
      for (const { lastEventTimestamp = 0 } of page.logStreams ?? []) newest = Math.max(newest, lastEventTimestamp);
    }
    return newest || machineTime();
  } catch (error) {
    if (isMissing(error)) return machineTime();
    throw error;
  } finally {
    client.destroy();
  }
}

/** CloudWatch Logs has no such group: the stack isn't deployed. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === "ResourceNotFoundException";
}
