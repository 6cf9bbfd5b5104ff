import { strict as assert } from "node:assert";
import { inspect } from "node:util";
import { seededRandom } from "../../sandbox/core/random";
import { openEndpoint, type Endpoint } from "../sandbox/wire/fixture";
import { disagreementOf, disagreements, newerFields, said } from "./kinesisDisagreements";
import { badCalls, randomStep, type ShardShape } from "./kinesisSequence";
import { isError, kinesisLocalSide, sandboxSide, type Input, type Outcome, type Side } from "./kinesisSides";
import { freePort, kinesisLocalFolder, needs, startServer, type RunningServer } from "./tools";

/** How long kinesis-local's changes take: long enough that the next call of a test still finds them going on. */
const changeMs = 800;
const changeDuration = `${changeMs}ms`;

const secondChanges: readonly [operation: string, input: Input][] = [
  ["UpdateShardCount", { TargetShardCount: 3, ScalingType: "UNIFORM_SCALING" }],
  ["SplitShard", { ShardToSplit: "shardId-000000000002", NewStartingHashKey: String(2n ** 128n - 1_000n) }],
  ["MergeShards", { ShardToMerge: "shardId-000000000001", AdjacentShardToMerge: "shardId-000000000002" }],
];

describe("the Kinesis model against kinesis-local", function () {
  this.timeout(180_000);
  let server: RunningServer | undefined;
  let endpoint: Endpoint | undefined;
  let ours: Side;
  let theirs: Side;
  /** Names of the disagreements that showed. */
  const seen = new Set<string>();

  before(async function () {
    needs(this, kinesisLocalFolder, "kinesis-local");
    const port = await freePort();
    const env = {
      KINESIS_MOCK_PLAIN_PORT: String(port),
      KINESIS_MOCK_TLS_PORT: String(await freePort()),
      AWS_ACCOUNT_ID: "123456789012",
      SHARD_LIMIT: "1000",
      LOG_LEVEL: "ERROR",
      CREATE_STREAM_DURATION: "50ms",
      UPDATE_SHARD_COUNT_DURATION: changeDuration,
      SPLIT_SHARD_DURATION: changeDuration,
      MERGE_SHARDS_DURATION: changeDuration,
    };
    // Its certificate is looked for in the working directory.
    server = await startServer(process.execPath, ["main.js"], port, { cwd: kinesisLocalFolder, env });
    endpoint = await openEndpoint();
    ours = sandboxSide(endpoint);
    theirs = kinesisLocalSide(port);
  });
  after(async () => {
    ours?.close();
    theirs?.close();
    await server?.stop();
    await endpoint?.server.close();
  });

  async function both(operation: string, input: Input): Promise<[Outcome, Outcome]> {
    return Promise.all([ours.call(operation, input), theirs.call(operation, input)]);
  }

  async function settle(stream: string): Promise<void> {
    await Promise.all([ours.settle(stream), theirs.settle(stream)]);
  }

  async function create(stream: string, ShardCount: number): Promise<void> {
    const outcomes = await both("CreateStream", { StreamName: stream, ShardCount });
    assert.deepEqual(outcomes.map(said), ["output", "output"]);
    await settle(stream);
  }

  async function shardsOf(side: Side, stream: string): Promise<ShardShape[]> {
    const outcome = await side.call("ListShards", { StreamName: stream });
    assert.ok(!isError(outcome));
    return outcome.output["Shards"] as ShardShape[];
  }

  function listedDisagreement(operation: string, outcomes: [Outcome, Outcome]): string | undefined {
    const name = disagreementOf(operation, ...outcomes)?.name;
    if (name !== undefined) seen.add(name);
    return name;
  }

  /** The two agree: same error with the same text, or the same output; or it is a named disagreement. */
  function assertAgree(operation: string, input: Input, outcomes: [Outcome, Outcome]): void {
    const [sandbox, kinesisLocal] = outcomes;
    const same = isError(sandbox) || isError(kinesisLocal) ? said(sandbox) === said(kinesisLocal) : undefined;
    const listed = same === false ? listedDisagreement(operation, outcomes) : undefined;
    if (same === true || listed) return;
    const about = `${operation} ${inspect(input, { breakLength: 200 })}\n  sandbox: ${said(sandbox)}\n  kinesis-local: ${said(kinesisLocal)}`;
    if (same === false) assert.fail(`a disagreement that isn't listed: ${about}`);
    assert.deepEqual(comparable(operation, sandbox), comparable(operation, kinesisLocal), about);
  }

  for (const seed of [1, 2, 3, 4]) {
    it(`agrees on shard ids, parents, hash ranges, routing and refusals in a sequence of 40 calls (seed ${seed})`, async () => {
      const random = seededRandom(seed);
      const stream = `sequence-${seed}`;
      await create(stream, [1, 3, 5][seed % 3]!);
      for (let i = 0; i < 40; i++) {
        const { operation, input } = randomStep(random, stream, await shardsOf(ours, stream));
        assertAgree(operation, input, await both(operation, input));
        await settle(stream);
        assert.deepEqual(
          (await shardsOf(ours, stream)).map(comparableShard),
          (await shardsOf(theirs, stream)).map(comparableShard),
          `after ${operation} ${inspect(input)}`,
        );
      }
    });
  }

  it("agrees on what is refused, but for the listed texts and checks", async () => {
    await create("probe", 3);
    for (const [operation, input] of badCalls) assertAgree(operation, input, await both(operation, input));
    assert.equal((await shardsOf(ours, "probe")).length, 3);
    assert.equal((await shardsOf(theirs, "probe")).length, 3);
  });

  it("disagrees on splits at a shard's first two hash keys and its last, which AWS refuses", async () => {
    const last = 2n ** 128n - 1n;
    for (const [i, key] of [0n, 1n, last].entries()) {
      await create(`bounds-${i}`, 1);
      const input = { StreamName: `bounds-${i}`, ShardToSplit: "shardId-000000000000", NewStartingHashKey: String(key) };
      const outcomes = await both("SplitShard", input);
      assert.equal(listedDisagreement("SplitShard", outcomes), "A split at a shard's bounds", outcomes.map(said).join("\n"));
      await settle(`bounds-${i}`);
    }
  });

  it("disagrees on the first ranges of four shards: AWS divides 2^128, kinesis-local 2^128 - 1", async () => {
    await create("four", 4);
    const [first, second] = [await shardsOf(ours, "four"), await shardsOf(theirs, "four")];
    assert.equal(first[0]?.HashKeyRange.EndingHashKey, String(2n ** 126n - 1n));
    assert.equal(second[0]?.HashKeyRange.EndingHashKey, String(2n ** 126n - 2n));
    for (const shards of [first, second]) assert.deepEqual(coverage(openShards(shards)), { count: 4, whole: true });
  });

  it("agrees on a second change while the first goes on", async () => {
    for (const [i, [operation, input]] of secondChanges.entries()) {
      const StreamName = `busy-${i}`;
      await create(StreamName, 3);
      const first = { StreamName, ShardToSplit: "shardId-000000000000", NewStartingHashKey: "1000" };
      const begun = performance.now();
      assertAgree("SplitShard", first, await both("SplitShard", first));
      const outcomes = await both(operation, { StreamName, ...input });
      // On a machine so slow that kinesis-local's change is over by now there is nothing to compare.
      if (performance.now() - begun < changeMs) {
        assert.deepEqual(
          outcomes.map((outcome) => isError(outcome) && outcome.error),
          Array(2).fill("ResourceInUseException"),
        );
        assertAgree(operation, { StreamName, ...input }, outcomes);
      }
      await settle(StreamName);
    }
  });

  it("agrees on UpdateShardCount's bounds and counts; the sandbox's ranges are equal, as AWS's are", async () => {
    await create("uniform", 4);
    let count = 4;
    for (const target of [5, 8, 9, 7, 5, 10, 3]) {
      const input = { StreamName: "uniform", TargetShardCount: target, ScalingType: "UNIFORM_SCALING" };
      const outcomes = await both("UpdateShardCount", input);
      assertAgree("UpdateShardCount", input, outcomes);
      await settle("uniform");
      if (isError(outcomes[0])) break;
      count = target;
      for (const side of [ours, theirs])
        assert.deepEqual(coverage(openShards(await shardsOf(side, "uniform"))), { count, whole: true });
      const widths = openShards(await shardsOf(ours, "uniform")).map(([start, end]) => end - start);
      const ideal = 2n ** 128n / BigInt(count);
      assert.ok(
        widths.every((width) => width - ideal < 100n && ideal - width < 100n),
        `${count} shards: ${widths.join(" ")}`,
      );
    }
  });

  it("disagrees on the eleventh UpdateShardCount within 24 hours, which AWS refuses", async () => {
    await create("daily", 4);
    let outcomes: [Outcome, Outcome] | undefined;
    for (let i = 0; i < 11; i++) {
      const input = { StreamName: "daily", TargetShardCount: i % 2 === 0 ? 5 : 4, ScalingType: "UNIFORM_SCALING" };
      outcomes = await both("UpdateShardCount", input);
      if (i < 10) assert.deepEqual(outcomes.map(said), ["output", "output"]);
      await settle("daily");
    }
    assert.equal(listedDisagreement("UpdateShardCount", outcomes!), "The eleventh UpdateShardCount of a day");
  });

  it("reads the same records in the same order from the same shards", async () => {
    await create("records", 3);
    const random = seededRandom(9);
    for (let batch = 0; batch < 3; batch++) {
      const Records = Array.from({ length: 30 }, (_, i) => ({
        PartitionKey: `key-${random.integer(0, 1_000)}`,
        Data: Buffer.from(`${batch}-${i}`),
      }));
      await both("PutRecords", { StreamName: "records", Records });
    }
    const merge = { StreamName: "records", ShardToMerge: "shardId-000000000000", AdjacentShardToMerge: "shardId-000000000001" };
    assertAgree("MergeShards", merge, await both("MergeShards", merge));
    await settle("records");
    await both("PutRecords", { StreamName: "records", Records: [{ PartitionKey: "after", Data: Buffer.from("after") }] });
    for (const { ShardId } of await shardsOf(ours, "records")) {
      const [left, right] = [await readAll(ours, ShardId), await readAll(theirs, ShardId)];
      assert.deepEqual(left, right);
      if (ShardId === "shardId-000000000000") assert.ok(left.ended && left.records.length > 10, "a closed shard ends");
    }
  });

  it("has no disagreement listed that doesn't show any more", () => {
    assert.deepEqual(
      disagreements.map(({ name }) => name).filter((name) => !seen.has(name)),
      [],
    );
  });

  async function readAll(
    side: Side,
    ShardId: string,
  ): Promise<{ records: [string, string][]; ended: boolean; children: unknown }> {
    const first = await side.call("GetShardIterator", { StreamName: "records", ShardId, ShardIteratorType: "TRIM_HORIZON" });
    assert.ok(!isError(first));
    let iterator = first.output["ShardIterator"] as string | undefined;
    const records: [string, string][] = [];
    let children: unknown;
    for (let calls = 0; iterator !== undefined && calls < 12; calls++) {
      await side.second();
      const outcome = await side.call("GetRecords", { ShardIterator: iterator, Limit: 7 });
      assert.ok(!isError(outcome), said(outcome));
      const { Records, NextShardIterator, ChildShards } = outcome.output as {
        Records: { Data: Uint8Array; PartitionKey: string }[];
        NextShardIterator?: string;
        ChildShards?: { ShardId: string; ParentShards: string[] }[];
      };
      records.push(...Records.map((one): [string, string] => [one.PartitionKey, Buffer.from(one.Data).toString()]));
      iterator = NextShardIterator || undefined;
      children = ChildShards?.map(({ ShardId: id, ParentShards }) => [id, [...ParentShards].sort()]) ?? children;
    }
    return { records, ended: iterator === undefined, children };
  }
});

/** Sequence numbers hold times, and kinesis-local's of a closed shard is a constant: only whether there is one is compared. */
function comparableShard(shard: ShardShape) {
  const { SequenceNumberRange: numbers, ...rest } = shard;
  return { ...rest, closed: numbers.EndingSequenceNumber !== undefined };
}

/** An output without times, sequence numbers, tokens and the fields that kinesis-local doesn't know. */
function comparable(operation: string, outcome: Outcome): unknown {
  if (isError(outcome)) return said(outcome);
  const drop = ["SequenceNumber", "StreamCreationTimestamp", "ShardIterator", "NextToken", ...(newerFields[operation] ?? [])];
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== "object" || value === null || value instanceof Date) return value;
    if ("SequenceNumberRange" in value) return comparableShard(value as ShardShape);
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, inner]) => !drop.includes(name) && inner !== undefined)
        .map(([name, inner]) => [name, strip(inner)]),
    );
  };
  return { ...(strip(outcome.output) as object), more: outcome.output["NextToken"] !== undefined };
}

type Range = readonly [start: bigint, end: bigint];

function openShards(shards: readonly ShardShape[]): Range[] {
  const open = shards.filter((shard) => shard.SequenceNumberRange.EndingSequenceNumber === undefined);
  const ranges = open.map(
    ({ HashKeyRange }) => [BigInt(HashKeyRange.StartingHashKey), BigInt(HashKeyRange.EndingHashKey)] as const,
  );
  return ranges.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** How many ranges there are, and whether they cover the hash key space once. */
function coverage(ranges: readonly Range[]): { count: number; whole: boolean } {
  const joined = ranges.every(([start], i) => start === (i === 0 ? 0n : ranges[i - 1]![1] + 1n));
  return { count: ranges.length, whole: joined && ranges.at(-1)?.[1] === 2n ** 128n - 1n };
}
