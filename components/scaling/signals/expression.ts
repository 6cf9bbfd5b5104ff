import { applicationScalerMetrics, statOf, streamScalerMetrics } from "../../metrics/catalogue";
import type { PipelineNames } from "../../names";
import { expressionWords } from "../../words/signalWords";
import type { ExpressionArgs } from "../expressionArgs";
import { capacity, result, row } from "./reading";
import type { Signal } from "./signal";

/**
 * The user's own quantity. A minute without capacity has no value; one without a value has none either, whatever it is read for: nobody
 * knows when such metrics are late, so nothing is made of their absence.
 */
export function expressionSignal(names: PipelineNames, dimension: "stream" | "application", args: ExpressionArgs): Signal {
  const { desired, actual } = dimension === "stream" ? streamScalerMetrics : applicationScalerMetrics;
  const { math, metrics, unit = "" } = args;
  return {
    ...{ quantity: "the expression", unit, words: expressionWords(args) },
    queries: (reading) => [
      row("desired", capacity(reading, desired, names)),
      ...(/\bactual\b/.test(math) ? [row("actual", statOf(actual, names))] : []),
      ...metrics.map(({ id, dimensions = {}, stat = "Average", ...metric }) => row(id, { ...metric, dimensions, stat })),
      result("signal", `(${math}) * desired / desired`, unit ? `Signal (${unit})` : "Signal"),
    ],
  };
}
