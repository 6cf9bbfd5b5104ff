import type { GetMetricDataCommandInput, GetMetricDataCommandOutput } from "@aws-sdk/client-cloudwatch";
import type {
  DescribeStreamSummaryCommandInput,
  DescribeStreamSummaryCommandOutput,
  ListShardsCommandInput,
  ListShardsCommandOutput,
  MergeShardsCommandInput,
  MergeShardsCommandOutput,
  SplitShardCommandInput,
  SplitShardCommandOutput,
  UpdateShardCountCommandInput,
  UpdateShardCountCommandOutput,
} from "@aws-sdk/client-kinesis";
import type {
  DescribeApplicationCommandInput,
  DescribeApplicationCommandOutput,
  DescribeApplicationOperationCommandInput,
  DescribeApplicationOperationCommandOutput,
  ListApplicationOperationsCommandInput,
  ListApplicationOperationsCommandOutput,
  StartApplicationCommandInput,
  StartApplicationCommandOutput,
  UpdateApplicationCommandInput,
  UpdateApplicationCommandOutput,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type {
  GetParameterCommandInput,
  GetParameterCommandOutput,
  GetParametersByPathCommandInput,
  GetParametersByPathCommandOutput,
  GetParametersCommandInput,
  GetParametersCommandOutput,
  PutParameterCommandInput,
  PutParameterCommandOutput,
} from "@aws-sdk/client-ssm";

/** Every AWS operation that the scaler calls: input and output. The role allows these and no others. */
export interface Operations {
  ssm: {
    GetParameter: [GetParameterCommandInput, GetParameterCommandOutput];
    GetParameters: [GetParametersCommandInput, GetParametersCommandOutput];
    GetParametersByPath: [GetParametersByPathCommandInput, GetParametersByPathCommandOutput];
    PutParameter: [PutParameterCommandInput, PutParameterCommandOutput];
  };
  kinesis: {
    DescribeStreamSummary: [DescribeStreamSummaryCommandInput, DescribeStreamSummaryCommandOutput];
    ListShards: [ListShardsCommandInput, ListShardsCommandOutput];
    UpdateShardCount: [UpdateShardCountCommandInput, UpdateShardCountCommandOutput];
    SplitShard: [SplitShardCommandInput, SplitShardCommandOutput];
    MergeShards: [MergeShardsCommandInput, MergeShardsCommandOutput];
  };
  kinesisanalytics: {
    DescribeApplication: [DescribeApplicationCommandInput, DescribeApplicationCommandOutput];
    UpdateApplication: [UpdateApplicationCommandInput, UpdateApplicationCommandOutput];
    DescribeApplicationOperation: [DescribeApplicationOperationCommandInput, DescribeApplicationOperationCommandOutput];
    ListApplicationOperations: [ListApplicationOperationsCommandInput, ListApplicationOperationsCommandOutput];
    StartApplication: [StartApplicationCommandInput, StartApplicationCommandOutput];
  };
  cloudwatch: {
    GetMetricData: [GetMetricDataCommandInput, GetMetricDataCommandOutput];
  };
}

type Input<S extends keyof Operations, O extends keyof Operations[S]> = Operations[S][O] extends [infer I, unknown] ? I : never;
type Output<S extends keyof Operations, O extends keyof Operations[S]> = Operations[S][O] extends [unknown, infer R] ? R : never;

/** AWS as the scaler sees it: one function to call an operation, and one to wait under a service's API rate. */
export interface Aws {
  call<S extends keyof Operations, O extends keyof Operations[S] & string>(
    service: S,
    operation: O,
    input: Input<S, O>,
  ): Promise<Output<S, O>>;
  pause(milliseconds: number): Promise<void>;
}

interface Sender {
  send(command: unknown, options: { abortSignal: AbortSignal }): Promise<unknown>;
  destroy(): void;
}

interface Opened {
  sdk: SdkModule;
  client: Sender;
  /** Calls under way. */
  calls: number;
}

type SdkModule = Record<string, new (input: unknown) => unknown>;

/** Milliseconds after which a call is given up, its body read or not: a run has 55 s, API Gateway waits for 29 s. */
export const longestCallMs = 8_000;

/**
 * The SDK's clients, made when first used and kept warm. No retries: the next minute tries again, and a refused update must not
 * become three.
 */
export function awsClients(callMs = longestCallMs): Aws {
  const modules: Record<keyof Operations, () => Promise<{ sdk: SdkModule; client: string }>> = {
    ssm: async () => ({ sdk: sdkModule(await import("@aws-sdk/client-ssm")), client: "SSMClient" }),
    kinesis: async () => ({ sdk: sdkModule(await import("@aws-sdk/client-kinesis")), client: "KinesisClient" }),
    kinesisanalytics: async () => ({
      sdk: sdkModule(await import("@aws-sdk/client-kinesis-analytics-v2")),
      client: "KinesisAnalyticsV2Client",
    }),
    cloudwatch: async () => ({ sdk: sdkModule(await import("@aws-sdk/client-cloudwatch")), client: "CloudWatchClient" }),
  };
  const opened: Partial<Record<keyof Operations, Promise<Opened>>> = {};

  const open = async (service: keyof Operations): Promise<Opened> => {
    const { sdk, client } = await modules[service]();
    return { sdk, client: construct(sdk, client, clientOptions()) as Sender, calls: 0 };
  };

  return {
    async call(service, operation, input) {
      const opening = (opened[service] ??= open(service));
      const it = await opening;
      const command = construct(it.sdk, `${operation}Command`, input);
      it.calls++;
      try {
        const send = (abortSignal: AbortSignal) => it.client.send(command, { abortSignal });
        // Kinesis' calls share a connection: the next one must not be sent down one that is dead.
        const late = () => void (opened[service] === opening && delete opened[service]);
        return (await inTime(callMs, `${service}:${operation}`, send, late)) as never;
      } finally {
        it.calls--;
        if (opened[service] !== opening && it.calls === 0) it.client.destroy();
      }
    },
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

function clientOptions() {
  return { maxAttempts: 1, requestHandler: { connectionTimeout: 2_000 } };
}

/** The SDK's own timeouts don't do: `requestTimeout` only warns, and none of them ends a body that never ends. */
async function inTime<T>(
  milliseconds: number,
  call: string,
  send: (signal: AbortSignal) => Promise<T>,
  late: () => void,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      late();
      reject(Object.assign(new Error(`no answer of ${call} within ${milliseconds / 1000} s`), { name: "TimeoutError" }));
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([send(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function sdkModule(module: object): SdkModule {
  return module as SdkModule;
}

function construct(sdk: SdkModule, name: string, input: unknown): unknown {
  const Constructor = sdk[name];
  if (!Constructor) throw Object.assign(new Error(`The AWS SDK of this runtime has no ${name}`), { name: "MissingCommand" });
  return new Constructor(input);
}
