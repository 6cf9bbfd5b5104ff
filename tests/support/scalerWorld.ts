import type { ApiAnswer } from "../../scaler/api/answerApi";
import type { Aws } from "../../scaler/aws/clients";
import { handle as scalerHandle } from "../../scaler/handler";
import { parameterName } from "../../scaler/names";
import type { DimensionAnswer, DimensionConfig, DimensionState, FlinkConfig, StreamConfig } from "../../scaler/types";
import { virtualClock } from "../../sandbox/core/clock";
import type { Cloud, Service, Shape } from "../../sandbox/core/cloud";
import { eventLog } from "../../sandbox/core/eventLog";
import type { Peers } from "../../sandbox/core/peers";
import { seededRandom } from "../../sandbox/core/random";
import { serviceError } from "../../sandbox/core/serviceError";
import { createFlink, type Flink, type FlinkOptions } from "../../sandbox/services/flink/flink";
import { createKinesis, type Kinesis, type KinesisOptions } from "../../sandbox/services/kinesis/kinesis";
import { createSsm, type SsmOptions } from "../../sandbox/services/ssm/ssm";
import type { Interleaving } from "./interleaving";

export type Handle = typeof scalerHandle;

/** One invocation of the function. */
export interface Invocation {
  kind: "run" | "GET" | "PATCH";
  /** The event's time, ms. */
  time: number;
  /** When it began, ms. */
  began: number;
  /** AWS calls it has begun. */
  calls: number;
  dead: boolean;
  /** Ends it here and now, as a time-out or a crash of the Lambda does. */
  die(): void;
}

export interface ScalerCall {
  service: keyof Table;
  operation: string;
  input: Shape;
  invocation: Invocation;
}

/** What happens to a call: an error before or after the service did it, or the end of the invocation. */
export interface Interference {
  when: "before" | "after";
  error?: Error;
}

type Table = Record<"ssm" | "kinesis" | "kinesisanalytics" | "cloudwatch", Service["operations"]>;

export interface WorldOptions {
  start: number;
  seed?: number;
  prefix?: string;
  stack?: string;
  /** The scaler that runs; default: the one in scaler/. */
  handle?: Handle;
  kinesis?: KinesisOptions;
  flink?: FlinkOptions;
  ssm?: SsmOptions;
}

/**
 * The scaler before the service models, without Pulumi, IAM or a Lambda: thousands of simulated hours in seconds. Every call passes
 * `interfere`, `answer` and `watch`, so that a test can break, bend and judge it.
 */
export interface ScalerWorld {
  readonly cloud: Cloud;
  readonly kinesis: Kinesis;
  readonly flink: Flink;
  readonly prefix: string;
  /** What the scaler wrote to its log. Empty it when read. */
  lines: string[];
  calls: number;
  /** Parameters written, by anybody. */
  writes: number;
  /** Calls that may have changed a parameter. */
  changes: number;
  interfere?: (call: ScalerCall) => Interference | undefined;
  /** Stands in for the service's answer; undefined: the service answers. */
  answer?: (call: ScalerCall) => Shape | undefined;
  watch?: (call: ScalerCall, outcome: { output?: Shape; refusal?: Error; injected?: Error }) => void;
  interleaving?: Interleaving;
  /** A call by anybody else, never interfered with. */
  call(service: keyof Table, operation: string, input: Shape): Shape;
  run(time?: number): Promise<void>;
  get(id: string): Promise<Answered>;
  patch(id: string, desiredCapacity: unknown, time?: number): Promise<Answered>;
  addStream(id: string, config: StreamConfig, shards: number): Promise<void>;
  addApplication(id: string, config: FlinkConfig, kpus: number): Promise<void>;
  /** The application alone, without its parameters. */
  createApplication(config: FlinkConfig, kpus: number): void;
  configure(id: string, config: Partial<DimensionConfig>): void;
  has(id: string, kind: Kind): boolean;
  parameter(id: string, kind: Kind): Looked;
  state(id: string): Readonly<DimensionState>;
}

type Perform = ScalerWorld["call"];
type Kind = "config" | "desired" | "state";

interface Looked {
  readonly text: string;
  readonly version: number;
}

/** statusCode 0: the invocation ended without an answer. */
export interface Answered {
  statusCode: number;
  body: string;
  answer: DimensionAnswer;
}

const root = { arn: "arn:aws:iam::123456789012:root" };

export function scalerWorld(options: WorldOptions): ScalerWorld {
  const { start, seed = 1, prefix = "/sluice/dev", stack = "dev", handle = scalerHandle } = options;
  const cloud = quietCloud(start, seed);
  const kinesis = createKinesis(cloud, { createStreamSeconds: 0, ...options.kinesis });
  const flink = createFlink(cloud, { startSeconds: 0, ...options.flink });
  const table: Table = {
    ssm: createSsm(cloud, options.ssm).service.operations,
    kinesis: kinesis.operations,
    kinesisanalytics: flink.operations,
    cloudwatch: {},
  };

  /** What was looked at since a parameter was last changed: judges look at each of them every minute. */
  const looked = new Map<string, Partial<Record<Kind, { found?: Looked }>>>();

  const states = new Map<string, { stored: Looked; value: DimensionState }>();

  const perform = (service: keyof Table, operation: string, input: Shape): Shape => {
    const run = table[service][operation];
    if (!run) throw serviceError(service, "UnknownOperationException", `This world has no ${service}:${operation}.`);
    if (operation === "PutParameter") world.writes++;
    if (service === "ssm" && !operation.startsWith("Get")) {
      looked.clear();
      world.changes++;
    }
    return run(input, root);
  };

  const execute = (call: ScalerCall) => {
    const bent = world.answer?.(call);
    if (bent !== undefined) return bent;
    return perform(call.service, call.operation, call.input);
  };

  const awsOf = (invocation: Invocation): Aws => ({
    pause: async () => undefined,
    async call(service, operation, input) {
      if (invocation.dead) return never();
      await world.interleaving?.pass(invocation);
      if (invocation.dead) return never();
      invocation.calls++;
      world.calls++;
      const call: ScalerCall = { service, operation, input, invocation };
      const fault = world.interfere?.(call);
      if (fault?.when === "before") {
        world.watch?.(call, { injected: fault.error });
        return stopped(invocation, fault.error);
      }
      let output: Shape;
      try {
        output = execute(call);
      } catch (error) {
        world.watch?.(call, { refusal: error as Error });
        throw error;
      }
      world.watch?.(call, { output, injected: fault?.error });
      return fault ? stopped(invocation, fault.error) : output;
    },
  });

  const invoke = async (kind: Invocation["kind"], time: number, event: unknown): Promise<ApiAnswer | undefined> => {
    let end = () => {};
    const ended = new Promise<undefined>((resolve) => (end = () => resolve(undefined)));
    const began = cloud.clock.now();
    const invocation: Invocation = {
      kind,
      time,
      began,
      calls: 0,
      dead: false,
      die() {
        invocation.dead = true;
        end();
      },
    };
    const done = handle(event, awsOf(invocation), { prefix, stack });
    const among = world.interleaving;
    try {
      return await Promise.race([done, ended]);
    } finally {
      among?.ended(invocation);
    }
  };

  const api = async (method: "GET" | "PATCH", id: string, time: number, body: string | null): Promise<Answered> => {
    const event = { httpMethod: method, pathParameters: { id }, body, requestContext: { requestTimeEpoch: time } };
    const answer = await invoke(method, time, event);
    const text = answer?.body ?? "{}";
    return { statusCode: answer?.statusCode ?? 0, body: text, answer: JSON.parse(text) as DimensionAnswer };
  };

  const put = (id: string, kind: Kind, value: object) =>
    perform("ssm", "PutParameter", {
      ...{ Name: parameterName(prefix, id, kind), Value: JSON.stringify(value), Type: "String", Overwrite: true },
    });

  const look = (id: string, kind: Kind): Looked | undefined => {
    let ofId = looked.get(id);
    if (!ofId) looked.set(id, (ofId = {}));
    return (ofId[kind] ??= { found: lookAgain(id, kind) }).found;
  };

  const lookAgain = (id: string, kind: Kind): Looked | undefined => {
    const Names = [parameterName(prefix, id, kind)];
    const [found] = perform("ssm", "GetParameters", { Names }).Parameters as Shape[];
    return found && { text: String(found.Value), version: Number(found.Version) };
  };

  const addParameters = (id: string, config: DimensionConfig) => {
    put(id, "config", config);
    put(id, "desired", {});
    put(id, "state", {});
  };

  const world: ScalerWorld = {
    cloud,
    kinesis,
    flink,
    prefix,
    lines: [],
    calls: 0,
    writes: 0,
    changes: 0,
    call: perform,
    run: async (time = cloud.clock.now()) => void (await invoke("run", time, scheduledEvent(time))),
    get: (id) => api("GET", id, cloud.clock.now(), null),
    patch: (id, desiredCapacity, time = cloud.clock.now()) => api("PATCH", id, time, JSON.stringify({ desiredCapacity })),
    async addStream(id, config, shards) {
      perform("kinesis", "CreateStream", { StreamName: config.name, ShardCount: shards });
      addParameters(id, config);
    },
    async addApplication(id, config, kpus) {
      world.createApplication(config, kpus);
      addParameters(id, config);
    },
    createApplication(config, kpus) {
      createApplication(perform, config, kpus);
      flink.configure(config.name, { recordsPerKpuPerMinute: 1_000, maxParallelism: config.maxParallelism });
      perform("kinesisanalytics", "StartApplication", { ApplicationName: config.name, RunConfiguration: {} });
    },
    has: (id, kind) => look(id, kind) !== undefined,
    configure(id, config) {
      put(id, "config", { ...(JSON.parse(world.parameter(id, "config").text) as object), ...config });
    },
    parameter(id, kind) {
      const found = look(id, kind);
      if (!found) throw new Error(`${id} has no ${kind}`);
      return found;
    },
    state(id) {
      const stored = world.parameter(id, "state");
      if (states.get(id)?.stored !== stored) states.set(id, { stored, value: JSON.parse(stored.text) as DimensionState });
      return states.get(id)!.value;
    },
  };
  return world;
}

/** Virtual time and an event log, without metrics and logs: what nobody reads here costs nothing. */
function quietCloud(start: number, seed: number): Cloud {
  const peers = { publishMetric: () => undefined, writeLog: () => undefined } as unknown as Peers;
  return {
    ...{ account: "123456789012", region: "us-east-1", partition: "aws", clock: virtualClock(start), random: seededRandom(seed) },
    ...{ events: eventLog(50), peers },
    call: () => Promise.reject(new Error("no service of this world calls another")),
  };
}

function stopped(invocation: Invocation, error: Error | undefined): Promise<never> {
  if (error) return Promise.reject(error);
  invocation.die();
  return never();
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}

function createApplication(perform: Perform, config: FlinkConfig, kpus: number): void {
  perform("kinesisanalytics", "CreateApplication", {
    ApplicationName: config.name,
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: "arn:aws:iam::123456789012:role/application",
    ApplicationConfiguration: {
      ApplicationSystemRollbackConfiguration: { RollbackEnabled: true },
      FlinkApplicationConfiguration: {
        ParallelismConfiguration: {
          ConfigurationType: "CUSTOM",
          Parallelism: kpus * config.parallelismPerKpu,
          ParallelismPerKPU: config.parallelismPerKpu,
          AutoScalingEnabled: false,
        },
      },
    },
  });
}

function scheduledEvent(time: number) {
  return { source: "aws.events", "detail-type": "Scheduled Event", time: new Date(time).toISOString() };
}
