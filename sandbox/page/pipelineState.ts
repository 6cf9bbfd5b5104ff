import { dimensionId } from "../../scaler/names";
import type { StackConfig } from "../deploy/deploy";
import type { Sandbox } from "../sandbox";
import type { MinuteRecord } from "../traffic/minuteRecord";
import type { Health, PipelineState, TimelineEntry } from "./messages";
import type { Timeline } from "./timeline";
import { figure } from "./words";

/** Behind this much the application's card warns; a minute is what a restart leaves. */
const lagWarnSeconds = 60;
const missing = "MISSING";

/** The strip's figures: what the last minute showed, and what the services say now. */
export function pipelineState(sandbox: Sandbox, timeline: Timeline, last: MinuteRecord | undefined): PipelineState {
  const { cloud, deployment, producer } = sandbox;
  const { config, outputs } = deployment;
  const { stream: shards, application: kpus } = config;
  const stream = cloud.kinesis.look(outputs.streamName);
  const application = cloud.flink.look(outputs.applicationName);
  const lagSeconds = application ? (last?.flink?.lagSeconds ?? 0) : 0;
  const throttled = (last?.throttled ?? 0) / 60;
  const jobDown = application?.jobDown ?? false;
  const stopped = jobDown || application?.status === "READY";
  const traffic = producer.traffic();
  const over = producer.minutesPlayed() >= (traffic.minutes ?? Infinity);
  const state: PipelineState = {
    producer: {
      status: producer.stopped ? "STOPPED" : over ? "OVER" : "SENDING",
      health: producer.stopped ? "bad" : throttled > 0 ? "warning" : over ? "changing" : "good",
      stopped: producer.stopped,
      demand: last?.demand ?? traffic.rate(producer.minutesPlayed()),
      throttled,
      lost: (last?.lost ?? 0) / 60,
      waiting: last?.waiting ?? 0,
    },
    stream: {
      name: outputs.streamName,
      status: stream?.status ?? missing,
      health: stream?.status === "ACTIVE" ? "good" : stream ? "changing" : "bad",
      shards: stream?.openShards ?? 0,
      desired: last?.stream?.desired,
      observed: last?.stream?.observed ?? false,
      ...bounds(shards.minShards, shards.maxShards, shards.scaling),
      utilisation: last?.stream?.utilisation ?? 0,
    },
    application: {
      name: outputs.applicationName,
      status: jobDown && application?.status === "RUNNING" ? "JOB FAILED" : (application?.status ?? missing),
      health: applicationHealth(application?.status, stopped, lagSeconds),
      kpus: application?.kpus ?? 0,
      desired: last?.flink?.desired,
      observed: last?.flink?.observed ?? false,
      ...bounds(kpus.minKpus, kpus.maxKpus, kpus.scaling),
      utilisation: last?.flink?.utilisation ?? 0,
      lagSeconds,
      backlog: application?.backlog ?? 0,
      stopped,
    },
    now: "",
  };
  return { ...state, now: nowWords(state, timeline, config.identity, last !== undefined) };
}

type Thresholds = Pick<StackConfig["stream"]["scaling"], "scaleInPercent" | "scaleOutPercent">;

const bounds = (min: number, max: number, { scaleInPercent, scaleOutPercent }: Thresholds) => ({
  min,
  max,
  scaleInPercent,
  scaleOutPercent,
});

function applicationHealth(status: string | undefined, stopped: boolean, lagSeconds: number): Health {
  if (status === undefined || stopped) return "bad";
  if (status !== "RUNNING") return "changing";
  return lagSeconds > lagWarnSeconds ? "warning" : "good";
}

/** One sentence for each of what is wrong and what is changing; else that all is steady. */
export function nowWords(state: Omit<PipelineState, "now">, timeline: Timeline, identity: string, measured: boolean): string {
  const { producer, stream, application } = state;
  const words: string[] = [];
  if (producer.stopped) words.push("The producer is stopped: nothing is sent.");
  else if (producer.status === "OVER") words.push("The trace is over: nothing is sent.");
  if (stream.status === missing) words.push("The stream does not exist: what is sent is lost.");
  if (application.status === missing) words.push("The application does not exist: nothing is processed.");
  else if (application.stopped) words.push("The application does not process: its backlog grows.");
  words.push(...changing("stream", stream.status, "ACTIVE", timeline.open(dimensionId(identity, "stream"))));
  if (!application.stopped)
    words.push(...changing("application", application.status, "RUNNING", timeline.open(dimensionId(identity, "flink"))));
  if (producer.throttled > 0 && stream.status !== missing)
    words.push(`The stream throttles ${figure(producer.throttled)} records a second.`);
  if (application.lagSeconds > lagWarnSeconds) words.push(`The application is ${figure(application.lagSeconds)} seconds behind.`);
  const alarms = timeline.alarmsOn();
  if (alarms.length > 0) words.push(`In alarm: ${alarms.join(", ")}.`);
  if (words.length > 0) return words.join(" ");
  if (!measured) return "Nothing has been measured yet.";
  return `Steady: the stream is used to ${figure(stream.utilisation)} %, the application to ${figure(application.utilisation)} %.`;
}

/** What is under way in a dimension that is there: a scaling, or what its status says. */
function changing(name: string, status: string, rest: string, open: TimelineEntry | undefined): string[] {
  if (status === missing) return [];
  if (open) return [`The ${name} is to ${open.title.charAt(0).toLowerCase()}${open.title.slice(1)}: ${progressWords(open)}`];
  return status === rest ? [] : [`The ${name} is ${status}.`];
}

function progressWords({ waits, steps }: { waits?: string; steps: { text: string }[] }): string {
  const words = waits ?? steps.at(-1)?.text ?? "waits for the scaler's next run.";
  return words.charAt(0).toLowerCase() === words.charAt(0) || /^[A-Z][a-z]+[A-Z]/.test(words)
    ? words
    : words.charAt(0).toLowerCase() + words.slice(1);
}
