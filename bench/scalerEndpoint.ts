import type { Aws } from "../scaler/aws/clients";
import { handle } from "../scaler/handler";
import { parameterName } from "../scaler/names";
import type { DimensionConfig } from "../scaler/types";
import { minute, Phase, virtualClock } from "../sandbox/core/clock";
import type { Cloud, Service, Shape } from "../sandbox/core/cloud";
import { eventLog } from "../sandbox/core/eventLog";
import type { Peers } from "../sandbox/core/peers";
import { seededRandom } from "../sandbox/core/random";
import { createFlink } from "../sandbox/services/flink/flink";
import { createKinesis } from "../sandbox/services/kinesis/kinesis";
import { standardThroughput } from "../sandbox/services/ssm/rates";
import { createSsm } from "../sandbox/services/ssm/ssm";

const start = Date.UTC(2026, 0, 5);
const prefix = "/sluice/bench";
const initial = 4;
const root = { arn: "arn:aws:iam::123456789012:root" };

/** How long a run took in virtual time, parameters written, calls throttled, and 1 if it failed as a whole. */
export interface RunFigures {
  seconds: number;
  written: number;
  throttled: number;
  failed: number;
}

/** The scaler's function before many pipelines, each a stream and an application, without metrics and logs. */
export interface Endpoint {
  ids: string[];
  /** AWS calls so far. */
  calls: number;
  /** The next minute's run. */
  run(): Promise<RunFigures>;
  patch(id: string, desiredCapacity: number): Promise<void>;
  allAt(capacity: number): boolean;
}

export interface EndpointOptions {
  /** A call takes so long, and the services' rates count by the second; without it calls take no time and no rate is limited. */
  callMilliseconds?: number;
}

export async function endpointOf(pipelines: number, { callMilliseconds }: EndpointOptions = {}): Promise<Endpoint> {
  const limited = callMilliseconds !== undefined;
  const cloud = quietCloud();
  const { clock } = cloud;
  const kinesis = createKinesis(cloud, {
    ...{
      createStreamSeconds: 0,
      rateWindowSeconds: limited ? 1 : 1e9,
      rates: limited ? {} : { DescribeStreamSummary: Infinity },
    },
  });
  const flink = createFlink(cloud, { startSeconds: 0, applicationLimit: pipelines });
  const { service: ssm } = createSsm(cloud, limited ? { rates: standardThroughput } : {});
  const services: Record<string, Service> = { kinesis, kinesisanalytics: flink, ssm };
  const perform = (service: string, operation: string, input: Shape): Shape =>
    services[service]?.operations[operation]?.(input, root);

  let written = 0;
  let throttled = 0;
  let failed = 0;
  const aws: Aws = {
    pause: (milliseconds) => (limited ? passes(milliseconds) : Promise.resolve()),
    async call(service, operation, input) {
      endpoint.calls++;
      if (operation === "PutParameter") written++;
      if (limited) await passes(callMilliseconds);
      try {
        return perform(service, operation, input);
      } catch (error) {
        if (/Rate exceeded/.test(String(error))) throttled++;
        throw error;
      }
    },
  };
  const passes = (milliseconds: number) =>
    new Promise<void>((resolve) => void clock.at(clock.now() + milliseconds, Phase.Invoke, resolve));

  /** Time passes while the function waits for its calls. */
  const inTime = async (work: Promise<unknown>): Promise<number> => {
    const begin = clock.now();
    let done = false;
    const settle = () => (done = true);
    work.then(settle, settle);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (done) break;
      await clock.advanceTo(clock.now() + 5);
    }
    await work.catch(() => failed++);
    return (clock.now() - begin) / 1_000;
  };
  const invoke = async (event: unknown): Promise<number> => {
    const { log } = console;
    console.log = () => undefined;
    try {
      const work = handle(event, aws, { prefix, stack: "bench" });
      if (limited) return await inTime(work);
      await work;
      return 0;
    } finally {
      console.log = log;
    }
  };

  let minutes = 0;
  const endpoint: Endpoint = {
    ...{ ids: [], calls: 0 },
    async run() {
      minutes++;
      await clock.advanceTo(start + minutes * minute);
      written = throttled = failed = 0;
      const time = new Date(start + minutes * minute).toISOString();
      const seconds = await invoke({ source: "aws.events", "detail-type": "Scheduled Event", time });
      return { seconds, written, throttled, failed };
    },
    async patch(id, desiredCapacity) {
      const requestContext = { requestTimeEpoch: clock.now() };
      const body = JSON.stringify({ desiredCapacity });
      // One a second: Application Auto Scaling's requests of different targets don't come at one instant.
      await clock.advanceTo(clock.now() + 1_000);
      await invoke({ httpMethod: "PATCH", pathParameters: { id }, body, requestContext });
      minutes = Math.max(minutes, Math.ceil((clock.now() - start) / minute));
    },
    allAt: (capacity) =>
      endpoint.ids.every((id) => (id.endsWith("stream") ? kinesis.look(id)?.openShards : flink.look(id)?.kpus) === capacity),
  };
  for (let i = 0; i < pipelines; i++) {
    const pipeline = `p${String(i).padStart(3, "0")}`;
    await clock.advanceTo(clock.now() + 10_000);
    await addPipeline(pipeline, perform, clock, endpoint.ids);
    flink.configure(`${pipeline}-flink`, { recordsPerKpuPerMinute: 60_000, maxParallelism: 128 });
  }
  minutes = Math.ceil((clock.now() - start) / minute);
  return endpoint;
}

async function addPipeline(
  pipeline: string,
  perform: (service: string, operation: string, input: Shape) => Shape,
  clock: Cloud["clock"],
  ids: string[],
): Promise<void> {
  const common = { pipeline, min: 1, max: 16, mode: "act" as const };
  const [stream, application] = [`${pipeline}-stream`, `${pipeline}-flink`];
  perform("kinesis", "CreateStream", { StreamName: stream, ShardCount: initial });
  createApplication(perform, application);
  const configs: DimensionConfig[] = [
    { ...common, kind: "stream", name: stream, updatesPerDay: 10 },
    {
      ...{ ...common, kind: "flink", name: application, parallelismPerKpu: 1, maxParallelism: 128 },
      ...{ drainAfterReshard: false, checkpointIntervalSeconds: 60 },
    },
  ];
  for (const config of configs) {
    ids.push(config.name);
    for (const kind of ["config", "desired", "state"] as const) {
      const Value = kind === "config" ? JSON.stringify(config) : "{}";
      perform("ssm", "PutParameter", { Name: parameterName(prefix, config.name, kind), Type: "String", Value });
    }
    await clock.advanceTo(clock.now() + 2_000);
  }
}

function createApplication(perform: (service: string, operation: string, input: Shape) => Shape, ApplicationName: string): void {
  const ParallelismConfiguration = {
    ...{ ConfigurationType: "CUSTOM", Parallelism: initial, ParallelismPerKPU: 1, AutoScalingEnabled: false },
  };
  perform("kinesisanalytics", "CreateApplication", {
    ...{ ApplicationName, RuntimeEnvironment: "FLINK-1_20", ServiceExecutionRole: "arn:aws:iam::123456789012:role/application" },
    ApplicationConfiguration: { FlinkApplicationConfiguration: { ParallelismConfiguration } },
  });
  perform("kinesisanalytics", "StartApplication", { ApplicationName, RunConfiguration: {} });
}

function quietCloud(): Cloud {
  const peers = { publishMetric: () => undefined } as unknown as Peers;
  return {
    ...{ account: "123456789012", region: "us-east-1", partition: "aws", clock: virtualClock(start), random: seededRandom(1) },
    ...{ events: eventLog(50), peers },
    call: () => Promise.reject(new Error("no service of this endpoint calls another")),
  };
}
