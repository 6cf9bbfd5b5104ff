import { parameterName } from "../../../scaler/names";
import type { Shape } from "../../../sandbox/core/cloud";
import { happenHostile } from "./happenHostile";
import type { Play } from "./play";
import type { Id, Timed } from "./scenario";

const minute = 60_000;

/** What others do: AWS, an operator, somebody with a console, a new configuration. */
export function happen(one: Play, event: Timed): void {
  const { world, judge } = one;
  const now = world.cloud.clock.now();
  const later = (minutes: number, task: () => void) => void world.cloud.clock.at(now + minutes * minute - 1_000, 1, task);
  switch (event.is) {
    case "hand":
      return byHand(one, event.id, event.percent);
    case "bounds": {
      const config = one.configs[event.id];
      if (!config) return;
      const bounds = { min: event.min, max: event.min + event.more };
      judge.bounded(event.id, { ...config, ...bounds });
      if (world.has(event.id, "config"))
        world.call("ssm", "PutParameter", {
          ...{ Name: parameterName(world.prefix, event.id, "config"), Overwrite: true },
          Value: JSON.stringify(one.configs[event.id]),
        });
      return;
    }
    case "lag":
      return void one.lags.push({ from: now, to: now + event.minutes * minute, milliseconds: event.milliseconds });
    case "spoiled": {
      if (!one.configs[event.id] || !world.has(event.id, "state")) return;
      judge.spoiled(event.id);
      const Name = parameterName(world.prefix, event.id, "state");
      return void world.call("ssm", "PutParameter", { Name, Value: "spoiled", Overwrite: true });
    }
    case "updateFails":
      if (world.flink.look("enrich")) world.flink.failNextUpdate("enrich", { rollback: event.rollback });
      return;
    case "jobFails":
      if (world.flink.look("enrich")) world.flink.stop("enrich", event.minutes * 60);
      return;
    case "stopped":
      return stopped(one, () => later(event.minutes, () => revive(one)));
    case "status":
      if (world.flink.look("enrich")?.status !== "RUNNING") return;
      world.flink.setStatus("enrich", event.status);
      judge.foreign("dev-flink");
      return later(event.minutes, () => revive(one));
    case "updatesFail":
      one.failing = { rollback: event.rollback };
      return later(event.minutes, () => delete one.failing);
    case "patch":
    case "patches":
    case "oddTime":
    case "trouble":
    case "error":
    case "denied":
    case "twin":
    case "slow":
    case "silence":
      return;
    default:
      return happenHostile(one, event);
  }
}

function stopped({ world, judge }: Play, then: () => void): void {
  if (world.flink.look("enrich")?.status !== "RUNNING") return;
  world.call("kinesisanalytics", "StopApplication", { ApplicationName: "enrich" });
  judge.foreign("dev-flink");
  then();
}

/** What an operator or AWS does in the end: the application runs again. */
export function revive({ world, judge }: Pick<Play, "world" | "judge">): void {
  const status = world.flink.look("enrich")?.status;
  if (status === "DELETING") return;
  if (status === undefined || status === "RUNNING" || status === "UPDATING" || status === "ROLLING_BACK") {
    if (!(status === "UPDATING" && !judge.updating())) return;
  }
  if (status === "READY") {
    try {
      world.call("kinesisanalytics", "StartApplication", { ApplicationName: "enrich", RunConfiguration: {} });
    } catch {
      return;
    }
  } else world.flink.setStatus("enrich", "RUNNING");
  judge.foreign("dev-flink");
}

function byHand({ world, judge, configs }: Play, id: Id, percent: number): void {
  const config = configs[id];
  if (!config) return;
  try {
    if (config.kind === "stream") {
      const from = world.kinesis.look("orders")?.openShards ?? 0;
      const to = Math.min(40, Math.max(Math.ceil(from / 2), Math.round((from * percent) / 100)));
      world.call("kinesis", "UpdateShardCount", { StreamName: "orders", TargetShardCount: to, ScalingType: "UNIFORM_SCALING" });
      return judge.foreign(id, { from, to });
    }
    const { ApplicationDetail: detail } = world.call("kinesisanalytics", "DescribeApplication", { ApplicationName: "enrich" });
    const from = Number(world.flink.look("enrich")?.kpus);
    const kpus = Math.max(
      1,
      Math.min(Math.floor(config.maxParallelism / config.parallelismPerKpu), Math.round((from * percent) / 100)),
    );
    world.call("kinesisanalytics", "UpdateApplication", parallelismUpdate(detail, kpus * config.parallelismPerKpu));
    judge.foreign(id, { from, to: kpus });
  } catch {
    // Refused, because something is under way: then the other hand did nothing.
  }
}

function parallelismUpdate(detail: Shape, ParallelismUpdate: number): Shape {
  const ParallelismConfigurationUpdate = { ConfigurationTypeUpdate: "CUSTOM", ParallelismUpdate };
  return {
    ApplicationName: "enrich",
    ConditionalToken: detail.ConditionalToken,
    ApplicationConfigurationUpdate: { FlinkApplicationConfigurationUpdate: { ParallelismConfigurationUpdate } },
  };
}
