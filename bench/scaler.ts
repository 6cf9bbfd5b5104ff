import * as fs from "node:fs";
import * as path from "node:path";
import { day, minute } from "../sandbox/core/clock";
import { projectFolder } from "../sandbox/deploy/deploy";
import { readStackFiles } from "../sandbox/deploy/stackFiles";
import { openSandbox } from "../sandbox/sandbox";
import { defaultTraffic } from "../sandbox/traffic/defaultTraffic";
import { atLeast, atMost, plainFigure, type Figure } from "./figure";
import { injectFaults } from "./faults";
import { endpointOf, type Endpoint } from "./scalerEndpoint";

const runs = 2_000;

/** What a minute run costs, what the last soak test came to, and thirty days with a fault every hour. */
export async function scalerBench(): Promise<Figure[]> {
  return [...(await quietMinutes()), ...(await manyDimensions()), ...soakFigures(), ...(await monthOfFaults())];
}

/** A pipeline in which nothing changes, after a first run that adopts it. */
async function quietMinutes(): Promise<Figure[]> {
  const one = await settled(1);
  const hundred = await settled(100);
  const single = await perRun(one, runs);
  const many = await perRun(hundred, runs / 100);
  return [
    atMost("AWS calls per pipeline and minute when nothing changes, 1 pipeline", single.calls, "calls", 3),
    atMost("AWS calls per pipeline and minute when nothing changes, 100 pipelines", many.calls / 100, "calls", 3),
    plainFigure("minute run, 1 pipeline", single.milliseconds, "ms"),
    plainFigure("minute run, 100 pipelines (200 dimensions)", many.milliseconds, "ms"),
    atMost("minute run's time per pipeline, 100 pipelines to 1", many.milliseconds / (100 * single.milliseconds), "x", 2),
  ];
}

async function settled(pipelines: number): Promise<Endpoint> {
  const endpoint = await endpointOf(pipelines);
  await endpoint.run();
  return endpoint;
}

async function perRun(endpoint: Endpoint, count: number): Promise<{ calls: number; milliseconds: number }> {
  for (let i = 0; i < count / 10; i++) await endpoint.run();
  endpoint.calls = 0;
  const begin = performance.now();
  for (let i = 0; i < count; i++) await endpoint.run();
  return { calls: endpoint.calls / count, milliseconds: (performance.now() - begin) / count };
}

/** One endpoint under the services' API rates, every call 20 ms long: a quiet minute, and one in which everything is to grow. */
async function manyDimensions(): Promise<Figure[]> {
  const endpoint = await endpointOf(100, { callMilliseconds: 20 });
  let quiet = await endpoint.run();
  while (quiet.written > 0) quiet = await endpoint.run();
  for (const id of endpoint.ids) await endpoint.patch(id, 6);
  let minutes = 0;
  let longest = 0;
  let { failed, throttled } = quiet;
  while (minutes < 60 && !endpoint.allAt(6)) {
    const run = await endpoint.run();
    longest = Math.max(longest, run.seconds);
    failed += run.failed;
    throttled += run.throttled;
    minutes++;
  }
  return [
    atMost("200 dimensions under the services' rates, nothing changes: run", quiet.seconds, "s", 55),
    atMost("200 dimensions under the services' rates: throttled calls", throttled, "calls", 0),
    atMost("200 dimensions under the services' rates: runs that failed as a whole", failed, "runs", 0),
    atMost("200 dimensions that all grow at once: longest run", longest, "s", 55),
    atMost("200 dimensions that all grow at once: minutes until the last one has grown", minutes, "min", 30),
  ];
}

interface Soak {
  lastSeed: number;
  runs: number;
  broken: number;
}

/** Of the last `npm run test:soak`. */
function soakFigures(): Figure[] {
  const file = path.join(projectFolder, ".cache", "soak.json");
  if (!fs.existsSync(file)) return [];
  const { runs: played, broken, lastSeed } = JSON.parse(fs.readFileSync(file, "utf8")) as Soak;
  return [
    atLeast("soak test: scenarios", played, "runs", 100_000),
    atMost("soak test: scenarios that broke a rule", broken, "runs", 0),
    plainFigure("soak test: last seed", lastSeed, ""),
  ];
}

const faultDays = 30;

/** The full sandbox with a fault every hour on average, beside the same days without. */
async function monthOfFaults(): Promise<Figure[]> {
  const without = await playDays(false);
  const withFaults = await playDays(true);
  const lost = (days: { lost: number; offered: number }) => (100 * days.lost) / days.offered;
  return [
    plainFigure("30 days with a fault every hour: faults", withFaults.faults, ""),
    atMost("30 days with a fault every hour: accepted by the stream, never processed", withFaults.unprocessed, "records", 0),
    plainFigure("30 days with a fault every hour: lost by throttling", lost(withFaults), "%"),
    plainFigure("30 days without faults: lost by throttling", lost(without), "%"),
    plainFigure("30 days with a fault every hour: minutes with more than 60 s of lag", withFaults.lagMinutes, "min"),
    plainFigure("30 days without faults: minutes with more than 60 s of lag", without.lagMinutes, "min"),
  ];
}

async function playDays(faulty: boolean) {
  const sandbox = await openSandbox({
    ...{ files: readStackFiles(projectFolder, "dev"), traffic: defaultTraffic(1), recordBytes: 500, seed: 1 },
  });
  const { cloud, deployment } = sandbox;
  const { applicationName } = deployment.outputs;
  const sums = { offered: 0, lost: 0, accepted: 0, lagMinutes: 0 };
  cloud.flink.resetBilling(applicationName);
  let backlog = 0;
  sandbox.producer.subscribe(({ offered, lost, accepted, flink }) => {
    sums.offered += offered;
    sums.lost += lost;
    sums.accepted += accepted;
    backlog = flink?.backlog ?? 0;
    if ((flink?.lagSeconds ?? 0) > 60) sums.lagMinutes++;
  });
  const faults = faulty ? injectFaults(cloud, applicationName) : () => 0;
  await sandbox.advance((faultDays * day) / minute);
  const { processedRecords } = cloud.flink.billing(applicationName);
  return { ...sums, faults: faults(), unprocessed: Math.round(sums.accepted - processedRecords - backlog) };
}
