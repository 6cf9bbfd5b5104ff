import { type Random, seededRandom } from "../core/random";
import { taxiWeek } from "./taxiWeek";
import type { Traffic } from "./traffic";

/** Shape of the default traffic: how the taxi week becomes a workload for a stream of about ten shards. */
export interface TrafficShape {
  /** Taxi time per simulated time: a taxi day lasts 24 h / speedUp. */
  speedUp: number;
  /** Minute of the taxi week (Monday 00:00 = 0) that minute 0 plays. */
  firstTaxiMinute: number;
  /** records/s of other producers, always there, and of the taxis at the week's mean. */
  baseRate: number;
  taxiRate: number;
  /** Standard deviation of a minute's noise, in percent of the rate. */
  noisePercent: number;
  /** Spikes in each simulated day: at a random minute of [from, to] (minutes of the day). */
  spikes: readonly Spike[];
}

export interface Spike {
  from: number;
  to: number;
  factor: number;
  minutes: number;
}

/**
 * Sized for the dev stack (8 shards at first, 2 KPUs a shard): the taxis' evenings need more than it has and their nights less than
 * half of that, so that stream and application scale out and in two or three times in a simulated day; scaling the stream one
 * step at a time stays within the ten UpdateShardCount calls of a day. Minute 0 is a Monday at 7, when the city wakes.
 */
export const defaultShape: TrafficShape = {
  speedUp: 2,
  firstTaxiMinute: 7 * 60,
  baseRate: 3_000,
  taxiRate: 3_000,
  noisePercent: 1.5,
  spikes: [{ from: 90, to: 150, factor: 1.8, minutes: 25 }],
};

const minutesOfDay = 1440;

/** The average week of New York taxi rides at a speed-up, over a base load, with noise and spikes; it repeats for ever. */
export function defaultTraffic(seed: number, shape: TrafficShape = defaultShape): Traffic {
  const random = seededRandom(seed).fork("default traffic");
  let day: Day | undefined;
  const of = (index: number): Day => (day?.index === index ? day : (day = makeDay(random, index, shape)));
  return {
    name: "taxi week",
    rate(minute) {
      const today = of(Math.floor(minute / minutesOfDay));
      const taxis = taxiLevel(shape.firstTaxiMinute + minute * shape.speedUp);
      return (shape.baseRate + shape.taxiRate * taxis) * (today.factors[minute % minutesOfDay] ?? 1);
    },
  };
}

interface Day {
  index: number;
  /** Noise and spikes of each minute. */
  factors: Float64Array;
}

function makeDay(random: Random, index: number, shape: TrafficShape): Day {
  // A stream per day, so that any minute can be asked for in any order.
  const draws = random.fork(`day ${index}`);
  const factors = Float64Array.from({ length: minutesOfDay }, () => Math.max(0, 1 + (shape.noisePercent / 100) * normal(draws)));
  for (const spike of shape.spikes) {
    const start = draws.integer(spike.from, spike.to);
    for (let i = start; i < Math.min(start + spike.minutes, minutesOfDay); i++) factors[i] = (factors[i] ?? 1) * spike.factor;
  }
  return { index, factors };
}

/** Irwin-Hall of 12: mean 0, standard deviation 1, never beyond 6. */
function normal(draws: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += draws.next();
  return sum;
}

/** The week's level (1 = its mean) at a minute of taxi time, linear between the half-hours. */
function taxiLevel(minute: number): number {
  const position = (minute / 30) % taxiWeek.length;
  const index = Math.floor(position);
  const here = taxiWeek[index] ?? 0;
  const next = taxiWeek[(index + 1) % taxiWeek.length] ?? 0;
  return (here + (next - here) * (position - index)) / 1000;
}
