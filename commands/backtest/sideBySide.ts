import type { Parting } from "../../backtest/parting";
import type { PolicyReport } from "../../sandbox/report/report";
import type { Table } from "./tables";

const most = 12;

/** Two configurations of a stack over the same traffic, a figure a row. */
export function sideBySide(one: PolicyReport, other: PolicyReport, names: readonly [string, string]): Table {
  const rows = figures(one).map(([figure, value], i) => [figure!, value!, figures(other)[i]![1]!]);
  return { title: one.pipeline === undefined ? "Side by side" : `Side by side: ${one.pipeline}`, header: ["", ...names], rows };
}

function figures({ costUsd, minutes, stream, flink }: PolicyReport): string[][] {
  const whole = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 0 });
  const perDay = (count: number) => ((1440 * count) / minutes).toFixed(1);
  const ofStream = stream && [
    ["stream, USD", stream.costUsd.toFixed(2)],
    ["records lost", whole(stream.lostRecords)],
    ["records throttled once", whole(stream.throttledRecords)],
    ["stream scalings a day", perDay(stream.reshards + stream.splits + stream.merges)],
    ["refused updates of the stream", whole(stream.rejectedUpdates)],
  ];
  const ofApplication = flink && [
    ["application, USD", flink.costUsd.toFixed(2)],
    ["minutes late (above 60 s)", whole(flink.lagMinutes)],
    ["largest lag, s", whole(flink.lagMaxSeconds)],
    ["rescales a day", perDay(flink.rescales)],
  ];
  return [["cost, USD", costUsd.toFixed(2)], ...(ofStream ?? []), ...(ofApplication ?? [])];
}

/** Where the two part, in words: the longest ones, in order of time. */
export function partingWords(partings: readonly Parting[], start: number): string[] {
  if (partings.length === 0) return ["They never part: both had the same shards and KPUs in every minute."];
  const length = ({ from, to }: Parting) => to - from + 1;
  const longest = [...partings].sort((a, b) => length(b) - length(a)).slice(0, most);
  const minutes = partings.reduce((sum, parting) => sum + length(parting), 0);
  const shown = longest.sort((a, b) => a.from - b.from);
  const time = (minute: number) => new Date(start + minute * 60_000).toISOString().slice(0, 16).replace("T", " ");
  const lines = shown.map((parting) => {
    const unit = parting.dimension === "stream" ? "shards" : "KPUs";
    const counts = `${Math.ceil(parting.one)} ${unit} against ${Math.ceil(parting.other)} at most`;
    const why = parting.words.length > 0 ? ` (${parting.words.join("; ")})` : "";
    return `${time(parting.from)} to ${time(parting.to)} UTC: ${counts}${why}`;
  });
  const title =
    `They part ${partings.length} ${partings.length === 1 ? "time" : "times"}, for ${minutes} minutes of a dimension` +
    (partings.length > most ? `; the ${most} longest:` : ":");
  return [title, ...lines];
}
