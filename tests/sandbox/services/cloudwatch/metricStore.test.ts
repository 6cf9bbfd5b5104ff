// Source: CloudWatch concepts
import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { virtualClock } from "../../../../sandbox/core/clock";
import { seededRandom } from "../../../../sandbox/core/random";
import { createMetricStore, fixedDelay, randomDelay, type Delay } from "../../../../sandbox/services/cloudwatch/metricStore";
import { seriesId, type Series } from "../../../../sandbox/services/cloudwatch/series";
import { parseStatistic } from "../../../../sandbox/services/cloudwatch/statistic";
import { minute, start } from "./support";

const day = 1440;
const startMinute = start / minute;
const load = { namespace: "Test", name: "Load", dimensions: {} };

function storeAt(delay: Delay = fixedDelay(60), seed = 1) {
  const clock = virtualClock(start);
  const store = createMetricStore(clock, seededRandom(seed), delay);
  return {
    clock,
    store,
    /** Publishes for the minute that began `at` minutes after the start. */
    publish: (at: number, value: Parameters<typeof store.publish>[0]["value"], key = load) =>
      store.publish({ ...key, timestamp: start + at * minute, value }),
    at: (minutes: number) => clock.advanceTo(start + minutes * minute),
    read: (statistic: string, from: number, points = 1, minutesPerPoint = 1, key = load) => {
      store.settle();
      const out = new Array<number>(points);
      const series = store.find(key);
      series?.read(parseStatistic(statistic)!, startMinute + from, minutesPerPoint, points, out);
      return series ? [...out] : [];
    },
  };
}

const missing = Number.NaN;

describe("the metric store", () => {
  it("shows a datum 60 s after the end of its minute", async () => {
    const { publish, at, read } = storeAt();
    await at(1);
    publish(0, 7);
    assert.deepEqual(read("Sum", 0), [missing]);
    await at(1.99);
    assert.deepEqual(read("Sum", 0), [missing]);
    await at(2);
    assert.deepEqual(read("Sum", 0), [7]);
  });

  it("shows a datum that is published late at once", async () => {
    const { publish, at, read } = storeAt();
    await at(2);
    publish(0, 7);
    assert.deepEqual(read("Sum", 0), [7]);
  });

  // Source: the sandbox's own
  it("gives each metric a delay of its own up to 3 minutes, the same for the same seed", async () => {
    const key = (i: number) => ({ ...load, name: `m${i}` });
    const arrivals = async (seed: number) => {
      const { store, publish, at, read } = storeAt(randomDelay(), seed);
      const seen: number[] = [];
      for (let i = 0; i < 20; i++) publish(0, 1, key(i));
      for (let minutes = 1; minutes <= 4; minutes++) {
        await at(minutes);
        store.settle();
        seen.push(Array.from({ length: 20 }, (_, i) => read("Sum", 0, 1, 1, key(i))[0]).filter((value) => value === 1).length);
      }
      return seen;
    };
    const seen = await arrivals(1);
    assert.equal(seen[3], 20);
    assert.ok(seen[1]! > 0 && seen[1]! < 20, `some arrive within 1 minute, others don't: ${seen}`);
    assert.deepEqual(await arrivals(1), seen);
    assert.notDeepEqual(await arrivals(2), seen);
  });

  it("draws a delay for every datum when asked", async () => {
    const waits = [0, 180];
    const { publish, at, read } = storeAt(() => () => waits.shift()!);
    publish(0, 1);
    publish(0, 2);
    await at(1);
    assert.deepEqual(read("Sum", 0), [1]);
    await at(4);
    assert.deepEqual(read("Sum", 0), [3]);
  });

  it("keeps sum, minimum, maximum and count of a minute", async () => {
    const { publish, at, read } = storeAt();
    for (const value of [4, 1, 7]) publish(0, value);
    publish(1, { sum: 30, minimum: 5, maximum: 20, sampleCount: 3 });
    publish(1, 1);
    await at(5);
    assert.deepEqual(read("Sum", 0, 2), [12, 31]);
    assert.deepEqual(read("Minimum", 0, 2), [1, 1]);
    assert.deepEqual(read("Maximum", 0, 2), [7, 20]);
    assert.deepEqual(read("SampleCount", 0, 2), [3, 4]);
    assert.deepEqual(read("Average", 0, 2), [4, 7.75]);
  });

  it("keeps single values right when a later minute has several samples", async () => {
    const { publish, at, read } = storeAt();
    publish(0, 3);
    publish(1, { sum: 4, minimum: 1, maximum: 3, sampleCount: 2 });
    publish(2, 9);
    await at(5);
    assert.deepEqual(read("Minimum", 0, 3), [3, 1, 9]);
    assert.deepEqual(read("SampleCount", 0, 4), [1, 2, 1, missing]);
  });

  it("aggregates minutes to longer periods, the average by sample", async () => {
    const { publish, at, read } = storeAt();
    publish(0, 10);
    publish(1, { sum: 2, minimum: 0, maximum: 2, sampleCount: 3 });
    publish(7, 5);
    await at(12);
    assert.deepEqual(read("Sum", 0, 3, 5), [12, 5, missing]);
    assert.deepEqual(read("Average", 0, 3, 5), [3, 5, missing]);
    assert.deepEqual(read("Minimum", 0, 2, 5), [0, 5]);
    assert.deepEqual(read("Maximum", 0, 2, 5), [10, 5]);
  });

  it("has percentiles of minutes with a single value; of a statistic set only if its minimum equals its maximum", async () => {
    const { publish, at, read } = storeAt();
    for (let i = 0; i < 10; i++) publish(i, i + 1);
    publish(10, { sum: 20, minimum: 5, maximum: 5, sampleCount: 4 });
    publish(11, { sum: 20, minimum: 4, maximum: 6, sampleCount: 4 });
    await at(20);
    assert.deepEqual(read("p50", 0, 1, 10), [5]);
    assert.deepEqual(read("p90", 0, 1, 10), [9]);
    assert.deepEqual(read("p100", 0, 1, 10), [10]);
    assert.deepEqual(read("p99", 10, 2), [5, missing]);
  });

  it("is the same metric in whatever order its dimensions come", async () => {
    const { store, at } = storeAt();
    store.publish({ namespace: "Test", name: "x", dimensions: { A: "1", B: "2" }, timestamp: start, value: 1 });
    store.publish({ namespace: "Test", name: "x", dimensions: { B: "2", A: "1" }, timestamp: start, value: 1 });
    store.publish({ namespace: "Test", name: "x", dimensions: { A: "1" }, timestamp: start, value: 1 });
    await at(2);
    store.settle();
    assert.equal(store.list("Test").length, 2);
    assert.equal(seriesId({ ...load, dimensions: { A: "1", B: "2" } }), seriesId({ ...load, dimensions: { B: "2", A: "1" } }));
  });

  // Source: the sandbox's own
  it("tells many namesakes apart", async () => {
    const { store, at } = storeAt();
    const shard = (i: number) => ({ namespace: "Test", name: "x", dimensions: { Shard: String(i) } });
    for (let i = 0; i < 50; i++) store.publish({ ...shard(i), timestamp: start, value: i });
    await at(2);
    store.settle();
    assert.equal(store.list().length, 50);
    const out: number[] = [];
    store.find(shard(37))!.read(parseStatistic("Sum")!, startMinute, 1, 1, out);
    assert.equal(out[0], 37);
  });

  // Source: CloudWatch concepts, section Metrics retention
  it("drops what is older than 15 days, and metrics that have nothing left", async () => {
    const { store, publish, at, read } = storeAt();
    const gone = { ...load, name: "gone" };
    publish(0, 1, gone);
    for (let i = 0; i <= 17; i++) {
      publish(i * day, i);
      await at(i * day + 60);
      store.settle();
    }
    assert.deepEqual(read("Sum", 1 * day), [missing]);
    assert.deepEqual(read("Sum", 3 * day), [3]);
    assert.equal(store.find(gone), undefined);
    assert.deepEqual(
      store.list().map(({ key }) => key.name),
      ["Load"],
    );
  });

  // Source: the sandbox's own
  it("keeps a metric that an alarm watches, however long it is silent", async () => {
    const { store, publish, at } = storeAt();
    const watched: Series = store.require(load);
    watched.watchedBy++;
    publish(0, 1);
    for (let i = 0; i <= 17; i++) {
      await at(i * day);
      store.settle();
    }
    assert.equal(store.find(load), watched);
    assert.equal(store.list().length, 0);
  });

  it("accepts data up to two weeks old and two hours ahead of what is there", async () => {
    const { publish, at, read } = storeAt();
    await at(14 * day);
    publish(14 * day, 3);
    publish(5, 1);
    publish(14 * day + 120, 2);
    await at(14 * day + 130);
    assert.deepEqual([...read("Sum", 5), ...read("Sum", 14 * day), ...read("Sum", 14 * day + 120)], [1, 3, 2]);
  });

  // Source: the sandbox's own
  it("changes its generation when a metric appears or disappears, not with every datum", async () => {
    const { store, publish, at } = storeAt();
    const before = store.generation();
    publish(0, 1);
    await at(2);
    store.settle();
    const after = store.generation();
    assert.notEqual(after, before);
    publish(1, 1);
    await at(4);
    store.settle();
    assert.equal(store.generation(), after);
  });

  it("ignores what is no number", async () => {
    const { store, publish, at } = storeAt();
    publish(0, Number.NaN);
    publish(0, Number.POSITIVE_INFINITY);
    publish(0, { sum: 0, minimum: 0, maximum: 0, sampleCount: 0 });
    await at(5);
    store.settle();
    assert.equal(store.list().length, 0);
  });

  // Source: the sandbox's own
  it("answers the same as all data in a table would, however time passes", async () => {
    interface Step {
      wait: number;
      age: number;
      value: number;
    }
    const step: fc.Arbitrary<Step> = fc.record({
      wait: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 20, max: 700 })),
      age: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 30, max: 600 })),
      value: fc.integer({ min: 0, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
        const { publish, at, read } = storeAt(fixedDelay(0));
        const table = new Map<number, number[]>();
        let now = 600;
        await at(now);
        for (const { wait, age, value } of steps) {
          now += wait;
          await at(now);
          publish(now - age, value);
          table.set(now - age, [...(table.get(now - age) ?? []), value]);
          const minutes = Array.from({ length: now }, (_, i) => table.get(i));
          const sums = minutes.map((values) => values?.reduce((a, b) => a + b) ?? missing);
          assert.deepEqual(read("Sum", 0, now), sums);
        }
        const minutes = Array.from({ length: now }, (_, i) => table.get(i));
        const expected = (of: (values: number[]) => number) => minutes.map((values) => (values ? of(values) : missing));
        assert.deepEqual(
          read("Minimum", 0, now),
          expected((values) => Math.min(...values)),
        );
        assert.deepEqual(
          read("SampleCount", 0, now),
          expected((values) => values.length),
        );
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  // Source: the sandbox's own
  it("gives the place of a metric that has nothing left to a new one, not before its last datum has come", async () => {
    const { store, publish, at, read } = storeAt(({ name }) => (name === "late" ? 3_600 * 24 * 14 : 0));
    const [late, fresh] = ["late", "fresh"].map((name) => ({ ...load, name }));
    publish(0, 5, late);
    await at(20 * 60);
    store.settle();
    publish(20 * 60 - 1, 7, fresh);
    assert.deepEqual(read("Sum", 20 * 60 - 1, 1, 1, fresh), [7]);
    await at(14 * day + 60);
    assert.deepEqual(read("Sum", 0, 1, 1, late), [5]);
    await at(17 * day);
    store.settle();
    assert.equal(store.find(late!), undefined);
    publish(17 * day - 1, 9, { ...load, name: "third" });
    assert.deepEqual(read("Sum", 17 * day - 1, 1, 1, { ...load, name: "third" }), [9]);
    assert.deepEqual(read("Sum", 0, 1, 1, { ...load, name: "third" }), [missing]);
  });
});
