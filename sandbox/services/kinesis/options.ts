/** How the Kinesis model behaves; every default is AWS's or the workload model's. */
export interface KinesisOptions {
  /** Seconds CreateStream takes. 0: ACTIVE at once. Undocumented; AWS: "typically" seconds to a minute. Default 10. */
  createStreamSeconds?: number;
  /** Default 10. */
  deleteStreamSeconds?: number;
  /**
   * Seconds one UpdateShardCount takes. Undocumented ("could take a few minutes depending on the size of the stream"):
   * by default 120 s for every 64 shards begun of the larger count, so 120 s up to 64 shards, 240 s up to 128.
   */
  updateShardCountSeconds?: (current: number, target: number) => number;
  /** Default 30. */
  splitShardSeconds?: number;
  /** Default 30. */
  mergeShardsSeconds?: number;
  /** Encryption, mode and record size changes. Default 5. */
  updateStreamSeconds?: number;
  /** Default 5. */
  registerConsumerSeconds?: number;
  /** UpdateShardCount calls that may start per stream in any rolling 24 hours. Default 10. */
  updatesPerDay?: number;
  /** Shards per account and region. Default: 20,000 in us-east-1, us-west-2 and eu-west-1, 1,000 elsewhere. */
  shardLimit?: number;
  /** Shards that one stream may reach by UpdateShardCount. Default 10,000. */
  streamShardLimit?: number;
  /** On-demand streams per account. Default 50. */
  onDemandStreamLimit?: number;
  /** Calls per second by operation, over or beside AWS's defaults (`defaultRates`); Infinity switches one off. */
  rates?: Readonly<Record<string, number>>;
  /** See requestRate: 1 counts strictly per virtual second. Default 50, a scheduled run's time. */
  rateWindowSeconds?: number;
  /** Memory that the records of all streams take for GetRecords at most; the oldest are dropped first. Default 256 MiB. */
  heldBytes?: number;
}

/** Transactions per second as the Kinesis API reference gives them; per stream where `perStream` says so, else per account. */
export const defaultRates: Readonly<Record<string, number>> = {
  AddTagsToStream: 5,
  CreateStream: 5,
  DeleteStream: 5,
  DeregisterStreamConsumer: 5,
  DescribeLimits: 1,
  DescribeStream: 10,
  DescribeStreamConsumer: 20,
  DescribeStreamSummary: 20,
  ListShards: 1_000,
  ListStreamConsumers: 5,
  ListStreams: 5,
  ListTagsForStream: 5,
  MergeShards: 5,
  RegisterStreamConsumer: 5,
  RemoveTagsFromStream: 5,
  SplitShard: 5,
  UpdateShardCount: 10,
};

export const ratedPerStream: ReadonlySet<string> = new Set([
  "DeregisterStreamConsumer",
  "DescribeStreamConsumer",
  "ListShards",
  "ListStreamConsumers",
]);

export type KinesisSettings = Required<KinesisOptions>;

export function kinesisSettings(options: KinesisOptions, region: string): KinesisSettings {
  const large = ["us-east-1", "us-west-2", "eu-west-1"].includes(region);
  return {
    createStreamSeconds: 10,
    deleteStreamSeconds: 10,
    updateShardCountSeconds: (current, target) => 120 * Math.ceil(Math.max(current, target) / 64),
    splitShardSeconds: 30,
    mergeShardsSeconds: 30,
    updateStreamSeconds: 5,
    registerConsumerSeconds: 5,
    updatesPerDay: 10,
    shardLimit: large ? 20_000 : 1_000,
    streamShardLimit: 10_000,
    onDemandStreamLimit: 50,
    rateWindowSeconds: 50,
    heldBytes: 256 * 1_048_576,
    ...options,
    rates: { ...defaultRates, ...options.rates },
  };
}
