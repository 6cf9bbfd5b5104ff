import { day, minute } from "../../core/clock";
import { after, type KinesisAccount } from "./account";
import { shardBytesPerSecond, shardRecordsPerSecond } from "./offer";
import { openShards, serveFrom, type Stream } from "./stream";
import { scaleUniformly } from "./uniformScaling";

/** "Throttling can occur if traffic grows to more than double the previous peak within 15 minutes." */
const growthSeconds = 15 * 60;
const peakDays = 30;

/**
 * On-demand capacity: "up to double the peak write throughput observed in the last 30 days". When twice the peak no longer fits,
 * the stream has grown 15 minutes later; it never shrinks
 * here: when AWS splits and merges is undocumented.
 */
export function followPeak(account: KinesisAccount, stream: Stream, minuteStart: number, records: number, bytes: number): void {
  if (stream.mode !== "ON_DEMAND") return;
  const today = Math.floor(minuteStart / day);
  let peak = stream.dailyPeaks.at(-1);
  if (peak?.day !== today) {
    peak = { day: today, records: 0, bytes: 0 };
    stream.dailyPeaks = [...stream.dailyPeaks.filter((p) => p.day > today - peakDays), peak];
  }
  peak.records = Math.max(peak.records, records / (minute / 1_000));
  peak.bytes = Math.max(peak.bytes, bytes / (minute / 1_000));
  const needed = shardsForPeak(stream);
  if (needed <= openShards(stream) || stream.growing) return;
  stream.growing = true;
  after(account, stream, growthSeconds, () => {
    stream.growing = false;
    if (stream.mode !== "ON_DEMAND") return;
    const now = account.cloud.clock.now();
    scaleUniformly(stream, Math.max(openShards(stream), shardsForPeak(stream)), now);
    serveFrom(stream, now);
  });
}

/** Shards for twice the peak of the last 30 days; at least four, what an on-demand stream starts with. */
function shardsForPeak(stream: Stream): number {
  const most = (pick: (peak: Stream["dailyPeaks"][number]) => number) =>
    stream.dailyPeaks.reduce((max, p) => Math.max(max, pick(p)), 0);
  const needed = Math.max(most((p) => p.records) / shardRecordsPerSecond, most((p) => p.bytes) / shardBytesPerSecond);
  return Math.max(4, Math.ceil(2 * needed));
}
