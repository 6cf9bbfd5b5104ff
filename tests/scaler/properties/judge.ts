import { bounds as boundsOf, clamp } from "../../../scaler/decide/desired";
import type { DimensionConfig } from "../../../scaler/types";
import type { Shape } from "../../../sandbox/core/cloud";
import type { Answered, Invocation, ScalerCall, ScalerWorld } from "../../support/scalerWorld";
import { gatherFacts, type Cast } from "./facts";
import { judgeCalls } from "./judgeCalls";
import { judgeTrouble, type TroubleJudge } from "./judgeTrouble";
import type { Broken, Rule } from "./rules";
import type { Id } from "./scenario";

const minute = 60_000;
const day = 86_400_000;
const changeCalls = ["UpdateShardCount", "SplitShard", "MergeShards", "UpdateApplication"];

interface Accepted {
  desired: number;
  at: number;
  is: "open" | "reached" | "failed" | "replaced";
}

/** Watches every call and answer of one scenario and writes down what breaks a rule. */
export interface Judge {
  broken: Broken[];
  before(call: ScalerCall): void;
  watch: NonNullable<ScalerWorld["watch"]>;
  /** Another hand did something to the stream or the application. */
  foreign(id: Id, update?: { from: number; to: number }): void;
  spoiled(id: Id): void;
  /** The application is deleted, and its operations with it: one that is made anew counts them from 1. */
  deleted(): void;
  /** `stays`: the scenario's configuration from now on. Otherwise somebody's, until it is put right. */
  bounded(id: Id, config: DimensionConfig, stays?: boolean): void;
  trouble: TroubleJudge;
  afterRun(): void;
  answered(id: Id, answer: Answered, kind: "GET" | "PATCH", disturbed: boolean): void;
  threw(invocation: "run", disturbed: boolean, error: unknown): void;
  lines(lines: readonly string[]): void;
  add(rule: Rule, what: string): void;
  accepted: Record<string, Accepted | undefined>;
  /** When a change was called last. */
  lastChange(): number;
  /** Desired of the last answer. */
  desired: Partial<Record<Id, number>>;
  /** UpdateShardCount was refused for the daily limit, by updates that nobody could see. */
  spentOnce(): boolean;
  /** A PATCH without an answer: what counts is what GET says next. */
  unknown(id: Id): void;
  spoiledEver(id: Id): boolean;
  /** An update of the application is really under way. */
  updating(): boolean;
  updatesSpent(): boolean;
  atRest(id: Id): boolean;
}

export function judgeOf({ world, views, scenario, configs, start }: Cast): Judge {
  const now = () => world.cloud.clock.now();
  const add = (rule: Rule, what: string) => void judge.broken.push({ rule, minute: Math.floor((now() - start) / minute), what });
  const facts = gatherFacts({ world, views, scenario, configs, start });
  const { foreignAt, spoiledAt, history, foreignUpdates, starts, unseenSince, statusOf, countOf } = facts;

  const trouble = judgeTrouble({ world, views, scenario, configs, start }, facts, add);
  const calls = judgeCalls({ world, views, scenario, configs, start }, facts, add, trouble.isUnknown);

  const judge: Judge = {
    broken: [],
    accepted: {},
    desired: facts.desired,
    trouble,
    lastChange: () => facts.lastChange,
    spentOnce: () => facts.spentOnce,
    add,
    before: calls.before,
    watch(call, outcome) {
      const { operation, invocation } = call;
      trouble.call(call, outcome);
      if (operation === "DescribeStreamSummary") noteLook("dev-stream", invocation, outcome);
      else if (operation === "DescribeApplication") noteLook("dev-flink", invocation, outcome);
      else if (operation === "PutParameter") parameterWritten(call, outcome);
      else if (changeCalls.includes(operation)) calls.called(call, outcome);
      else if (outcome.refusal && call.service === "ssm")
        judge.add("parameters", `${operation} refused: ${outcome.refusal.message}`);
    },
    foreign(id, update) {
      foreignAt[id] = now();
      views.changed();
      if (id !== "dev-stream") return;
      if (!isSpoiled(id) && world.has(id, "state") && world.state(id).change) trouble.doubtful();
      if (!update) return;
      facts.unseenReshard = looksLikeNothing(update);
      facts.widest = facts.unseenReshard ? (facts.widest ?? calls.widestRange()) : undefined;
      const known = !isSpoiled("dev-stream") && world.state(id).actual === update.from && !world.state(id).change;
      foreignUpdates.push({ at: now(), ...update, known, seen: false });
      starts.push(now());
    },
    spoiled(id) {
      spoiledAt[id] = now();
    },
    deleted() {
      facts.failures.length = 0;
      delete facts.sent;
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
    bounded(id, config, stays = true) {
      if (stays) configs[id] = config;
      history[id].push({ at: now(), ...boundsOf(config) });
    },
    afterRun() {
      const last = foreignUpdates.at(-1);
      if (!last || last.seen || isSpoiled("dev-stream") || statusOf("dev-stream") !== "ACTIVE") return;
      const { actual } = world.state("dev-stream");
      if (last.known && last.from !== last.to && actual === last.to && countOf("dev-stream") === last.to) last.seen = true;
    },
    answered(id, { statusCode, answer, body }, kind, disturbed) {
      const excused = disturbed || trouble.isBroken(id);
      if (statusCode >= 500 || (statusCode !== 200 && !excused)) judge.add("answers", `${kind} ${id}: ${statusCode} ${body}`);
      if (statusCode !== 200) return;
      const { desiredCapacity, scalingStatus, failureReason } = answer;
      if (kind === "GET") judge.desired[id] = desiredCapacity;
      calls.inBounds(id, desiredCapacity, `${kind} ${id} answers ${desiredCapacity}`);
      if (scalingStatus === "Failed" && !failureReason) judge.add("outcome", `${kind} ${id}: Failed without a reason`);
      follow(id, answer, kind);
    },
    threw(invocation, disturbed, error) {
      if (!disturbed) judge.add("answers", `a ${invocation} threw: ${String(error)}`);
    },
    lines(lines) {
      trouble.lines(lines);
      for (const line of lines) {
        const value = /"DesiredCapacity":(-?[\d.]+)/.exec(line)?.[1];
        const id = value === undefined ? undefined : /"Dimension":"([^"]+)"/.exec(line)?.[1];
        if (id === "dev-stream" || id === "dev-flink")
          calls.inBounds(id, Number(value), `DesiredCapacity ${value} of ${id} published`);
      }
    },
    updatesSpent: () => starts.filter((at) => at > now() - day).length >= (scenario.stream?.updatesPerDay ?? 0),
    atRest: facts.atRest,
  };

  /** Nobody who sees counts alone can know of an update to the same count, or to the one that the scaler's own call leads to. */
  function looksLikeNothing({ from, to }: { from: number; to: number }): boolean {
    return from === to || (!isSpoiled("dev-stream") && world.state("dev-stream").change?.to === to);
  }

  function noteLook(id: Id, { time }: Invocation, { output }: { output?: Shape; injected?: Error }): void {
    if (output?.StreamDescriptionSummary?.StreamStatus === "UPDATING") facts.sawUpdating = now();
    if (output) delete unseenSince[id];
    else unseenSince[id] ??= time;
  }

  function parameterWritten({ input, invocation }: ScalerCall, { refusal }: { refusal?: Error }): void {
    const kind = String(input.Name).split("/").at(-1);
    const owner = invocation.kind === "run" ? "state" : invocation.kind === "PATCH" ? "desired" : "nothing";
    if (kind !== owner) judge.add("parameters", `${invocation.kind} wrote ${input.Name}`);
    const bytes = Buffer.byteLength(input.Value as string);
    const gone = /type is required/.test(refusal?.message ?? "");
    if (bytes > 4_096 || (refusal && !gone))
      judge.add("parameters", `${input.Name} of ${bytes} bytes: ${refusal?.message ?? "too large"}`);
  }

  function follow(id: Id, answer: Answered["answer"], kind: "GET" | "PATCH"): void {
    const { desiredCapacity, actualCapacity, scalingStatus } = answer;
    if (kind === "PATCH") {
      if (scalingStatus !== "Failed") trouble.accepted(id);
      judge.accepted[id] = scalingStatus === "Failed" ? undefined : { desired: desiredCapacity, at: now(), is: "open" };
      return;
    }
    const accepted = judge.accepted[id];
    if (!accepted || accepted.is === "failed" || accepted.is === "replaced") return;
    if (scalingStatus === "Failed") accepted.is = "failed";
    else if (desiredCapacity === accepted.desired) {
      if (actualCapacity === desiredCapacity && scalingStatus === "Successful") accepted.is = "reached";
    } else {
      const { settled } = isSpoiled(id) || !world.has(id, "state") ? {} : world.state(id);
      const explained = settled?.desired === desiredCapacity && settled.reason !== "";
      const clamped = configs[id] && accepted.desired !== clamp(configs[id], accepted.desired);
      if (explained || clamped || spoiledAt[id] >= accepted.at) accepted.is = "replaced";
      else judge.add("outcome", `${id}: ${accepted.desired} was accepted, ${desiredCapacity} is desired, and nothing says why`);
    }
  }

  const isSpoiled = (id: Id) =>
    spoiledAt[id] > -Infinity && !(world.has(id, "state") && world.parameter(id, "state").text.startsWith("{"));

  return judge;
}
