import { virtualClock } from "../../../sandbox/core/clock";
import type { Cloud, Principal, ServiceName, Shape } from "../../../sandbox/core/cloud";
import { eventLog } from "../../../sandbox/core/eventLog";
import type { Peers } from "../../../sandbox/core/peers";
import { seededRandom } from "../../../sandbox/core/random";

export interface RecordedCall {
  service: ServiceName;
  operation: string;
  input: Shape;
  caller: Principal;
}

export interface FakeCloud extends Cloud {
  /** Every call between services, in order. */
  readonly calls: RecordedCall[];
}

export interface FakeCloudOptions {
  /** ISO time at which the clock starts. */
  start?: string;
  seed?: number;
  peers?: Partial<Peers>;
  /** Answers calls between services; without it every call answers {}. */
  answer?: (call: RecordedCall) => Shape | Promise<Shape>;
}

const notFaked = (name: string) => () => {
  throw new Error(`this test's cloud has no ${name}`);
};

/** A cloud of one service under test: virtual time, seeded randomness, an event log, and peers that throw unless given. */
export function fakeCloud(options: FakeCloudOptions = {}): FakeCloud {
  const calls: RecordedCall[] = [];
  return {
    account: "123456789012",
    region: "eu-west-1",
    partition: "aws",
    clock: virtualClock(Date.parse(options.start ?? "2026-03-02T00:00:00Z")),
    random: seededRandom(options.seed ?? 1),
    events: eventLog(),
    peers: {
      publishMetric: notFaked("publishMetric"),
      writeLog: notFaked("writeLog"),
      invokeLambda: notFaked("invokeLambda"),
      requestApi: notFaked("requestApi"),
      runScalingPolicy: notFaked("runScalingPolicy"),
      notify: notFaked("notify"),
      ...options.peers,
    },
    calls,
    async call(service, operation, input, caller) {
      const call = { service, operation, input, caller };
      calls.push(call);
      return (await options.answer?.(call)) ?? {};
    },
  };
}
