import { day } from "../../core/clock";
import type { Cloud } from "../../core/cloud";
import { parseResourceId } from "./endpoint";
import type { Activity, StatusCode } from "./types";

/** "Scaling activities for Application Auto Scaling": activities of the last six weeks can be looked up. */
export const activityRetention = 42 * day;

export interface ActivityHistory {
  add(activity: Activity): void;
  /** Newest first; of all targets without a resource id. Activities outlive their target. */
  list(resourceId: string | undefined, includeNotScaled: boolean): Activity[];
  finish(activity: Activity, statusCode: StatusCode, statusMessage: string): void;
}

interface Kept {
  scaled: Activity[];
  notScaled: Activity[];
}

/** Keeps the newest `limit` activities of each target and as many not-scaled ones, and tells the event log. */
export function activityHistory(cloud: Cloud, limit: number): ActivityHistory {
  const byTarget = new Map<string, Kept>();

  const trimmed = (list: Activity[]) => (list.length > 2 * limit ? list.slice(-limit) : list);

  return {
    add(activity) {
      const kept = byTarget.get(activity.resourceId) ?? { scaled: [], notScaled: [] };
      byTarget.set(activity.resourceId, kept);
      if (activity.notScaledReasons) {
        kept.notScaled.push(activity);
        kept.notScaled = trimmed(kept.notScaled);
        return;
      }
      kept.scaled.push(activity);
      kept.scaled = trimmed(kept.scaled);
      report(cloud, "ScalingActivityStarted", activity, `${activity.description} (${activity.cause})`);
    },
    list(resourceId, includeNotScaled) {
      const oldest = cloud.clock.now() - activityRetention;
      const histories =
        resourceId === undefined ? [...byTarget.values()] : [byTarget.get(resourceId) ?? { scaled: [], notScaled: [] }];
      return histories
        .flatMap(({ scaled, notScaled }) => [...scaled.slice(-limit), ...(includeNotScaled ? notScaled.slice(-limit) : [])])
        .filter((activity) => activity.startTime > oldest)
        .reverse()
        .sort((a, b) => b.startTime - a.startTime);
    },
    finish(activity, statusCode, statusMessage) {
      activity.statusCode = statusCode;
      activity.statusMessage = statusMessage;
      activity.endTime = cloud.clock.now();
      report(cloud, `ScalingActivity${statusCode}`, activity, statusMessage);
    },
  };
}

/** One event about a target: who (the dimension's id), what, and the facts. */
export function reportTarget(
  cloud: Cloud,
  resourceId: string,
  type: string,
  words: string,
  facts: Record<string, unknown>,
): void {
  const dimension = parseResourceId(resourceId)?.id ?? resourceId;
  cloud.events.append({
    time: cloud.clock.now(),
    source: "application-autoscaling",
    type,
    message: `${dimension}: ${words}`,
    detail: { dimension, resourceId, ...facts },
  });
}

function report(cloud: Cloud, type: string, activity: Activity, words: string): void {
  reportTarget(cloud, activity.resourceId, type, words, {
    activityId: activity.id,
    statusCode: activity.statusCode,
    description: activity.description,
    cause: activity.cause,
  });
}
