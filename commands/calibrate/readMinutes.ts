import { CloudWatchClient, paginateGetMetricData, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { capacityMetrics, dimensionId, idDimension, metricNamespace, stackDimension } from "../../scaler/names";
import { explained, type Place } from "../place";
import type { LoadedMinute } from "./estimate";

/** Where the figures are, and of which time. */
export interface Wanted {
  stack: string;
  identity: string;
  streamName: string;
  applicationName: string;
  /** ms; `to` excluded. */
  from: number;
  to: number;
}

export interface Minutes {
  /** What the load was read of: the busiest task's time, or CPU where no task level is published. */
  by: "busy time" | "CPU";
  minutes: LoadedMinute[];
}

const minute = 60_000;
/** A job that began less than this ago was being started in a part of the minute, or works its restart's backlog off cold. */
const settledMs = 2 * minute;

/** Minutes in which the job ran through with the same KPUs. @throws CommandError */
export async function readMinutes(place: Place, wanted: Wanted): Promise<Minutes> {
  const client = new CloudWatchClient(place.settings);
  try {
    const rows = new Map<string, Map<number, number>>();
    const range = { StartTime: new Date(wanted.from), EndTime: new Date(wanted.to), MetricDataQueries: queries(wanted) };
    for await (const { MetricDataResults = [] } of paginateGetMetricData({ client }, range)) {
      // A search gives a row for each task: the busiest one counts.
      for (const { Id = "", Timestamps = [], Values = [] } of MetricDataResults) {
        const row = rows.get(Id) ?? new Map<number, number>();
        rows.set(Id, row);
        Timestamps.forEach((time, i) => row.set(time.getTime(), Math.max(Values[i]!, row.get(time.getTime()) ?? -Infinity)));
      }
    }
    return minutesOf((id) => rows.get(id) ?? new Map());
  } catch (error) {
    throw explained(error, place, "Reading the metrics");
  } finally {
    client.destroy();
  }
}

function minutesOf(row: (id: string) => ReadonlyMap<number, number>): Minutes {
  const [records, uptime, kpus, busy] = [row("records"), row("uptime"), row("kpus"), row("busy")];
  const by = busy.size > 0 ? "busy time" : "CPU";
  const [load, full] = by === "CPU" ? [row("cpu"), 100] : [busy, 1_000];
  const minutes = [...records].flatMap(([time, read]) => {
    const count = kpus.get(time);
    const used = load.get(time);
    const steady = kpus.get(time - minute) === count && kpus.get(time + minute) === count;
    if (count === undefined || used === undefined || !steady || !((uptime.get(time) ?? 0) >= settledMs)) return [];
    return [{ records: read, kpus: count, load: used / full }];
  });
  return { by, minutes };
}

function queries({ stack, identity, streamName, applicationName }: Wanted): MetricDataQuery[] {
  const application = { Application: applicationName };
  const row = (id: string, namespace: string, name: string, stat: string, dimensions: Record<string, string>) => ({
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: 60,
      Stat: stat,
    },
  });
  const busiest = `SEARCH('{AWS/KinesisAnalytics,Application,Task} MetricName="busyTimeMsPerSecond" Application="${applicationName}"', 'Maximum', 60)`;
  return [
    row("records", "AWS/Kinesis", "GetRecords.Records", "Sum", { StreamName: streamName }),
    row("uptime", "AWS/KinesisAnalytics", "uptime", "Minimum", application),
    row("cpu", "AWS/KinesisAnalytics", "containerCPUUtilization", "Maximum", application),
    row("kpus", metricNamespace, capacityMetrics.actual, "Maximum", {
      [stackDimension]: stack,
      [idDimension]: dimensionId(identity, "flink"),
    }),
    { Id: "busy", Expression: busiest },
  ];
}
