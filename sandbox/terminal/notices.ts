import type { DecisionLine } from "../../scaler/aws/log";
import { createRepetition } from "../repetition";
import type { Notice } from "./progress";

/** What the terminal makes of the scaler's log: notices that stay, and the last decision for the refreshing line. */
export interface Notices {
  /** A line of the scaler's log group; lines that aren't the scaler's are passed over. */
  log(message: string): { notice?: Notice; decision?: string };
}

type Action = DecisionLine["action"];

/** Every minute's business: worth the refreshing line, not a line of its own. */
const passing: ReadonlySet<Action> = new Set(["accept", "keep", "wait"]);
const troubles: ReadonlySet<Action> = new Set(["refuse", "blocked", "giveUp", "failed", "gone"]);

/** What the scaler says every minute about a dimension is given once. */
export function noticesOfScaler(): Notices {
  const repetition = createRepetition<true>();
  return {
    log(message) {
      const line = parsed(message);
      if (!line) return {};
      const text = `${line.id}: ${line.reason}`;
      if (line.action !== undefined && passing.has(line.action)) return { decision: text };
      const { id, reason, time } = line;
      const kind = kindOf(line);
      if (kind !== "problem") repetition.over(id);
      else if (repetition.again(id, reason, time)) return { decision: text };
      else repetition.note(id, reason, time, true);
      return { decision: text, notice: { time, kind, text } };
    },
  };
}

interface Line extends Pick<Partial<DecisionLine>, "action" | "actual" | "target"> {
  /** ms since the epoch. */
  time: number;
  id: string;
  reason: string;
}

function parsed(message: string): Line | undefined {
  if (!message.startsWith('{"sluice":"')) return undefined;
  try {
    const line = JSON.parse(message) as Omit<Line, "time"> & { sluice: string; time: string };
    if (line.sluice === "decision") return { ...line, time: Date.parse(line.time) };
    return line.sluice === "error"
      ? { time: Date.parse(line.time), id: line.id, reason: line.reason, action: "failed" }
      : undefined;
  } catch {
    return undefined;
  }
}

function kindOf({ action, actual, target }: Line): Notice["kind"] {
  if (action === "begin" && actual !== undefined && target !== undefined) return target > actual ? "out" : "in";
  return action !== undefined && troubles.has(action) ? "problem" : "information";
}
