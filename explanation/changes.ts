import type { DecisionLine } from "../scaler/aws/log";
import { activityBehind, causeOf } from "./causes";
import type { Activity, Evidence, ScalerLine } from "./evidence";
import type { Explanation, Outcome } from "./explanation";
import { afterWords, shortTimes } from "./words";

/** The log's lines, told as changes. `used`: activities that a line answers. */
export interface Told {
  explanations: Explanation[];
  used: Set<Activity>;
}

/** @param evidence lines in the order of time. */
export function tellChanges(evidence: Evidence): Told {
  const explanations: Explanation[] = [];
  const used = new Set<Activity>();
  const open = new Map<string, Explanation>();
  /** Dimensions whose service is changing. */
  const changing = new Set<string>();
  const lastTrouble = new Map<string, Explanation>();

  const add = (line: ScalerLine, outcome: Outcome, more: Partial<Explanation> = {}): Explanation => {
    const { time, id } = line;
    const kind = line.action === "error" ? undefined : line.kind;
    const explanation: Explanation = { time, end: time, id, kind, outcome, cause: "", steps: [], result: "", ...more };
    explanations.push(explanation);
    return explanation;
  };

  const request = (line: DecisionLine): Partial<Explanation> => {
    const activity = activityBehind(evidence, line.id, line.time, line.requested);
    if (activity) used.add(activity);
    return { ...causeOf(evidence, activity), from: line.from ?? line.actual, to: line.desired };
  };

  const accept = (line: DecisionLine) => {
    const { id, time, actual, desired, requested } = line;
    const before = open.get(id);
    if (before) finish(before, time, "replaced", `${desired} was asked for instead`);
    open.delete(id);
    const explanation = add(line, "inProgress", { ...request(line), end: undefined, result: "waits for the scaler's next run" });
    if (requested !== desired) step(explanation, time, line.reason);
    // What is there now may be on its way to what was asked for before, and in observe mode it says nothing.
    if (actual === desired && !changing.has(id) && line.from === undefined)
      finish(explanation, time, "done", `${desired} are there`);
    else open.set(id, explanation);
  };

  /** Without a request that is in the log: it came before, or nobody asked. */
  const begun = (line: DecisionLine): Explanation => {
    const cause =
      line.action === "putBack" || line.action === "bound" ? shortTimes(line.reason) : "Asked for before the log that was read";
    const explanation = add(line, "inProgress", { cause, from: line.actual, to: line.desired, end: undefined });
    open.set(line.id, explanation);
    return explanation;
  };

  const end = (line: DecisionLine, outcome: Outcome, result: string) => {
    const explanation = open.get(line.id) ?? begun(line);
    step(explanation, line.time, line.reason);
    explanation.result = result;
    // A step of a ladder, or a failure that doesn't cover what is desired: it goes on.
    if (line.actual !== line.desired && line.action !== "giveUp") return;
    finish(explanation, line.time, outcome, result);
    open.delete(line.id);
  };

  /** Desired or actual was moved by somebody else: bounds, or another hand. */
  const moved = (line: DecisionLine) => {
    const explanation = open.get(line.id);
    if (explanation) {
      step(explanation, line.time, line.reason);
      explanation.to = line.desired;
    } else if (line.actual === line.desired) {
      add(line, "noted", { cause: shortTimes(line.reason), from: line.actual, to: line.desired });
    } else begun(line);
  };

  /** What act mode would have begun, or could not have: nothing comes of it. */
  const observed = (line: DecisionLine) => {
    const explanation = open.get(line.id) ?? begun(line);
    open.delete(line.id);
    Object.assign(explanation, { from: line.from ?? explanation.from, to: line.desired });
    const there = `${line.desired} asked for, ${line.actual} there: observe mode changes nothing`;
    if (line.call === undefined) return finish(explanation, line.time, "noted", shortTimes(line.reason));
    finish(explanation, line.time, "observed", there);
  };

  const decision = (line: DecisionLine) => {
    const { id, time, reason } = line;
    if (line.action === "begin") changing.add(id);
    if (line.action === "done" || line.action === "failed") changing.delete(id);
    switch (line.action) {
      case "accept":
        return accept(line);
      case "keep":
        return void add(line, "unchanged", { ...request(line), result: keptWords(line) });
      case "refuse":
        return void add(line, "refused", { ...request(line), to: line.requested, result: `refused: ${shortTimes(reason)}` });
      case "begin":
      case "wait":
      case "blocked": {
        const explanation = open.get(id) ?? (line.actual === line.desired ? undefined : begun(line));
        if (!explanation) return;
        // Between begin and done every minute says that it isn't done yet.
        if (line.action !== "wait" || explanation.steps.length === 0) step(explanation, time, reason);
        explanation.result = line.action === "begin" ? "in progress" : shortTimes(reason);
        return;
      }
      case "done":
        return end(line, "done", `${line.actual} are there`);
      case "failed":
      case "giveUp":
        return end(line, "failed", shortTimes(reason));
      case "putBack":
      case "bound":
        return moved(line);
      case "observe":
        return observed(line);
      case "adopt": {
        const explanation = open.get(id);
        open.delete(id);
        if (explanation) return finish(explanation, time, "replaced", shortTimes(reason));
        return void add(line, "noted", { cause: shortTimes(reason), from: line.actual, to: line.desired });
      }
      case "gone":
        return void add(line, "trouble", { cause: shortTimes(reason), result: "nothing is begun" });
    }
  };

  for (const line of evidence.lines) {
    if (line.action !== "error") {
      decision(line);
      continue;
    }
    const same = lastTrouble.get(line.id);
    if (same?.cause === line.reason) repeat(same, line.time);
    else lastTrouble.set(line.id, add(line, "trouble", { cause: line.reason, result: "the next minute tries again" }));
  }
  return { explanations, used };
}

function repeat(explanation: Explanation, time: number): void {
  explanation.end = time;
  const times = Number(/seen (\d+) times/.exec(explanation.result)?.[1] ?? 1) + 1;
  explanation.result = `seen ${times} times; the next minute tries again`;
}

function keptWords({ requested, desired, reason }: DecisionLine): string {
  return requested === desired ? `${desired} were asked for already` : shortTimes(reason);
}

function finish(explanation: Explanation, time: number, outcome: Outcome, result: string): void {
  const words = outcome === "done" ? `${result} ${afterWords(explanation.time, time)}` : result;
  Object.assign(explanation, { outcome, end: time, result: words });
}

/** What repeats from minute to minute is told once. */
function step(explanation: Explanation, time: number, reason: string): void {
  const text = shortTimes(reason);
  if (explanation.steps.at(-1)?.text !== text) explanation.steps.push({ time, text });
}
