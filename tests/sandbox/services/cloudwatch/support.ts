import type { Principal, Shape } from "../../../../sandbox/core/cloud";
import type { Peers, ScalingTrigger } from "../../../../sandbox/core/peers";
import { createCloudWatch, type CloudWatchOptions } from "../../../../sandbox/services/cloudwatch/cloudwatch";
import { compileQueries } from "../../../../sandbox/services/cloudwatch/math/compile";
import type { MissingInMinMax } from "../../../../sandbox/services/cloudwatch/math/reduce";
import {
  asArray,
  asScalar,
  asSeries,
  type Frame,
  type Timeline,
  type Values,
} from "../../../../sandbox/services/cloudwatch/math/values";
import { fakeCloud } from "../../support/fakeCloud";

export const minute = 60_000;
export const start = Date.parse("2026-03-02T00:00:00Z");
const caller: Principal = { arn: "arn:aws:iam::123456789012:root" };

export const policyArn = "arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:1:resource/custom-resource/x:policyName/out";
export const topicArn = "arn:aws:sns:eu-west-1:123456789012:operators";

export interface Notice {
  topic: string;
  subject: string;
  message: Shape;
}

/** CloudWatch alone in a cloud that records what its actions do; the clock starts at `start`. */
export function cloudWatchAlone(options: CloudWatchOptions = {}, peers: Partial<Peers> = {}) {
  const scalings: (ScalingTrigger & { policy: string })[] = [];
  const notices: Notice[] = [];
  const invocations: { functionArn: string; event: Shape; caller: Principal }[] = [];
  const cloud = fakeCloud({
    peers: {
      runScalingPolicy: async (policy, trigger) => void scalings.push({ ...trigger, policy }),
      notify: (topic, subject, message) => void notices.push({ topic, subject, message: JSON.parse(message) }),
      invokeLambda: async (functionArn, payload, by) => {
        invocations.push({ functionArn, event: JSON.parse(payload), caller: by });
        return { statusCode: 202, payload: "" };
      },
      ...peers,
    },
  });
  const cloudwatch = createCloudWatch(cloud, options);
  return {
    cloud,
    cloudwatch,
    scalings,
    notices,
    invocations,
    call: async (operation: string, input: Shape = {}): Promise<Shape> => cloudwatch.operations[operation]!(input, caller),
    /** Publishes a datum of metric `name` (namespace Test, no dimensions) for the minute that began `at` minutes after the start. */
    publish(name: string, at: number, value: number) {
      cloudwatch.publish({ namespace: "Test", name, dimensions: {}, timestamp: start + at * minute, value });
    },
    /** Runs to `minutes` after the start. */
    runTo: (minutes: number) => cloud.clock.advanceTo(start + minutes * minute),
    async stateOf(name: string): Promise<string> {
      const { MetricAlarms } = await this.call("DescribeAlarms", { AlarmNames: [name] });
      return MetricAlarms[0].StateValue;
    },
  };
}

/** An alarm input on metric `Load`: Maximum of one minute above 10, N of N. */
export function alarmInput(changes: Shape = {}): Shape {
  return {
    AlarmName: "high",
    Namespace: "Test",
    MetricName: "Load",
    Statistic: "Maximum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 10,
    ComparisonOperator: "GreaterThanThreshold",
    ...changes,
  };
}

/** A row of Metrics: a metric of namespace Test. */
export function metricRow(id: string, name: string, stat = "Sum", period = 60, returnData = false): Shape {
  return {
    Id: id,
    ReturnData: returnData,
    MetricStat: { Metric: { Namespace: "Test", MetricName: name }, Period: period, Stat: stat },
  };
}

/** The documentation's notation: "-" is a missing point. */
export type Point = number | "-";

const toValues = (points: readonly Point[]): Values => points.map((point) => (point === "-" ? Number.NaN : point));
const toPoints = (values: Values): Point[] => values.map((value) => (Number.isNaN(value) ? "-" : value));

export interface MathOptions {
  missingInMinMax?: MissingInMinMax;
  period?: number;
  start?: number;
  found?: Record<string, Point[]>;
}

/** Result of metric math over metrics given as points: a number, points, or labelled points of an array. */
export function evaluateMath(
  expression: string,
  metrics: Record<string, Point[]>,
  options: MathOptions = {},
): number | Point[] | Record<string, Point[]> {
  const ids = Object.keys(metrics);
  const queries = [...ids.map((id) => ({ id, label: id })), { id: "result", label: "result", expression }];
  const compiled = compileQueries(queries, options.missingInMinMax).at(-1)!;
  const length = Object.values({ ...metrics, ...options.found })[0]?.length ?? 0;
  const found = Object.entries(options.found ?? {}).map(([label, points]): Timeline => ({ label, values: toValues(points) }));
  const frame: Frame = {
    start: options.start ?? start,
    period: options.period ?? 60,
    length,
    metric: (index) => toValues(metrics[ids[index]!]!),
    search: () => found,
  };
  const value = compiled.run(frame);
  if (compiled.kind === "S") return asScalar(value);
  if (compiled.kind === "TS") return toPoints(asSeries(value));
  return Object.fromEntries(asArray(value).map(({ label, values }) => [label, toPoints(values)]));
}
