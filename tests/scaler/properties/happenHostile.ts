import { parameterName } from "../../../scaler/names";
import type { FlinkConfig } from "../../../scaler/types";
import type { Hostile, Kind } from "./hostileScenario";
import type { Play } from "./play";
import type { Id, Timed } from "./scenario";
import { isSoundConfig } from "./soundConfig";

const minute = 60_000;

type Happening = Timed & Hostile;

/** What nobody meant to happen, and how it is put right. */
export function happenHostile(one: Play, event: Happening): void {
  switch (event.is) {
    case "replaced":
      return replaced(one, event);
    case "recreated":
      for (const id of event.ids) recreate(one, id, event.kinds);
      return;
    case "stackAnew":
      return stackAnew(one, event.minutes);
    case "up":
      for (const id of one.ids) restore(one, id, "config");
      return;
    case "units":
      return units(one, event);
    case "onDemand":
      return onDemand(one, event);
    case "applicationAnew":
      return applicationAnew(one, event.minutes);
    case "late":
      return void one.views.late.push({ from: one.world.cloud.clock.now(), ...span(one, event.minutes), seconds: event.seconds });
  }
}

function span(one: Play, minutes: number): { to: number } {
  return { to: one.world.cloud.clock.now() + minutes * minute };
}

/** Just before a run, and at the latest in the scenario's last minute. */
function later(one: Play, minutes: number, task: () => void): void {
  const left = Math.max(0, one.scenario.minutes - one.at);
  one.wild++;
  one.world.cloud.clock.at(one.world.cloud.clock.now() + Math.min(minutes, left) * minute + 30_000, 1, () => {
    one.wild--;
    task();
  });
}

function put(one: Play, id: Id, kind: Kind, Value: string): void {
  const Name = parameterName(one.world.prefix, id, kind);
  one.world.call("ssm", "PutParameter", { ...{ Name, Value, Type: "String", Overwrite: true }, Tier: "Advanced" });
}

function restore(one: Play, id: Id, kind: Kind): void {
  const config = one.configs[id];
  if (!config) return;
  put(one, id, kind, kind === "config" ? JSON.stringify(config) : "{}");
  if (kind === "config") return;
  one.judge.spoiled(id);
  one.judge.trouble.reset(id, kind);
}

function replaced(one: Play, { id, kind, text, change, minutes }: Extract<Happening, { is: "replaced" }>): void {
  const config = one.configs[id];
  if (!config || !one.world.has(id, kind)) return;
  const value = change ? changed(one.world.parameter(id, kind).text, change) : text;
  put(one, id, kind, value);
  one.judge.spoiled(id);
  one.judge.trouble.reset(id, kind);
  if (kind === "config" && isSoundConfig(value)) one.judge.bounded(id, JSON.parse(value) as typeof config, false);
  later(one, minutes, () => {
    const same = one.world.has(id, kind) && one.world.parameter(id, kind).text === value;
    if (!same) return;
    restore(one, id, kind);
    if (kind === "config" && one.configs[id]) one.judge.bounded(id, one.configs[id]);
  });
}

function changed(text: string, [key, value]: [string, unknown]): string {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    whole = {};
  }
  const fields = typeof whole === "object" && whole !== null ? Object.entries(whole) : [];
  return `{${[...fields.filter(([name]) => name !== key), [key, value]]
    .map(([name, field]) => `${JSON.stringify(name)}:${JSON.stringify(field)}`)
    .join(",")}}`;
}

function recreate(one: Play, id: Id, kinds: readonly Kind[]): void {
  if (!one.configs[id]) return;
  for (const kind of kinds) {
    if (!one.world.has(id, kind)) continue;
    one.world.call("ssm", "DeleteParameter", { Name: parameterName(one.world.prefix, id, kind) });
    restore(one, id, kind);
  }
  one.judge.spoiled(id);
}

function stackAnew(one: Play, minutes: number): void {
  const { world, prefix } = { ...one, prefix: one.world.prefix };
  const kinds = ["config", "desired", "state"] as const;
  const names = one.ids.flatMap((id) => kinds.map((kind) => parameterName(prefix, id, kind)));
  world.call("ssm", "DeleteParameters", { Names: names });
  for (const id of one.ids) one.judge.spoiled(id);
  later(one, minutes, () => {
    for (const id of one.ids) for (const kind of kinds) if (!world.has(id, kind)) restore(one, id, kind);
    for (const id of one.ids) one.judge.spoiled(id);
  });
}

/** An hour later, or when the scenario ends, KPUs are what the configuration says again. */
function units(one: Play, { perKpu, parallelism }: Extract<Happening, { is: "units" }>): void {
  const config = one.configs["dev-flink"] as FlinkConfig | undefined;
  if (!config) return;
  setUnits(one, perKpu, Math.min(parallelism, config.maxParallelism));
  const back = () => {
    const kpus = one.world.flink.look("enrich")?.kpus ?? 1;
    const configured = one.scenario.flink?.perKpu ?? 1;
    if (!setUnits(one, configured, Math.min(kpus * configured, config.maxParallelism))) later(one, 1, back);
  };
  later(one, 60, back);
}

/** False where it was refused, because something is under way: then the other hand did nothing. */
function setUnits({ world, judge }: Play, ParallelismPerKPUUpdate: number, ParallelismUpdate: number): boolean {
  if (!world.flink.look("enrich")) return true;
  try {
    const { ApplicationDetail: detail } = world.call("kinesisanalytics", "DescribeApplication", { ApplicationName: "enrich" });
    const ParallelismConfigurationUpdate = { ConfigurationTypeUpdate: "CUSTOM", ParallelismUpdate, ParallelismPerKPUUpdate };
    world.call("kinesisanalytics", "UpdateApplication", {
      ...{ ApplicationName: "enrich", ConditionalToken: detail.ConditionalToken },
      ApplicationConfigurationUpdate: { FlinkApplicationConfigurationUpdate: { ParallelismConfigurationUpdate } },
    });
    judge.foreign("dev-flink");
    return true;
  } catch {
    return false;
  }
}

function onDemand(one: Play, { minutes, recordsPerSecond }: Extract<Happening, { is: "onDemand" }>): void {
  const { judge, configs, world } = one;
  if (!configs["dev-stream"] || !switchMode(one, "ON_DEMAND")) return;
  const records = 60 * recordsPerSecond;
  const offer = () => {
    const minuteStart = Math.floor(world.cloud.clock.now() / minute) * minute - minute;
    world.kinesis.offer("orders", minuteStart, { records, bytes: records * 500 });
    one.views.changed();
  };
  for (let at = 2; at < minutes; at += 3) later(one, at, offer);
  later(one, minutes, () => {
    judge.foreign("dev-stream");
    back(one);
  });
}

/** Refused while a reshard runs: a minute later again. */
function back(one: Play): void {
  if (!switchMode(one, "PROVISIONED")) later(one, 1, () => back(one));
}

function switchMode(one: Play, StreamMode: string): boolean {
  const { world, judge } = one;
  try {
    const StreamARN = `arn:aws:kinesis:us-east-1:123456789012:stream/orders`;
    world.call("kinesis", "UpdateStreamMode", { StreamARN, StreamModeDetails: { StreamMode } });
    judge.trouble.mode(StreamMode === "ON_DEMAND");
    for (const minutes of [0, 1, 2]) later(one, minutes, () => one.views.changed());
    judge.foreign("dev-stream");
    return true;
  } catch {
    return false;
  }
}

function applicationAnew(one: Play, minutes: number): void {
  const { world, judge, configs, scenario } = one;
  const config = configs["dev-flink"] as FlinkConfig | undefined;
  const status = world.flink.look("enrich")?.status;
  if (!config || (status !== "RUNNING" && status !== "READY")) return;
  const { ApplicationDetail: detail } = world.call("kinesisanalytics", "DescribeApplication", { ApplicationName: "enrich" });
  const CreateTimestamp = detail.CreateTimestamp as number;
  world.call("kinesisanalytics", "DeleteApplication", { ApplicationName: "enrich", CreateTimestamp });
  judge.foreign("dev-flink");
  judge.spoiled("dev-flink");
  judge.deleted();
  later(one, 0, () => one.views.changed());
  later(one, Math.max(1, minutes), () => {
    world.createApplication({ ...config, parallelismPerKpu: scenario.flink?.perKpu ?? 1 }, scenario.flink?.kpus ?? 1);
    judge.foreign("dev-flink");
    judge.spoiled("dev-flink");
  });
}
