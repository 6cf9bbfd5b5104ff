import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { areRight, fieldProblems, known, object, required, text, type FieldsOf } from "../fields";
import type { Problem } from "../problem";
import { orderProblems } from "./thresholdOrder";

/** A metric that an expression reads, by an id of its own. */
export interface ExpressionMetricArgs {
  /** What the expression calls it: a lower-case letter, then letters, digits and _. Not `desired` or `actual`. */
  id: string;
  /** Its namespace, such as AWS/SQS. Must be a plain value. */
  namespace: string;
  /** Its name. Must be a plain value. */
  metricName: string;
  /** Its dimensions. Default: none. */
  dimensions?: Record<string, pulumi.Input<string>>;
  /** Average, Sum, Minimum, Maximum or SampleCount of a minute. Default Average. */
  stat?: string;
}

/**
 * A quantity per unit of capacity, in CloudWatch's metric math: it must halve when the capacity doubles, such as messages per KPU and
 * minute. Beside its metrics it may use `desired`, the capacity asked for, and `actual`, the one that is there.
 */
export interface ExpressionArgs {
  /** Metric math over the metrics' ids; one time series. SEARCH can't be used. */
  math: string;
  /** At most 8 metrics. */
  metrics: ExpressionMetricArgs[];
  /** Its unit as it stands behind a number, such as messages. Default: none. */
  unit?: string;
  /** Value at or above which it scales out. Above 0. */
  scaleOutAt: number;
  /** Value that one scaling aims at, between the others. */
  target: number;
  /** Value below which it scales in. Above 0. */
  scaleInAt: number;
}

const mostMetrics = 8;
const id = /^[a-z][A-Za-z0-9_]*$/;
const reserved = ["desired", "actual", "signal"];
const statistics = ["Average", "Sum", "Minimum", "Maximum", "SampleCount"];
const positive: { schema: z.ZodType; allowed: string } = { schema: z.number().positive().max(1e15), allowed: "a number above 0" };

const metricFields = {
  id: required(
    object(
      z
        .string()
        .regex(id)
        .refine((name) => !reserved.includes(name)),
      `a lower-case letter, then letters, digits and _; ${reserved.join(", ")} are taken`,
    ),
  ),
  namespace: required(text(/^.{1,255}$/, "a metric's namespace")),
  metricName: required(text(/^.{1,255}$/, "a metric's name")),
  dimensions: object(z.record(z.string(), known(z.string().min(1))), "the metric's dimensions: { NAME: VALUE }"),
  stat: object(z.enum(statistics), statistics.join(", ")),
} satisfies FieldsOf<ExpressionMetricArgs>;

export const expressionFields = {
  math: required(text(/^[^]{1,1024}$/, "metric math of at most 1024 characters")),
  metrics: required(object(z.array(z.looseObject({})).min(1).max(mostMetrics), `a list of 1 to ${mostMetrics} metrics`)),
  unit: text(/^.{0,20}$/, "a word of at most 20 characters"),
  scaleOutAt: required(positive),
  target: required(positive),
  scaleInAt: required(positive),
} satisfies FieldsOf<ExpressionArgs>;

/** What is wrong with the expression. @param at its path, with a full stop: "stream.scaling.expression.". */
export function expressionProblems(args: ExpressionArgs, at: string): Problem[] {
  const problems = fieldProblems(args, expressionFields, at);
  const right = (...names: string[]) => areRight(problems, at, names);
  const metrics = right("metrics") ? args.metrics : [];
  return [
    ...problems,
    ...metrics.flatMap((metric, i) => fieldProblems(metric, metricFields, `${at}metrics[${i}].`)),
    ...twice(metrics, at),
    ...(right("math", "metrics") ? mathProblems(args, at) : []),
    ...(right("scaleOutAt", "target", "scaleInAt")
      ? orderProblems(at, ["scaleInAt", args.scaleInAt], ["target", args.target], ["scaleOutAt", args.scaleOutAt])
      : []),
  ];
}

function twice(metrics: readonly ExpressionMetricArgs[], at: string): Problem[] {
  return metrics.flatMap(({ id }, i) => {
    const first = metrics.findIndex((other) => other.id === id);
    if (first === i) return [];
    return [
      { path: `${at}metrics[${i}].id`, value: id, text: `\`${at}metrics[${first}]\` has it too. Give each an id of its own` },
    ];
  });
}

/** Names in lower case are ids, functions are in capitals ("Metric math syntax and functions"). */
function mathProblems({ math, metrics }: ExpressionArgs, at: string): Problem[] {
  const about = (text: string): Problem => ({ path: `${at}math`, value: math, text });
  if (/\bSEARCH\s*\(/.test(math)) return [about("an alarm can't use SEARCH. Name each metric in `metrics`")];
  const ids = [...metrics.map(({ id }) => id), "desired", "actual"];
  const used = new Set(math.replaceAll(/"[^"]*"|'[^']*'/g, "").match(/(?<![\w.])[a-z]\w*/g));
  const unknown = [...used].filter((name) => !ids.includes(name));
  const unused = metrics.map(({ id }) => id).filter((name) => !used.has(name));
  return [
    ...(unknown.length > 0
      ? [about(`it uses ${unknown.join(", ")}; allowed are ${ids.join(", ")}. Correct it, or add the metric`)]
      : []),
    ...(unused.length > 0 ? [about(`it doesn't use ${unused.join(", ")}. Use or remove the metric`)] : []),
  ];
}
