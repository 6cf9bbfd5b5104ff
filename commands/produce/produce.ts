import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { checkFile, countBadLines, fileLines, refuseBadLine } from "../../producer/files";
import { putRecordsOf, requestTimeoutMs } from "../../producer/kinesis";
import { metricDataOf } from "../../producer/metrics";
import { paceByRate, paceBySpeedup } from "../../producer/pace";
import { intervalsOf } from "../../producer/rates";
import type { BadLine, Source } from "../../producer/record";
import { startReplay, type Replay } from "../../producer/replay";
import { madeTripsAtRate, madeTripsOfTrace, recordedTrips, until } from "../../producer/sources";
import { seededRandom } from "../../sandbox/core/random";
import { commandError } from "../commandError";
import { explained, placeOf, type Place } from "../place";
import type { Terminal } from "../terminal";
import type { Surroundings } from "./machine";
import type { ProduceOptions } from "./produceOptions";
import { openShards, streamOf } from "./stream";
import { progressWords, summaryWords, type Counts } from "./words";

/** ms between two progress lines, where they can be rewritten and where not. */
const progressMs = { rewritten: 1_000, written: 10_000 };
/** ms between two publications; a sandbox's minute may be a fraction of a second. */
const metricsMs = { aws: 60_000, sandbox: 1_000 };
/** After an interrupt what is pending has so long, ms; a second one ends it at once. */
const farewellMs = 10_000;
/** The terminal's interrupt comes once more from npm. */
const sameInterruptMs = 500;

/**
 * `npm run produce`: sends records until they are at an end, or until it is interrupted.
 * @returns the exit code: 0 everything that was due is accepted; 1 not everything.
 * @throws InputError, CommandError for the user.
 */
export async function produce(
  options: ProduceOptions,
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
  machine: Surroundings,
): Promise<number> {
  const { work } = options;
  if (work.kind !== "made" && options.badLines === "refuse") {
    const patience = every(machine, progressEvery(terminal), () => tell(terminal, `Reading ${work.file} for bad lines`));
    await checkFile(work.file, (bad) => contentOf(options, bad)).finally(patience);
  }
  const place = placeOf(options, environment);
  const stream = await streamOf(place, options);
  const client = new KinesisClient({ ...place.settings, maxAttempts: 1, requestHandler: { requestTimeout: requestTimeoutMs } });
  try {
    const shards = await openShards(client, place, stream);
    const where = place.sandbox === undefined ? `in ${place.region}` : `on the sandbox at ${place.sandbox}`;
    terminal.write(`Stream ${stream} ${where}${shards === undefined ? "" : `, ${shards} open shards`}`);
    return await send(options, { place, stream, client, terminal, machine });
  } finally {
    client.destroy();
  }
}

/** What a file has, for its problems alone. */
function contentOf({ work }: ProduceOptions, bad: BadLine): AsyncIterable<unknown> {
  const lines = fileLines(work.kind === "made" ? "" : work.file);
  return work.kind === "trace" ? intervalsOf(lines, bad) : recordedTrips(lines, () => 0, "recorded", bad);
}

interface Sending {
  place: Place;
  stream: string;
  client: KinesisClient;
  terminal: Terminal;
  machine: Surroundings;
}

async function send(options: ProduceOptions, { place, stream, client, terminal, machine }: Sending): Promise<number> {
  const { work, badLines: policy, forSeconds = Infinity } = options;
  const start = machine.now();
  const file = work.kind === "made" ? "" : work.file;
  const badLines = countBadLines(file, terminal.write);
  const source = until(
    sourceOf(options, start, policy === "count" ? badLines.bad : refuseBadLine(file)),
    start + forSeconds * 1_000,
  );
  const replay = startReplay(source, putRecordsOf(client, stream), machine, options);
  const counts = (): Counts => ({ ...replay.tally(), bad: badLines.count });

  const ends = [reportProgress(replay, counts, terminal, machine), stopOnInterrupt(replay, counts, terminal, machine)];
  const metrics = options.metrics ? publishMetrics(replay, place, stream, terminal, machine) : undefined;
  const seconds = () => (machine.now() - start) / 1_000;
  try {
    const { givenUp } = await replay.done;
    if (givenUp !== undefined) throw commandError(`Given up: every call failed for a minute, at last with ${givenUp}`);
  } catch (error) {
    terminal.write(summaryWords(counts(), seconds()));
    throw explained(error, place, `Sending to ${stream}`);
  } finally {
    for (const end of ends) end();
    await metrics?.end();
  }
  terminal.write(summaryWords(counts(), seconds()));
  if (options.json) terminal.write(JSON.stringify({ stream, ...counts(), seconds: seconds() }));
  return counts().pending === 0 ? 0 : 1;
}

function sourceOf({ work, times, seed }: ProduceOptions, start: number, bad: BadLine): Source {
  const random = seededRandom(seed).next;
  if (work.kind === "made") return madeTripsAtRate(paceByRate(start, work.rate), random);
  const lines = fileLines(work.file);
  if (work.kind === "trace") return madeTripsOfTrace(intervalsOf(lines, bad), { start, speedup: work.speedup, times }, random);
  const pace = "rate" in work ? paceByRate(start, work.rate) : paceBySpeedup(start, work.speedup);
  return recordedTrips(lines, pace, times, bad);
}

/** Calls back again and again; returns how to end that. */
function every(machine: Surroundings, milliseconds: number, call: () => void): () => void {
  let cancel = () => {};
  const next = () => {
    cancel = machine.after(milliseconds, () => {
      call();
      next();
    });
  };
  next();
  return () => cancel();
}

const progressEvery = ({ show }: Terminal) => (show ? progressMs.rewritten : progressMs.written);
const tell = ({ show, write }: Terminal, line: string) => (show ?? write)(line);

function reportProgress(replay: Replay, counts: () => Counts, terminal: Terminal, machine: Surroundings): () => void {
  let before = { at: machine.now(), sent: 0 };
  return every(machine, progressEvery(terminal), () => {
    const now = { at: machine.now(), sent: counts().sent };
    const perSecond = ((now.sent - before.sent) * 1_000) / Math.max(1, now.at - before.at);
    before = now;
    tell(terminal, progressWords(counts(), perSecond, replay.behind()));
  });
}

function stopOnInterrupt(replay: Replay, counts: () => Counts, terminal: Terminal, machine: Surroundings): () => void {
  let first: number | undefined;
  return machine.onInterrupt(() => {
    if (first === undefined) {
      first = machine.now();
      const { pending } = counts();
      if (pending > 0)
        terminal.write(`Interrupted: ${pending} pending records have ${farewellMs / 1_000} s; once more ends it at once.`);
      replay.stop(farewellMs);
    } else if (machine.now() - first > sameInterruptMs) replay.stop(0);
  });
}

/** Publishes what was measured; a failure is told once and stops nothing. */
function publishMetrics(replay: Replay, place: Place, stream: string, terminal: Terminal, machine: Surroundings) {
  const client = new CloudWatchClient(place.settings);
  let told = false;
  const publish = async () => {
    const data = metricDataOf(replay.meter.take(), stream);
    if (!data) return;
    try {
      await client.send(new PutMetricDataCommand(data));
    } catch (error) {
      const reason = explained(error, place, "Publishing the metrics");
      if (!told) terminal.write(`The metrics can't be published: ${reason instanceof Error ? reason.message : String(reason)}`);
      told = true;
    }
  };
  const end = every(machine, place.sandbox === undefined ? metricsMs.aws : metricsMs.sandbox, () => void publish());
  return {
    async end() {
      end();
      await publish();
      client.destroy();
    },
  };
}
