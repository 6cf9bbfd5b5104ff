import type { Policy } from "../model/policy";
import { aasKinesis } from "./aasKinesis";
import { lowerBound, staticPeak } from "./bounds";
import { clairvoyant } from "./clairvoyant";
import { epsagon } from "./epsagon";
import { flinkOperator, flinkOperatorIdeal } from "./flinkOperator";
import { kdaStep } from "./kdaStep";
import { kinesisAutoScaling } from "./kinesisAutoScaling";
import { kinesisScalingUtils } from "./kinesisScalingUtils";
import { msfExamples } from "./msfExamples";
import { msfNative } from "./msfNative";
import { onDemand, onDemandAdvantage } from "./onDemand";
import { substation } from "./substation";
import { targetTrackingCpu } from "./targetTrackingCpu";

/** What a stack's own policies are compared with, in the order of the tables. */
export const baselines: readonly Policy[] = [
  ...[msfNative, msfExamples, kinesisAutoScaling, kinesisScalingUtils, aasKinesis, epsagon, substation],
  ...[flinkOperator, flinkOperatorIdeal, kdaStep, targetTrackingCpu, onDemand, onDemandAdvantage],
  ...[staticPeak, clairvoyant, lowerBound],
];
