import { dimensionId } from "../scaler/names";
import type { SandboxEvent } from "./core/eventLog";
import type { DeployedPipeline } from "./deploy/deploy";

/** Whether something that happened is one of a stack's pipelines' own. What is no pipeline's own is the first one's to tell. */
export interface Whose {
  event(event: SandboxEvent): boolean;
  /** A line of a log: the scaler's say which dimension they are about. */
  line(message: string): boolean;
}

/** @param all the stack's pipelines: with one of them everything is its own. */
export function whose(pipeline: DeployedPipeline, all: readonly DeployedPipeline[]): Whose {
  const isOwn = (owner: DeployedPipeline | undefined) => (owner ?? all[0]) === pipeline;
  return {
    event: ({ detail }) =>
      isOwn(all.find((other) => isAbout(other, detail)) ?? ownerOfAlarm(String(detail.alarmName ?? ""), all)),
    line(message) {
      const id = /"id":"([\w-]+)"/.exec(message)?.[1];
      return isOwn(all.find(({ config }) => id !== undefined && dimensionsOf(config.identity).includes(id)));
    },
  };
}

function isAbout({ config, outputs }: DeployedPipeline, { stream, application, dimension }: SandboxEvent["detail"]): boolean {
  return (
    stream === outputs.streamName ||
    application === outputs.applicationName ||
    dimensionsOf(config.identity).includes(String(dimension))
  );
}

const dimensionsOf = (identity: string) => [dimensionId(identity, "stream"), dimensionId(identity, "flink")];

/** An alarm's name begins with its pipeline's: of "dev-a" and "dev-a-b" the longer one. */
function ownerOfAlarm(alarm: string, all: readonly DeployedPipeline[]): DeployedPipeline | undefined {
  const named = all.filter(({ config }) => alarm.startsWith(`${config.identity}-`));
  return named.sort((a, b) => b.config.identity.length - a.config.identity.length)[0];
}
