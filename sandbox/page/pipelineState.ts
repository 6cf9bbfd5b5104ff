import type { Sandbox } from "../sandbox";
import type { MinuteRecord } from "../traffic/minuteRecord";
import type { Health, PipelineState } from "./messages";
import type { Timeline } from "./timeline";
import { figure } from "./words";

/** Behind this much the application's card warns; a minute is what a restart leaves. */
const lagWarnSeconds = 60;

/** The strip's figures: what the last minute showed, and what the services say now. */
export function pipelineState(sandbox: Sandbox, timeline: Timeline, last: MinuteRecord | undefined): PipelineState {
  const { cloud, deployment, producer } = sandbox;
  const { config, outputs } = deployment;
  const stream = cloud.kinesis.look(outputs.streamName);
  const application = cloud.flink.look(outputs.applicationName);
  const lagSeconds = last?.flink?.lagSeconds ?? 0;
  const throttled = (last?.throttled ?? 0) / 60;
  const jobDown = timeline.entries().some(({ title, state }) => state === "open" && /^The job of .* failed/.test(title));
  const stopped = jobDown || application?.status === "READY";
  const state: PipelineState = {
    producer: {
      status: producer.stopped ? "STOPPED" : "SENDING",
      health: producer.stopped ? "bad" : throttled > 0 ? "warning" : "good",
      stopped: producer.stopped,
      demand: last?.demand ?? producer.traffic().rate(producer.minutesPlayed()),
      throttled,
      lost: (last?.lost ?? 0) / 60,
      waiting: last?.waiting ?? 0,
    },
    stream: {
      name: outputs.streamName,
      status: stream?.status ?? "MISSING",
      health: stream?.status === "ACTIVE" ? "good" : stream ? "changing" : "bad",
      shards: stream?.openShards ?? 0,
      desired: last?.stream?.desired,
      ...bounds(config.stream),
      utilisation: last?.stream?.utilisation ?? 0,
    },
    application: {
      name: outputs.applicationName,
      status: jobDown && application?.status === "RUNNING" ? "JOB FAILED" : (application?.status ?? "MISSING"),
      health: applicationHealth(application?.status, stopped, lagSeconds),
      kpus: application?.kpus ?? 0,
      desired: last?.flink?.desired,
      ...bounds(config.application),
      utilisation: last?.flink?.utilisation ?? 0,
      lagSeconds,
      backlog: application?.backlog ?? 0,
      stopped,
    },
    now: "",
  };
  return { ...state, now: nowWords(state, timeline, config.stack) };
}

interface Scaled {
  min: number;
  max: number;
  scaling: { scaleInPercent: number; scaleOutPercent: number };
}

const bounds = ({ min, max, scaling: { scaleInPercent, scaleOutPercent } }: Scaled) => ({
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
function nowWords({ producer, stream, application }: PipelineState, timeline: Timeline, stack: string): string {
  const words: string[] = [];
  if (producer.stopped) words.push("The producer is stopped: nothing is sent.");
  if (application.stopped) words.push("The application does not process: its backlog grows.");
  for (const [name, dimension] of [
    ["stream", `${stack}-stream`],
    ["application", `${stack}-flink`],
  ] as const) {
    const open = timeline.open(dimension);
    if (open) words.push(`The ${name} is to ${open.title.charAt(0).toLowerCase()}${open.title.slice(1)}: ${progressWords(open)}`);
  }
  if (producer.throttled > 0) words.push(`The stream throttles ${figure(producer.throttled)} records a second.`);
  if (application.lagSeconds > lagWarnSeconds) words.push(`The application is ${figure(application.lagSeconds)} seconds behind.`);
  if (words.length > 0) return words.join(" ");
  return `Steady: the stream is used to ${figure(stream.utilisation)} %, the application to ${figure(application.utilisation)} %.`;
}

function progressWords({ waits, steps }: { waits?: string; steps: { text: string }[] }): string {
  const words = waits ?? steps.at(-1)?.text ?? "waits for the scaler's next run.";
  return words.charAt(0).toLowerCase() === words.charAt(0) || /^[A-Z][a-z]+[A-Z]/.test(words)
    ? words
    : words.charAt(0).toLowerCase() + words.slice(1);
}
