import * as fc from "fast-check";
import type { Dimension } from "./evidence";

/** Metrics whose data come late: all of a namespace, or one. */
export interface LateMetrics {
  namespace: "AWS/Kinesis" | "AWS/KinesisAnalytics" | "Sluice";
  /** The part of its name before the first dot; all of the namespace without. */
  name?: string;
  seconds: number;
}

/** What goes wrong in an episode, from a minute on for some minutes. */
export type LoopFault = { minute: number; minutes: number } & (
  | ({ is: "late" } & LateMetrics)
  | { is: "jobDown" }
  /** So many updates of the application fail from then on. */
  | { is: "updatesFail"; times: number }
  /** EventBridge's rule is disabled. */
  | { is: "ruleOff" }
  /** The function has no concurrency. */
  | { is: "throttled" }
  /** A permission is missing in the scaler's role. */
  | { is: "denied"; action: (typeof actions)[number] }
  /** A scheduled action raises a dimension's minimum, and another one gives it back. */
  | { is: "scheduled"; dimension: Dimension; minimum: number }
  /** `pulumi up` with other bounds, and again with the stack's own. */
  | { is: "bounds"; dimension: Dimension; min: number; max: number }
);

export const actions = [
  ...["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:PutParameter"],
  ...["kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:UpdateShardCount", "kinesis:SplitShard"],
  ...["kinesis:MergeShards", "kinesisanalytics:DescribeApplication", "kinesisanalytics:UpdateApplication"],
  ...["kinesisanalytics:DescribeApplicationOperation", "kinesisanalytics:ListApplicationOperations"],
  "cloudwatch:GetMetricData",
] as const;

/** Some hours of a stack's life: traffic and faults, then constant traffic without faults. */
export interface Episode {
  /** Minutes, and percent of what the stack takes as it is deployed. The last one is the constant traffic. */
  traffic: [minutes: number, percent: number][];
  faults: LoopFault[];
}

export interface StackShape {
  stack: "dev" | "prod";
  /** Minutes in which faults happen, and minutes until constant traffic must have come to rest. */
  faulty: number;
  rest: number;
}

/** Production's window for scaling in is 90 minutes of 90. */
export const stackShapes: Record<StackShape["stack"], StackShape> = {
  dev: { stack: "dev", faulty: 65, rest: 60 },
  prod: { stack: "prod", faulty: 150, rest: 200 },
};

const metricNames: Record<LateMetrics["namespace"], readonly string[]> = {
  "AWS/Kinesis": ["IncomingRecords", "IncomingBytes", "WriteProvisionedThroughputExceeded", "GetRecords"],
  "AWS/KinesisAnalytics": ["millisBehindLatest", "uptime", "downtime", "fullRestarts"],
  Sluice: ["DesiredCapacity", "SettledCapacity"],
};

const late = fc.constantFrom(...(Object.keys(metricNames) as LateMetrics["namespace"][])).chain((namespace) =>
  fc.record({
    is: fc.constant("late" as const),
    namespace: fc.constant(namespace),
    name: fc.option(fc.constantFrom(...metricNames[namespace]), { nil: undefined }),
    seconds: fc.oneof(fc.integer({ min: 0, max: 1_200 }), fc.integer({ min: 0, max: 1_200 }), fc.constant(6 * 3_600)),
  }),
);

const dimension = fc.constantFrom<Dimension[]>("stream", "flink");
/** What a schedule raises the minimum to lies below what bounds may be lowered to: AWS refuses the one above the other. */
const highestMinimum = 12;

const fault = fc.oneof(
  { weight: 4, arbitrary: late },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("jobDown" as const) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("updatesFail" as const), times: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("ruleOff" as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("throttled" as const) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("denied" as const), action: fc.constantFrom(...actions) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant("scheduled" as const),
      dimension,
      minimum: fc.integer({ min: 3, max: highestMinimum }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ is: fc.constant("bounds" as const), dimension },
      ...{ min: fc.integer({ min: 1, max: highestMinimum }), max: fc.integer({ min: highestMinimum, max: 40 }) },
    }),
  },
);

const percent = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 30, max: 90 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 30 }) },
  { weight: 2, arbitrary: fc.integer({ min: 90, max: 260 }) },
);

function episodeOf({ faulty, rest }: StackShape): fc.Arbitrary<Episode> {
  const lengths = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 7, max: faulty }));
  return fc
    .record({
      shape: fc.array(fc.tuple(lengths, percent), { minLength: 1, maxLength: 6 }),
      constant: fc.integer({ min: 5, max: 140 }),
      faults: fc.array(fc.tuple(fc.nat(faulty - 1), lengths, fault), { maxLength: 3 }),
    })
    .map(({ shape, constant, faults }) => ({
      traffic: [...cut(shape, faulty), [rest, constant]],
      faults: faults
        .map(([minute, minutes, one]): LoopFault => ({ ...one, minute, minutes: Math.min(minutes, faulty - minute) }))
        .sort((a, b) => a.minute - b.minute),
    }));
}

/** The first `minutes` minutes; the last part goes on until then. */
function cut(parts: [number, number][], minutes: number): [number, number][] {
  let left = minutes;
  return parts.flatMap(([length, percent], i): [number, number][] => {
    const taken = i === parts.length - 1 ? left : Math.min(left, length);
    left -= taken;
    return taken > 0 ? [[taken, percent]] : [];
  });
}

export function episodes(seed: number, count: number, shape: StackShape): Episode[] {
  return fc.sample(episodeOf(shape), { seed, numRuns: count });
}
