import { bounds as boundsOf } from "../../../scaler/desired";
import type { DimensionConfig } from "../../../scaler/types";
import type { Shape } from "../../../sandbox/core/cloud";
import type { Answered, Invocation, ScalerCall, ScalerWorld } from "../../support/scalerWorld";
import type { LateViews } from "./lateViews";
import type { Broken, Rule } from "./rules";
import type { Id, Scenario } from "./scenario";

const minute = 60_000;
const day = 86_400_000;
const changeCalls = ["UpdateShardCount", "SplitShard", "MergeShards", "UpdateApplication"];
const quietStatuses = ["ACTIVE", "RUNNING", "READY", "ROLLED_BACK"];

interface Accepted {
  desired: number;
  at: number;
  is: "open" | "reached" | "failed" | "replaced";
}

interface ForeignUpdate {
  at: number;
  from: number;
  to: number;
  /** The last look before it saw the stream at rest with `from` shards. */
  known: boolean;
  seen: boolean;
}

/** Watches every call and answer of one scenario and writes down what breaks a rule. */
export interface Judge {
  broken: Broken[];
  before(call: ScalerCall): void;
  watch: NonNullable<ScalerWorld["watch"]>;
  /** Another hand did something to the stream or the application. */
  foreign(id: Id, update?: { from: number; to: number }): void;
  spoiled(id: Id): void;
  bounded(id: Id, config: DimensionConfig): void;
  afterRun(): void;
  answered(id: Id, answer: Answered, kind: "GET" | "PATCH", disturbed: boolean): void;
  threw(invocation: "run", disturbed: boolean, error: unknown): void;
  lines(lines: readonly string[]): void;
  add(rule: Rule, what: string): void;
  accepted: Record<string, Accepted | undefined>;
  lastChange: number;
  /** Desired of the last answer. */
  desired: Partial<Record<Id, number>>;
  /** UpdateShardCount was refused for the daily limit, by updates that nobody could see. */
  spentOnce: boolean;
  /** A PATCH without an answer: what counts is what GET says next. */
  unknown(id: Id): void;
  spoiledEver(id: Id): boolean;
  /** An update of the application is really under way. */
  updating(): boolean;
  updatesSpent(): boolean;
  atRest(id: Id): boolean;
}

export interface Cast {
  world: ScalerWorld;
  views: LateViews;
  scenario: Scenario;
  configs: Partial<Record<Id, DimensionConfig>>;
  start: number;
}

export function judgeOf({ world, views, scenario, configs, start }: Cast): Judge {
  const now = () => world.cloud.clock.now();
  const foreignAt: Record<Id, number> = { "dev-stream": -Infinity, "dev-flink": -Infinity };
  const spoiledAt: Record<Id, number> = { "dev-stream": -Infinity, "dev-flink": -Infinity };
  const unseenSince: Partial<Record<Id, number>> = {};
  const ours: Partial<Record<Id, string>> = {};
  const history: Record<Id, { at: number; min: number; max: number }[]> = { "dev-stream": [], "dev-flink": [] };
  const foreignUpdates: ForeignUpdate[] = [];
  const starts: number[] = [];
  const failures: { from: number; to: number; restedAt?: number; operation: string }[] = [];
  let sent: { operation: string; from: number; to: number } | undefined;
  let statusBefore: string | undefined;
  let reshardEnded = -Infinity;
  let widest: bigint | undefined;

  world.cloud.events.subscribe(({ type, detail, time }) => {
    if (/^(UpdateShardCount|SplitShard|MergeShards)Completed$/.test(type)) {
      reshardEnded = time;
      if (type.startsWith("UpdateShardCount")) widest = undefined;
    }
    if (type === "UpdateFailed" && sent && detail["operationId"] === sent.operation) failures.push({ ...sent });
    if (/^(UpdateShardCount|SplitShard|MergeShards)Completed$/.test(type)) delete ours["dev-stream"];
    if (/^(UpdateCompleted|RollbackCompleted|RollbackFailed|StopCompleted)$/.test(type)) delete ours["dev-flink"];
    if (/^Rollback(Completed|Failed)$/.test(type)) for (const failure of failures) failure.restedAt ??= time;
  });

  const statusOf = (id: Id) =>
    id === "dev-stream" ? (world.kinesis.look("orders")?.status ?? "MISSING") : (world.flink.look("enrich")?.status ?? "MISSING");
  const countOf = (id: Id) =>
    id === "dev-stream" ? (world.kinesis.look("orders")?.openShards ?? 0) : (world.flink.look("enrich")?.kpus ?? 0);
  const lateness = (id: Id) =>
    1_000 * (id === "dev-stream" ? scenario.services.streamLateSeconds : scenario.services.applicationLateSeconds);
  const isRace = (id: Id, { began }: Invocation) =>
    foreignAt[id] >= began || foreignAt[id] + lateness(id) >= began || spoiledAt[id] >= now() - 3 * minute;

  const judge: Judge = {
    ...{ broken: [], accepted: {}, lastChange: -Infinity, desired: {}, spentOnce: false },
    add(rule, what) {
      judge.broken.push({ rule, minute: Math.floor((now() - start) / minute), what });
    },
    before({ operation }) {
      if (operation === "UpdateApplication") statusBefore = statusOf("dev-flink");
    },
    watch(call, outcome) {
      const { operation, invocation } = call;
      if (operation === "DescribeStreamSummary") noteLook("dev-stream", invocation, outcome);
      else if (operation === "DescribeApplication") noteLook("dev-flink", invocation, outcome);
      else if (operation === "PutParameter") parameterWritten(call, outcome);
      else if (changeCalls.includes(operation)) changeCalled(call, outcome);
      else if (outcome.refusal && call.service === "ssm") judge.add("parameters", `${operation} refused: ${outcome.refusal.message}`);
    },
    foreign(id, update) {
      foreignAt[id] = now();
      views.changed();
      if (!update || id !== "dev-stream") return;
      widest = undefined;
      const known = !isSpoiled() && world.state(id).actual === update.from && !world.state(id).change;
      foreignUpdates.push({ at: now(), ...update, known, seen: false });
      starts.push(now());
    },
    spoiled(id) {
      spoiledAt[id] = now();
    },
    unknown(id) {
      delete judge.accepted[id];
    },
    spoiledEver: (id) => spoiledAt[id] > -Infinity,
    updating() {
      const { ApplicationOperationInfoList: operations } = world.call("kinesisanalytics", "ListApplicationOperations", {
        ...{ ApplicationName: "enrich", OperationStatus: "IN_PROGRESS" },
      });
      return operations.length > 0;
    },
    bounded(id, config) {
      configs[id] = config;
      history[id].push({ at: now(), ...boundsOf(config) });
    },
    afterRun() {
      const last = foreignUpdates.at(-1);
      if (!last || last.seen || isSpoiled() || statusOf("dev-stream") !== "ACTIVE") return;
      const { actual } = world.state("dev-stream");
      if (last.known && last.from !== last.to && actual === last.to && countOf("dev-stream") === last.to) last.seen = true;
    },
    answered(id, { statusCode, answer, body }, kind, disturbed) {
      if (statusCode >= 500 || (statusCode !== 200 && !disturbed)) judge.add("answers", `${kind} ${id}: ${statusCode} ${body}`);
      if (statusCode !== 200) return;
      const { desiredCapacity, scalingStatus, failureReason } = answer;
      if (kind === "GET") judge.desired[id] = desiredCapacity;
      inBounds(id, desiredCapacity, `${kind} ${id} answers ${desiredCapacity}`);
      if (scalingStatus === "Failed" && !failureReason) judge.add("outcome", `${kind} ${id}: Failed without a reason`);
      follow(id, answer, kind);
    },
    threw(invocation, disturbed, error) {
      if (!disturbed) judge.add("answers", `a ${invocation} threw: ${String(error)}`);
    },
    lines(lines) {
      for (const line of lines) {
        const value = /"DesiredCapacity":(-?[\d.]+)/.exec(line)?.[1];
        const id = value === undefined ? undefined : /"Dimension":"([^"]+)"/.exec(line)?.[1];
        if (id !== undefined) inBounds(id as Id, Number(value), `DesiredCapacity ${value} of ${id} published`);
      }
    },
    updatesSpent: () => starts.filter((at) => at > now() - day).length >= (scenario.stream?.updatesPerDay ?? 0),
    atRest: (id) => quietStatuses.includes(statusOf(id)),
  };

  const isSpoiled = () => spoiledAt["dev-stream"] > -Infinity && !world.parameter("dev-stream", "state").text.startsWith("{");

  /** A slow run may still speak of the bounds that held when it began. */
  function inBounds(id: Id, desired: number, what: string): void {
    const known = history[id];
    const recent = known.filter((_, i) => i === known.length - 1 || (known[i + 1]?.at ?? 0) > now() - 2 * minute);
    if (recent.some(({ min, max }) => desired >= min && desired <= max)) return;
    judge.add("bounds", `${what}, the bounds are ${JSON.stringify(recent)}`);
  }

  function noteLook(id: Id, { time }: Invocation, { output }: { output?: Shape; injected?: Error }): void {
    if (output) delete unseenSince[id];
    else unseenSince[id] ??= time;
  }

  function parameterWritten({ input, invocation }: ScalerCall, { refusal }: { refusal?: Error }): void {
    const kind = String(input.Name).split("/").at(-1);
    const owner = invocation.kind === "run" ? "state" : invocation.kind === "PATCH" ? "desired" : "nothing";
    if (kind !== owner) judge.add("parameters", `${invocation.kind} wrote ${input.Name}`);
    const bytes = Buffer.byteLength(input.Value as string);
    if (bytes > 4_096 || refusal) judge.add("parameters", `${input.Name} of ${bytes} bytes: ${refusal?.message ?? "too large"}`);
  }

  function changeCalled(call: ScalerCall, outcome: { output?: Shape; refusal?: Error; injected?: Error }): void {
    const id: Id = call.operation === "UpdateApplication" ? "dev-flink" : "dev-stream";
    judge.lastChange = now();
    if (configs[id]?.mode === "observe") judge.add("observe", `${call.operation} in observe mode`);
    if (outcome.refusal) return refused(id, call, outcome.refusal);
    if (outcome.injected && !("output" in outcome)) return;
    begun(id, call, outcome.output);
  }

  function refused(id: Id, { operation, invocation, input }: ScalerCall, refusal: Error): void {
    if (isRace(id, invocation)) return;
    if ("daily" in refusal) {
      judge.spentOnce = true;
      const hidden = foreignUpdates.some(({ at, seen }) => !seen && at > now() - day - minute);
      if (hidden || starts.some((at) => at > now() - day && at <= spoiledAt["dev-stream"])) return;
    }
    judge.add("limits", `${operation} ${JSON.stringify(input)} was refused: ${refusal.name}: ${refusal.message}`);
  }

  function begun(id: Id, call: ScalerCall, output: Shape): void {
    const { operation, invocation } = call;
    const other: Id = id === "dev-stream" ? "dev-flink" : "dev-stream";
    if (configs[other] && !judge.atRest(other)) {
      const blind = unseenSince[other] !== undefined && now() - unseenSince[other] >= 9 * minute;
      if (ours[other] !== undefined || !(isRace(other, invocation) || blind))
        judge.add("oneChange", `${operation} while ${other} is ${statusOf(other)}`);
    }
    ours[id] = operation;
    if (operation === "UpdateShardCount") {
      starts.push(now());
      towards(id, Number(output.CurrentShardCount), Number(output.TargetShardCount), operation);
    } else if (operation === "UpdateApplication") updateBegun(call, output);
    else planBegun(call);
  }

  /** Within the bounds, or on the way there from outside. */
  function towards(id: Id, from: number, to: number, what: string): void {
    const known = history[id].slice(-2);
    if (known.some(({ min, max }) => to >= min && to <= max)) return;
    if (known.some(({ min, max }) => (from > max && to < from && to > max) || (from < min && to > from && to < min))) return;
    judge.add("bounds", `${what} from ${from} to ${to}, the bounds are ${JSON.stringify(known)}`);
  }

  function updateBegun({ invocation, input }: ScalerCall, output: Shape): void {
    const config = configs["dev-flink"];
    if (config?.kind !== "flink") return;
    const update = input.ApplicationConfigurationUpdate.FlinkApplicationConfigurationUpdate.ParallelismConfigurationUpdate;
    const to = Math.ceil(update.ParallelismUpdate / config.parallelismPerKpu);
    const from = countOf("dev-flink");
    towards("dev-flink", from, to, "UpdateApplication");
    sent = { operation: output.OperationId as string, from, to };
    for (const { from: failedFrom, to: failedTo, restedAt = Infinity } of failures) {
      const covered = failedTo > failedFrom ? to >= failedTo && to > from : to <= failedTo && to < from;
      if (covered && now() - restedAt < 10 * minute && spoiledAt["dev-flink"] < restedAt)
        judge.add("backOff", `UpdateApplication to ${to}, ${(now() - restedAt) / minute} min after ${failedTo} had failed`);
    }
    if (statusBefore === "READY" && !isRace("dev-flink", invocation)) judge.add("stopped", "UpdateApplication while READY");
    if (config.drainAfterReshard) drained(config.checkpointIntervalSeconds, invocation);
  }

  function drained(checkpointSeconds: number, invocation: Invocation): void {
    const since = now() - reshardEnded;
    if (!(since < 15 * minute) || spoiledAt["dev-stream"] > reshardEnded - day) return;
    const lag = views.newestLag(invocation.began);
    const known = lag && lag.milliseconds >= 0 && lag.milliseconds < minute && lag.at >= reshardEnded - 2 * minute;
    // Times are those of events, and an event may be a minute old when the run that saw the reshard's end began.
    if (since < 2 * checkpointSeconds * 1_000 - minute || !known)
      judge.add("drained", `UpdateApplication ${since / minute} min after a reshard, lag ${JSON.stringify(lag)}`);
  }

  function planBegun({ operation, input }: ScalerCall): void {
    const { Shards } = world.call("kinesis", "ListShards", { StreamName: "orders", ShardFilter: { Type: "AT_LATEST" } });
    const widths = new Map<string, bigint>(
      (Shards as Shape[]).map(({ ShardId, HashKeyRange: r }) => [ShardId as string, BigInt(r.EndingHashKey) - BigInt(r.StartingHashKey) + 1n]),
    );
    const most = [...widths.values()].reduce((a, b) => (a > b ? a : b), 0n);
    widest ??= most;
    if (operation !== "MergeShards") return;
    const merged = (widths.get(input.ShardToMerge) ?? 0n) + (widths.get(input.AdjacentShardToMerge) ?? 0n);
    if (merged > widest + widest / 1_000_000n) judge.add("noWiderRange", `a merge to ${merged}, the widest was ${widest}`);
  }

  function follow(id: Id, answer: Answered["answer"], kind: "GET" | "PATCH"): void {
    const { desiredCapacity, actualCapacity, scalingStatus } = answer;
    if (kind === "PATCH") {
      judge.accepted[id] = scalingStatus === "Failed" ? undefined : { desired: desiredCapacity, at: now(), is: "open" };
      return;
    }
    const accepted = judge.accepted[id];
    if (!accepted || accepted.is === "failed" || accepted.is === "replaced") return;
    if (scalingStatus === "Failed") accepted.is = "failed";
    else if (desiredCapacity === accepted.desired) {
      if (actualCapacity === desiredCapacity && scalingStatus === "Successful") accepted.is = "reached";
    } else {
      const { settled } = isSpoiledOf(id) ? {} : world.state(id);
      const explained = settled?.desired === desiredCapacity && settled.reason !== "";
      const clamped = configs[id] && accepted.desired !== clampTo(configs[id], accepted.desired);
      if (explained || clamped || spoiledAt[id] >= accepted.at) accepted.is = "replaced";
      else judge.add("outcome", `${id}: ${accepted.desired} was accepted, ${desiredCapacity} is desired, and nothing says why`);
    }
  }

  const isSpoiledOf = (id: Id) => spoiledAt[id] > -Infinity && !world.parameter(id, "state").text.startsWith("{");

  return judge;
}

function clampTo(config: DimensionConfig, capacity: number): number {
  const { min, max } = boundsOf(config);
  return Math.min(max, Math.max(min, capacity));
}
