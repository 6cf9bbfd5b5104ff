// Source: Alarm evaluation; Using metric math
import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { virtualClock } from "../../../../sandbox/core/clock";
import { seededRandom } from "../../../../sandbox/core/random";
import type { Alarm } from "../../../../sandbox/services/cloudwatch/alarm";
import { alarmCohorts } from "../../../../sandbox/services/cloudwatch/alarmCohorts";
import { parseAlarm, type AlarmDefinition } from "../../../../sandbox/services/cloudwatch/alarmDefinition";
import { evaluate, type AlarmState } from "../../../../sandbox/services/cloudwatch/alarmEvaluation";
import {
  pointTime,
  readWindow,
  releaseSeries,
  watchSeries,
  windowLength,
} from "../../../../sandbox/services/cloudwatch/alarmWindow";
import { createMetricStore, fixedDelay, type MetricStore } from "../../../../sandbox/services/cloudwatch/metricStore";
import { alarmInput, metricRow, minute, start } from "./support";

const own = ["MetricName", "Namespace", "Statistic", "Period"];
/** An alarm on two metrics, which have `suffix` in their names. */
const mathAlarm = (expression: string, period = 60, evaluationPeriods = 4, suffix = "") => {
  const input = alarmInput({
    AlarmName: `high${suffix}`,
    EvaluationPeriods: evaluationPeriods,
    Metrics: [
      { Id: "e1", Expression: expression },
      metricRow("a", `A${suffix}`, "Sum", period),
      metricRow("b", `B${suffix}`, "Maximum", period),
    ],
  });
  for (const field of own) delete input[field];
  return parseAlarm(input, "eu-west-1", "skipped");
};

const states: readonly AlarmState[] = ["OK", "ALARM", "INSUFFICIENT_DATA"];

/** An alarm as far as windows and cohorts look at it, with scaling policies in some states. */
const alarmOf = (definition: AlarmDefinition, store: MetricStore, scalingIn = states) =>
  ({
    name: definition.name,
    definition,
    series: watchSeries(definition, store),
    state: "INSUFFICIENT_DATA",
    policies:
      scalingIn.length > 0
        ? Object.fromEntries(states.map((state) => [state, scalingIn.includes(state) ? ["policy"] : []]))
        : undefined,
  }) as unknown as Alarm;

/** What a cohort shows of each alarm, by name. */
const shown = (cohorts: ReturnType<typeof alarmCohorts>, nowMinute: number) => {
  const seen: Record<string, { state: AlarmState | undefined; points: number[] }> = {};
  cohorts.look(nowMinute, (alarm, state, points) => (seen[alarm.name] = { state, points: [...points] }));
  return seen;
};

const pointsOf = (definition: AlarmDefinition, store: MetricStore, nowMinute: number) =>
  readWindow(store, alarmOf(definition, store), nowMinute, windowLength(definition));

interface Publication {
  /** Minutes after the start at which it is published, how old its timestamp is then, and what. */
  at: number;
  age: number;
  metric: string;
  value: number;
}

const publication: fc.Arbitrary<Publication> = fc.record({
  at: fc.integer({ min: 0, max: 30 }),
  age: fc.integer({ min: -2, max: 12 }),
  metric: fc.constantFrom("A", "B", "A2", "B2"),
  value: fc.integer({ min: 0, max: 9 }),
});

describe("an alarm's window", () => {
  for (const [expression, period] of [
    ["100 * a / b", 60],
    ["MAX([a, b]) + IF(a > 3, b, 0)", 60],
    ["FILL(a, 0) / b", 60],
    ["RATE(a) + b", 60],
    ["a / b", 300],
  ] as const) {
    it(`of ${expression} at ${period} s, kept up to date with another's minute by minute, equals one computed from nothing`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(publication, { maxLength: 60 }), async (publications) => {
          const clock = virtualClock(start);
          const store = createMetricStore(clock, seededRandom(1), fixedDelay(60));
          const cohorts = alarmCohorts(store);
          const alarms = ["", "2"].map((suffix) => alarmOf(mathAlarm(expression, period, 4, suffix), store));
          // The second comes when the first has a window, and goes before the end.
          cohorts.add(alarms[0]!);
          for (let at = 0; at <= 34; at++) {
            if (at === 9) cohorts.add(alarms[1]!);
            if (at === 30) cohorts.remove(alarms[0]!);
            await clock.advanceTo(start + at * minute);
            for (const { age, metric, value } of publications.filter((one) => one.at === at)) {
              const timestamp = start + (at - age) * minute;
              store.publish({ namespace: "Test", name: metric, dimensions: {}, timestamp, value });
            }
            store.settle();
            const now = start / minute + at;
            const expected = alarms
              .filter((_, i) => (i === 0 ? at < 30 : at >= 9))
              .map((alarm) => {
                const points = readWindow(store, alarm, now, windowLength(alarm.definition));
                return [alarm.name, { state: evaluate(points, alarm.definition.rule), points: [...points] }];
              });
            assert.deepEqual(shown(cohorts, now), Object.fromEntries(expected));
            store.evaluated();
          }
        }),
        { numRuns: 40, seed: 7 },
      );
    });
  }

  // Source: the sandbox's own
  it("is shown of an alarm whose state has no policy only when it says another state, or the state was changed", async () => {
    const clock = virtualClock(start);
    const store = createMetricStore(clock, seededRandom(1), fixedDelay(0));
    const cohorts = alarmCohorts(store);
    const [scaling, other] = [alarmOf(mathAlarm("a"), store, ["ALARM"]), alarmOf(mathAlarm("a", 60, 4, "2"), store, [])];
    for (const alarm of [scaling, other]) cohorts.add(alarm);
    const names: string[][] = [];
    for (let at = 1; at <= 8; at++) {
      const value = at >= 3 ? 20 : 1;
      for (const name of ["A", "A2"])
        store.publish({ namespace: "Test", name, dimensions: {}, timestamp: start + (at - 1) * minute, value });
      await clock.advanceTo(start + at * minute);
      store.settle();
      if (at === 8) cohorts.wake(other);
      names.push(Object.keys(shown(cohorts, start / minute + at)));
      store.evaluated();
    }
    const both = ["high", "high2"];
    // Four of four: INSUFFICIENT_DATA is never said of data that are OK; ALARM from the sixth minute on.
    assert.deepEqual(names, [both, [], [], [], [], both, ["high"], both]);
  });

  // Source: the sandbox's own
  it("lets its metrics go with the alarm", () => {
    const store = createMetricStore(virtualClock(start), seededRandom(1), fixedDelay(0));
    const alarm = alarmOf(mathAlarm("a"), store);
    const watched = alarm.series;
    assert.deepEqual(
      watched.map((series) => series?.watchedBy),
      [undefined, 1, undefined],
    );
    releaseSeries(alarm);
    assert.equal(watched[1]?.watchedBy, 0);
  });

  it("goes back N and the extra periods, up to the minute that has just ended", async () => {
    const clock = virtualClock(start);
    const store = createMetricStore(clock, seededRandom(1), fixedDelay(0));
    await clock.advanceTo(start + 10 * minute);
    const now = start / minute + 10;
    const points = pointsOf(mathAlarm("a", 60, 3), store, now);
    assert.equal(points.length, 8);
    assert.equal(pointTime(now, 8, 7, 60), start + 9 * minute);
    assert.equal(pointTime(now, 8, 0, 60), start + 2 * minute);
  });

  it("slides by a minute at longer periods: each point covers the period up to the evaluation", async () => {
    const clock = virtualClock(start);
    const store = createMetricStore(clock, seededRandom(1), fixedDelay(0));
    for (let at = 0; at < 12; at++)
      store.publish({ namespace: "Test", name: "A", dimensions: {}, timestamp: start + at * minute, value: 1 });
    await clock.advanceTo(start + 12 * minute);
    store.settle();
    assert.deepEqual([...pointsOf(mathAlarm("a", 300, 1), store, start / minute + 12)], [2, 5, 5]);
  });

  it("reads nothing where the unit asked for is not the metric's", async () => {
    const clock = virtualClock(start);
    const store = createMetricStore(clock, seededRandom(1), fixedDelay(0));
    store.publish({ namespace: "Test", name: "Load", dimensions: {}, timestamp: start, value: 1, unit: "Count" });
    await clock.advanceTo(start + minute);
    store.settle();
    const newest = (Unit: string | undefined) =>
      pointsOf(parseAlarm(alarmInput({ Unit }), "eu-west-1", "skipped"), store, start / minute + 1).at(-1);
    assert.equal(newest("Bytes"), Number.NaN);
    assert.equal(newest("Count"), 1);
    assert.equal(newest(undefined), 1);
  });
});
