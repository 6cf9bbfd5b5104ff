import { strict as assert } from "node:assert";
import { defaultShape, defaultTraffic } from "../../../sandbox/traffic/defaultTraffic";
import type { Traffic } from "../../../sandbox/traffic/traffic";

const day = 1440;
const rates = (traffic: Traffic, from: number, to: number) => Array.from({ length: to - from }, (_, i) => traffic.rate(from + i));
const even = { ...defaultShape, noisePercent: 0, spikes: [] };

/** Scales out when two minutes are at 75 % or more, in when twenty are below 35 %, to 60 % of what the largest of them needs. */
function scalings(demand: number[], initial: number): { out: number; in: number } {
  let shards = initial;
  const result = { out: 0, in: 0 };
  demand.forEach((_, i) => {
    const last = (count: number) => demand.slice(Math.max(0, i + 1 - count), i + 1);
    const needed = (count: number) => Math.ceil(Math.max(...last(count)) / 600);
    if (Math.min(...last(2)) >= 750 * shards) {
      shards = needed(2);
      result.out++;
    } else if (i >= 20 && Math.max(...last(20)) < 350 * shards) {
      shards = needed(20);
      result.in++;
    }
  });
  return result;
}

describe("the default traffic", () => {
  it("is the same for the same seed and another for another", () => {
    assert.deepEqual(rates(defaultTraffic(1), 0, day), rates(defaultTraffic(1), 0, day));
    assert.notDeepEqual(rates(defaultTraffic(1), 0, day), rates(defaultTraffic(2), 0, day));
  });

  it("has the same rate in a minute in whatever order minutes are asked for", () => {
    const traffic = defaultTraffic(1);
    const forward = rates(traffic, 0, 3 * day);
    assert.deepEqual([2 * day, 5, day + 7, 4000].map((minute) => traffic.rate(minute)), [2 * day, 5, day + 7, 4000].map((minute) => forward[minute])); // prettier-ignore
  });

  it("plays the taxi week at its speed-up: a Monday morning at 7 first, the same again after a week of taxis", () => {
    const traffic = defaultTraffic(1, even);
    assert.equal(traffic.rate(0), 3000 + 3 * 835);
    assert.equal(traffic.rate(15), 3000 + 3 * 1011);
    assert.equal(traffic.rate((7 * day) / 2), traffic.rate(0));
  });

  it("has one spike a day at a time that the seed chooses", () => {
    const start = (seed: number, onDay: number) => {
      const plain = defaultTraffic(seed, even);
      const spiky = defaultTraffic(seed, { ...even, spikes: defaultShape.spikes });
      const minutes = Array.from({ length: day }, (_, i) => i + onDay * day).filter((i) => spiky.rate(i) > 1.5 * plain.rate(i));
      assert.equal(minutes.length, 25);
      return (minutes[0] ?? 0) % day;
    };
    const starts = [start(1, 0), start(1, 1), start(2, 0), start(3, 0)];
    assert.ok(starts.every((minute) => minute >= 90 && minute <= 150));
    assert.ok(new Set(starts).size > 1);
  });

  it("makes 8 shards scale out and in several times in each day, with at most 8 changes", () => {
    for (const seed of [1, 2, 3]) {
      for (const first of [0, 1, 4]) {
        const { out, in: back } = scalings(rates(defaultTraffic(seed), first * day, (first + 1) * day), 8);
        assert.ok(out >= 2 && back >= 2 && out + back <= 8, `seed ${seed}, day ${first}: ${out} out, ${back} in`);
      }
    }
  });

  it("needs more than 8 shards within the first two hours, so that one sees it scale at once", () => {
    assert.ok(rates(defaultTraffic(1), 0, 120).some((rate) => rate > 6000));
  });
});
