import { day } from "../../core/clock";
import type { AlarmState } from "./alarmEvaluation";

export type HistoryItemType = "ConfigurationUpdate" | "StateUpdate" | "Action";

export interface HistoryItem {
  AlarmName: string;
  AlarmType: "MetricAlarm";
  Timestamp: Date;
  HistoryItemType: HistoryItemType;
  HistorySummary: string;
  /** JSON text, or what makes it when it is asked for: a day of state changes is mostly datapoints in words. */
  HistoryData: string | (() => string);
}

export interface StateSnapshot {
  state: AlarmState;
  reason: string;
  /** JSON text. */
  reasonData: string | undefined;
}

/** "CloudWatch preserves alarm history for two weeks" (2023 edition of the user guide), of deleted alarms too. */
const kept = 14 * day;

export interface AlarmHistory {
  add(item: HistoryItem): void;
  /** Oldest first. */
  items(): readonly HistoryItem[];
}

export function alarmHistory(): AlarmHistory {
  let items: HistoryItem[] = [];
  let pruned = Number.NEGATIVE_INFINITY;
  return {
    add(item) {
      items.push(item);
      const now = item.Timestamp.getTime();
      if (now < pruned + day) return;
      pruned = now;
      items = items.filter(({ Timestamp }) => Timestamp.getTime() >= now - kept);
    },
    items: () => items,
  };
}

/** HistoryData of a state change. */
export function stateUpdateData(from: StateSnapshot, to: StateSnapshot): () => string {
  return () => JSON.stringify({ version: "1.0", oldState: shown(from), newState: shown(to) });
}

function shown({ state, reason, reasonData }: StateSnapshot) {
  const data = reasonData === undefined ? {} : { stateReasonData: parsedOrText(reasonData) };
  return { stateValue: state, stateReason: reason, ...data };
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
