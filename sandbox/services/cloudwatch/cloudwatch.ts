import { Phase } from "../../core/clock";
import type { Cloud, Service, Shape } from "../../core/cloud";
import type { Datum } from "../../core/peers";
import type { Alarm } from "./alarm";
import { alarmOperations } from "./alarmOperations";
import { createAlarms } from "./alarms";
import type { AlarmState } from "./alarmEvaluation";
import { createDashboards } from "./dashboards";
import type { MissingInMinMax } from "./math/reduce";
import { inputs } from "./inputs";
import { metricDataOperations } from "./metricData";
import { compileRows, parseMetricQueries } from "./metricQueries";
import { createMetricStore, defaultRetention, fixedDelay, randomDelay, type Delay } from "./metricStore";
import { parseMetricData } from "./putMetricData";
import { runQueries, type QueryResult } from "./query";
import { requirements } from "./requirements";
import type { MetricKey } from "./series";
import { createTags } from "./tags";

export { fixedDelay, randomDelay, type Delay } from "./metricStore";
export { queryErrorCodes } from "./errors";
export type { QueryResult } from "./query";
export type { AlarmState } from "./alarmEvaluation";

export interface CloudWatchOptions {
  /**
   * How long after its minute a datum becomes visible: seconds, "random" (each metric a delay of its own, up to 3 minutes), or a
   * function. Default: 60 s for every metric.
   */
  delay?: number | "random" | Delay;
  /** How long minutes are kept, ms. Default: 15 days, as CloudWatch keeps them. */
  retention?: number;
  /** What MIN and MAX of an array do with a missing value (undocumented). Default: "skipped". */
  missingInMinMax?: MissingInMinMax;
  /** Periods of an alarm's evaluation range beyond N (undocumented but for its example). Default: alarmEvaluation.ts. */
  extraPeriods?: (periodSeconds: number) => number;
}

/** An alarm as the terminal and the page show it. Times in ms. */
export interface AlarmSummary {
  name: string;
  arn: string;
  state: AlarmState;
  reason: string;
  description: string;
  actionsEnabled: boolean;
  stateUpdated: number;
  stateTransitioned: number;
}

export interface CloudWatchService extends Service {
  /** For Peers.publishMetric. */
  publish(datum: Datum): void;
  /** All alarms, sorted by name. */
  alarms(): AlarmSummary[];
  /**
   * Rows of MetricDataQueries over [start, end) (ms), as arrays: what GetMetricData answers, without its dates and pages.
   * @throws as GetMetricData does.
   */
  query(metricDataQueries: Shape[], start: number, end: number): QueryResult[];
  /** Metrics that have data. */
  metrics(): MetricKey[];
}

/**
 * CloudWatch's metrics, alarms and dashboards in virtual time. Evaluates alarms at every full minute, in Phase.Alarms.
 * Modelled: one-minute sums, minima, maxima and counts. Not modelled: sub-minute data, roll-ups of older data, trimmed statistics,
 * anomaly detection, Metrics Insights, cross-account and cross-region metrics.
 */
export function createCloudWatch(cloud: Cloud, options: CloudWatchOptions = {}): CloudWatchService {
  const { delay = 60, retention = defaultRetention, missingInMinMax = "skipped", extraPeriods } = options;
  const store = createMetricStore(cloud.clock, cloud.random.fork("cloudwatch"), delayOf(delay), retention);
  const alarms = createAlarms(cloud, store, { missingInMinMax, extraPeriods });
  const dashboards = createDashboards(cloud, cloud.clock.now);
  const tags = createTags((arn) => alarms.list().some((alarm) => alarm.arn === arn) || dashboards.exists(arn));
  cloud.clock.everyMinute(Phase.Alarms, alarms.evaluateAll);

  return {
    name: "cloudwatch",
    operations: {
      ...alarmOperations(alarms, tags),
      ...metricDataOperations(store, cloud.clock.now, missingInMinMax, retention),
      ...dashboards.operations,
      ...tags.operations,
      PutMetricData(input) {
        for (const datum of parseMetricData(input, cloud.clock.now())) store.publish(datum);
        return {};
      },
    },
    inputs,
    requirements: (operation, input) => requirements(operation, input, cloud.account, cloud.region),
    publish: store.publish,
    alarms: () => alarms.list().map(summary),
    query(metricDataQueries, start, end) {
      const rows = parseMetricQueries(metricDataQueries, "metricDataQueries");
      return runQueries(store, rows, compileRows(rows, missingInMinMax), start, end);
    },
    metrics() {
      store.settle();
      return store.list().map(({ key }) => key);
    },
  };
}

function delayOf(delay: number | "random" | Delay): Delay {
  if (typeof delay === "number") return fixedDelay(delay);
  return delay === "random" ? randomDelay() : delay;
}

function summary(alarm: Alarm): AlarmSummary {
  const { name, arn, state, reason, actionsEnabled, stateUpdated, stateTransitioned } = alarm;
  return {
    name,
    arn,
    state,
    reason,
    description: alarm.input.AlarmDescription ?? "",
    actionsEnabled,
    stateUpdated,
    stateTransitioned,
  };
}
