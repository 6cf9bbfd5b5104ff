import * as fc from "fast-check";
import { scenario, targets, type Event, type Id, type Scenario, type Timed } from "./scenario";
import { answerLost, quotaError, wildError, type WildError } from "./wildErrors";

export const kinds = ["config", "desired", "state"] as const;
export type Kind = (typeof kinds)[number];

/** What nobody meant to happen. All of it is over when the scenario is, and what was broken is put right. */
export type Hostile =
  /** Every call of the operation ends so, for hours; `after`: the service did it all the same. */
  | { is: "error"; error: WildError; target: (typeof targets)[number]; when: "before" | "after"; minutes: number }
  /** A permission of the role is missing. */
  | { is: "denied"; target: (typeof targets)[number]; minutes: number }
  /** A parameter holds any text. `change`: a field of what it holds is another value instead. */
  | { is: "replaced"; id: Id; kind: Kind; text: string; change?: [string, unknown]; minutes: number }
  /** Parameters are deleted and made anew as `pulumi up` makes them. */
  | { is: "recreated"; ids: Id[]; kinds: Kind[] }
  /** The stack is destroyed, and made anew later. */
  | { is: "stackAnew"; minutes: number }
  /** `pulumi up` in the middle: the configuration is written again. */
  | { is: "up" }
  /** Two PATCHes at once; the second one's time is `older` seconds older. */
  | { is: "patches"; id: Id; capacities: [number, number]; older: number; choices: number[] }
  /** A PATCH whose time is this far off, ms. */
  | { is: "oddTime"; id: Id; capacity: number; off: number }
  /** Another hand changes parallelism and the parallelism of a KPU. */
  | { is: "units"; perKpu: number; parallelism: number }
  /** Another hand switches the stream to on-demand mode and back; so much traffic comes meanwhile. */
  | { is: "onDemand"; minutes: number; recordsPerSecond: number }
  /** The application is deleted and made anew: its operations are gone. */
  | { is: "applicationAnew"; minutes: number }
  /** Metrics come so late. */
  | { is: "late"; seconds: number; minutes: number };

const id = fc.constantFrom<Id>("dev-stream", "dev-flink");
const hours = fc.integer({ min: 1, max: 300 });
const target = fc.constantFrom(...targets.filter((one) => one !== "any"));
const changeTarget = fc.constantFrom("UpdateShardCount" as const, "UpdateApplication" as const);
const capacity = fc.integer({ min: 0, max: 30 });
const choices = fc.array(fc.nat(3), { minLength: 1, maxLength: 8 });

const wrongValues: unknown[] = [null, "", "x", "8", -1, 0.5, -0.5, 1e308, -1e308, 2 ** 53, true, [], {}, [1], ["a", "b"]];
const fields: Record<Kind, readonly string[]> = {
  config: ["kind", "mode", "min", "max", "updatesPerDay", "parallelismPerKpu", "maxParallelism"],
  desired: ["desired", "at"],
  state: [
    ...["actual", "settled", "change", "pendingSince", "blocked", "updates", "refusedAt", "plan", "backoff", "putBackAt"],
    ...["reshardedAt", "foreignSince", "unseenSince", "turn", "__proto__", "constructor"],
  ],
};

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.constantFrom("null", "[]", "0", '""', "{", '{"__proto__":{"desired":7}}', '{"constructor":1}') },
  { weight: 1, arbitrary: fc.constant(JSON.stringify({ reason: "y".repeat(4_100) })) },
);

const replaced: fc.Arbitrary<Event> = fc.constantFrom(...kinds).chain((kind) =>
  fc.record({
    is: fc.constant("replaced" as const),
    id,
    kind: fc.constant(kind),
    text: anyText.map((text) => text || " "),
    change: fc.option(fc.tuple(fc.constantFrom(...fields[kind]), fc.constantFrom(...wrongValues)), { nil: undefined }),
    minutes: fc.integer({ min: 1, max: 90 }),
  }),
);

const hostile: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant("error" as const),
      error: wildError,
      target: fc.oneof(target, changeTarget),
      when: fc.constant("before" as const),
      minutes: hours,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant("error" as const),
      error: answerLost,
      target: fc.oneof(target, changeTarget),
      when: fc.constant("after" as const),
      minutes: hours,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant("error" as const),
      error: quotaError,
      target: fc.constant("UpdateShardCount" as const),
      when: fc.constant("before" as const),
      minutes: hours,
    }),
  },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("denied" as const), target, minutes: hours }) },
  { weight: 5, arbitrary: replaced },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant("recreated" as const),
      ids: fc.uniqueArray(id, { minLength: 1, maxLength: 2 }),
      kinds: fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("stackAnew" as const), minutes: fc.integer({ min: 0, max: 60 }) }) },
  { weight: 1, arbitrary: fc.constant({ is: "up" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant("patches" as const),
      id,
      capacities: fc.tuple(capacity, capacity),
      older: fc.integer({ min: -120, max: 120 }),
      choices,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant("oddTime" as const),
      id,
      capacity,
      off: fc.constantFrom(NaN, Infinity, -1e13, 1e12, -1e12, 31_536_000_000, -31_536_000_000, 3_600_000, 0.5),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant("units" as const),
      perKpu: fc.integer({ min: 1, max: 4 }),
      parallelism: fc.integer({ min: 1, max: 40 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant("onDemand" as const),
      minutes: fc.integer({ min: 2, max: 200 }),
      recordsPerSecond: fc.integer({ min: 0, max: 12_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("applicationAnew" as const), minutes: fc.integer({ min: 1, max: 60 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant("late" as const),
      seconds: fc.integer({ min: 60, max: 7_200 }),
      minutes: hours,
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("silence" as const), minutes: fc.integer({ min: 14, max: 240 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant("lag" as const),
      milliseconds: fc.constantFrom(undefined, -1, 600_000),
      minutes: hours,
    }),
  },
  // Failing updates under any desired: what is restarted how often.
  { weight: 2, arbitrary: fc.record({ is: fc.constant("updatesFail" as const), rollback: fc.boolean(), minutes: hours }) },
);

const pipelines = [...Array<string>(13).fill("dev"), "__proto__", "constructor", "hasOwnProperty"] as const;

/** A scenario with one to five hostile events among fewer of the usual ones, and a pipeline beside it that has no trouble of its own. */
export const hostileScenario: fc.Arbitrary<Scenario> = fc
  .tuple(
    scenario,
    fc.array(fc.tuple(fc.nat(359), hostile), { minLength: 1, maxLength: 5 }),
    fc.nat(12),
    fc.constantFrom(...pipelines),
    fc.constantFrom(...Array<string>(9).fill("calm"), "__proto__", "constructor", "toString"),
  )
  .map(([one, wild, usual, pipeline, bystander]) => ({
    ...{ ...one, pipeline, bystander },
    events: [
      ...one.events.filter((_, i) => i % 13 < usual),
      ...onceEach(wild).map(([minute, event]): Timed => ({ ...event, minute: 1 + (minute % one.minutes) })),
    ].sort((a, b) => a.minute - b.minute),
  }));

/** A stream changes its mode twice a day at most. */
function onceEach(events: [number, Event][]): [number, Event][] {
  const first = events.findIndex(([, { is }]) => is === "onDemand");
  return events.filter(([, { is }], i) => is !== "onDemand" || i === first);
}

export function hostileScenarios(seed: number, count: number): Scenario[] {
  return fc.sample(hostileScenario, { seed, numRuns: count });
}
