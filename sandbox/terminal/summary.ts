import { flinkCostUsd, type Prices, streamCostUsd, usEast1 } from "../../components/prices";
import type { Directions, PolicyReport } from "../report/report";
import { count, duration, percentage, usd } from "./figures";
import { coloured, cut, plain, type Screen } from "./screen";

type Row = readonly [label: string, stream: string, flink: string];

/** Prints what the run did and cost, beside what it would have cost to pay for the peak all the time. */
export function printSummary(
  screen: Screen,
  report: PolicyReport,
  directions: { stream: Directions; flink: Directions },
  prices: Prices = usEast1,
): void {
  const rows = summaryRows(report, directions, prices);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => [...(row[column] ?? "")].length)));
  const name = report.pipeline === undefined ? "" : `${report.pipeline}: `;
  const title = plain(`${name}${report.trace}, ${report.policy}: ${duration(report.minutes * 60)}, ${usd(report.costUsd)}`);
  screen.write(`\n${coloured(screen, "bold", cut(title, screen.width()))}\n`);
  for (const row of rows) {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   ");
    const text = cut(line.trimEnd(), screen.width());
    screen.write(`${row[0] === "lost" && isLoss(report) ? coloured(screen, "red", text) : text}\n`);
  }
}

const isLoss = (report: PolicyReport): boolean => (report.stream?.lostRecords ?? 0) > 0;

/** The table's cells, the heading first. An empty cell: does not apply. */
export function summaryRows(report: PolicyReport, directions: { stream: Directions; flink: Directions }, prices: Prices): Row[] {
  const { stream, flink } = report;
  const hours = report.minutes / 60;
  const scaled = ({ out, in: back }: Directions) => `${out} out, ${back} in`;
  const rows: Row[] = [
    ["", stream ? "stream" : "", flink ? "application" : ""],
    ["scaled", stream ? scaled(directions.stream) : "", flink ? scaled(directions.flink) : ""],
    ["peak", stream ? `${stream.peakShards} shards` : "", flink ? `${flink.peakKpus} KPUs` : ""],
    ["cost", stream ? usd(stream.costUsd) : "", flink ? usd(flink.costUsd) : ""],
    [
      "at the peak throughout",
      stream ? comparison(stream.costUsd, streamCostUsd(prices, stream.peakShards * hours)) : "",
      flink ? comparison(flink.costUsd, flinkCostUsd(prices, flink.peakKpus * hours, hours)) : "",
    ],
  ];
  if (stream) {
    const share = (records: number) =>
      `${count(records)} of ${count(stream.offeredRecords)} (${smallShare(records, stream.offeredRecords)})`;
    rows.push(["throttled once", share(stream.throttledRecords), ""], ["lost", share(stream.lostRecords), ""]);
  }
  if (flink) {
    rows.push(["lag over 60 s", "", duration(flink.lagMinutes * 60)]);
    rows.push(["lag, 99 % / most", "", `${duration(flink.lagP99Seconds)} / ${duration(flink.lagMaxSeconds)}`]);
  }
  const refused = (report.stream?.rejectedUpdates ?? 0) + (report.flink?.rejectedUpdates ?? 0);
  if (refused > 0)
    rows.push(["calls refused", stream ? String(stream.rejectedUpdates) : "", flink ? String(flink.rejectedUpdates) : ""]);
  return rows;
}

function comparison(cost: number, atPeak: number): string {
  const saved = atPeak > 0 ? 100 * (1 - cost / atPeak) : 0;
  return `${usd(atPeak)} (saved ${percentage(Math.max(0, saved))})`;
}

/** In percent with the digits that a small loss needs. */
const smallShare = (part: number, whole: number): string =>
  part === 0 || whole === 0 ? "0 %" : `${Number(((100 * part) / whole).toPrecision(2))} %`;
