import type { Direction } from "../scaling/signals";
import { bytesPerShardMinute, recordsPerShardMinute } from "../scaling/signals";
import { duration, figure } from "./figures";

/** How a signal speaks of its values. */
export interface SignalWords {
  /** Unit of its thresholds. */
  unit: string;
  /** What its values are. */
  meaning: string;
  /** What this value is at this capacity: "9,000 records/s". For `in` it is what a capacity has less of. */
  amount(direction: Direction, value: number, capacity: number): string;
}

/** The shards' throughput: records or bytes. */
export function streamThroughputWords(): SignalWords {
  const amounts = (factor: number) => ({
    records: `${figure((factor * recordsPerShardMinute) / 60)} records/s`,
    bytes: `${figure((factor * bytesPerShardMinute) / 60 / 1_048_576)} MiB/s`,
  });
  const { records, bytes } = amounts(1);
  return {
    unit: "%",
    meaning: `utilisation: records or bytes written, whichever is more, in percent of what the shards asked for take (${records} or ${bytes} each)`,
    amount(direction, percent, capacity) {
      const { records, bytes } = amounts((capacity * percent) / 100);
      return direction === "out" ? `${records} or ${bytes}` : `${records} and ${bytes}`;
    },
  };
}

/** The KPUs' throughput: records and backlog. */
export function applicationThroughputWords(signal: {
  recordsPerKpuPerMinute: number;
  catchUpSeconds: number;
  lagForScaleInSeconds: number;
}): SignalWords {
  const records = (kpus: number) => `${figure((kpus * signal.recordsPerKpuPerMinute) / 60)} records/s`;
  return {
    unit: "%",
    meaning:
      `utilisation: records written, in percent of what the KPUs asked for process (${records(1)} each); ` +
      `a lag of ${duration(signal.catchUpSeconds)} doubles it`,
    amount(direction, percent, capacity) {
      const lag = direction === "in" ? ` and ${duration((signal.lagForScaleInSeconds * percent) / 100)} of lag` : "";
      return records((capacity * percent) / 100) + lag;
    },
  };
}
