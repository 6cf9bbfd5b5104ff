import type { Shape } from "../../../../sandbox/core/cloud";
import { minute } from "../../../../sandbox/core/clock";
import type { Datum } from "../../../../sandbox/core/peers";
import { createKinesis, type Kinesis, type KinesisOptions } from "../../../../sandbox/services/kinesis/kinesis";
import { fakeCloud, type FakeCloud } from "../../support/fakeCloud";

export const caller = { arn: "arn:aws:iam::123456789012:root" };

export interface KinesisFixture {
  cloud: FakeCloud;
  kinesis: Kinesis;
  published: Datum[];
  call(operation: string, input?: Shape): Shape;
  /** Lets `seconds` of virtual time pass. */
  pass(seconds: number): Promise<void>;
  updateShardCount(target: number): Shape;
  /** The stream "s" as DescribeStreamSummary shows it. */
  summary(): Shape;
  /** All listed shards of "s". */
  shards(): Shape[];
}

/** A Kinesis with no rates; `shards`: a stream "s" with so many is ACTIVE at the start (0: none). */
export function kinesisFixture(options: KinesisOptions & { shards?: number } = {}): KinesisFixture {
  const { shards = 4, ...settings } = options;
  const published: Datum[] = [];
  const cloud = fakeCloud({ peers: { publishMetric: (datum) => void published.push(datum) } });
  const kinesis = createKinesis(cloud, { createStreamSeconds: 0, updateStreamSeconds: 0, ...settings });
  const call = (operation: string, input: Shape = {}) => kinesis.operations[operation]!(input, caller);
  if (shards > 0) call("CreateStream", { StreamName: "s", ShardCount: shards });
  return {
    cloud,
    kinesis,
    published,
    call,
    pass: (seconds) => cloud.clock.advanceTo(cloud.clock.now() + seconds * 1_000),
    updateShardCount: (target) =>
      call("UpdateShardCount", { StreamName: "s", TargetShardCount: target, ScalingType: "UNIFORM_SCALING" }),
    summary: () => call("DescribeStreamSummary", { StreamName: "s" }).StreamDescriptionSummary,
    shards: () => call("ListShards", { StreamName: "s", MaxResults: 10_000 }).Shards,
  };
}

export const isOpen = (shard: Shape) => shard.SequenceNumberRange.EndingSequenceNumber === undefined;

/** Start of the minute that ends at `now`. */
export const lastMinute = (fixture: { cloud: FakeCloud }) => fixture.cloud.clock.now() - minute;

export function named(published: readonly Datum[], name: string): Datum[] {
  return published.filter((datum) => datum.name === name);
}

export function sumOf(published: readonly Datum[], name: string): number {
  return named(published, name).reduce((sum, { value }) => sum + (typeof value === "number" ? value : value.sum), 0);
}
