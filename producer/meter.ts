/** What a metric's values of a while come to: CloudWatch takes them so. */
export interface StatisticSet {
  sampleCount: number;
  sum: number;
  minimum: number;
  maximum: number;
}

/** What the Kinesis Producer Library would measure; a metric that had no value is missing. */
export interface Measured {
  RetriesPerRecord?: StatisticSet;
  UserRecordsPending?: StatisticSet;
  BufferingTime?: StatisticSet;
}

export interface Meter {
  add(metric: keyof Measured, value: number): void;
  /** What was measured since it was asked last. */
  take(): Measured;
}

export function createMeter(): Meter {
  let sets: Measured = {};
  return {
    add(metric, value) {
      const set = sets[metric];
      if (!set) {
        sets[metric] = { sampleCount: 1, sum: value, minimum: value, maximum: value };
        return;
      }
      set.sampleCount++;
      set.sum += value;
      set.minimum = Math.min(set.minimum, value);
      set.maximum = Math.max(set.maximum, value);
    },
    take() {
      const taken = sets;
      sets = {};
      return taken;
    },
  };
}
