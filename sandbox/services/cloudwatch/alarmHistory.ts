import { day } from "../../core/clock";
import type { AlarmState } from "./alarmEvaluation";

export type HistoryItemType = "ConfigurationUpdate" | "StateUpdate" | "Action";

export interface HistoryItem {
  AlarmName: string;
  AlarmType: "MetricAlarm" | "CompositeAlarm";
  Timestamp: Date;
  HistoryItemType: HistoryItemType;
  HistorySummary: string;
  /** JSON text. */
  HistoryData: string;
}

export interface StateSnapshot {
  stateValue: AlarmState;
  stateReason: string;
  stateReasonData?: unknown;
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

export function stateUpdateData(oldState: StateSnapshot, newState: StateSnapshot): string {
  return JSON.stringify({ version: "1.0", oldState, newState });
}
