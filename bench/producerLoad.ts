// A process of its own, so that the CPU time and memory are the producer's alone: sends made trips, and says what that took as JSON.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
import { CreateStreamCommand, DescribeStreamSummaryCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { setTimeout as sleep } from "node:timers/promises";
import { putRecordsOf } from "../producer/kinesis";
import { paceByRate } from "../producer/pace";
import type { DueRecord } from "../producer/record";
import { startReplay, type Machine } from "../producer/replay";
import { madeTrip } from "../producer/trip";
import { credentials } from "../sandbox/accessKey";
import { seededRandom } from "../sandbox/core/random";

export interface Load {
  url: string;
  /** Names of new streams. */
  streams: string[];
  shards: number;
  ordered: boolean;
  /** Records a second of each stream; undefined: as many as go. */
  rate?: number;
  seconds: number;
}

export interface LoadResult {
  sent: number;
  refused: number;
  seconds: number;
  cpuSeconds: number;
  megabytes: number;
}

const machine: Machine = {
  now: () => Date.now(),
  random: Math.random,
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Making trips isn't sending them: these go round. */
const { next } = seededRandom(1);
const trips = Array.from({ length: 5_000 }, (_, i) => madeTrip(i, Date.UTC(2026, 0, 5), next));

async function* source(rate: number | undefined): AsyncGenerator<DueRecord[], void> {
  const start = Date.now();
  const pace = rate === undefined ? () => start : paceByRate(start, rate);
  for (let index = 0; ;) {
    const records: DueRecord[] = [];
    for (; records.length < 250; index++) records.push({ ...trips[index % trips.length]!, due: pace(0, index) });
    yield records;
  }
}

async function createStream(client: KinesisClient, StreamName: string, ShardCount: number): Promise<void> {
  await client.send(new CreateStreamCommand({ StreamName, ShardCount }));
  for (;;) {
    const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
    if (StreamDescriptionSummary?.StreamStatus === "ACTIVE") return;
    await sleep(100);
  }
}

async function main({ url, streams, shards, ordered, rate, seconds }: Load): Promise<void> {
  // HTTP/1.1, which kinesis-local speaks, too.
  const requestHandler = new NodeHttpHandler({ requestTimeout: 20_000 });
  const client = new KinesisClient({ endpoint: url, region: "us-east-1", credentials, maxAttempts: 1, requestHandler });
  for (const stream of streams) await createStream(client, stream, shards);
  const before = process.cpuUsage();
  const begun = performance.now();
  const replays = streams.map((stream) => startReplay(source(rate), putRecordsOf(client, stream), machine, { ordered }));
  await sleep(seconds * 1_000);
  const { user, system } = process.cpuUsage(before);
  const total = (count: "sent" | "refused") => replays.reduce((sum, replay) => sum + replay.tally()[count], 0);
  const result: LoadResult = {
    ...{ sent: total("sent"), refused: total("refused"), seconds: (performance.now() - begun) / 1_000 },
    ...{ cpuSeconds: (user + system) / 1e6, megabytes: process.memoryUsage().rss / 1_048_576 },
  };
  console.log(JSON.stringify(result));
  process.exit(0);
}

void main(JSON.parse(process.argv[2] ?? "") as Load);
