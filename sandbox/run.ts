import { dimensionId } from "../scaler/names";
import { awsLine, curlLine } from "./clientLines";
import { isServiceError } from "./core/serviceError";
import { projectFolder, stackConfigs } from "./deploy/deploy";
import { readStackFiles, stackError, stacksIn, type StackFiles } from "./deploy/stackFiles";
import { observeAll } from "./observe";
import type { SandboxOptions } from "./options";
import type { PolicyReport, Report } from "./report/report";
import { startRealFlink, type RealFlink } from "./realFlink/realFlink";
import { roleKeys } from "./realFlink/roleKeys";
import { openSandbox, type Sandbox, type SandboxSettings } from "./sandbox";
import { startServers, usualPort, type Servers } from "./serve";
import { createSession } from "./session";
import { usd } from "./terminal/figures";
import { startProgress } from "./terminal/progress";
import type { Screen } from "./terminal/screen";
import { printSummary } from "./terminal/summary";
import { defaultTraffic } from "./traffic/defaultTraffic";
import { readTrace } from "./traffic/trace";
import { fromClients, minutesToRun, traceTraffic, type Traffic } from "./traffic/traffic";

/**
 * What `npm start` does: deploys the stack into a sandbox, serves page and AWS endpoint unless headless, plays the traffic to each of its
 * pipelines and prints what happens and a summary. On a terminal it stays up until Ctrl-C.
 * @param stopped ends the run early.
 * @returns a report for each pipeline.
 * @throws InputError, StackError, ConfigError for the user's mistakes.
 */
export async function run(options: SandboxOptions, screen: Screen, stopped: () => boolean): Promise<PolicyReport[]> {
  const { seed, recordBytes, metricDelay, realSdk } = options;
  const real = options.flink === "real";
  const traffic = trafficOf(options);
  const { minutes, note } = minutesToRun(traffic, options.untilMinutes);
  const progress = startProgress(screen, () => performance.now());
  let reports: Report[] = [];
  let servers: Servers | undefined;
  let flink: RealFlink | undefined;
  const { stack, configFile, speed, headless, port } = options;
  const open = async (wanted: string) => {
    const files = readStackFiles(projectFolder, wanted, wanted === stack ? configFile : undefined);
    const settings: SandboxSettings = { files, traffic, recordBytes, seed, metricDelay, realSdk };
    if (real) {
      const started = await openRealFlink(files, options, servers!, screen);
      await flink?.close();
      flink = started.flink;
      Object.assign(settings, started.settings);
    }
    const opened = await openSandbox(settings).catch((error: unknown) => {
      if (isServiceError(error)) throw stackError(`Stack ${wanted} can't be deployed: ${error.name}: ${error.message}`);
      throw error;
    });
    reports = observeAll(opened, recordBytes, progress);
    servers?.serve(opened);
    return opened;
  };
  const stacks = [...new Set([...stacksIn(projectFolder), stack])];
  const session = createSession({ stack, stacks, minutes, speed, smooth: real, open });
  try {
    // Before the deployment: a port that is taken is said at once.
    if (!headless) servers = await startServers(port, session);
    await session.restart(stack);
    const sandbox = session.current()!;
    if (servers) printAddresses(screen, servers, sandbox);
    if (note) progress.notice({ time: sandbox.begin, kind: "information", text: note });

    await session.run(stopped, true);
    progress.end();
    const finished = reports.map((report) => summarise(screen, report));
    if (finished.length > 1) screen.write(`\n${sumLine(finished)}\n`);
    if (servers && screen.refreshes && !stopped()) {
      screen.write("The sandbox stays up; Ctrl-C ends it.\n");
      await session.run(stopped, false);
    }
    return finished;
  } finally {
    await flink?.close();
    await servers?.close();
  }
}

function trafficOf({ flink, trace, seed }: SandboxOptions): Traffic {
  if (flink === "real") return fromClients(Date.now());
  return trace === undefined ? defaultTraffic(seed) : traceTraffic(readTrace(trace));
}

/** A cluster for the stack's applications, and what the sandbox needs to run its jobs there. */
async function openRealFlink(files: StackFiles, { speed }: SandboxOptions, servers: Servers, screen: Screen) {
  const configs = stackConfigs(files);
  const keys = roleKeys();
  const flink = await startRealFlink({
    configs,
    endpoint: servers.awsUrl,
    region: configs[0]!.region,
    keyOf: keys.keyOf,
    speed: Number(speed),
    say: (text) => screen.write(`${text}\n`),
  });
  const settings: Pick<SandboxSettings, "flink" | "opened"> = {
    flink: { runner: flink.runner },
    opened(cloud, exclusively) {
      keys.serve(cloud.iam);
      servers.serve({ cloud, exclusively });
    },
  };
  return { flink, settings };
}

function summarise(screen: Screen, report: Report): PolicyReport {
  const result = report.result();
  printSummary(screen, result, report.directions());
  return result;
}

function sumLine(reports: readonly PolicyReport[]): string {
  return `${reports.length} pipelines: ${usd(reports.reduce((sum, { costUsd }) => sum + costUsd, 0))}`;
}

/** The lines for clients stand alone, to be pasted. */
function printAddresses(screen: Screen, servers: Servers, sandbox: Sandbox): void {
  const addresses = servers.addresses(sandbox);
  const { config, outputs } = sandbox.deployment;
  const { region, identity } = config;
  screen.write(
    [
      `Page          ${addresses.page}`,
      `AWS endpoint  ${addresses.aws}, for example:`,
      "",
      awsLine({ endpoint: addresses.aws, region, streamName: outputs.streamName }),
      "",
      "Scaling API, for example:",
      "",
      curlLine(`${addresses.scalingApi}/${dimensionId(identity, "stream")}`, region),
      ...(servers.moved ? ["", `Port ${usualPort} or ${usualPort + 1} is taken: commands need --sandbox ${addresses.aws}`] : []),
      "",
      "",
    ].join("\n"),
  );
}
