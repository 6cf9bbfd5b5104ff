import type { AlarmState } from "./alarmEvaluation";
import { validationError } from "./errors";

/** An AlarmRule: ALARM("a") AND NOT (OK("b") OR INSUFFICIENT_DATA("c")), TRUE, FALSE. */
export interface CompositeRule {
  /** Names or ARNs of the alarms that it refers to. */
  children: string[];
  /** True: the composite alarm goes into ALARM. */
  holds(stateOf: (alarm: string) => AlarmState | undefined): boolean;
}

type Test = (stateOf: (alarm: string) => AlarmState | undefined) => boolean;

const wordPattern =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^()\s"']+))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()]))\s*/y;

interface Word {
  kind: string;
  alarm?: string;
}

function words(rule: string): Word[] {
  const found: Word[] = [];
  wordPattern.lastIndex = 0;
  for (let at = 0; at < rule.length; at = wordPattern.lastIndex) {
    wordPattern.lastIndex = at;
    const match = wordPattern.exec(rule);
    if (!match) throw validationError(`Invalid AlarmRule: cannot read it from "${rule.slice(at)}" on`);
    const [, state, double, single, bare, word, sign] = match;
    found.push(state ? { kind: state, alarm: double ?? single ?? bare } : { kind: (word ?? sign)! });
  }
  return found;
}

/** NOT binds tighter than AND, AND tighter than OR. @throws ValidationError */
export function parseCompositeRule(rule: unknown): CompositeRule {
  if (typeof rule !== "string" || rule.trim() === "") throw validationError("AlarmRule must not be null");
  const list = words(rule);
  const children: string[] = [];
  let at = 0;

  const single = (): Test => {
    const word = list[at++];
    if (!word) throw validationError("Invalid AlarmRule: it ends too early");
    if (word.kind === "NOT") {
      const inner = single();
      return (stateOf) => !inner(stateOf);
    }
    if (word.kind === "(") {
      const inner = either();
      if (list[at++]?.kind !== ")") throw validationError("Invalid AlarmRule: a closing parenthesis is missing");
      return inner;
    }
    if (word.kind === "TRUE" || word.kind === "FALSE") return () => word.kind === "TRUE";
    const { alarm, kind } = word;
    if (alarm === undefined) throw validationError(`Invalid AlarmRule: unexpected ${kind}`);
    children.push(alarm);
    return (stateOf) => stateOf(alarm) === kind;
  };
  const both = (): Test => {
    const tests = [single()];
    while (list[at]?.kind === "AND") {
      at++;
      tests.push(single());
    }
    return (stateOf) => tests.every((test) => test(stateOf));
  };
  const either = (): Test => {
    const tests = [both()];
    while (list[at]?.kind === "OR") {
      at++;
      tests.push(both());
    }
    return (stateOf) => tests.some((test) => test(stateOf));
  };

  const holds = either();
  if (at < list.length) throw validationError(`Invalid AlarmRule: unexpected ${list[at]!.alarm ?? list[at]!.kind}`);
  return { children, holds };
}
