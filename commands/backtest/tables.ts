import type { PolicyReport } from "../../sandbox/report/report";

/** A table's texts: the first column is words, the others are numbers. */
export interface Table {
  title: string;
  header: string[];
  rows: string[][];
}

const usd = (value: number): string => (value >= 1000 ? value.toFixed(0) : value.toFixed(2));
/** What is more than nothing doesn't look like it. */
const percent = (part: number, whole: number): string => {
  const value = whole > 0 ? (100 * part) / whole : 0;
  return value > 0 && value < 0.001 ? "<0.001" : value.toFixed(3);
};
const ratio = (cost: number, best: number | undefined): string[] =>
  best === undefined || best === 0 ? [] : [(cost / best).toFixed(2)];

/** A table for each dimension of each pipeline: only the policies that scale it. */
export function tablesOf(reports: readonly PolicyReport[]): Table[] {
  const pipelines = [...new Set(reports.map(({ pipeline }) => pipeline ?? ""))];
  return pipelines.flatMap((pipeline) => {
    const own = reports.filter((report) => (report.pipeline ?? "") === pipeline);
    const of = pipeline === "" ? "" : ` of ${pipeline}`;
    return [streamTable(own, `Stream${of}`), applicationTable(own, `Application${of}`)].filter(({ rows }) => rows.length > 0);
  });
}

function streamTable(reports: readonly PolicyReport[], title: string): Table {
  const best = reports.find(({ policy }) => policy === "clairvoyant")?.stream?.costUsd;
  const rows = reports.flatMap(({ policy, minutes, stream }) => {
    if (!stream) return [];
    const { costUsd, lostRecords, throttledRecords, offeredRecords, reshards, splits, merges } = stream;
    return [
      [
        ...[policy, usd(costUsd), ...ratio(costUsd, best)],
        ...[percent(lostRecords, offeredRecords), percent(throttledRecords, offeredRecords)],
        ...[((1440 * (reshards + splits + merges)) / minutes).toFixed(1), String(stream.reversals)],
        ...[String(stream.rejectedUpdates), String(stream.peakShards)],
      ],
    ];
  });
  const of = best === undefined ? [] : ["x best"];
  return {
    title,
    header: ["policy", "USD", ...of, "lost %", "throttled %", "changes/day", "reversals", "refused", "peak"],
    rows,
  };
}

function applicationTable(reports: readonly PolicyReport[], title: string): Table {
  const best = reports.find(({ policy }) => policy === "clairvoyant")?.flink?.costUsd;
  const rows = reports.flatMap(({ policy, minutes, flink }) => {
    if (!flink) return [];
    const { costUsd, lagMinutes, lagP99Seconds, lagMaxSeconds, rescales } = flink;
    return [
      [
        ...[
          policy,
          usd(costUsd),
          ...ratio(costUsd, best),
          percent(lagMinutes, minutes),
          String(lagP99Seconds),
          String(lagMaxSeconds),
        ],
        ...[
          ((1440 * rescales) / minutes).toFixed(1),
          String(flink.reversals),
          String(flink.rejectedUpdates),
          String(flink.peakKpus),
        ],
      ],
    ];
  });
  const of = best === undefined ? [] : ["x best"];
  const header = ["policy", "USD", ...of, "late min %", "lag p99 s", "lag max s", "rescales/day", "reversals", "refused", "peak"];
  return { title, header, rows };
}

/** For the terminal. Where the columns don't fit, each row is told below its name. */
export function terminalLines({ title, header, rows }: Table, width: number): string[] {
  const widths = header.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]!.length)));
  const total = widths.reduce((sum, one) => sum + one + 2, -2);
  if (total > width) {
    const told = rows.flatMap((row) => [row[0]!, ...row.slice(1).map((value, i) => `  ${header[i + 1]} ${value}`)]);
    return [title, "", ...told];
  }
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
  return [title, "", line(header), ...rows.map(line)];
}

export function markdownLines({ title, header, rows }: Table): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [`**${title}**`, "", line(header), line(header.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)];
}
