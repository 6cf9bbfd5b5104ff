import { isInputError, isUsersMistake } from "../inputError";
import { asPipeline, type Sandbox, type SandboxPipeline } from "../sandbox";
import { parseTrace } from "../traffic/trace";
import { traceTraffic } from "../traffic/traffic";
import { booleanOf, commandError, notNow, numberOf, oneOf, textOf, wholeNumberOf, type Input } from "./commandInput";
import { allPipelines } from "./feed";
import type { PageSession } from "./session";
import { figure } from "./words";

/** What a command answers with, and whether it belongs into the timeline. */
export interface Done {
  text: string;
  told: boolean;
}

type Command = (session: PageSession, input: Input) => Promise<Done> | Done;

const whoSends = "clients send its records";

/** Commands by name: what the page's controls can do. All refuse bad input with a CommandError. */
export const commands: Readonly<Record<string, Command>> = {
  pause(session, input) {
    const paused = booleanOf(input, "paused");
    session.setPaused(paused);
    return quiet(paused ? "Paused." : "Time goes on.");
  },

  speed(session, input) {
    modelOnly(session, "its time is the machine's: --speed says how fast the stream's goes");
    const speed = input.speed === "max" ? "max" : numberOf(input, "speed", 1, 1_000_000);
    session.setSpeed(speed);
    return quiet(speed === "max" ? "As fast as the machine goes." : `${figure(speed)} simulated seconds a second.`);
  },

  spike: ofModel(whoSends, (sandbox, input) => {
    const factor = numberOf(input, "factor", 0, 1000);
    const minutes = wholeNumberOf(input, "minutes", 1, 1440);
    sandbox.producer.spike(factor, minutes);
    return `Spike: ${figure(factor)} times the traffic for ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  }),

  producer: ofModel(whoSends, (sandbox, input) => {
    const running = booleanOf(input, "running");
    if (running) sandbox.producer.resume();
    else sandbox.producer.stop();
    return running ? "The producer sends again." : "The producer was stopped.";
  }),

  application: between(async (sandbox, input) => {
    const running = booleanOf(input, "running");
    const { cloud, deployment } = sandbox;
    const name = deployment.outputs.applicationName;
    const { status } = cloud.flink.look(name) ?? {};
    if (running && status === "READY") {
      await cloud.call("kinesisanalytics", "StartApplication", { ApplicationName: name, RunConfiguration: {} }, cloud.deployer);
      return "The application is being started.";
    }
    if (sandbox.cloud.flink.isReal) throw notNow("A real job runs: stop the application with StopApplication instead.");
    if (status !== "RUNNING") throw notNow(`The application is ${status ?? "missing"}; try again when it is RUNNING.`);
    if (running) cloud.flink.resume(name);
    else cloud.flink.stop(name);
    return running ? "The application's job was started again." : "The application's job was stopped.";
  }),

  failNextUpdate: between((sandbox, input) => {
    const { cloud, deployment } = sandbox;
    if (oneOf(input, "target", ["application", "stream"]) === "stream") {
      cloud.kinesis.failNext("UpdateShardCount", "InternalFailureException", { message: "Injected fault.", statusCode: 500 });
      return "The next UpdateShardCount will be refused.";
    }
    if (!cloud.flink.look(deployment.outputs.applicationName)) throw notNow("The application is missing: it was deleted.");
    cloud.flink.failNextUpdate(deployment.outputs.applicationName, { error: "Injected fault: the job failed to start." });
    return "The next update of the application will fail.";
  }),

  throttle: between((sandbox, input) => {
    const calls = wholeNumberOf(input, "calls", 1, 1000);
    const options = { message: "Rate exceeded (injected).", times: calls };
    for (const operation of ["DescribeStreamSummary", "UpdateShardCount"]) {
      sandbox.cloud.kinesis.failNext(operation, "LimitExceededException", options);
    }
    for (const operation of ["DescribeApplication", "UpdateApplication"]) {
      sandbox.cloud.flink.failNext(operation, "ThrottlingException", options);
    }
    return `The next ${calls} calls of each of the stream's and the application's APIs will be throttled.`;
  }),

  trace(session, input) {
    modelOnly(session, whoSends);
    const name = textOf(input, "name");
    const traffic = traceTraffic(userInput(() => parseTrace(textOf(input, "csv"), name)));
    running(session);
    session.play(traffic);
    return { text: `The producer plays ${traffic.name} (${traffic.minutes} minutes) from its beginning.`, told: true };
  },

  async restart(session, input) {
    const stack = oneOf(input, "stack", session.stacks);
    try {
      await session.restart(stack);
    } catch (error) {
      if (isUsersMistake(error)) throw commandError(error.message);
      throw error;
    }
    return { text: `Stack ${stack} was deployed into a new sandbox.`, told: true };
  },
};

/** @param reason why it can't be had where a real job runs. */
function modelOnly({ smooth }: PageSession, reason: string): void {
  if (smooth) throw notNow(`A real job runs: ${reason}.`);
}

function ofModel(reason: string, act: (sandbox: Sandbox, input: Input) => string): Command {
  const command = between(act);
  return (session, input) => {
    modelOnly(session, reason);
    return command(session, input);
  };
}

const quiet = (text: string): Done => ({ text, told: false });

function running(session: PageSession): Sandbox {
  const sandbox = session.current();
  if (sandbox) return sandbox;
  throw notNow("The sandbox is being started; try again in a moment.");
}

/** A command that acts on the running sandbox, or a pipeline of it, between two minutes. */
function between(act: (sandbox: Sandbox, input: Input) => string | Promise<string>): Command {
  return async (session, input) => {
    const sandbox = running(session);
    const named = chosen(sandbox, input);
    const text = await sandbox.exclusively(async () => act(named ? asPipeline(sandbox, named) : sandbox, input));
    return { text: named ? `${named.deployment.config.pipeline}: ${text}` : text, told: true };
  };
}

/** The pipeline that is meant among several. */
function chosen({ pipelines }: Sandbox, input: Input): SandboxPipeline | undefined {
  const names = pipelines.map(({ deployment }) => deployment.config.pipeline);
  if (names.length === 1 && names[0] === "") return undefined;
  if (input.pipeline === allPipelines) throw commandError("All pipelines are shown: choose the one that is meant.");
  const name = input.pipeline === undefined ? names[0]! : oneOf(input, "pipeline", names);
  return pipelines[names.indexOf(name)];
}

function userInput<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (isInputError(error)) throw commandError(error.message);
    throw error;
  }
}
