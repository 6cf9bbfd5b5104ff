import type { Explanation, Outcome } from "../../explanation/explanation";
import { afterWords, timeOfDay } from "../../explanation/words";
import { wrapped } from "../wrapped";

const outcomeWords: Readonly<Record<Outcome, string>> = {
  done: "done",
  inProgress: "in progress",
  failed: "FAILED",
  replaced: "replaced",
  unchanged: "no change",
  refused: "REFUSED",
  notScaled: "not scaled",
  observed: "would have scaled (observe)",
  noted: "noted",
  trouble: "TROUBLE",
};

/** Below the headline's time. */
const indent = " ".repeat(7);

/**
 * A timeline: a headline for each explanation with its signal, rule, steps and result beneath.
 * @param stack its dimensions are called stream and flink, those of several pipelines orders-stream and orders-flink. @param width columns; long lines go on indented.
 */
export function printExplanations(explanations: readonly Explanation[], stack: string, width: number): string {
  const lines: string[] = [];
  const names = Math.max(8, ...explanations.map(({ id }) => nameOf(id, stack).length + 2));
  let day = "";
  for (const explanation of explanations) {
    const date = new Date(explanation.time).toISOString().slice(0, 10);
    if (date !== day) lines.push(...(lines.length > 0 ? [""] : []), date);
    day = date;
    lines.push("", ...printOne(explanation, stack, names, width));
  }
  return lines.join("\n");
}

/** What a dimension is called among its stack's. */
function nameOf(id: string, stack: string): string {
  return id.startsWith(`${stack}-`) ? id.slice(stack.length + 1) : id;
}

/** @param names columns of the dimensions' names. */
function printOne(explanation: Explanation, stack: string, names: number, width: number): string[] {
  const { time, end, id, kind, outcome, from, to, ...told } = explanation;
  const who = nameOf(id, stack);
  const unit = (kind ?? who).endsWith("stream") ? " shards" : " KPUs";
  const change = to === undefined ? "" : from === undefined || from === to ? `${to}${unit}` : `${from} -> ${to}${unit}`;
  const row = (name: string, text: string) => wrapped(`${indent}${name.padEnd(8)}`, text, width);
  const done = outcome === "done" && end !== undefined;
  const result = done ? `done ${afterWords(time, end)}` : outcomeWords[outcome];
  return [
    `${timeOfDay(time)}  ${who.padEnd(names)}${change.padEnd(19)} ${result}`.trimEnd(),
    ...row("why", told.cause),
    ...(told.rule === undefined ? [] : row("rule", told.rule)),
    ...told.steps.flatMap((step) => row(timeOfDay(step.time), step.text)),
    ...(told.result === "" || done ? [] : row("result", told.result)),
  ];
}

/** "2 scalings (1 out, 1 in), 1 that did not happen". */
export function summaryOf(explanations: readonly Explanation[]): string {
  const count = (...outcomes: Outcome[]) => explanations.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const moving = (outcome: Outcome) => explanations.filter((one) => one.outcome === outcome && one.from !== one.to);
  const directions = (some: readonly Explanation[]) => {
    const out = some.filter(({ from = 0, to = 0 }) => to > from).length;
    return `(${out} out, ${some.length - out} in)`;
  };
  const scaled = moving("done");
  const observed = moving("observed");
  const parts = [
    `${scaled.length} scaling${scaled.length === 1 ? "" : "s"} done ${directions(scaled)}`,
    `${observed.length} that would have been done ${directions(observed)}`,
    `${count("inProgress")} in progress`,
    `${count("failed", "refused")} failed or refused`,
    `${count("notScaled", "unchanged", "replaced")} that did not happen`,
    `${count("trouble")} troubles`,
  ];
  return parts.filter((part, i) => i === 0 || !part.startsWith("0 ")).join(", ");
}
