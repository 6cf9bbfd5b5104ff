import type { Tally } from "../../producer/replay";

export interface Counts extends Tally {
  /** Lines that couldn't be read. */
  bad: number;
}

/** @param perSecond records accepted lately. @param behindMs how long the oldest pending record has been due. */
export function progressWords(counts: Counts, perSecond: number, behindMs: number): string {
  const parts = [
    `sent ${number(counts.sent)} (${number(perSecond)}/s)`,
    `refused ${number(counts.refused)}`,
    `behind ${Math.floor(behindMs / 1_000)} s`,
  ];
  if (counts.pending > 0) parts.push(`pending ${number(counts.pending)}`);
  if (counts.bad > 0) parts.push(`bad lines ${number(counts.bad)}`);
  return parts.join(", ");
}

export function summaryWords(counts: Counts, seconds: number): string {
  const { sent, bytes, calls, refused, resent, pending, bad } = counts;
  const perSecond = seconds > 0 ? `, ${number(sent / seconds)}/s` : "";
  return [
    `Sent ${number(sent)} records (${number(bytes / 1_024)} KiB) in ${number(calls)} calls and ${seconds.toFixed(1)} s${perSecond}.`,
    `Refused ${number(refused)} times${refused > 0 ? ", and sent again" : ""}.`,
    ...(resent > 0 ? [`Sent again after calls without an answer, so perhaps twice in the stream: ${number(resent)}.`] : []),
    ...(bad > 0 ? [`Bad lines: ${number(bad)}.`] : []),
    ...(pending > 0 ? [`NOT sent: ${number(pending)} records that were due.`] : []),
  ].join(" ");
}

const number = (value: number) => Math.round(value).toLocaleString("en-US");
