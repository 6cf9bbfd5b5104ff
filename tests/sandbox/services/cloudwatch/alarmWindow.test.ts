import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { virtualClock } from "../../../../sandbox/core/clock";
import { seededRandom } from "../../../../sandbox/core/random";
import { parseAlarm } from "../../../../sandbox/services/cloudwatch/alarmDefinition";
import { alarmWindow } from "../../../../sandbox/services/cloudwatch/alarmWindow";
import { createMetricStore, fixedDelay } from "../../../../sandbox/services/cloudwatch/metricStore";
import { alarmInput, metricRow, minute, start } from "./support";

const own = ["MetricName", "Namespace", "Statistic", "Period"];
const mathAlarm = (expression: string, period = 60, evaluationPeriods = 4) => {
  const input = alarmInput({
    EvaluationPeriods: evaluationPeriods,
    Metrics: [{ Id: "e1", Expression: expression }, metricRow("a", "A", "Sum", period), metricRow("b", "B", "Maximum", period)],
  });
  for (const field of own) delete input[field];
  return parseAlarm(input, "eu-west-1", "skipped");
};

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
  metric: fc.constantFrom("A", "B"),
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
    it(`of ${expression} at ${period} s, kept up to date minute by minute, equals one computed from nothing`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(publication, { maxLength: 60 }), async (publications) => {
          const clock = virtualClock(start);
          const store = createMetricStore(clock, seededRandom(1), fixedDelay(60));
          const definition = mathAlarm(expression, period);
          const kept = alarmWindow(definition, store);
          for (let at = 0; at <= 34; at++) {
            await clock.advanceTo(start + at * minute);
            for (const { age, metric, value } of publications.filter((one) => one.at === at)) {
              const timestamp = start + (at - age) * minute;
              store.publish({ namespace: "Test", name: metric, dimensions: {}, timestamp, value });
            }
            store.settle();
            const now = start / minute + at;
            assert.deepEqual([...kept.points(now)], [...alarmWindow(definition, store).points(now)]);
          }
        }),
        { numRuns: 40, seed: 7 },
      );
    });
  }

  it("goes back N and the extra periods, up to the minute that has just ended", async () => {
    const clock = virtualClock(start);
    const store = createMetricStore(clock, seededRandom(1), fixedDelay(0));
    const window = alarmWindow(mathAlarm("a", 60, 3), store);
    await clock.advanceTo(start + 10 * minute);
    const points = window.points(start / minute + 10);
    assert.equal(points.length, 8);
    assert.equal(window.timeOf(7), start + 9 * minute);
    assert.equal(window.timeOf(0), start + 2 * minute);
  });

  it("slides by a minute at longer periods: each point covers the period up to the evaluation", async () => {
    const clock = virtualClock(start);
    const store = createMetricStore(clock, seededRandom(1), fixedDelay(0));
    const window = alarmWindow(mathAlarm("a", 300, 1), store);
    for (let at = 0; at < 12; at++)
      store.publish({ namespace: "Test", name: "A", dimensions: {}, timestamp: start + at * minute, value: 1 });
    await clock.advanceTo(start + 12 * minute);
    store.settle();
    assert.deepEqual([...window.points(start / minute + 12)], [2, 5, 5]);
  });

  it("reads nothing where the unit asked for is not the metric's", async () => {
    const clock = virtualClock(start);
    const store = createMetricStore(clock, seededRandom(1), fixedDelay(0));
    store.publish({ namespace: "Test", name: "Load", dimensions: {}, timestamp: start, value: 1, unit: "Count" });
    await clock.advanceTo(start + minute);
    store.settle();
    const newest = (Unit: string | undefined) =>
      alarmWindow(parseAlarm(alarmInput({ Unit }), "eu-west-1", "skipped"), store)
        .points(start / minute + 1)
        .at(-1);
    assert.equal(newest("Bytes"), Number.NaN);
    assert.equal(newest("Count"), 1);
    assert.equal(newest(undefined), 1);
  });
});
