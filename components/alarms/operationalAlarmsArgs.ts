import { anything, fieldProblems, listOf, required, text, whole, type FieldsOf } from "../fields";
import type { PipelineNames } from "../names";
import type { Problem } from "../problem";
import { kpuSignalFields } from "../scaling/kpuScalingArgs";
import type { LagMetric } from "../scaling/signals/lag";

/** When alarms ring, and where they go. */
export interface AlarmSettingsArgs {
  /** E-mail addresses that the alarms are sent to; each must confirm AWS's message. Default none. Must be plain values. */
  emails?: string[];
  /** Seconds of lag above which the lag alarm fires. Default 300. 1..86400. Must be a plain value. */
  lagSeconds?: number;
  /** Percent of throttled writes from which the throttling alarms fire. Default 1. 1..100. Must be a plain value. */
  throttledPercent?: number;
  /** Address of docs/runbook.md, without spaces. Default docs/runbook.md. Must be a plain value. */
  runbookUrl?: string;
}

/** Alarms for people. */
export interface OperationalAlarmsArgs extends AlarmSettingsArgs {
  /** Names that the metrics' dimensions are made of. */
  names: PipelineNames;
  /** Runtime environment, e.g. FLINK-1_20: Flink 2 has other metrics. Must be a plain value. */
  runtime: string;
  /** Where the lag is read. Default flink. Must be a plain value. */
  lagMetric?: LagMetric;
}

export const alarmFields = {
  emails: listOf(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "e-mail addresses"),
  lagSeconds: whole(1, 86_400, 300),
  throttledPercent: whole(1, 100, 1),
  runbookUrl: text(/^\S+$/, "the address of docs/runbook.md, without spaces", "docs/runbook.md"),
} satisfies FieldsOf<AlarmSettingsArgs>;

export const operationalAlarmsFields = {
  ...alarmFields,
  names: required(anything("the pipeline's names")),
  runtime: required(anything("a Flink runtime, such as FLINK-1_20")),
  lagMetric: kpuSignalFields.lagMetric,
} satisfies FieldsOf<OperationalAlarmsArgs>;

/** What is wrong with the arguments; [] when they are fine. */
export function validateOperationalAlarms(args: OperationalAlarmsArgs): Problem[] {
  return fieldProblems(args, operationalAlarmsFields, "");
}
