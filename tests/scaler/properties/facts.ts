import type { DimensionConfig } from "../../../scaler/types";
import type { Invocation, ScalerWorld } from "../../support/scalerWorld";
import type { LateViews } from "./lateViews";
import type { Id, Scenario } from "./scenario";

const minute = 60_000;
const quietStatuses = ["ACTIVE", "RUNNING", "READY", "ROLLED_BACK", "MISSING"];

export interface ForeignUpdate {
  at: number;
  from: number;
  to: number;
  /** The last look before it saw the stream at rest with `from` shards. */
  known: boolean;
  seen: boolean;
}

export interface Cast {
  world: ScalerWorld;
  views: LateViews;
  scenario: Scenario;
  configs: Partial<Record<Id, DimensionConfig>>;
  start: number;
}

/** What has really happened so far, as the services know it and the scaler may not. */
export interface Facts {
  foreignAt: Record<Id, number>;
  spoiledAt: Record<Id, number>;
  /** Since when the scaler has not been able to look. */
  unseenSince: Partial<Record<Id, number>>;
  /** The change of the scaler's that is under way. */
  ours: Partial<Record<Id, string>>;
  history: Record<Id, { at: number; min: number; max: number }[]>;
  foreignUpdates: ForeignUpdate[];
  /** Starts of UpdateShardCount, anybody's. */
  starts: number[];
  /** Updates of the scaler's that failed; restedAt: when the application was at rest again. */
  failures: { from: number; to: number; begun: number; failedAt: number; restedAt?: number; operation: string }[];
  /** When an update of the application last went through, anybody's. */
  worked: number;
  /** The scaler's last update of the application. */
  sent?: { operation: string; from: number; to: number; begun: number };
  reshardEnded: number;
  /** When the last reshard began that ended with the count that it began with: nobody who didn't look meanwhile can know of it. */
  hiddenSince?: number;
  /** When a look showed the stream UPDATING. */
  sawUpdating: number;
  /** The widest range when the plan that runs began. */
  widest?: bigint;
  /** Another hand's reshard is under way that makes ranges equal, and whose count tells nobody. */
  unseenReshard: boolean;
  lastChange: number;
  spentOnce: boolean;
  /** Capacities just before the call that is judged. */
  countBefore: number;
  kpusBefore: number;
  /** Desired of the last answer. */
  desired: Partial<Record<Id, number>>;
  statusOf(id: Id): string;
  countOf(id: Id): number;
  atRest(id: Id): boolean;
  /** Another hand came between the look and the call, or too late to be seen. */
  isRace(id: Id, invocation: Invocation): boolean;
}

export function gatherFacts({ world, scenario }: Cast): Facts {
  const { streamLateSeconds, applicationLateSeconds } = scenario.services;
  const lateness = (id: Id) => 1_000 * (id === "dev-stream" ? streamLateSeconds : applicationLateSeconds);
  const facts: Facts = {
    foreignAt: { "dev-stream": -Infinity, "dev-flink": -Infinity },
    spoiledAt: { "dev-stream": -Infinity, "dev-flink": -Infinity },
    unseenSince: {},
    ours: {},
    history: { "dev-stream": [], "dev-flink": [] },
    foreignUpdates: [],
    starts: [],
    failures: [],
    reshardEnded: -Infinity,
    sawUpdating: -Infinity,
    lastChange: -Infinity,
    spentOnce: false,
    unseenReshard: false,
    worked: -Infinity,
    countBefore: 0,
    kpusBefore: 0,
    desired: {},
    statusOf: (id) => (id === "dev-stream" ? world.kinesis.look("orders") : world.flink.look("enrich"))?.status ?? "MISSING",
    countOf: (id) =>
      id === "dev-stream" ? (world.kinesis.look("orders")?.openShards ?? 0) : (world.flink.look("enrich")?.kpus ?? 0),
    atRest: (id) => quietStatuses.includes(facts.statusOf(id)),
    isRace: (id, { began }) =>
      facts.foreignAt[id] + lateness(id) >= began || facts.spoiledAt[id] >= world.cloud.clock.now() - 3 * minute,
  };
  followEvents(world, facts);
  return facts;
}

function followEvents({ cloud }: ScalerWorld, facts: Facts): void {
  cloud.events.subscribe(({ type, detail, time }) => {
    if (detail["application"] === "calm") return;
    if (/^(UpdateShardCount|SplitShard|MergeShards)Completed$/.test(type)) {
      facts.reshardEnded = time;
      facts.hiddenSince = detail["from"] === detail["to"] ? time - 1_000 * Number(detail["seconds"]) : undefined;
      delete facts.ours["dev-stream"];
      if (type.startsWith("UpdateShardCount") && !facts.unseenReshard) facts.widest = undefined;
      facts.unseenReshard = false;
    }
    const { sent } = facts;
    if (type === "UpdateFailed" && sent && detail["operationId"] === sent.operation)
      facts.failures.push({ ...sent, failedAt: time });
    if (type === "UpdateCompleted") facts.worked = time;
    if (/^(UpdateCompleted|RollbackCompleted|RollbackFailed|StopCompleted)$/.test(type)) delete facts.ours["dev-flink"];
    if (/^Rollback(Completed|Failed)$/.test(type)) for (const failure of facts.failures) failure.restedAt ??= time;
  });
}

/** The application's own: somebody may have changed it by hand. */
export function parallelismPerKpu(world: ScalerWorld): number {
  const { ApplicationDetail: detail } = world.call("kinesisanalytics", "DescribeApplication", { ApplicationName: "enrich" });
  return detail.ApplicationConfigurationDescription.FlinkApplicationConfigurationDescription.ParallelismConfigurationDescription
    .ParallelismPerKPU as number;
}
