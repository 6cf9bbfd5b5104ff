import type { SandboxEvent } from "../../sandbox/core/eventLog";
import type { PipelineRun } from "../pipeline/support/pipelineRun";
import type { LoopFault } from "./episode";
import { isEvident, type Dimension, type TrueMinute, type Window } from "./evidence";
import type { BrokenLoop, LoopRule } from "./rules";

const minute = 60_000;
/** Fifteen minutes, and what alarms need to see it: their window, and metrics that are two minutes old. */
const toldMinutes = 30;
/** Constant traffic is known, backlogs are drained. */
const settlingMinutes = 30;
const restfulMinutes = 20;
/** What was asked for may be under way so long: as a plan of splits and merges, say. */
const pendingMinutes = 20;
/** An episode's minutes and production's window before it. */
const rememberedMinutes = 600;

export interface LoopJudge {
  /** `constant`: the minute from which the traffic stays as it is. */
  begin(faults: readonly LoopFault[], constant: number): void;
  /** The episode's minute of this number is over. */
  minute(at: number): void;
  end(): BrokenLoop[];
}

type SecondsLate = (namespace: string, name: string) => number;

const metricsOf: Record<Dimension, readonly (readonly [namespace: string, name: string])[]> = {
  stream: [
    ["AWS/Kinesis", "IncomingRecords"],
    ["AWS/Kinesis", "IncomingBytes"],
  ],
  flink: [
    ["AWS/Kinesis", "IncomingRecords"],
    ["AWS/KinesisAnalytics", "millisBehindLatest"],
  ],
};

export async function judgeLoop(run: PipelineRun, secondsLate: SecondsLate): Promise<LoopJudge> {
  const { stack } = run.deployment.config;
  const windows = { stream: await windowOf(run, `${stack}-stream`), flink: await windowOf(run, `${stack}-flink`) };
  const past: TrueMinute[] = [];
  let broken: BrokenLoop[] = [];
  let faults: readonly LoopFault[] = [];
  let at = 0;
  let read = { lines: 0, changes: 0, events: 0 };
  let constantSince = run.cloud.clock.now();
  /** Accepted by PATCH last, and what was desired before. */
  /** When the log last named an action. */
  const named = new Map<string, number>();
  run.cloud.logs.subscribe(({ message }) => {
    for (const action of everyRun) if (message.includes(action)) named.set(action, run.cloud.clock.now());
  });
  const asked: Partial<Record<Dimension, { at: number; desired: number }>> = {};
  let failedAt = -Infinity;
  let lastFailed = -Infinity;
  let mendedAt = -Infinity;
  let shutSince: number | undefined;
  let opened = { shut: -Infinity, at: -Infinity };
  const add = (rule: LoopRule, what: string) => void broken.push({ rule, minute: at, what });
  const active = (is: LoopFault["is"]) =>
    faults.filter((one) => one.is === is && at >= one.minute && at < one.minute + one.minutes);

  function remember(): void {
    const record = run.last();
    const ended = record.time + minute;
    const known = (dimension: Dimension) => ended + 1_000 * Math.max(...metricsOf[dimension].map((one) => secondsLate(...one)));
    past.push({
      record,
      known: { stream: known("stream"), flink: known("flink") },
      jobUp: !isDown() && (record.flink?.lagSeconds ?? 0) < 90,
    });
    if (past.length > rememberedMinutes) past.shift();
  }

  /** A restart mends the job. */
  function isDown(): boolean {
    const now = run.cloud.clock.now();
    return active("jobDown").some((one) => mendedAt < now - (at - one.minute + 1) * minute);
  }

  function decisions(): void {
    for (const line of run.lines.slice(read.lines)) {
      if (line.desired === undefined || (line.id !== `${stack}-stream` && line.id !== `${stack}-flink`)) continue;
      const dimension = line.id === `${stack}-stream` ? "stream" : "flink";
      const before = asked[dimension]?.desired;
      const time = Date.parse(line.time);
      if (line.action === "accept" && before !== undefined && line.desired < before)
        scaledIn(dimension, time, before, line.desired);
      asked[dimension] = { desired: line.desired, at: line.action === "accept" ? time : (asked[dimension]?.at ?? -Infinity) };
    }
    read = { ...read, lines: run.lines.length };
  }

  function scaledIn(dimension: Dimension, time: number, from: number, to: number): void {
    // A maximum that was lowered cuts what was asked for.
    const cut = active("bounds").some((one) => one.is === "bounds" && one.dimension === dimension && to >= one.max);
    if (cut || isEvident(past, { dimension, time, from }, windows[dimension])) return;
    const { minutes, datapoints, below } = windows[dimension];
    add("evidence", `${dimension} ${from} to ${to}: not ${datapoints} of ${minutes} minutes were known to be below ${below} %`);
  }

  function looks(): void {
    const shut =
      active("ruleOff").length > 0 ||
      active("throttled").length > 0 ||
      active("denied").some((one) => one.is === "denied" && one.action === "ssm:GetParametersByPath");
    if (shut) shutSince ??= run.cloud.clock.now();
    else if (shutSince !== undefined) {
      opened = { shut: shutSince, at: run.cloud.clock.now() - minute };
      shutSince = undefined;
    }
  }

  function changes(): void {
    for (const { dimension, time, from, to } of run.changes.slice(read.changes)) {
      const what = `${dimension} ${from} to ${to}`;
      if (shutSince !== undefined && time >= shutSince) add("eyesShut", `${what}, and no run looks`);
      const askedAt = asked[dimension]?.at ?? -Infinity;
      const meanwhile = askedAt > opened.shut && askedAt < opened.at - 16 * minute;
      if (time < opened.at + 15 * minute && meanwhile)
        add("eyesShut", `${what}, asked for ${Math.round((opened.at - askedAt) / minute)} min before the first run`);
    }
    read = { ...read, changes: run.changes.length };
  }

  function restarts(): void {
    for (const { type, time, detail } of run.events.slice(read.events) as SandboxEvent[]) {
      if (type === "UpdateFailed") failedAt = lastFailed = time;
      if (type === "UpdateCompleted") [failedAt, mendedAt] = [-Infinity, time];
      if (type === "UpdateStarted" && time - failedAt < 9 * minute)
        add("restarts", `UpdateApplication to ${String(detail["to"])} ${(time - failedAt) / minute} min after a failed one`);
    }
    read = { ...read, events: run.events.length };
  }

  /** Troubles that last so long that somebody must be told. */
  function told(): void {
    for (const fault of faults) {
      const { is, minutes } = fault;
      if (at !== fault.minute + toldMinutes || minutes <= toldMinutes) continue;
      // A restart mends the job, without traffic nothing falls behind, and without all metrics nobody can know.
      if (is === "jobDown" && ((run.last().flink?.lagSeconds ?? 0) < 20 * 60 || applicationIsHidden())) continue;
      if (is === "scheduled" || is === "bounds") continue;
      if (is === "late" || is === "updatesFail" || (is === "denied" && !everyRun.includes(fault.action))) continue;
      const ringing = run.cloud.cloudwatch
        .alarms()
        .filter(({ state, name }) => state === "ALARM" && !/-scale-(in|out)-/.test(name));
      const since = run.cloud.clock.now() - toldMinutes * minute;
      const words =
        is === "denied"
          ? (named.get(fault.action) ?? -Infinity) >= since
          : ringing.some(({ description }) => (is === "jobDown" ? description !== "" : /silent/.test(description)));
      const which = JSON.stringify(fault);
      if (ringing.length === 0) add("told", `${which}: no alarm is in ALARM`);
      else if (!words && !blinded(fault))
        add("told", `${which}: no words, in ALARM: ${ringing.map(({ name }) => name).join(", ")}`);
    }
  }

  function applicationIsHidden(): boolean {
    return active("late").some((one) => one.is === "late" && one.namespace === "AWS/KinesisAnalytics" && one.name === undefined);
  }

  /** Who can't run, or whose log comes later, can't name what is denied. */
  function blinded(fault: LoopFault): boolean {
    return fault.is === "denied" && [...active("ruleOff"), ...active("throttled")].length > 0;
  }

  /** The day's updates come back one by one: until then a stream may go on scaling in, but nothing turns round. */
  function rest(): void {
    const now = run.cloud.clock.now();
    const settled = run.changes.filter(({ time, kind }) => kind === "update" && time >= constantSince + settlingMinutes * minute);
    for (const { dimension, from, to, time } of settled) {
      const turned = settled.some((one) => one.dimension === dimension && one.time < time && one.to < one.from);
      const excused = dimension === "flink" && lastFailed > time - 3 * 60 * minute;
      if (to > from && !excused && (turned || time >= now - restfulMinutes * minute))
        add("rest", `${dimension} ${from} to ${to} ${(now - time) / minute} min before the end of constant traffic`);
    }
    const { stream, flink } = run.last();
    const pends = (dimension: Dimension, actual?: number, desired?: number) => {
      if (desired === undefined || desired === actual || now - (asked[dimension]?.at ?? 0) < pendingMinutes * minute) return;
      // A plan of splits and merges goes on for as long as it has calls to make.
      if (run.changes.some((one) => one.dimension === dimension && one.time > now - 5 * minute)) return;
      add("rest", `${dimension} has ${actual}, ${desired} is desired`);
    };
    pends("stream", stream?.shards, stream?.desired);
    pends("flink", flink?.kpus, flink?.desired);
  }

  return {
    begin(of, constant) {
      [faults, broken, constantSince] = [of, [], run.cloud.clock.now() + constant * minute];
    },
    minute(number) {
      at = number;
      remember();
      looks();
      decisions();
      changes();
      restarts();
      told();
    },
    end() {
      rest();
      return broken;
    },
  };
}

/** Calls that each minute's run makes, whatever it decides. */
const everyRun: readonly string[] = [
  "ssm:GetParametersByPath",
  "kinesis:DescribeStreamSummary",
  "kinesisanalytics:DescribeApplication",
];

async function windowOf(run: PipelineRun, id: string): Promise<Window> {
  const { MetricAlarms } = await run.cloud.call(
    "cloudwatch",
    "DescribeAlarms",
    { AlarmNamePrefix: `${id}-scale-in` },
    run.cloud.deployer,
  );
  const { EvaluationPeriods: minutes, DatapointsToAlarm: datapoints = minutes, Threshold: below } = MetricAlarms[0];
  return { minutes, datapoints, below };
}
