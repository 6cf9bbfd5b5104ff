import type { DimensionConfig, FlinkConfig, StreamConfig } from "../../../scaler/types";
import type { interleaving } from "../../support/interleaving";
import { scalerWorld, type Handle, type ScalerWorld } from "../../support/scalerWorld";
import { bystander, type Bystander } from "./bystander";
import { judgeOf, type Judge } from "./judge";
import { lateViews, type LateViews } from "./lateViews";
import type { Id, Scenario } from "./scenario";

export const start = Date.UTC(2026, 2, 2, 8);

/** A scenario under way. */
export interface Play {
  scenario: Scenario;
  world: ScalerWorld;
  judge: Judge;
  views: LateViews;
  ids: Id[];
  configs: Partial<Record<Id, DimensionConfig>>;
  /** Minutes played. */
  at: number;
  /** Lag of a minute, unless an event says otherwise. */
  lags: { from: number; to: number; milliseconds?: number }[];
  /** Parameters written when the answers were last looked at. */
  writes: number;
  /** Calls of this minute are interfered with. */
  disturbed: boolean;
  /** What is broken now and will be put right. */
  wild: number;
  /** Updates of the application fail at the moment. */
  failing?: { rollback: boolean };
  beside?: Bystander;
  /** The last minute changed no parameter. */
  restful: boolean;
  /** A run that stopped between two of its calls and goes on in the next minute. */
  slow?: { run: Promise<void>; among: ReturnType<typeof interleaving>; choices: number[] };
}

export async function open(scenario: Scenario, handle: Handle | undefined): Promise<Play> {
  const { services, stream, flink } = scenario;
  const world = scalerWorld({
    ...{ start, handle },
    kinesis: {
      ...{ updatesPerDay: stream?.updatesPerDay ?? 10, updateShardCountSeconds: () => services.reshardSeconds },
      ...{
        splitShardSeconds: services.splitSeconds,
        mergeShardsSeconds: services.splitSeconds,
        rates: { DescribeStreamSummary: Infinity },
      },
    },
    flink: { restartSeconds: services.restartSeconds },
  });
  const configs = configsOf(scenario);
  const { "dev-stream": streamConfig, "dev-flink": flinkConfig } = configs;
  if (stream && streamConfig) await world.addStream("dev-stream", streamConfig, stream.shards);
  if (flink && flinkConfig) await world.addApplication("dev-flink", flinkConfig, flink.kpus);
  const lags: Play["lags"] = [];
  const lagAt = (time: number) => lags.findLast(({ from, to }) => time >= from && time < to) ?? { milliseconds: 0 };
  const names = { stream: stream && "orders", flink: flink && "enrich" };
  const views = lateViews(world, services, names, (time) => lagAt(time).milliseconds);
  const judge = judgeOf({ world, views, scenario, configs, start });
  const beside =
    scenario.bystander === undefined ? undefined : await bystander(world, scenario.bystander, scenario.pipeline, judge.add);
  for (const id of Object.keys(configs) as Id[]) if (configs[id]) judge.bounded(id, configs[id]);
  world.answer = (call) => {
    if (beside?.concerns(call)) return undefined;
    judge.before(call);
    if (call.operation === "UpdateApplication" && one.failing) world.flink.failNextUpdate("enrich", one.failing);
    return views.answer(call);
  };
  world.watch = (call, outcome) => {
    if (!beside?.concerns(call)) judge.watch(call, outcome);
  };
  const ids = (Object.keys(configs) as Id[]).filter((id) => configs[id]);
  const one: Play = {
    scenario,
    world,
    judge,
    views,
    ids,
    configs,
    at: 0,
    lags,
    writes: -1,
    restful: false,
    disturbed: false,
    wild: 0,
    beside,
  };
  return one;
}

function configsOf({ stream, flink, pipeline = "dev" }: Scenario): { "dev-stream"?: StreamConfig; "dev-flink"?: FlinkConfig } {
  const mode = (observe: boolean) => (observe ? ("observe" as const) : ("act" as const));
  return {
    "dev-stream": stream && {
      ...{ kind: "stream", name: "orders", pipeline, min: stream.min, max: stream.min + stream.more },
      ...{ mode: mode(stream.observe), updatesPerDay: stream.updatesPerDay },
    },
    "dev-flink": flink && {
      ...{
        kind: "flink",
        name: "enrich",
        pipeline,
        min: flink.min,
        max: flink.min + flink.more,
        mode: mode(flink.observe),
      },
      ...{ parallelismPerKpu: flink.perKpu, maxParallelism: flink.most * flink.perKpu - (flink.cut && flink.perKpu > 1 ? 1 : 0) },
      ...{ drainAfterReshard: flink.drain, checkpointIntervalSeconds: 60, lagLimitSeconds: 300 },
      ...(flink.lag && {
        lag: { namespace: "AWS/KinesisAnalytics", metricName: "millisBehindLatest", dimensions: { Application: "enrich" } },
      }),
    },
  };
}
