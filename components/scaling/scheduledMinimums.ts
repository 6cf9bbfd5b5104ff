import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { scheduledActions } from "./scheduledActions";
import type { ScheduledMinimumArgs } from "./scheduleArgs";

/** The scheduled actions that raise and lower a target's minimum. @param least the dimension's own minimum. */
export function scheduledMinimums(
  name: string,
  schedule: readonly ScheduledMinimumArgs[],
  least: number,
  target: aws.appautoscaling.Target,
  parent: pulumi.Resource,
): void {
  for (const { key, minimum, ...when } of scheduledActions(schedule, least))
    new aws.appautoscaling.ScheduledAction(
      `${name}-minimum-${key}`,
      {
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
        ...when,
        scalableTargetAction: { minCapacity: minimum },
      },
      { parent },
    );
}
