import type { Clock } from "../core/clock";
import { minute, Phase } from "../core/clock";
import type { MinuteRecord } from "./minuteRecord";
import type { Traffic } from "./traffic";
import { wholeRecords } from "./wholeRecords";

/** What a stream did in the minute that ends now. Records are counts. */
export interface StreamMinute {
  accepted: number;
  /** Open shards that served, and the records that they could have taken. */
  shards: number;
  capacity: number;
}

/** What an application did in the minute that ends now. */
export interface ApplicationMinute {
  /** KPUs that the application has (the orchestration KPU not counted), and those that are billed. */
  kpus: number;
  billedKpus: number;
  /** Records that these KPUs process in a minute when they run. */
  capacity: number;
  /** Age of the oldest unread record at the minute's end, seconds; 0 = caught up. */
  lagSeconds: number;
  backlog: number;
}

/** What the producer's records go through. A port that is missing has no limit. */
export interface ProducerPorts {
  /** Offers records to the stream for the minute that ends now. */
  stream?: { offer(records: number): StreamMinute };
  /** Hands what the stream accepted to the application. */
  application?: { process(records: number): ApplicationMinute };
  /** Capacities asked for, for the record. */
  desired?: () => { shards?: number; kpus?: number; observed?: { shards: boolean; kpus: boolean } };
}

export interface Producer {
  /** The current traffic, and the number of its minutes that have passed. */
  traffic(): Traffic;
  minutesPlayed(): number;
  /** Multiplies the demand of the next `minutes` minutes by `factor`. Spikes that overlap multiply. */
  spike(factor: number, minutes: number): void;
  /** The producer dies: no new records, no retries; what waited is lost. The traffic's time goes on. */
  stop(): void;
  resume(): void;
  readonly stopped: boolean;
  /** Plays other traffic from its beginning; what waits stays. */
  play(traffic: Traffic): void;
  /** Called for each minute, in the order of subscription. */
  subscribe(listener: (record: MinuteRecord) => void): () => void;
}

/**
 * The workload model's producer: at each full minute, in Phase.Traffic, it accounts for the minute that ended. What the stream
 * refuses waits, is offered once more in the next minute, before the new records, and is lost if it is refused again.
 * (Real producers retry more often.) Always: first attempts = accepted + lost + waiting.
 * Demand is offered in whole records; the fraction goes on to the next minute.
 */
export function startProducer(clock: Clock, initial: Traffic, ports: ProducerPorts): Producer {
  let traffic = initial;
  let index = 0;
  let waiting = 0;
  const whole = wholeRecords();
  let stopped = false;
  let spikes: { factor: number; left: number }[] = [];
  let listeners: ((record: MinuteRecord) => void)[] = [];

  const demand = (): number => {
    const factor = spikes.reduce((product, spike) => product * spike.factor, 1);
    spikes = spikes.map((spike) => ({ ...spike, left: spike.left - 1 })).filter((spike) => spike.left > 0);
    const rate = traffic.rate(index++) * factor;
    return stopped ? 0 : rate;
  };

  const passMinute = () => {
    const rate = demand();
    const fresh = whole(rate);
    const retried = stopped ? 0 : waiting;
    const given = stopped ? waiting : 0;
    const stream = ports.stream?.offer(retried + fresh);
    const accepted = stream?.accepted ?? retried + fresh;
    const lost = given + Math.max(0, retried - accepted);
    waiting = fresh - Math.max(0, accepted - retried);
    const application = ports.application?.process(accepted);
    const desired = ports.desired?.() ?? {};
    const record: MinuteRecord = {
      time: clock.now() - minute,
      demand: rate,
      offered: fresh,
      retried,
      accepted,
      throttled: waiting,
      lost,
      waiting,
      stream: stream && {
        shards: stream.shards,
        desired: desired.shards,
        utilisation: percent(retried + fresh, stream.capacity),
        ...(desired.observed?.shards && { observed: true }),
      },
      flink: application && {
        kpus: application.kpus,
        billedKpus: application.billedKpus,
        desired: desired.kpus,
        utilisation: percent(accepted, application.capacity),
        lagSeconds: application.lagSeconds,
        backlog: application.backlog,
        ...(desired.observed?.kpus && { observed: true }),
      },
    };
    for (const listener of listeners) listener(record);
  };

  clock.everyMinute(Phase.Traffic, passMinute);
  return {
    traffic: () => traffic,
    minutesPlayed: () => index,
    spike(factor, minutes) {
      checkSpike(factor, minutes);
      spikes.push({ factor, left: minutes });
    },
    stop: () => void (stopped = true),
    resume: () => void (stopped = false),
    get stopped() {
      return stopped;
    },
    play(next) {
      traffic = next;
      index = 0;
    },
    subscribe(listener) {
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((other) => other !== listener);
      };
    },
  };
}

/** Limits of a spike: what a person may ask for. */
export const spikeLimits = { factor: 1000, minutes: 1440 } as const;

/** @throws RangeError that says what is allowed. */
function checkSpike(factor: number, minutes: number): void {
  if (!(factor >= 0 && factor <= spikeLimits.factor)) {
    throw new RangeError(`a spike's factor must be from 0 to ${spikeLimits.factor}, got ${factor}`);
  }
  if (!(Number.isInteger(minutes) && minutes >= 1 && minutes <= spikeLimits.minutes)) {
    throw new RangeError(`a spike's minutes must be a whole number from 1 to ${spikeLimits.minutes}, got ${minutes}`);
  }
}

/** Without capacity there is no utilisation: 0. */
const percent = (value: number, capacity: number): number => (capacity > 0 ? (100 * value) / capacity : 0);
