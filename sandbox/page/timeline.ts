import type { DecisionLine } from "../../scaler/aws/log";
import { dimensionId } from "../../scaler/names";
import { minute } from "../core/clock";
import type { SandboxEvent } from "../core/eventLog";
import { createRepetition } from "../repetition";
import { jsonOf } from "../services/logs/embeddedMetrics";
import type { TimelineEntry } from "./messages";
import { alarmWords, plainName, sentence, shortTimes } from "./words";

/** What was decided, why, and when it was done: one entry for each scaling, alarm and command. */
export interface Timeline {
  event(event: SandboxEvent): void;
  /** A line of any log group; those that aren't the scaler's are passed over. */
  logLine(message: string): void;
  /** What somebody did on the page. */
  command(time: number, text: string): void;
  entries(): readonly TimelineEntry[];
  /** Entries that were made or changed after `version`. */
  since(version: number): TimelineEntry[];
  version(): number;
  /** The scaling that is open for a dimension. */
  open(dimension: string): TimelineEntry | undefined;
  /** Names of the operational alarms that are on. */
  alarmsOn(): string[];
}

const kept = 200;
const stepsKept = 12;

type Line = Partial<DecisionLine> & { sluice: string; id: string; reason: string; time: string };

export function createTimeline(stack: string): Timeline {
  const names: Readonly<Record<string, string>> = {
    [dimensionId(stack, "stream")]: "Stream",
    [dimensionId(stack, "flink")]: "Application",
  };
  let entries: TimelineEntry[] = [];
  const versions = new Map<number, number>();
  let version = 0;
  let lastId = 0;
  const openScaling = new Map<string, TimelineEntry>();
  const openAlarm = new Map<string, TimelineEntry>();
  /** Of the application, by what closes them. */
  const openProblem = new Map<string, TimelineEntry>();
  const repetition = createRepetition<TimelineEntry>();
  const lastAlarm = new Map<string, { time: number; reason: string }>();
  const lastCause = new Map<string, string>();
  /** Why an observing dimension was asked for another capacity, until its run says what it would do. */
  const observedWhy = new Map<string, string>();

  const touch = (entry: TimelineEntry) => versions.set(entry.id, ++version);

  const add = (entry: Omit<TimelineEntry, "id" | "steps">): TimelineEntry => {
    const added = { id: ++lastId, steps: [], ...entry };
    entries.push(added);
    if (entries.length > 2 * kept) {
      entries.slice(0, -kept).forEach(({ id }) => versions.delete(id));
      entries = entries.slice(-kept);
    }
    touch(added);
    return added;
  };

  const close = (entry: TimelineEntry, time: number, state: TimelineEntry["state"], outcome?: string) => {
    Object.assign(entry, { state, closed: time, outcome, waits: undefined });
    touch(entry);
  };

  const step = (entry: TimelineEntry, time: number, text: string) => {
    entry.steps = [...entry.steps, { time, text }].slice(-stepsKept);
    entry.waits = undefined;
    touch(entry);
  };

  const stepDone = (entry: TimelineEntry, time: number) => {
    entry.steps = entry.steps.map((one, i) => (i === entry.steps.length - 1 ? { ...one, done: time } : one));
    touch(entry);
  };

  const whoOf = (dimension: string) => names[dimension] ?? dimension;

  /** "monitor alarm A in state ALARM triggered policy P" with the alarm's own reason. */
  const causeWords = (dimension: string, now: number): string | undefined => {
    const cause = lastCause.get(dimension);
    if (cause === undefined) return undefined;
    const alarm = /alarm (\S+) in state/.exec(cause)?.[1];
    const last = alarm === undefined ? undefined : lastAlarm.get(alarm);
    if (alarm === undefined || last === undefined) return sentence(cause);
    const { reason } = last;
    const [what] = /scale-(out|in)/.exec(alarm) ?? [];
    if (what === undefined) return sentence(`alarm ${plainName(alarm, stack)}: ${alarmWords(reason)}`);
    const words = alarmWords(reason, " %").replace("the threshold", `the ${what} threshold`);
    // An alarm that stays in its state scales again; its reason is that of the moment it went off.
    const since =
      now - last.time < minute ? "" : `, and the alarm has been on since ${new Date(last.time).toISOString().slice(11, 16)}`;
    return sentence(`utilisation ${words}${since}`);
  };

  const accept = (line: Line, time: number) => {
    const { id, actual = 0, desired = 0, requested, from } = line;
    const why = causeWords(id, time) ?? "A client of the scaling API asked for it.";
    if (from !== undefined) {
      observedWhy.set(id, why);
      return void lastCause.delete(id);
    }
    const before = openScaling.get(id);
    // A call that is under way belongs to what replaces its scaling: it ends there.
    const underWay = before?.steps.filter(({ done }) => done === undefined) ?? [];
    if (before && before.state === "open") {
      before.steps = before.steps.filter(({ done }) => done !== undefined);
      close(before, time, "replaced", `Replaced: ${desired} is asked for now`);
      openScaling.delete(id);
    }
    if (desired === actual) return;
    const bounded = requested !== undefined && requested !== desired ? ` (${requested} was asked for)` : "";
    const entry = add({
      time,
      who: whoOf(id),
      kind: desired > actual ? "out" : "in",
      title: `Scale ${desired > actual ? "out" : "in"} from ${actual} to ${desired} ${unitOf(line.kind)}${bounded}`,
      why,
      state: "open",
      waits: "Waits for the scaler's next run.",
    });
    entry.steps = underWay;
    openScaling.set(id, entry);
    lastCause.delete(id);
  };

  /** Nothing is scaled, and nothing is open: what was is not pursued. */
  const observed = ({ id, kind, from = 0, desired = 0, actual = 0, call, reason }: Line, time: number) => {
    const before = openScaling.get(id);
    if (before) close(before, time, "replaced", "Not pursued: observe mode changes nothing");
    openScaling.delete(id);
    const direction = desired > from ? "out" : "in";
    const there = `Observe mode changes nothing: ${desired} asked for, ${actual} there.`;
    add({
      ...{ time, who: whoOf(id), kind: direction, state: "noted" },
      title: `Would scale ${direction} from ${from} to ${desired} ${unitOf(kind)}`,
      why: observedWhy.get(id),
      outcome: call === undefined ? sentence(shortTimes(reason)) : there,
    });
    observedWhy.delete(id);
  };

  const waiting = (entry: TimelineEntry | undefined, reason: string) => {
    if (!entry || entry.waits === reason) return;
    entry.waits = reason;
    touch(entry);
  };

  const decision = (line: Line, time: number) => {
    const { id, action } = line;
    const words = sentence(shortTimes(line.reason));
    const entry = openScaling.get(id);
    if (settled.has(action)) repetition.over(whoOf(id));
    switch (action) {
      case "accept":
        return accept(line, time);
      case "begin":
        return entry
          ? step(entry, time, words)
          : void add({ time, who: whoOf(id), kind: kindOf(line), title: words, state: "noted" });
      case "wait":
      case "blocked":
        return waiting(entry, words);
      case "done":
        if (!entry) return;
        stepDone(entry, time);
        if (line.actual !== line.desired) return;
        openScaling.delete(id);
        return close(entry, time, "done", undefined);
      case "failed":
      case "giveUp":
        return scalingFailed(id, time, words);
      case "adopt":
      case "putBack":
      case "bound":
        return void add({ time, who: whoOf(id), kind: "information", title: words, state: "noted" });
      case "observe":
        return observed(line, time);
      case "gone":
        if (entry) scalingFailed(id, time, words);
        return note(whoOf(id), "problem", time, words);
      case "refuse":
        return note(whoOf(id), "problem", time, words);
    }
  };

  const scalingFailed = (id: string, time: number, words: string) => {
    const entry = openScaling.get(id);
    if (!entry) return note(whoOf(id), "problem", time, words);
    openScaling.delete(id);
    close(entry, time, "failed", words);
  };

  /** What is said every minute is one entry. */
  const note = (who: string, kind: TimelineEntry["kind"], time: number, words: string) => {
    const before = repetition.again(who, words, time);
    if (!before) return repetition.note(who, words, time, add({ time, who, kind, title: words, state: "noted" }));
    before.again = { times: (before.again?.times ?? 1) + 1, until: time };
    touch(before);
  };

  const alarm = ({ time, detail }: SandboxEvent) => {
    const [name, to, reason] = [String(detail.alarmName), String(detail.to), String(detail.reason)];
    lastAlarm.set(name, { time, reason });
    if (/scale-(out|in)/.test(name)) return;
    const entry = openAlarm.get(name);
    if (entry && to !== "ALARM") {
      openAlarm.delete(name);
      return close(entry, time, "done", "Over");
    }
    if (to !== "ALARM") return;
    const title = `${plainName(name, stack)} went off`;
    openAlarm.set(name, add({ time, who: "Alarm", kind: "problem", title, why: sentence(alarmWords(reason)), state: "open" }));
  };

  const serviceEvent = (event: SandboxEvent) => {
    const told = toldEvents[event.type];
    if (!told) return;
    const { opens, closes = [], alone = true } = told;
    const over = closes.flatMap((key) => openProblem.get(key) ?? []);
    for (const key of closes) openProblem.delete(key);
    for (const entry of over) close(entry, event.time, "done", sentence(event.message));
    if (over.length > 0 || !alone) return;
    const title = sentence(event.message);
    if (!opens) return note(told.who, told.kind, event.time, title);
    const before = openProblem.get(opens);
    if (before) close(before, event.time, "replaced", title);
    openProblem.set(opens, add({ time: event.time, who: told.who, kind: told.kind, title, state: "open" }));
  };

  return {
    event(event) {
      if (event.type === "AlarmStateChanged") return alarm(event);
      if (event.type === "ScalingActivityStarted") lastCause.set(String(event.detail.dimension), String(event.detail.cause));
      serviceEvent(event);
    },
    logLine(message) {
      if (!message.includes('"sluice"')) return;
      const line = jsonOf(message) as Line | undefined;
      if (line?.sluice !== "decision" && line?.sluice !== "error") return;
      const time = Date.parse(line.time);
      if (line.sluice === "error") return note(whoOf(line.id), "problem", time, sentence(shortTimes(line.reason)));
      decision(line, time);
    },
    command: (time, text) => void add({ time, who: "You", kind: "command", title: text, state: "noted" }),
    entries: () => entries.slice(-kept),
    since: (known) => entries.slice(-kept).filter(({ id }) => (versions.get(id) ?? 0) > known),
    version: () => version,
    open: (dimension) => openScaling.get(dimension),
    alarmsOn: () => [...openAlarm.keys()].map((name) => plainName(name, stack)),
  };
}

/** After these the scaler's trouble with a dimension is over. */
const settled: ReadonlySet<Line["action"]> = new Set(["begin", "done", "adopt", "putBack", "bound", "observe"] as const);

const unitOf = (kind: Line["kind"]) => (kind === "flink" ? "KPUs" : "shards");

const kindOf = ({ actual = 0, target = 0 }: Line): TimelineEntry["kind"] => (target >= actual ? "out" : "in");

interface Told {
  who: string;
  kind: TimelineEntry["kind"];
  opens?: string;
  closes?: string[];
  /** False: only told as the end of something. */
  alone?: boolean;
}

/** Events of the services that people want to see, and what they open or close. A job that starts anew is no longer a failed one. */
const toldEvents: Readonly<Record<string, Told>> = {
  JobFailed: { who: "Application", kind: "problem", opens: "job" },
  JobRestarted: { who: "Application", kind: "information", closes: ["job"] },
  UpdateCompleted: { who: "Application", kind: "information", closes: ["job", "update"], alone: false },
  UpdateFailed: { who: "Application", kind: "problem", opens: "update" },
  RollbackCompleted: { who: "Application", kind: "information", closes: ["job", "update"] },
  RollbackFailed: { who: "Application", kind: "problem" },
  StartFailed: { who: "Application", kind: "problem" },
  StartCompleted: { who: "Application", kind: "information", closes: ["job", "update"] },
  StopCompleted: { who: "Application", kind: "information", closes: ["job"] },
  MaintenanceStarted: { who: "Application", kind: "information", opens: "maintenance" },
  MaintenanceCompleted: { who: "Application", kind: "information", closes: ["maintenance"] },
  AutoScalingStarted: { who: "Application", kind: "problem" },
  InvocationFailed: { who: "Scaler", kind: "problem" },
};
