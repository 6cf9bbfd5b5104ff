import type { SandboxEvent } from "../core/eventLog";
import { asPipeline, type Sandbox } from "../sandbox";
import { whose, type Whose } from "../whose";
import type { MinuteRecord } from "../traffic/minuteRecord";
import { deployedDashboard } from "./dashboard";
import type { AlarmView } from "./messages";
import { createTimeline, type Timeline } from "./timeline";
import { plainName } from "./words";

/** What the page keeps of a pipeline, or of all that a stack has. */
export interface Feed {
  readonly sandbox: Sandbox;
  /** False of several together. */
  readonly isPipeline: boolean;
  readonly timeline: Timeline;
  readonly dashboard: { name: string; body: string } | undefined;
  lastMinute(): MinuteRecord | undefined;
  alarms(): AlarmView[];
  /** Grows with every line that is logged. */
  linesLogged(): number;
  end(): void;
}

/** What of a sandbox's news a feed has. */
export interface FeedOptions {
  own: Whose;
  /** Name of the dashboard; the pipeline's own unless told. */
  dashboard?: string;
  /** What alarms' names begin with. */
  prefix: string;
  /** Whether minutes are a pipeline's: of several together there are none. */
  minutes: boolean;
}

/** A feed for each pipeline of a sandbox, and where there are several one for all of them. */
export interface Feeds {
  readonly sandbox: Sandbox;
  /** By the pipeline's name, or `allPipelines`; the first pipeline's for any other name. */
  of(name: string): Feed;
  /** What somebody did on the page. */
  command(time: number, text: string): void;
  /** Differs when there may be something to tell. */
  stamp(): unknown;
  end(): void;
}

/** No pipeline can be called so. */
export const allPipelines = "overview";

export async function startFeeds(sandbox: Sandbox): Promise<Feeds> {
  const { pipelines, deployment } = sandbox;
  const feeds = new Map<string, Feed>();
  for (const pipeline of pipelines)
    feeds.set(pipeline.deployment.config.pipeline, await startFeed(asPipeline(sandbox, pipeline)));
  if (deployment.overview !== undefined) {
    const everything = { event: () => true, line: () => true };
    const { overview, config } = deployment;
    const options = { own: everything, dashboard: overview, prefix: config.stack, minutes: false };
    feeds.set(allPipelines, await startFeed(sandbox, options));
  }
  const [first] = feeds.values();
  return {
    sandbox,
    of: (name) => feeds.get(name) ?? first!,
    command: (time, text) => feeds.forEach(({ timeline }) => timeline.command(time, text)),
    stamp: () => [...feeds.values()].map(({ timeline, linesLogged }) => [timeline.version(), linesLogged()]),
    end: () => feeds.forEach(({ end }) => end()),
  };
}

/** Listens to a pipeline from now on; of what was before, the events that are kept. */
export async function startFeed(sandbox: Sandbox, options = ofPipeline(sandbox)): Promise<Feed> {
  const { cloud, producer } = sandbox;
  const { own, prefix } = options;
  const timeline = createTimeline(prefix);
  let lastMinute: MinuteRecord | undefined;
  let lines = 0;
  const event = (one: SandboxEvent) => {
    if (own.event(one)) timeline.event(one);
  };
  for (const one of cloud.events.recent()) if (one.time >= sandbox.begin) event(one);
  const ends = [
    cloud.events.subscribe(event),
    cloud.logs.subscribe(({ message }) => {
      lines++;
      if (own.line(message)) timeline.logLine(message);
    }),
    producer.subscribe((record) => void (lastMinute = options.minutes ? record : undefined)),
  ];
  const dashboard = await deployedDashboard(sandbox, options.dashboard);
  return {
    sandbox,
    timeline,
    dashboard,
    isPipeline: options.minutes,
    lastMinute: () => lastMinute,
    alarms: () => cloud.cloudwatch.alarms().map((alarm) => alarmView(alarm, prefix)),
    linesLogged: () => lines,
    end: () => ends.forEach((end) => end()),
  };
}

function ofPipeline({ deployment }: Sandbox): FeedOptions {
  const pipeline = deployment.pipelines.find(({ config }) => config.pipeline === deployment.config.pipeline)!;
  return { own: whose(pipeline, deployment.pipelines), prefix: deployment.config.identity, minutes: true };
}

type AlarmSummary = ReturnType<Sandbox["cloud"]["cloudwatch"]["alarms"]>[number];

function alarmView(alarm: AlarmSummary, prefix: string): AlarmView {
  const { arn, name, state, reason, description, stateTransitioned } = alarm;
  return { arn, name: plainName(name, prefix), state, reason, description, since: stateTransitioned };
}
