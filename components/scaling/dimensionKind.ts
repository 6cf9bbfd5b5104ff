/** What differs between the two things that are scaled. */
export interface DimensionKind {
  /** What the capacity is counted in. */
  unit: string;
  /** What descriptions call it: "shards of the stream". */
  description: string;
  /** Utilisation up to which steps are derived, in percent. */
  highestPercent: number;
  /** Percent that one call of the service can add and remove. */
  callPercent: { out: number; in: number };
  /** Signals that it can't be scaled on, each with the reason as the end of a sentence. */
  unfit: Readonly<Record<string, string>>;
  /** Thresholds that differ from those of the other kind. */
  thresholds: { targetPercent: number; scaleInPercent: number };
}

export const shardKind: DimensionKind = {
  unit: "shards",
  description: "shards of the stream",
  // Accepted demand ends at 100 %, throttled demand counts once more.
  highestPercent: 200,
  // One UpdateShardCount at most doubles and at least halves.
  callPercent: { out: 100, in: 50 },
  unfit: {
    busyTime: "shards have no busy time; scale the application on it",
    cpu: "shards have no CPU; scale the application on it",
    lag: "more shards make no consumer faster; scale the application on it",
  },
  thresholds: { targetPercent: 50, scaleInPercent: 30 },
};

export const kpuKind: DimensionKind = {
  unit: "KPUs",
  description: "KPUs of the application",
  // A backlog makes it larger than the rate alone.
  highestPercent: 1600,
  callPercent: { out: Infinity, in: Infinity },
  unfit: {},
  thresholds: { targetPercent: 60, scaleInPercent: 35 },
};
