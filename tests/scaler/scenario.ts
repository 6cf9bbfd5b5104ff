import type { Aws } from "../../scaler/aws/clients";
import type { ApiAnswer } from "../../scaler/api/answerApi";
import type { DecisionLine } from "../../scaler/aws/log";
import { handle } from "../../scaler/handler";
import type { DesiredRecord, DimensionAnswer, DimensionState, FlinkConfig, StreamConfig } from "../../scaler/types";
import { equalShards, fakeAws } from "./fakeAws";
import type { FakeAws } from "./fakeAws";

export const start = Date.parse("2026-03-02T08:00:00Z");
export const minute = 60_000;
export const environment = { prefix: "/sluice/dev", stack: "dev" };

export const streamConfig: StreamConfig = {
  kind: "stream",
  name: "orders",
  pipeline: "dev",
  min: 1,
  max: 64,
  mode: "act",
  updatesPerDay: 10,
};

export const flinkConfig: FlinkConfig = {
  kind: "flink",
  name: "enrich",
  pipeline: "dev",
  min: 1,
  max: 32,
  mode: "act",
  parallelismPerKpu: 1,
  maxParallelism: 128,
  drainAfterReshard: false,
  checkpointIntervalSeconds: 60,
};

export interface Metric {
  id: string;
  name: string;
  value: number;
  timestamp: number;
}

/** One pipeline of a stream and an application before a fake AWS, and the lines that the scaler wrote. */
export interface Scenario {
  aws: FakeAws;
  now: number;
  lines: string[];
  /** One minute passes and the minute run runs. */
  run(): Promise<void>;
  /** Runs until the minutes are over; everything under way completes between two runs. */
  runs(count: number): Promise<void>;
  get(id: string): Promise<{ statusCode: number; answer: DimensionAnswer; body: string }>;
  patch(id: string, desiredCapacity: unknown): Promise<{ statusCode: number; answer: DimensionAnswer; body: string }>;
  state(id: string): DimensionState;
  desired(id: string): DesiredRecord;
  decisions(id?: string): DecisionLine[];
  metrics(name: string, id?: string): Metric[];
  configure(id: string, config: Partial<StreamConfig> | Partial<FlinkConfig>): void;
}

export interface Setup {
  stream?: Partial<StreamConfig>;
  flink?: Partial<FlinkConfig> | false;
  shards?: number;
  kpus?: number;
}

export function parametersOf(id: string, config: object): Record<string, string[]> {
  const prefix = `/sluice/dev/${id}`;
  return { [`${prefix}/config`]: [JSON.stringify(config)], [`${prefix}/desired`]: ["{}"], [`${prefix}/state`]: ["{}"] };
}

export function scenario(setup: Setup = {}): Scenario {
  const aws = fakeAws();
  const stream = { ...streamConfig, ...setup.stream };
  aws.streams[stream.name] = { status: "ACTIVE", onDemand: false, shards: equalShards(setup.shards ?? 8) };
  Object.assign(aws.parameters, parametersOf("dev-stream", stream));
  if (setup.flink !== false) {
    const flink = { ...flinkConfig, ...setup.flink };
    Object.assign(aws.parameters, parametersOf("dev-flink", flink));
    aws.applications[flink.name] = {
      status: "RUNNING",
      parallelism: (setup.kpus ?? 4) * flink.parallelismPerKpu,
      parallelismPerKpu: flink.parallelismPerKpu,
      version: 1,
      autoScaling: false,
      operations: [],
    };
  }
  return drive(aws);
}

function drive(aws: FakeAws): Scenario {
  const lines: string[] = [];
  const self: Scenario = {
    aws,
    now: start,
    lines,
    async run() {
      self.now += minute;
      aws.now = self.now;
      await invoke(aws, scheduledEvent(self.now), lines).catch((error: Error) => {
        if (error.name !== "Crash") throw error;
      });
    },
    async runs(count) {
      for (let i = 0; i < count; i++) {
        aws.complete();
        await self.run();
      }
    },
    get: async (id) => parsed(await invoke(aws, apiEvent("GET", id, self.now + 1_000), lines)),
    patch: async (id, desiredCapacity) =>
      parsed(await invoke(aws, apiEvent("PATCH", id, self.now + 1_000, JSON.stringify({ desiredCapacity })), lines)),
    state: (id) => aws.parameter(`/sluice/dev/${id}/state`) as DimensionState,
    desired: (id) => aws.parameter(`/sluice/dev/${id}/desired`) as DesiredRecord,
    decisions: (id) => linesOf<DecisionLine>(lines, "decision").filter((line) => id === undefined || line.id === id),
    metrics: (name, id) => metricsOf(lines).filter((metric) => metric.name === name && (id === undefined || metric.id === id)),
    configure(id, config) {
      const versions = aws.parameters[`/sluice/dev/${id}/config`] ?? [];
      versions.push(JSON.stringify({ ...(JSON.parse(versions.at(-1) ?? "{}") as object), ...config }));
    },
  };
  return self;
}

const { log } = console;
let running = 0;

/** Calls the handler and keeps the lines that it writes; several may run at once. */
export async function invoke(aws: Aws, event: unknown, lines: string[]): Promise<ApiAnswer | undefined> {
  running++;
  console.log = (line: string) => void lines.push(line);
  try {
    return await handle(event, aws, environment);
  } finally {
    if (--running === 0) console.log = log;
  }
}

export function scheduledEvent(time: number) {
  return { source: "aws.events", "detail-type": "Scheduled Event", time: new Date(time).toISOString().replace(".000Z", "Z") };
}

export function apiEvent(httpMethod: string, id: string, requestTimeEpoch: number, body: string | null = null) {
  return { httpMethod, pathParameters: { id }, body, requestContext: { requestTimeEpoch } };
}

function parsed(answer: ApiAnswer | undefined) {
  if (!answer) throw new Error("the API gave no answer");
  return { statusCode: answer.statusCode, body: answer.body, answer: JSON.parse(answer.body) as DimensionAnswer };
}

function linesOf<T>(lines: string[], kind: string): T[] {
  return lines.map((line) => JSON.parse(line) as { sluice?: string }).filter(({ sluice }) => sluice === kind) as T[];
}

interface EmfLine {
  _aws?: { Timestamp: number; CloudWatchMetrics: { Metrics: { Name: string }[] }[] };
  Dimension: string;
  [metric: string]: unknown;
}

function metricsOf(lines: string[]): Metric[] {
  return lines
    .map((line) => JSON.parse(line) as EmfLine)
    .flatMap((line) =>
      (line._aws?.CloudWatchMetrics[0]?.Metrics ?? []).map(({ Name }) => ({
        id: line.Dimension,
        name: Name,
        value: Number(line[Name]),
        timestamp: line._aws?.Timestamp ?? 0,
      })),
    );
}
