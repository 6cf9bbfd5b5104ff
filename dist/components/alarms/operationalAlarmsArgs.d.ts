import type { PipelineNames } from "../names";
import type { Problem } from "../problem";
import type { LagMetric } from "../scaling/signals";
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
export declare const alarmFields: {
    emails: import("../fields").Defaulted<never[]>;
    lagSeconds: import("../fields").Defaulted<number>;
    throttledPercent: import("../fields").Defaulted<number>;
    runbookUrl: import("../fields").Defaulted<string>;
};
export declare const operationalAlarmsFields: {
    names: import("../fields").Field;
    runtime: import("../fields").Field;
    lagMetric: import("../fields").Defaulted<"flink" | "iteratorAge" | "efo">;
    emails: import("../fields").Defaulted<never[]>;
    lagSeconds: import("../fields").Defaulted<number>;
    throttledPercent: import("../fields").Defaulted<number>;
    runbookUrl: import("../fields").Defaulted<string>;
};
/** What is wrong with the arguments; [] when they are fine. */
export declare function validateOperationalAlarms(args: OperationalAlarmsArgs): Problem[];
