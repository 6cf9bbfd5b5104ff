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
  return {
    add(item) {
      items.push(item);
      const oldest = item.Timestamp.getTime() - kept;
      if (items.length > 100 && items[items.length >> 1]!.Timestamp.getTime() < oldest) {
        items = items.filter(({ Timestamp }) => Timestamp.getTime() >= oldest);
      }
    },
    items: () => items,
  };
}

export function stateUpdateData(oldState: StateSnapshot, newState: StateSnapshot): string {
  return JSON.stringify({ version: "1.0", oldState, newState });
}
