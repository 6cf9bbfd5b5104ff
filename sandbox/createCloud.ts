import { partitionOf } from "../components/partition";
import { capacityMetrics, idDimension } from "../scaler/names";
import type { Cloud, Principal, Service, ServiceName } from "./core/cloud";
import { virtualClock } from "./core/clock";
import { eventLog } from "./core/eventLog";
import type { Peers } from "./core/peers";
import { seededRandom } from "./core/random";
import { serviceError } from "./core/serviceError";
import { createApiGateway } from "./services/apiGateway/apiGateway";
import { createApplicationAutoScaling } from "./services/applicationAutoScaling/applicationAutoScaling";
import { createCloudWatch, type CloudWatchService, type Delay } from "./services/cloudwatch/cloudwatch";
import { createEvents } from "./services/events/events";
import { createFlink, type Flink, type FlinkOptions } from "./services/flink/flink";
import { createIam, type Iam } from "./services/iam/iam";
import { createKinesis, type Kinesis, type KinesisOptions } from "./services/kinesis/kinesis";
import { createLambda } from "./services/lambda/lambda";
import { createLogs, type Logs } from "./services/logs/logs";
import { runModelled } from "./services/refusal";
import { createS3 } from "./services/s3";
import { createSns } from "./services/sns";
import { createSsm } from "./services/ssm/ssm";

export interface CloudOptions {
  /** Where the clock starts, ms since the epoch. */
  start: number;
  seed: number;
  region: string;
  /** Seconds until a metric is visible, random by seed, or a function of the metric. Default 60. */
  metricDelay?: number | "random" | Delay;
  /** The Lambda uses the installed SDK clients; default: clients that call the table directly. */
  realSdk?: boolean;
  /** What AWS leaves open: the base of a percent step while an activity runs. */
  percentBase?: "desired" | "actual";
  kinesis?: KinesisOptions;
  flink?: FlinkOptions;
}

/** The whole cloud, with the models that the workload, the terminal and the page look into. */
export interface SandboxCloud extends Cloud {
  readonly kinesis: Kinesis;
  readonly flink: Flink;
  readonly cloudwatch: CloudWatchService;
  readonly iam: Iam;
  readonly logs: Logs;
  readonly services: ReadonlyMap<ServiceName, Service>;
  /** The capacity that a dimension was last asked for, by its id: read from what the scaler publishes about itself. */
  desiredCapacity(id: string): number | undefined;
  /** Whether the scaler's last run only observed a dimension. */
  observes(id: string): boolean;
  /** Whoever runs `pulumi up`: a user with all permissions. */
  readonly deployer: Principal;
}

export const accountId = "123456789012";

/** Wires the services to the one dispatch table and to each other. */
export function createCloud(options: CloudOptions): SandboxCloud {
  const table = new Map<ServiceName, Service>();
  const peers = {} as { -readonly [K in keyof Peers]: Peers[K] };
  const cloud: Cloud = {
    account: accountId,
    region: options.region,
    partition: partitionOf(options.region).name,
    clock: virtualClock(options.start),
    random: seededRandom(options.seed),
    events: eventLog(),
    peers,
    async call(name, operation, input, caller) {
      const service = table.get(name);
      if (!service?.operations[operation])
        throw serviceError(name, "UnknownOperationException", `The sandbox has no ${name}:${operation}.`);
      const denied = iam.authorise(caller, service.requirements(operation, input));
      if (denied) throw denied;
      return runModelled(cloud, service, operation, input, caller);
    },
  };

  const iam = createIam(cloud);
  const logs = createLogs(cloud);
  const lambda = createLambda(cloud, iam, { realSdk: options.realSdk });
  const apiGateway = createApiGateway(cloud, iam);
  const kinesis = createKinesis(cloud, options.kinesis);
  const flink = createFlink(cloud, { readStream: kinesis.read, ...options.flink });
  const events = createEvents(cloud);
  const sns = createSns(cloud);
  const autoScaling = createApplicationAutoScaling(cloud, {
    percentBase: options.percentBase,
    mayDo: (caller, requirement) => iam.authorise(caller, [requirement]) === undefined,
  });
  const cloudwatch = createCloudWatch(cloud, { delay: options.metricDelay });

  const services = [
    ...[iam.service, logs.service, lambda.service, apiGateway.service, events.service, sns.service],
    ...[createSsm(cloud).service, createS3(cloud).service, kinesis, flink, autoScaling, cloudwatch],
  ];
  for (const service of services) table.set(service.name, service);

  // The deployer is an administrator like any other: its policy is in IAM, its calls are authorised.
  const administrator = { arn: `arn:${cloud.partition}:iam::${accountId}:user/deployer` };
  iam.service.operations.CreateUser?.({ UserName: "deployer" }, administrator);
  iam.service.operations.AttachUserPolicy?.(
    { UserName: "deployer", PolicyArn: `arn:${cloud.partition}:iam::aws:policy/AdministratorAccess` },
    administrator,
  );

  const desired = new Map<string, number>();
  const observing = new Set<string>();
  peers.publishMetric = (datum) => {
    cloudwatch.publish(datum);
    const id = datum.dimensions[idDimension] ?? "";
    if (datum.name === capacityMetrics.desired && typeof datum.value === "number") desired.set(id, datum.value);
    // Each run publishes its changes, and in observe mode after them those that it only told.
    else if (datum.name === capacityMetrics.changes) observing.delete(id);
    else if (datum.name === capacityMetrics.observed) observing.add(id);
  };
  peers.writeLog = logs.writeLog;
  peers.invokeLambda = lambda.invokeLambda;
  peers.requestApi = apiGateway.requestApi;
  peers.runScalingPolicy = autoScaling.runScalingPolicy;
  peers.notify = sns.notify;

  const desiredCapacity = (id: string) => desired.get(id);
  const observes = (id: string) => observing.has(id);
  return { ...cloud, desiredCapacity, observes, kinesis, flink, cloudwatch, iam, logs, services: table, deployer: administrator };
}
