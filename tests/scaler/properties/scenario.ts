import * as fc from "fast-check";
import type { Hostile } from "./hostileScenario";

/** What happens to AWS calls. "Lost": the service did it, and the answer never came. */
export const troubles = ["throttled", "failed", "denied", "timedOut", "lost", "crashBefore", "crashAfter"] as const;
export type Trouble = (typeof troubles)[number];

/** Which calls are meant: by operation, or every one. */
export const targets = [
  "any",
  "GetParametersByPath",
  "GetParameters",
  "PutParameter",
  "DescribeStreamSummary",
  "ListShards",
  "UpdateShardCount",
  "SplitShard",
  "MergeShards",
  "DescribeApplication",
  "DescribeApplicationOperation",
  "ListApplicationOperations",
  "UpdateApplication",
  "GetMetricData",
] as const;

const changes = ["UpdateShardCount", "SplitShard", "MergeShards", "UpdateApplication"] as const;

export const statuses = [
  "AUTOSCALING",
  "MAINTENANCE",
  "STARTING",
  "STOPPING",
  "FORCE_STOPPING",
  "ROLLED_BACK",
  "UPDATING",
] as const;

export type Id = "dev-stream" | "dev-flink";

/** Something that happens in one minute of a scenario. */
export type Event =
  /** PATCH so many seconds after the minute; its own time is `late` seconds older. `twice`: delivered again. */
  | { is: "patch"; id: Id; capacity: number; second: number; late: number; twice: boolean }
  /** Calls number `from` to `from + count - 1` of the minute that match the target, for `minutes` minutes. */
  | { is: "trouble"; what: Trouble; target: (typeof targets)[number]; from: number; count: number; minutes: number }
  /** A second run at the same time, of an event so many minutes older, maybe with a PATCH between their calls. */
  | { is: "twin"; older: number; choices: number[]; patch?: number; crash?: number }
  /** The run stops after some calls and goes on while the next minute's run works. */
  | { is: "slow"; calls: number; choices: number[] }
  /** EventBridge's events of these minutes are lost. */
  | { is: "silence"; minutes: number }
  | { is: "updateFails"; rollback: boolean }
  | { is: "jobFails"; minutes: number }
  | { is: "stopped"; minutes: number }
  | { is: "status"; status: (typeof statuses)[number]; minutes: number }
  /** Another hand: percent of what is there. */
  | { is: "hand"; id: Id; percent: number }
  /** The `config` parameter: new bounds. */
  | { is: "bounds"; id: Id; min: number; more: number }
  /** milliseconds; -1: not reported; undefined: missing. */
  | { is: "lag"; milliseconds?: number; minutes: number }
  /** Somebody spoils the state parameter. */
  | { is: "spoiled"; id: Id }
  /** Every update of the application fails for so long. */
  | { is: "updatesFail"; rollback: boolean; minutes: number }
  | Hostile;

export type Timed = Event & { minute: number };

export interface Scenario {
  stream?: { min: number; more: number; shards: number; updatesPerDay: number; observe: boolean };
  flink?: {
    min: number;
    more: number;
    kpus: number;
    perKpu: number;
    /** maxParallelism, in KPUs; the last one may be cut. */
    most: number;
    cut: boolean;
    drain: boolean;
    lag: boolean;
    observe: boolean;
  };
  services: {
    reshardSeconds: number;
    splitSeconds: number;
    restartSeconds: number;
    /** DescribeStreamSummary and ListShards show a change so late: undocumented. */
    streamLateSeconds: number;
    applicationLateSeconds: number;
    metricLateSeconds: number;
    /** The count that exactly equal ranges have: AWS's rounding is undocumented. */
    dailyLimitText: number;
  };
  /** Demand by hour in percent of what the initial capacity takes; a policy PATCHes as Application Auto Scaling would. */
  traffic?: number[];
  /** Name of the pipeline. */
  pipeline?: string;
  /** Id of a dimension in a pipeline of its own that has no trouble. */
  bystander?: string;
  minutes: number;
  events: Timed[];
}

const id = fc.constantFrom<Id>("dev-stream", "dev-flink");
const choices = fc.array(fc.nat(5), { minLength: 1, maxLength: 12 });
const few = fc.integer({ min: 1, max: 6 });

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      is: fc.constant("patch" as const),
      id,
      capacity: fc.integer({ min: 0, max: 30 }),
      second: fc.integer({ min: 0, max: 59 }),
      late: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 300 }) }),
      twice: fc.boolean(),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      is: fc.constant("trouble" as const),
      what: fc.constantFrom(...troubles),
      target: fc.constantFrom(...targets),
      from: fc.nat(8),
      count: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 40 }) }),
      minutes: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 30 }) }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      is: fc.constant("trouble" as const),
      what: fc.constantFrom(...troubles),
      target: fc.constantFrom(...changes),
      from: fc.constant(0),
      count: fc.constant(1),
      minutes: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant("twin" as const),
      older: fc.nat(1),
      choices,
      patch: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
      crash: fc.option(fc.nat(8), { nil: undefined }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("slow" as const), calls: fc.nat(8), choices }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("silence" as const), minutes: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("updateFails" as const), rollback: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("jobFails" as const), minutes: few }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("stopped" as const), minutes: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("status" as const), status: fc.constantFrom(...statuses), minutes: few }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("hand" as const), id, percent: fc.integer({ min: 50, max: 200 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant("bounds" as const), id, min: fc.integer({ min: 1, max: 8 }), more: fc.nat(16) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant("lag" as const),
      milliseconds: fc.constantFrom(undefined, -1, 0, 30_000, 59_999, 60_000, 600_000),
      minutes: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("spoiled" as const), id }) },
);

const stream = fc.record({
  min: fc.integer({ min: 1, max: 4 }),
  more: fc.nat(20),
  shards: fc.integer({ min: 1, max: 20 }),
  updatesPerDay: fc.constantFrom(1, 2, 3, 4, 10),
  observe: fc.integer({ min: 0, max: 11 }).map((n) => n === 11),
});

const flink = fc.record({
  min: fc.integer({ min: 1, max: 4 }),
  more: fc.nat(20),
  kpus: fc.integer({ min: 1, max: 12 }),
  perKpu: fc.integer({ min: 1, max: 3 }),
  most: fc.integer({ min: 13, max: 40 }),
  cut: fc.boolean(),
  drain: fc.boolean(),
  lag: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
  observe: fc.integer({ min: 0, max: 11 }).map((n) => n === 11),
});

/** Two to six hours of trouble in one pipeline. */
export const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    stream,
    flink,
    kinds: fc.constantFrom("both", "both", "both", "both", "both", "stream", "flink"),
    services: fc.record({
      reshardSeconds: fc.constantFrom(30, 90, 120, 300, 900),
      splitSeconds: fc.constantFrom(10, 30, 70),
      restartSeconds: fc.constantFrom(10, 60, 130, 600),
      streamLateSeconds: fc.constantFrom(0, 0, 15, 65, 110),
      applicationLateSeconds: fc.constantFrom(0, 0, 15, 50),
      metricLateSeconds: fc.constantFrom(0, 60, 150),
      dailyLimitText: fc.nat(2),
    }),
    traffic: fc.option(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 6 }), { nil: undefined }),
    minutes: fc.integer({ min: 120, max: 360 }),
    events: fc.array(fc.tuple(fc.nat(359), event), { maxLength: 36, size: "max" }),
  })
  .map(({ kinds, stream, flink, events, minutes, ...rest }) => ({
    ...rest,
    minutes,
    stream: kinds === "flink" ? undefined : stream,
    flink: kinds === "stream" ? undefined : flink,
    events: events
      .map(([minute, one]): Timed => ({ ...one, minute: 1 + (minute % minutes) }))
      .sort((a, b) => a.minute - b.minute),
  }));

/** Scenarios number 0 to `count - 1` of a seed. */
export function scenarios(seed: number, count: number): Scenario[] {
  return fc.sample(scenario, { seed, numRuns: count });
}
