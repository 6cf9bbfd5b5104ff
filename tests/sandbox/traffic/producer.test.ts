import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { minute, virtualClock } from "../../../sandbox/core/clock";
import type { MinuteRecord } from "../../../sandbox/traffic/minuteRecord";
import { type ProducerPorts, startProducer } from "../../../sandbox/traffic/producer";
import type { Traffic } from "../../../sandbox/traffic/traffic";

const start = Date.UTC(2025, 0, 6);
const steady = (rate: number): Traffic => ({ name: "steady", rate: () => rate });
const listed = (rates: number[]): Traffic => ({ name: "list", minutes: rates.length, rate: (i) => rates[i] ?? 0 });
const limited = (limits: number[] | number) => {
  let i = 0;
  return {
    offer(records: number) {
      const capacity = typeof limits === "number" ? limits : (limits[i++ % limits.length] ?? 0);
      return { accepted: Math.min(records, capacity), shards: 1, capacity };
    },
  };
};

function producing(traffic: Traffic, ports: ProducerPorts = {}) {
  const clock = virtualClock(start);
  const producer = startProducer(clock, traffic, ports);
  const records: MinuteRecord[] = [];
  producer.subscribe((record) => records.push(record));
  const pass = async (minutes: number) => {
    await clock.advanceTo(clock.now() + minutes * minute);
    return records.slice(-minutes);
  };
  return { producer, pass };
}

const sum = (records: MinuteRecord[], key: "offered" | "accepted" | "lost") =>
  records.reduce((total, record) => total + record[key], 0);

describe("the producer", () => {
  it("accounts for a minute when it has ended, under the time of its start", async () => {
    const { pass } = producing(listed([10, 20]));
    const [first, second] = await pass(2);
    assert.deepEqual([first?.time, first?.demand, first?.offered], [start, 10, 600]);
    assert.deepEqual([second?.time, second?.demand, second?.offered], [start + minute, 20, 1200]);
  });

  it("offers what the stream refused once more in the next minute, before the new records", async () => {
    // 900, then 300 a minute; the stream takes 600.
    const { pass } = producing(listed([15, 5, 5]), { stream: limited(600) });
    const [first, second, third] = await pass(3);
    assert.deepEqual([first?.accepted, first?.throttled, first?.waiting, first?.lost], [600, 300, 300, 0]);
    assert.deepEqual([second?.retried, second?.accepted, second?.throttled, second?.lost], [300, 600, 0, 0]);
    assert.deepEqual([third?.retried, third?.accepted, third?.throttled], [0, 300, 0]);
  });

  it("loses what is refused twice", async () => {
    // The second minute takes 100: retries go first, so 200 of them are lost and all new records wait.
    const { pass } = producing(listed([10, 10, 0]), { stream: limited([300, 100, 600]) });
    const [first, second, third] = await pass(3);
    assert.deepEqual([first?.throttled, first?.lost], [300, 0]);
    assert.deepEqual([second?.throttled, second?.lost, second?.waiting], [600, 200, 600]);
    assert.deepEqual([third?.accepted, third?.lost, third?.waiting], [600, 0, 0]);
  });

  it("counts a refused record as throttled at its first attempt only", async () => {
    const { pass } = producing(listed([10, 0, 0]), { stream: limited(0) });
    assert.deepEqual((await pass(3)).map((record) => record.throttled), [600, 0, 0]); // prettier-ignore
  });

  it("conserves records: first attempts = accepted + lost + waiting, whatever the demand, the limits, spikes and stops", async () => {
    const action = fc.constantFrom("", "", "stop", "resume", "spike");
    const step = fc.record({
      rate: fc.double({ min: 0, max: 1e5, noNaN: true }),
      limit: fc.integer({ min: 0, max: 6_000_000 }),
      action,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
        const { producer, pass } = producing(listed(steps.map(({ rate }) => rate)), {
          stream: limited(steps.map(({ limit }) => limit)),
        });
        const all: MinuteRecord[] = [];
        for (const step of steps) {
          if (step.action === "stop") producer.stop();
          if (step.action === "resume") producer.resume();
          if (step.action === "spike") producer.spike(2.5, 3);
          all.push(...(await pass(1)));
        }
        assert.equal(sum(all, "offered"), sum(all, "accepted") + sum(all, "lost") + (all.at(-1)?.waiting ?? 0));
        assert.ok(all.every((record) => Math.min(record.lost, record.waiting, record.accepted, record.throttled) >= 0));
        assert.ok(all.every((record) => Number.isInteger(record.offered)));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("offers whole records and carries the fraction over, so that no demand is lost to rounding", async () => {
    const { pass } = producing(steady(0.01));
    assert.equal(sum(await pass(1000), "offered"), 600);
  });

  it("hands what the stream accepted to the application", async () => {
    const handed: number[] = [];
    const application = {
      process(records: number) {
        handed.push(records);
        return { kpus: 2, billedKpus: 3, capacity: 1200, lagSeconds: 7, backlog: 70 };
      },
    };
    const { pass } = producing(steady(15), { stream: limited(600), application });
    const [first] = await pass(1);
    assert.deepEqual(handed, [600]);
    assert.deepEqual(first?.flink, { kpus: 2, billedKpus: 3, desired: undefined, utilisation: 50, lagSeconds: 7, backlog: 70 });
  });

  it("has no limit where it has no stream, so that an application can be judged alone", async () => {
    const { pass } = producing(steady(1e6));
    const [first] = await pass(1);
    assert.deepEqual([first?.accepted, first?.throttled, first?.stream, first?.flink], [6e7, 0, undefined, undefined]);
  });

  it("reports utilisation of what served, retries included, and the capacities asked for", async () => {
    const { pass } = producing(listed([15, 5]), { stream: limited(600), desired: () => ({ shards: 4 }) });
    const [first, second] = await pass(2);
    assert.deepEqual(first?.stream, { shards: 1, desired: 4, utilisation: 150 });
    assert.equal(second?.stream?.utilisation, 100);
  });

  it("reports that what is asked for is only observed", async () => {
    const observed = { shards: true, kpus: false };
    const { pass } = producing(steady(5), { stream: limited(600), desired: () => ({ shards: 4, observed }) });
    assert.deepEqual((await pass(1))[0]?.stream, { shards: 1, desired: 4, utilisation: 50, observed: true });
  });

  it("multiplies the demand of the next minutes by a spike's factor", async () => {
    const { producer, pass } = producing(steady(10));
    await pass(1);
    producer.spike(3, 2);
    assert.deepEqual((await pass(3)).map((record) => record.demand), [30, 30, 10]); // prettier-ignore
  });

  it("multiplies the factors of spikes that overlap", async () => {
    const { producer, pass } = producing(steady(10));
    producer.spike(3, 3);
    await pass(1);
    producer.spike(2, 1);
    assert.deepEqual((await pass(3)).map((record) => record.demand), [60, 30, 10]); // prettier-ignore
  });

  for (const [factor, minutes] of [
    [NaN, 1],
    [-1, 1],
    [Infinity, 1],
    [1001, 1],
    [2, 0],
    [2, 1.5],
    [2, 1441],
  ] as const) {
    // prettier-ignore
    it(`refuses a spike of factor ${factor} for ${minutes} minutes and changes nothing`, async () => {
      const { producer, pass } = producing(steady(10));
      assert.throws(() => producer.spike(factor, minutes), RangeError);
      assert.equal((await pass(1))[0]?.demand, 10);
    });
  }

  it("sends nothing at all while it is stopped, loses what waited, and resumes where the traffic then is", async () => {
    const { producer, pass } = producing(listed([15, 15, 15, 5]), { stream: limited(600) });
    await pass(1);
    producer.stop();
    const [second, third] = await pass(2);
    assert.deepEqual([second?.offered, second?.retried, second?.accepted, second?.lost, second?.waiting], [0, 0, 0, 300, 0]);
    assert.deepEqual([third?.offered, third?.lost], [0, 0]);
    producer.resume();
    assert.equal((await pass(1))[0]?.offered, 300);
  });

  it("has nothing to send after the end of a trace", async () => {
    const { pass } = producing(listed([10]));
    assert.deepEqual((await pass(3)).map((record) => record.offered), [600, 0, 0]); // prettier-ignore
  });

  it("plays other traffic from its beginning", async () => {
    const { producer, pass } = producing(listed([1, 2, 3]));
    await pass(2);
    producer.play(listed([7, 8]));
    assert.deepEqual((await pass(2)).map((record) => record.demand), [7, 8]); // prettier-ignore
    assert.equal(producer.minutesPlayed(), 2);
  });

  it("no longer calls a listener that has left", async () => {
    const { producer, pass } = producing(steady(1));
    let calls = 0;
    const leave = producer.subscribe(() => calls++);
    await pass(1);
    leave();
    await pass(1);
    assert.equal(calls, 1);
  });
});
