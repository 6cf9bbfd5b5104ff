import type { Shape } from "../../../../sandbox/core/cloud";
import { minute, Phase } from "../../../../sandbox/core/clock";
import type { Datum } from "../../../../sandbox/core/peers";
import {
  createFlink,
  type Flink,
  type FlinkOptions,
  type FlinkWorkload,
  type ProcessResult,
} from "../../../../sandbox/services/flink/flink";
import { fakeCloud, type FakeCloud } from "../../support/fakeCloud";

export const account = "123456789012";
export const arn = `arn:aws:kinesisanalytics:eu-west-1:${account}:application/app`;
export const caller = { arn: `arn:aws:iam::${account}:root` };

export interface ApplicationChoice {
  parallelism?: number;
  perKpu?: number;
  autoScaling?: boolean;
  rollback?: boolean;
  snapshots?: boolean;
  metricsLevel?: string;
  runtime?: string;
  start?: boolean;
  workload?: Partial<FlinkWorkload>;
}

export interface FlinkFixture {
  cloud: FakeCloud;
  flink: Flink;
  published: Datum[];
  call(operation: string, input?: Shape): Shape;
  pass(seconds: number): Promise<void>;
  /** DescribeApplication's detail of "app". */
  detail(): Shape;
  status(): string;
  /** UpdateApplication to a parallelism, with the current token. */
  scale(parallelism: number): Shape;
  operation(id: string): Shape;
  /** Lets a minute pass in which `records` arrive, accounted in Phase.Traffic of its end. */
  minute(records: number): Promise<ProcessResult>;
}

export function creation(choice: ApplicationChoice = {}): Shape {
  return {
    ApplicationName: "app",
    RuntimeEnvironment: choice.runtime ?? "FLINK-1_20",
    ServiceExecutionRole: `arn:aws:iam::${account}:role/app`,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: {
        CodeContentType: "ZIPFILE",
        CodeContent: { S3ContentLocation: { BucketARN: "arn:aws:s3:::code", FileKey: "job.jar" } },
      },
      FlinkApplicationConfiguration: {
        MonitoringConfiguration: { ConfigurationType: "CUSTOM", MetricsLevel: choice.metricsLevel ?? "APPLICATION" },
        ParallelismConfiguration: {
          ConfigurationType: "CUSTOM",
          Parallelism: choice.parallelism ?? 2,
          ParallelismPerKPU: choice.perKpu ?? 1,
          AutoScalingEnabled: choice.autoScaling ?? false,
        },
      },
      ApplicationSnapshotConfiguration: { SnapshotsEnabled: choice.snapshots ?? true },
      ApplicationSystemRollbackConfiguration: { RollbackEnabled: choice.rollback ?? true },
    },
  };
}

export const toParallelism = (parallelism: number): Shape => ({
  FlinkApplicationConfigurationUpdate: {
    ParallelismConfigurationUpdate: { ConfigurationTypeUpdate: "CUSTOM", ParallelismUpdate: parallelism },
  },
});

/** A running application "app" of two KPUs, 60,000 records a minute each, that reads the stream "s". */
export function flinkFixture(choice: ApplicationChoice = {}, options: FlinkOptions = {}): FlinkFixture {
  const published: Datum[] = [];
  const cloud = fakeCloud({ peers: { publishMetric: (datum) => void published.push(datum) } });
  const flink = createFlink(cloud, { startSeconds: 0, ...options });
  const call = (operation: string, input: Shape = {}) => flink.operations[operation]!(input, caller);
  call("CreateApplication", creation(choice));
  flink.configure("app", { recordsPerKpuPerMinute: 60_000, streamName: "s", ...choice.workload });
  if (choice.start !== false) call("StartApplication", { ApplicationName: "app", RunConfiguration: {} });
  const pass = (seconds: number) => cloud.clock.advanceTo(cloud.clock.now() + seconds * 1_000);
  const detail = () => call("DescribeApplication", { ApplicationName: "app" }).ApplicationDetail;
  return {
    cloud,
    flink,
    published,
    call,
    pass,
    detail,
    status: () => detail().ApplicationStatus,
    scale: (parallelism) =>
      call("UpdateApplication", {
        ApplicationName: "app",
        ConditionalToken: detail().ConditionalToken,
        ApplicationConfigurationUpdate: toParallelism(parallelism),
      }),
    operation: (OperationId) =>
      call("DescribeApplicationOperation", { ApplicationName: "app", OperationId }).ApplicationOperationInfoDetails,
    async minute(records) {
      const start = cloud.clock.now();
      let result: ProcessResult | undefined;
      cloud.clock.at(start + minute, Phase.Traffic, () => {
        result = flink.process("app", start, records);
      });
      await pass(60);
      return result!;
    },
  };
}

export const parallelismIn = (detail: Shape): Shape =>
  detail.ApplicationConfigurationDescription.FlinkApplicationConfigurationDescription.ParallelismConfigurationDescription;

export const named = (published: readonly Datum[], name: string): Datum[] => published.filter((datum) => datum.name === name);

/** A metric's highest value. */
export function highest(published: readonly Datum[], name: string): number | undefined {
  const [datum] = named(published, name).slice(-1);
  return datum && (typeof datum.value === "number" ? datum.value : datum.value.maximum);
}
