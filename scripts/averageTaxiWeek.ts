/**
 * Computes the table in sandbox/traffic/taxiWeek.ts:
 *
 *     node -r ts-node/register scripts/averageTaxiWeek.ts nyc_taxi_30min.csv
 *
 * The file is a CSV `time,records_per_second` of NYC taxi trips by half-hour (here from the Numenta Anomaly Benchmark,
 * realKnownCause/nyc_taxi.csv: July 2014 to January 2015). Its times are New York's local times, whatever their zone says.
 */
import { readFileSync } from "node:fs";

const halfHours = 336;

/**
 * The average week: for each half-hour, Monday 00:00 first, the mean over all weeks, in thousandths of the mean of the 336.
 * @throws Error when a half-hour of the week has no data.
 */
export function averageWeek(csv: string): number[] {
  const sums = Array.from({ length: halfHours }, () => ({ sum: 0, count: 0 }));
  for (const line of csv.trim().split(/\r?\n/).slice(1)) {
    const [time = "", rate] = line.split(",");
    const at = new Date(time);
    const slot = sums[((at.getUTCDay() + 6) % 7) * 48 + at.getUTCHours() * 2 + Math.floor(at.getUTCMinutes() / 30)];
    if (!slot) throw new Error(`invalid time "${time}"`);
    slot.sum += Number(rate);
    slot.count++;
  }
  const means = sums.map(({ sum, count }, i) => {
    if (count === 0) throw new Error(`half-hour ${i} of the week has no data; the file must cover a week or more`);
    return sum / count;
  });
  const mean = means.reduce((sum, value) => sum + value) / halfHours;
  return means.map((value) => Math.round((1000 * value) / mean));
}

if (require.main === module) {
  const file = process.argv[2];
  if (file === undefined) {
    console.error("usage: node -r ts-node/register scripts/averageTaxiWeek.ts FILE");
    process.exitCode = 2;
  } else {
    const week = averageWeek(readFileSync(file, "utf8"));
    for (let row = 0; row < halfHours; row += 24) console.log(`  ${week.slice(row, row + 24).join(", ")},`);
  }
}
