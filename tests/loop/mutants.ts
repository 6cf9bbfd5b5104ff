import type { Shape } from "../../sandbox/core/cloud";
import type { PipelineRun } from "../pipeline/support/pipelineRun";
import type { LoopRule } from "./rules";

/** A deployed stack with one mistake in it, and the rule that must catch it. */
export interface LoopMutant {
  breaks: LoopRule;
  /** Seed of the episodes in which it is soon caught. */
  seed: number;
  make(run: PipelineRun): Promise<void>;
}

/** What was deployed, with another alarm or another text of the scaler. */
export const loopMutants: Readonly<Record<string, LoopMutant>> = {
  "takes what is not known for no load": {
    breaks: "evidence",
    seed: 2,
    make: (run) =>
      changeAlarms(run, /-scale-in-/, (alarm) => ({
        ...alarm,
        Metrics: alarm.Metrics.map((row: Shape) => ({
          ...row,
          ...(row.Expression && { Expression: row.Expression.replace(", 100)", ", 0)") }),
        })),
      })),
  },
  "restarts an application again as soon as something else is asked for": {
    breaks: "restarts",
    seed: 6,
    make: (run) => changeScaler(run, /restarted \? [^:]*: state\.restUntil/, "state.restUntil"),
  },
  "carries out what was asked for while nobody looked": {
    breaks: "eyesShut",
    seed: 1,
    make: (run) => changeScaler(run, /state\.seen !== key/, "false"),
  },
  "has no alarm on its silence": {
    breaks: "told",
    seed: 2,
    make: async (run) => {
      for (const { name } of run.cloud.cloudwatch.alarms())
        if (/silent|scaler-errors/.test(name)) await byDeployer(run, "cloudwatch", "DeleteAlarms", { AlarmNames: [name] });
    },
  },
  "scales in above where it scales out to": {
    breaks: "rest",
    seed: 1,
    make: (run) => changeAlarms(run, /-scale-in-/, (alarm) => ({ ...alarm, Threshold: 72 })),
  },
};

async function changeAlarms(run: PipelineRun, which: RegExp, change: (alarm: Shape) => Shape): Promise<void> {
  const { MetricAlarms } = await byDeployer(run, "cloudwatch", "DescribeAlarms", {});
  const chosen = (MetricAlarms as Shape[]).filter(({ AlarmName }) => which.test(AlarmName));
  for (const alarm of chosen) await byDeployer(run, "cloudwatch", "PutMetricAlarm", inputOf(change(alarm)));
  if (chosen.length === 0) throw new Error(`no alarm is named ${which}`);
}

const inputs = [
  ...["AlarmName", "AlarmDescription", "ActionsEnabled", "OKActions", "AlarmActions", "InsufficientDataActions"],
  ...["EvaluationPeriods", "DatapointsToAlarm", "Threshold", "ComparisonOperator", "TreatMissingData", "Metrics"],
];

const inputOf = (alarm: Shape): Shape => Object.fromEntries(inputs.filter((key) => key in alarm).map((key) => [key, alarm[key]]));

async function changeScaler(run: PipelineRun, from: RegExp, to: string): Promise<void> {
  const FunctionName = run.deployment.outputs.scalerFunctionName;
  const { Code } = await byDeployer(run, "lambda", "GetFunction", { FunctionName });
  const text = String(Code.files["__index.js"]);
  if (text.split(from).length !== 2) throw new Error(`the scaler's text must hold ${from} exactly once`);
  await byDeployer(run, "lambda", "UpdateFunctionCode", {
    FunctionName,
    Code: { files: { "__index.js": text.replace(from, to) } },
  });
}

async function byDeployer(
  run: PipelineRun,
  ...call: [Parameters<PipelineRun["cloud"]["call"]>[0], string, object]
): Promise<Shape> {
  return run.cloud.call(...call, run.cloud.deployer);
}
