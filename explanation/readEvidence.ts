import type { AlarmChange, FailedAction, ScalerLine } from "./evidence";

/** A message of the scaler's log group; undefined for what isn't a decision or an error of the scaler. */
export function readLogMessage(message: string): ScalerLine | undefined {
  // Lambda puts time, request and level before what the function wrote.
  const line = parsed(message.slice(message.lastIndexOf("\t") + 1));
  const time = Date.parse(String(line?.time));
  if (!line || Number.isNaN(time) || typeof line.id !== "string" || typeof line.reason !== "string") return undefined;
  if (line.sluice === "error") return { action: "error", time, id: line.id, reason: line.reason };
  return line.sluice === "decision" && typeof line.action === "string" ? ({ ...line, time } as unknown as ScalerLine) : undefined;
}

/** An item of DescribeAlarmHistory, as far as it is read. */
export interface HistoryItem {
  AlarmName?: string;
  Timestamp?: Date;
  HistoryItemType?: string;
  HistorySummary?: string;
  /** JSON text. */
  HistoryData?: string;
}

/** A change of an alarm's state or a failed action; undefined for other items. */
export function readAlarmHistory(item: HistoryItem): AlarmChange | FailedAction | undefined {
  const { AlarmName: alarm = "", Timestamp, HistoryItemType, HistorySummary = "", HistoryData = "" } = item;
  const time = Timestamp?.getTime() ?? NaN;
  if (Number.isNaN(time)) return undefined;
  if (HistoryItemType === "StateUpdate") {
    const { newState } = (parsed(HistoryData) ?? {}) as { newState?: { stateValue?: string; stateReasonData?: unknown } };
    const to = newState?.stateValue;
    if (to !== "OK" && to !== "ALARM" && to !== "INSUFFICIENT_DATA") return undefined;
    return { is: "change", time, alarm, to, values: valuesOf(newState?.stateReasonData) };
  }
  if (HistoryItemType !== "Action" || !/^Failed/.test(HistorySummary)) return undefined;
  const error = /Received error: "(.*)"/.exec(HistorySummary)?.[1] ?? HistorySummary;
  return { is: "failedAction", time, alarm, error };
}

/** The datapoints of StateReasonData, which CloudWatch gives as an object or as JSON text. */
export function valuesOf(reasonData: unknown): number[] {
  const data = typeof reasonData === "string" ? parsed(reasonData) : (reasonData as Record<string, unknown> | undefined);
  const values = data?.recentDatapoints;
  return Array.isArray(values) ? values.filter((value) => typeof value === "number") : [];
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
