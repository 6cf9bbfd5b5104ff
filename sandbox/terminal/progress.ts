import { hour, minute } from "../core/clock";
import type { MinuteRecord } from "../traffic/minuteRecord";
import { capacity, clockTime, count, duration, percentage } from "./figures";
import { type Colour, coloured, cut, plain, type Screen } from "./screen";

/** Something that people should see happen. */
export interface Notice {
  /** ms since the epoch. */
  time: number;
  kind: "out" | "in" | "problem" | "information";
  text: string;
}

export interface Progress {
  /**
   * The state after a minute: refreshes the line on a terminal, else prints a line at each full hour.
   * @param pipeline its name where there are several: they share the line, each has its own at the full hour.
   */
  minute(record: MinuteRecord, pipeline?: string): void;
  /** Prints a line that stays. */
  notice(notice: Notice): void;
  /** What was decided, and why: part of the refreshing line for some minutes. */
  decision(text: string): void;
  /** Draws the last state and leaves the line. */
  end(): void;
}

/** Milliseconds between two refreshes: an eye sees no more, and drawing isn't what `--speed max` should spend its time on. */
const refreshMs = 60;
/** What was decided longer ago isn't what happens now. */
const decisionShownFor = 5 * minute;
const clearLine = "\r\x1b[2K";
const looks: Readonly<Record<Notice["kind"], { sign: string; colour: Colour }>> = {
  out: { sign: "▲", colour: "green" },
  in: { sign: "▼", colour: "cyan" },
  problem: { sign: "!", colour: "red" },
  information: { sign: "·", colour: "dim" },
};

/** @param wallClock the machine's milliseconds, for the rate of refreshing alone; monotonic. */
export function startProgress(screen: Screen, wallClock: () => number): Progress {
  let last: MinuteRecord | undefined;
  const lastOf = new Map<string, MinuteRecord>();
  let decided = { text: "", until: Infinity };
  let drawnAt = -Infinity;
  let drawn = false;

  const draw = () => {
    if (!last) return;
    drawnAt = wallClock();
    drawn = true;
    const state = lastOf.size > 1 ? severalLine(lastOf) : stateLine(last, [...lastOf.keys()][0]);
    const line = plain(`${state}${last.time < decided.until ? `  ${decided.text}` : ""}`.trimEnd());
    screen.write(`${clearLine}${cut(line, screen.width() - 1)}`);
  };

  return {
    minute(record, pipeline = "") {
      last = record;
      lastOf.set(pipeline, record);
      if (screen.refreshes) {
        if (wallClock() - drawnAt >= refreshMs) draw();
      } else if ((record.time + minute) % hour === 0) {
        screen.write(`${plain(stateLine(record, pipeline))}\n`);
      }
    },
    notice({ time, kind, text }) {
      const { sign, colour } = looks[kind];
      const line = `${clockTime(time)}  ${sign} ${plain(text)}`;
      screen.write(`${drawn ? clearLine : ""}${coloured(screen, colour, line)}\n`);
      if (drawn) draw();
    },
    decision(text) {
      decided = { text, until: last ? last.time + decisionShownFor : Infinity };
    },
    end() {
      if (!screen.refreshes || !last) return;
      draw();
      screen.write("\n");
      drawn = false;
      last = undefined;
    },
  };
}

/** Time (the minute's end), demand, capacities there → asked for, utilisation of what is there, lag. */
export function stateLine(record: MinuteRecord, pipeline = ""): string {
  const { stream, flink } = record;
  const parts = [clockTime(record.time + minute), ...(pipeline === "" ? [] : [pipeline]), `demand ${count(record.demand)}/s`];
  const nowhere = stream?.shards === 0;
  if (nowhere) parts.push("no stream");
  else if (stream)
    parts.push(`shards ${capacity(stream.shards, stream.desired, stream.observed)} at ${percentage(stream.utilisation)}`);
  if (flink?.kpus === 0) parts.push("no application");
  else if (flink) {
    parts.push(`KPUs ${capacity(flink.kpus, flink.desired, flink.observed)} at ${percentage(flink.utilisation)}`);
    parts.push(`lag ${duration(flink.lagSeconds)}`);
  }
  if (record.throttled > 0) parts.push(`${nowhere ? "not taken" : "throttled"} ${count(record.throttled / 60)}/s`);
  return parts.join("  ");
}

/** Of each of several pipelines what is there, what is asked for, and how far it is used. */
function severalLine(lastOf: ReadonlyMap<string, MinuteRecord>): string {
  const [newest] = lastOf.values();
  const parts = [...lastOf].map(([name, { stream, flink }]) => {
    const shards =
      stream && `${capacity(stream.shards, stream.desired, stream.observed)} shards ${percentage(stream.utilisation)}`;
    const kpus = flink && `${capacity(flink.kpus, flink.desired, flink.observed)} KPUs ${percentage(flink.utilisation)}`;
    return `${name} ${[shards, kpus].filter(Boolean).join(", ")}`;
  });
  return [clockTime((newest?.time ?? 0) + minute), ...parts].join("  ");
}
