import type { Aws } from "../../scaler/aws/clients";
import { equalBoundary } from "../../scaler/decide/plan";

/** A call as the scaler made it. */
export interface Call {
  service: string;
  operation: string;
  input: Record<string, never> & Record<string, unknown>;
}

export interface FakeStream {
  status: string;
  onDemand: boolean;
  /** First keys of the open shards' ranges, with their ids. */
  shards: { id: string; first: bigint }[];
  /** What an update ends in. */
  then?: { id: string; first: bigint }[];
}

export interface FakeApplication {
  status: string;
  parallelism: number;
  parallelismPerKpu: number;
  version: number;
  autoScaling: boolean;
  operations: { id: string; status: string; start: number; end?: number; error?: string }[];
  /** Parallelism before an update under way. */
  before?: number;
}

/** How a call goes wrong: before anything happened, or after (the answer is lost). */
export interface Fault {
  operation: string;
  error: Error;
  when?: "before" | "after";
  times?: number;
  /** Only calls whose input holds this text. */
  matching?: string;
}

export interface FakeAws extends Aws {
  calls: Call[];
  streams: Record<string, FakeStream>;
  applications: Record<string, FakeApplication>;
  parameters: Record<string, string[]>;
  faults: Fault[];
  lag?: { milliseconds: number; at: number };
  now: number;
  /** Called before each call; a test crashes or interleaves here. */
  before?: (call: Call) => Promise<void> | void;
  pauses: number[];
  /** Everything that is under way ends; updates of applications end with this status. */
  complete(operationStatus?: "SUCCESSFUL" | "FAILED" | "CANCELLED", error?: string): void;
  parameter(name: string): unknown;
  called(operation: string): Call["input"][];
}

export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

export function equalShards(count: number, prefix = "shard"): { id: string; first: bigint }[] {
  return Array.from({ length: count }, (_, i) => ({ id: `${prefix}-${i}`, first: equalBoundary(BigInt(i), count) }));
}

type Handler = (input: Record<string, unknown>) => unknown;

/** AWS as far as the scaler touches it: parameters with versions, a stream, an application. Changes end when the test says so. */
export function fakeAws(): FakeAws {
  const aws: FakeAws = {
    calls: [],
    streams: {},
    applications: {},
    parameters: {},
    faults: [],
    now: 0,
    pauses: [],
    pause: async (milliseconds) => void aws.pauses.push(milliseconds),
    complete: (status = "SUCCESSFUL", error) => complete(aws, status, error),
    parameter: (name) => JSON.parse(aws.parameters[name]?.at(-1) ?? "null") as unknown,
    called: (operation) => aws.calls.filter((call) => call.operation === operation).map(({ input }) => input),
    call: async (service, operation, input) => {
      const call = { service, operation, input: structuredClone(input) } as unknown as Call;
      await aws.before?.(call);
      aws.calls.push(call);
      const fault = takeFault(aws, call);
      if (fault && fault.when !== "after") throw fault.error;
      const handler = handlers(aws)[operation];
      if (!handler) throw awsError("UnknownOperation", operation);
      const output = structuredClone(handler(call.input));
      if (fault) throw fault.error;
      return output as never;
    },
  };
  return aws;
}

function takeFault(aws: FakeAws, call: Call): Fault | undefined {
  const fault = aws.faults.find(
    ({ operation, times = Infinity, matching }) =>
      operation === call.operation && times > 0 && (!matching || JSON.stringify(call.input).includes(matching)),
  );
  if (fault?.times !== undefined) fault.times--;
  return fault;
}

function handlers(aws: FakeAws): Record<string, Handler> {
  return { ...parameterHandlers(aws), ...streamHandlers(aws), ...applicationHandlers(aws), ...metricHandlers(aws) };
}

function parameterHandlers({ parameters }: FakeAws): Record<string, Handler> {
  const get = (name: string) => {
    const [plain = "", version] = name.split(":");
    const versions = parameters[plain];
    const at = version === undefined ? (versions?.length ?? 0) : Number(version);
    const Value = versions?.[at - 1];
    return Value === undefined ? undefined : { Name: plain, Value, Version: at, Type: "String" };
  };
  return {
    GetParameter: ({ Name }) => {
      const Parameter = get(String(Name));
      if (!Parameter) throw awsError("ParameterNotFound");
      return { Parameter };
    },
    GetParameters: ({ Names }) => {
      const names = Names as string[];
      return { Parameters: names.flatMap((name) => get(name) ?? []), InvalidParameters: names.filter((name) => !get(name)) };
    },
    GetParametersByPath: ({ Path, NextToken, MaxResults }) => {
      const names = Object.keys(parameters)
        .filter((name) => name.startsWith(`${String(Path)}/`))
        .sort();
      const start = Number(NextToken ?? 0);
      const end = start + Number(MaxResults);
      return { Parameters: names.slice(start, end).map(get), NextToken: end < names.length ? String(end) : undefined };
    },
    PutParameter: ({ Name, Value }) => {
      const versions = (parameters[String(Name)] ??= []);
      versions.push(String(Value));
      return { Version: versions.length };
    },
  };
}

function streamHandlers(aws: FakeAws): Record<string, Handler> {
  const find = ({ StreamName }: Record<string, unknown>) => {
    const stream = aws.streams[String(StreamName)];
    if (!stream)
      throw awsError("ResourceNotFoundException", `Stream ${String(StreamName)} under account 123456789012 not found.`);
    return stream;
  };
  const active = (input: Record<string, unknown>) => {
    const stream = find(input);
    if (stream.status !== "ACTIVE") throw awsError("ResourceInUseException", `not ACTIVE, instead in state ${stream.status}`);
    return stream;
  };
  const start = (stream: FakeStream, then: FakeStream["shards"]) => {
    stream.status = "UPDATING";
    stream.then = then;
    return {};
  };
  return {
    DescribeStreamSummary: (input) => {
      const stream = find(input);
      return {
        StreamDescriptionSummary: {
          StreamStatus: stream.status,
          OpenShardCount: stream.shards.length,
          StreamModeDetails: { StreamMode: stream.onDemand ? "ON_DEMAND" : "PROVISIONED" },
        },
      };
    },
    ListShards: (input) => {
      const { shards } = find(input);
      return {
        Shards: shards.map(({ id, first }, i) => ({
          ShardId: id,
          HashKeyRange: { StartingHashKey: String(first), EndingHashKey: String((shards[i + 1]?.first ?? 2n ** 128n) - 1n) },
          SequenceNumberRange: { StartingSequenceNumber: "1" },
        })),
      };
    },
    UpdateShardCount: (input) => {
      const stream = active(input);
      const target = Number(input["TargetShardCount"]);
      const open = stream.shards.length;
      if (target > 2 * open)
        throw awsError("LimitExceededException", "UpdateShardCount cannot scale up over double your current open shard count");
      if (target < open / 2)
        throw awsError("LimitExceededException", "UpdateShardCount cannot scale down below half your current open shard count");
      start(stream, equalShards(target, `u${aws.calls.length}`));
      return { CurrentShardCount: open, TargetShardCount: target };
    },
    SplitShard: (input) => {
      const stream = active(input);
      const i = stream.shards.findIndex(({ id }) => id === input["ShardToSplit"]);
      if (i < 0) throw awsError("InvalidArgumentException", "the shard is closed");
      const halves = [
        { id: `s${aws.calls.length}a`, first: stream.shards[i]?.first ?? 0n },
        { id: `s${aws.calls.length}b`, first: BigInt(String(input["NewStartingHashKey"])) },
      ];
      return start(stream, [...stream.shards.slice(0, i), ...halves, ...stream.shards.slice(i + 1)]);
    },
    MergeShards: (input) => {
      const stream = active(input);
      const i = stream.shards.findIndex(({ id }) => id === input["ShardToMerge"]);
      if (i < 0 || stream.shards[i + 1]?.id !== input["AdjacentShardToMerge"])
        throw awsError("InvalidArgumentException", "not adjacent");
      const merged = { id: `m${aws.calls.length}`, first: stream.shards[i]?.first ?? 0n };
      return start(stream, [...stream.shards.slice(0, i), merged, ...stream.shards.slice(i + 2)]);
    },
  };
}

function applicationHandlers(aws: FakeAws): Record<string, Handler> {
  const find = ({ ApplicationName }: Record<string, unknown>) => {
    const application = aws.applications[String(ApplicationName)];
    if (!application) throw awsError("ResourceNotFoundException", `Application ${String(ApplicationName)} not found`);
    return application;
  };
  return {
    DescribeApplication: (input) => ({ ApplicationDetail: applicationDetail(find(input)) }),
    UpdateApplication: (input) => {
      const application = find(input);
      if (application.status !== "RUNNING" && application.status !== "READY")
        throw awsError("ResourceInUseException", `Application is ${application.status}`);
      if (input["ConditionalToken"] !== `token-${application.version}`) throw awsError("ConcurrentModificationException");
      const update = input["ApplicationConfigurationUpdate"] as Record<string, Record<string, Record<string, number>>>;
      application.before = application.parallelism;
      application.parallelism =
        update["FlinkApplicationConfigurationUpdate"]?.["ParallelismConfigurationUpdate"]?.["ParallelismUpdate"] ?? 1;
      application.version++;
      application.status = "UPDATING";
      const id = `operation-${application.version}`;
      application.operations.unshift({ id, status: "IN_PROGRESS", start: aws.now });
      return { ApplicationDetail: applicationDetail(application), OperationId: id };
    },
    DescribeApplicationOperation: (input) => {
      const operation = find(input).operations.find(({ id }) => id === input["OperationId"]);
      if (!operation) throw awsError("ResourceNotFoundException");
      const failure = operation.error ? { OperationFailureDetails: { ErrorInfo: { ErrorString: operation.error } } } : {};
      return {
        ApplicationOperationInfoDetails: { Operation: "UpdateApplication", OperationStatus: operation.status, ...failure },
      };
    },
    ListApplicationOperations: (input) => ({
      ApplicationOperationInfoList: find(input).operations.map(({ id, status, start, end }) => ({
        Operation: "UpdateApplication",
        OperationId: id,
        OperationStatus: status,
        StartTime: new Date(start),
        ...(end !== undefined && { EndTime: new Date(end) }),
      })),
    }),
  };
}

function applicationDetail(application: FakeApplication) {
  return {
    ApplicationStatus: application.status,
    ApplicationVersionId: application.version,
    ConditionalToken: `token-${application.version}`,
    ApplicationConfigurationDescription: {
      FlinkApplicationConfigurationDescription: {
        ParallelismConfigurationDescription: {
          Parallelism: application.parallelism,
          CurrentParallelism: application.parallelism,
          ParallelismPerKPU: application.parallelismPerKpu,
          AutoScalingEnabled: application.autoScaling,
        },
      },
    },
  };
}

function metricHandlers(aws: FakeAws): Record<string, Handler> {
  return {
    GetMetricData: () => ({
      MetricDataResults: [
        { Id: "lag", Timestamps: aws.lag ? [new Date(aws.lag.at)] : [], Values: aws.lag ? [aws.lag.milliseconds] : [] },
      ],
    }),
  };
}

function complete(aws: FakeAws, status: string, error: string | undefined): void {
  for (const stream of Object.values(aws.streams)) {
    if (stream.status === "UPDATING") stream.status = "ACTIVE";
    if (stream.then) stream.shards = stream.then;
    delete stream.then;
  }
  for (const application of Object.values(aws.applications)) {
    const operation = application.operations[0];
    if (operation?.status !== "IN_PROGRESS") continue;
    operation.status = status;
    operation.end = aws.now;
    operation.error = error;
    if (status !== "SUCCESSFUL") {
      application.parallelism = application.before ?? application.parallelism;
      application.version++;
    }
    application.status = "RUNNING";
  }
}
