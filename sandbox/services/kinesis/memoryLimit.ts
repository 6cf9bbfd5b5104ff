import { Phase } from "../../core/clock";
import type { KinesisAccount } from "./account";
import { oldest, trim, type ShardRecords } from "./recordStore";

/** Looks every so many of the limit's parts: a sum over all shards costs little then. */
const parts = 64;

export interface MemoryLimit {
  /** A record of so many bytes was kept. */
  kept(bytes: number): void;
}

/**
 * The records of all streams take so much memory at most. AWS has no such limit: beyond it the oldest go first, as if the retention
 * period were shorter, and an event says so.
 */
export function memoryLimit(account: KinesisAccount): MemoryLimit {
  const { cloud, settings } = account;
  const limit = settings.heldBytes;
  let sinceLook = 0;
  let told = false;
  const tell = () => {
    if (told) return;
    told = true;
    cloud.clock.at(cloud.clock.now() + 3_600_000, Phase.Observe, () => void (told = false));
    const message = `Records take more than ${Math.round(limit / 1_048_576)} MiB: the oldest are dropped before their retention period ends`;
    cloud.events.append({ time: cloud.clock.now(), source: "kinesis", type: "RecordsDropped", message, detail: { limit } });
  };
  return {
    kept(bytes) {
      sinceLook += bytes;
      if (sinceLook < limit / parts) return;
      sinceLook = 0;
      if (dropOldest(heldBy(account), limit)) tell();
    },
  };
}

function heldBy({ streams }: KinesisAccount): ShardRecords[] {
  return [...streams.values()].flatMap(({ shards }) => [...shards.values()].flatMap(({ records }) => records ?? []));
}

/** To a part below the limit, in steps of what arrived at the same time. */
function dropOldest(held: readonly ShardRecords[], limit: number): boolean {
  let excess = held.reduce((sum, { bytes }) => sum + bytes, 0) - limit;
  if (excess <= 0) return false;
  excess += limit / parts;
  while (excess > 0) {
    const time = held.reduce((least, records) => Math.min(least, oldest(records)?.arrivedAt ?? Infinity), Infinity);
    for (const records of held) {
      excess += -records.bytes;
      trim(records, time + 1);
      excess += records.bytes;
    }
    if (time === Infinity) break;
  }
  return true;
}
