import * as path from "node:path";
import type { DecisionLine } from "../../../scaler/aws/log";
import { minute } from "../../../sandbox/core/clock";
import type { SandboxEvent } from "../../../sandbox/core/eventLog";
import { readStackFiles, type StackFiles } from "../../../sandbox/deploy/stackFiles";
import { observe } from "../../../sandbox/observe";
import type { PolicyReport, ScalingChange } from "../../../sandbox/report/report";
import { scalingChange } from "../../../sandbox/report/scalingEvents";
import { openSandbox, type Sandbox, type SandboxSettings } from "../../../sandbox/sandbox";
import { jsonOf } from "../../../sandbox/services/logs/embeddedMetrics";
import type { MinuteRecord } from "../../../sandbox/traffic/minuteRecord";
import type { Traffic } from "../../../sandbox/traffic/traffic";

// The AWS SDK warns on every start under Node 20, which is supported here.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

export const root = path.resolve(__dirname, "../../..");

export type Settings = Partial<Omit<SandboxSettings, "files">> & {
  stack?: string;
  /** The stack's file; default: the project's. */
  configFile?: string;
  /** Beside what the stack's file says, keys without "sluice:". */
  config?: Record<string, unknown>;
};

/** A line of the scaler's log: a decision, or an error (without action). */
export type ScalerLine = Partial<Omit<DecisionLine, "time">> &
  Pick<DecisionLine, "id" | "reason"> & { sluice: string; time: string };

/** A sandbox and everything that it said since its traffic began. */
export interface PipelineRun extends Sandbox {
  readonly events: SandboxEvent[];
  readonly minutes: MinuteRecord[];
  readonly changes: ScalingChange[];
  readonly lines: ScalerLine[];
  report(): PolicyReport;
  /** The minute that has just ended. */
  last(): MinuteRecord;
}

export function filesOf(stack: string, config: Record<string, unknown> = {}, configFile?: string): StackFiles {
  const files = readStackFiles(root, stack, configFile);
  const own = Object.fromEntries(Object.entries(config).map(([key, value]) => [`sluice:${key}`, value]));
  return { ...files, config: { ...files.config, ...own } };
}

/** A stack under traffic; nothing has happened yet. */
export async function openPipeline({ stack = "bench", config, configFile, ...settings }: Settings): Promise<PipelineRun> {
  const { traffic = steady(1000), recordBytes = 500, seed = 1 } = settings;
  const sandbox = await openSandbox({ ...settings, files: filesOf(stack, config, configFile), traffic, recordBytes, seed });
  const run = {
    events: [] as SandboxEvent[],
    minutes: [] as MinuteRecord[],
    changes: [] as ScalingChange[],
    lines: [] as ScalerLine[],
  };
  const silent = { minute: () => {}, notice: () => {}, decision: () => {}, end: () => {} };
  const report = observe(sandbox, recordBytes, silent);
  sandbox.cloud.events.subscribe((event) => {
    run.events.push(event);
    const change = scalingChange(event);
    if (change) run.changes.push(change);
  });
  sandbox.cloud.logs.subscribe(({ message }) => {
    const line = message.includes('"sluice"') ? (jsonOf(message) as ScalerLine | undefined) : undefined;
    if (line?.sluice) run.lines.push(line);
  });
  sandbox.producer.subscribe((record) => run.minutes.push(record));
  return { ...sandbox, ...run, report: () => report.result(), last: () => run.minutes[run.minutes.length - 1]! };
}

/** The same rate for ever, records/s. */
export const steady = (rate: number): Traffic => ({ name: `${rate} records/s`, rate: () => rate });

/** Rates by minute: `[[60, 1000], [5, 9000]]` is an hour of 1,000 records/s and five minutes of 9,000. The last one stays. */
export function phases(...parts: readonly (readonly [minutes: number, rate: number])[]): Traffic {
  const rates = parts.flatMap(([minutes, rate]) => Array.from({ length: minutes }, () => rate));
  return { name: "phases", rate: (index) => rates[Math.min(index, rates.length - 1)] ?? 0 };
}

export const minutesSince = (begin: number, time: number): number => (time - begin) / minute;
