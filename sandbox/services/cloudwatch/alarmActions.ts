import type { Cloud } from "../../core/cloud";
import { isServiceError } from "../../core/serviceError";
import { isScalingPolicy, type Alarm, type Transition } from "./alarm";
import type { AlarmHistory } from "./alarmHistory";
import { lambdaEvent, notificationMessage, notificationSubject } from "./alarmMessages";

export interface ActionRunner {
  /** All actions of the state that was entered. */
  onTransition(transition: Transition): Promise<void>;
  /** "For Auto Scaling actions, the alarm continues to invoke the action once per minute that the alarm remains in the new state." */
  repeatScaling(alarm: Alarm): Promise<void>;
}

const alarmsPrincipal = "lambda.alarms.cloudwatch.amazonaws.com";

export function actionRunner(cloud: Cloud, history: AlarmHistory): ActionRunner {
  const scale = (arn: string, alarm: Alarm) =>
    cloud.peers.runScalingPolicy(arn, {
      alarmName: alarm.name,
      alarmArn: alarm.arn,
      threshold: alarm.definition.rule.threshold,
      comparison: alarm.definition.rule.comparison,
      datapoints: alarm.datapoints,
      time: cloud.clock.now(),
    });

  const run = async (arn: string, transition: Transition) => {
    const { alarm } = transition;
    const service = arn.split(":")[2];
    if (isScalingPolicy(arn)) await scale(arn, alarm);
    else if (service === "sns") {
      cloud.peers.notify(
        arn,
        notificationSubject(transition, cloud.region),
        notificationMessage(transition, cloud.account, cloud.region),
      );
    } else if (service === "lambda") {
      const event = lambdaEvent(transition, cloud.account, cloud.region);
      await cloud.peers.invokeLambda(arn, event, { arn: alarm.arn, service: alarmsPrincipal });
    }
  };

  const record = (alarm: Alarm, arn: string, failure: string | undefined) =>
    history.add({
      AlarmName: alarm.name,
      AlarmType: "MetricAlarm",
      Timestamp: new Date(cloud.clock.now()),
      HistoryItemType: "Action",
      HistorySummary:
        failure === undefined
          ? `Successfully executed action ${arn}`
          : `Failed to execute action ${arn}. Received error: "${failure}"`,
      HistoryData: JSON.stringify({
        actionState: failure === undefined ? "Succeeded" : "Failed",
        stateUpdateTimestamp: alarm.stateUpdated,
        notificationResource: arn,
        error: failure ?? null,
      }),
    });

  return {
    async onTransition(transition) {
      const { alarm } = transition;
      if (!alarm.actionsEnabled) return;
      for (const arn of alarm.actions[alarm.state]) {
        const failure = await failureOf(() => run(arn, transition));
        record(alarm, arn, failure);
      }
    },
    async repeatScaling(alarm) {
      if (!alarm.actionsEnabled || !alarm.transitioned) return;
      for (const arn of alarm.policies?.[alarm.state] ?? []) await failureOf(() => scale(arn, alarm));
    },
  };
}

/** "CloudWatch doesn't test or validate the actions that you specify": what the other service refuses goes into the history. */
async function failureOf(action: () => Promise<void>): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (isServiceError(error)) return error.message;
    throw error;
  }
}
