import type { Sandbox } from "../sandbox";
import type { MinuteRecord } from "../traffic/minuteRecord";
import { deployedDashboard } from "./dashboard";
import type { AlarmView } from "./messages";
import { createTimeline, type Timeline } from "./timeline";
import { plainName } from "./words";

/** What the page keeps of one sandbox. */
export interface Feed {
  readonly sandbox: Sandbox;
  readonly timeline: Timeline;
  readonly dashboard: { name: string; body: string } | undefined;
  lastMinute(): MinuteRecord | undefined;
  alarms(): AlarmView[];
  /** Grows with every line that is logged. */
  linesLogged(): number;
  end(): void;
}

/** Listens to a sandbox from now on; of what was before, the events that are kept. */
export async function startFeed(sandbox: Sandbox): Promise<Feed> {
  const { cloud, deployment, producer } = sandbox;
  const { stack } = deployment.config;
  const timeline = createTimeline(stack);
  let lastMinute: MinuteRecord | undefined;
  let lines = 0;
  for (const event of cloud.events.recent()) if (event.time >= sandbox.begin) timeline.event(event);
  const ends = [
    cloud.events.subscribe((event) => timeline.event(event)),
    cloud.logs.subscribe(({ message }) => {
      lines++;
      timeline.logLine(message);
    }),
    producer.subscribe((record) => void (lastMinute = record)),
  ];
  const dashboard = await deployedDashboard(sandbox);
  return {
    sandbox,
    timeline,
    dashboard,
    lastMinute: () => lastMinute,
    alarms: () => cloud.cloudwatch.alarms().map((alarm) => alarmView(alarm, stack)),
    linesLogged: () => lines,
    end: () => ends.forEach((end) => end()),
  };
}

type AlarmSummary = ReturnType<Sandbox["cloud"]["cloudwatch"]["alarms"]>[number];

function alarmView(alarm: AlarmSummary, stack: string): AlarmView {
  const { arn, name, state, reason, description, stateTransitioned } = alarm;
  return { arn, name: plainName(name, stack), state, reason, description, since: stateTransitioned };
}
