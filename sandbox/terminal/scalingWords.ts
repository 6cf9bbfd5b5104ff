import type { SandboxEvent } from "../core/eventLog";
import type { Notice } from "./progress";

/** Tells which alarm asked for a capacity, and what it saw: from the event log's alarm changes and scaling activities. */
export function scalingWords(): (event: SandboxEvent) => Notice | undefined {
  const reasons = new Map<string, string>();
  return (event) => {
    if (event.type === "AlarmStateChanged") {
      reasons.set(String(event.detail.alarmName), String(event.detail.reason));
      return isScalingAlarm(event) || event.detail.to !== "ALARM" ? undefined : problem(event);
    }
    if (event.type !== "ScalingActivityStarted") return undefined;
    const asked = /desired capacity to (\d+)/.exec(String(event.detail.description))?.[1];
    const alarm = /alarm (\S+) in state ALARM/.exec(String(event.detail.cause))?.[1];
    const seen = alarm && observation(reasons.get(alarm) ?? "");
    return {
      time: event.time,
      kind: "information",
      text: `${event.detail.dimension}: ${asked ?? "another capacity"} asked for${seen ? `, ${seen}` : ` (${event.detail.cause})`}`,
    };
  };
}

function isScalingAlarm(event: SandboxEvent): boolean {
  return /-scale-(out|in)-alarm/.test(String(event.detail.alarmName));
}

/** From CloudWatch's words: "Threshold Crossed: 2 datapoints [86.1 (05/01/26 00:15:00), ...] were ... the threshold (75.0)." */
function observation(reason: string): string | undefined {
  const counted = /: (?:(\d+) out of the last )?(\d+) datapoints?/.exec(reason);
  const newest = /\[(-?[\d.]+) \(/.exec(reason)?.[1];
  const threshold = /threshold \((-?[\d.]+)\)/.exec(reason)?.[1];
  if (!counted || newest === undefined || threshold === undefined) return undefined;
  const [, breaching = counted[2], window] = counted;
  const side = Number(newest) >= Number(threshold) ? "at or above" : "below";
  return `utilisation ${Math.round(Number(newest))} %: ${side} ${Number(threshold)} % in ${breaching} of ${window} minutes`;
}

function problem(event: SandboxEvent): Notice {
  const [change = event.message] = event.message.split(". ");
  return { time: event.time, kind: "problem", text: change };
}
