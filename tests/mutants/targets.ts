import * as fs from "node:fs";
import * as path from "node:path";

export const root = path.join(__dirname, "..", "..");

/** A part of the project that the judge mutates: its score must be at least `floor`, in percent. */
export interface Part {
  name: string;
  files: string[];
  floor: number;
}

const filesIn = (folder: string, ending: string) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
    .sort();

/** Everything that decides: the scaler whole, and what the components compute before anything is deployed. */
export const parts: readonly Part[] = [
  { name: "scaler", files: filesIn("scaler", ".ts"), floor: 93 },
  {
    name: "components that decide",
    files: [
      "components/fields.ts",
      "components/pipelineArgs.ts",
      "components/scaling/boundsCheck.ts",
      "components/scaling/flapCheck.ts",
      "components/scaling/kpuScalingArgs.ts",
      "components/scaling/policyCheck.ts",
      "components/scaling/scalingCheck.ts",
      "components/scaling/scheduleCheck.ts",
      "components/scaling/scheduledActions.ts",
      "components/scaling/expressionArgs.ts",
      "components/scaling/shardScalingArgs.ts",
      ...filesIn("components/scaling/signals", ".ts"),
      "components/scaling/stepAdjustments.ts",
      "components/scaling/stepScaling.ts",
      "components/scaling/thresholdOrder.ts",
      "config/keys.ts",
      "config/problems.ts",
    ],
    floor: 90,
  },
];

/** What decides most: `--quick` mutates these, and each of them alone must reach its part's floor. More come as they reach it. */
export const quickFiles: readonly string[] = [
  "scaler/decide/anotherHand.ts",
  "scaler/decide/backoff.ts",
  "scaler/decide/flink.ts",
  "scaler/decide/giveUp.ts",
  "scaler/decide/ladder.ts",
  "scaler/decide/plan.ts",
  "scaler/decide/rest.ts",
  "scaler/decide/stream.ts",
  "scaler/decide/turns.ts",
  "scaler/run/begin.ts",
];

/**
 * Tests that run without the sandbox's program, quick ones first: a mutant is left at the first test that notices it. A constant is
 * read by all of them: the scaler's are left out where nothing of the scaler is mutated, which imports no component.
 */
export function judgingTests(files: readonly string[]): string[] {
  // The golden test serialises the scaler's text, which is another one when it holds every mutant. Processes that the property tests
  // fork don't know which mutant is on.
  const unfit = /\/(golden|properties|hostile)\.test\.ts$/;
  const slow = /\/(throughServices|secondRoad|denied|outside|largeStacks|crash|errorsEnd)\.test\.ts$/;
  const isScaler = (file: string) => file.startsWith("scaler/");
  const ofScaler = files.some(isScaler) ? filesIn("tests/scaler", ".test.ts").filter((file) => !unfit.test(file)) : [];
  return [
    ...ofScaler.filter((file) => !slow.test(file)),
    ...["components/fields", "components/pipelineArgs", "components/metrics/catalogue", "config"].map(
      (name) => `tests/${name}.test.ts`,
    ),
    ...filesIn("tests/components/scaling", ".test.ts"),
    ...ofScaler.filter((file) => slow.test(file)),
  ];
}

/** Their titles, as a pattern: without those of the slow files that would take seconds for every mutant that survives. */
export const judgingTitles =
  "^(?!.*(costs its own dimension a minute|a permission that is missing for hours|ends before the Lambda's 55 s))";
