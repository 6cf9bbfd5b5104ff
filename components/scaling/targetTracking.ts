import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { MetricQuery } from "../metrics/metricQuery";
import type { ScaledDimension } from "./scaledDimension";

/**
 * Target tracking: one policy. Application Auto Scaling makes the alarms: out above the target for 3 minutes, in below 90 % of it for
 * 15 ("Target tracking scaling policies for Application Auto Scaling").
 */
export function targetTracking(
  name: string,
  { scaling, tracked }: ScaledDimension,
  target: aws.appautoscaling.Target,
  parent: pulumi.Resource,
): pulumi.Output<string[]> {
  const policy = new aws.appautoscaling.Policy(
    `${name}-tracking-policy`,
    {
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: tracked.threshold,
        scaleOutCooldown: scaling.scaleOutCooldownSeconds,
        scaleInCooldown: scaling.scaleInCooldownSeconds,
        disableScaleIn: scaling.disableScaleIn,
        customizedMetricSpecification: { metrics: inlined(tracked.queries()).map(asTracked) },
      },
    },
    { parent },
  );
  return policy.alarmArns;
}

/**
 * The metrics and one expression that says it all: nobody documents how many queries the service takes; CloudWatch's alarms take ten
 * metrics, and an expression may have 2,048 characters (API Reference, TargetTrackingMetricDataQuery).
 */
function inlined(queries: readonly MetricQuery[]): MetricQuery[] {
  const meaning = new Map<string, string>();
  const rows: MetricQuery[] = [];
  for (const query of queries) {
    const expression = query.expression?.replaceAll(/\b[a-z]\w*\b/g, (id) => meaning.get(id) ?? id);
    if (expression === undefined) rows.push(query);
    else if (query.returnData) rows.push({ ...query, expression });
    else meaning.set(query.id, `(${expression})`);
  }
  return rows;
}

/** Dimensions are a list here, and the period is the alarms' own. */
function asTracked({ id, label, metric, expression, returnData }: MetricQuery) {
  return {
    id,
    returnData,
    ...(label ? { label } : {}),
    ...(expression ? { expression } : {}),
    ...(metric ? { metricStat: { stat: metric.stat, metric: metricOf(metric) } } : {}),
  };
}

function metricOf({ namespace, metricName, dimensions }: NonNullable<MetricQuery["metric"]>) {
  return { namespace, metricName, dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })) };
}
