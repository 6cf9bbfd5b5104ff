import { strict as assert } from "node:assert";
import { minute } from "../../../sandbox/core/clock";
import { startProgress } from "../../../sandbox/terminal/progress";
import { screenOf } from "../../../sandbox/terminal/screen";
import type { MinuteRecord } from "../../../sandbox/traffic/minuteRecord";

const start = Date.UTC(2025, 0, 6, 9);
const record = (i: number, changes: Partial<MinuteRecord> = {}): MinuteRecord => ({
  time: start + i * minute,
  demand: 5400,
  offered: 324_000,
  retried: 0,
  accepted: 324_000,
  throttled: 0,
  lost: 0,
  waiting: 0,
  stream: { shards: 8, desired: 12, utilisation: 67.5 },
  flink: { kpus: 16, billedKpus: 16, desired: 16, utilisation: 67.5, lagSeconds: 0, backlog: 0 },
  ...changes,
});

function showing(output: { isTTY?: boolean; columns?: number }, environment: Record<string, string> = {}) {
  const written: string[] = [];
  let now = 0;
  const screen = screenOf({ ...output, write: (text) => written.push(text) }, environment);
  const progress = startProgress(screen, () => now);
  return { written, progress, wait: (ms: number) => (now += ms) };
}

const state = "2025-01-06 09:01  demand 5.4 k/s  shards 8→12 at 68 %  KPUs 16 at 68 %  lag 0 s";

describe("progress on a terminal", () => {
  it("rewrites one line", () => {
    const { written, progress } = showing({ isTTY: true, columns: 120 });
    progress.minute(record(0));
    assert.deepEqual(written, [`\r\x1b[2K${state}`]);
  });

  it("cuts the line to the window, so that it stays one line", () => {
    const { written, progress } = showing({ isTTY: true, columns: 40 });
    progress.minute(record(0));
    const text = written.join("").replace("\r\x1b[2K", "");
    assert.equal(text, `${state.slice(0, 38)}…`);
  });

  it("refreshes no more often than an eye sees, and shows the last state at the end", () => {
    const { written, progress, wait } = showing({ isTTY: true, columns: 120 });
    for (let i = 0; i < 100; i++) progress.minute(record(i));
    assert.equal(written.length, 1);
    wait(100);
    progress.minute(record(100));
    assert.equal(written.length, 2);
    progress.minute(record(101));
    progress.end();
    assert.match(written.join(""), /10:42 [^\r]*\n$/);
  });

  it("ends the line once", () => {
    const { written, progress } = showing({ isTTY: true });
    progress.minute(record(0));
    progress.end();
    const before = written.length;
    progress.end();
    assert.equal(written.length, before);
  });

  it("shows the last decision and why", () => {
    const { written, progress } = showing({ isTTY: true, columns: 200 });
    progress.decision("stream: to 12 shards, 81 % of 8");
    progress.minute(record(0));
    assert.equal(written.join(""), `\r\x1b[2K${state}  stream: to 12 shards, 81 % of 8`);
  });

  it("shows a decision for some minutes, and no longer: it isn't what happens now", () => {
    const { written, progress } = showing({ isTTY: true, columns: 200 });
    progress.minute(record(0));
    progress.decision("stream: throttled");
    for (const minutes of [4, 5]) {
      progress.minute(record(minutes));
      progress.end();
    }
    const texts = written.filter((text) => text.includes("demand"));
    assert.match(texts.find((text) => text.includes("09:05")) ?? "", /stream: throttled$/);
    assert.doesNotMatch(texts.find((text) => text.includes("09:06")) ?? "", /throttled/);
  });

  it("prints a scaling on a line that stays, above the refreshing one, in colour", () => {
    const { written, progress } = showing({ isTTY: true, columns: 120 });
    progress.minute(record(0));
    progress.notice({ time: start, kind: "out", text: "stream: 8 to 12 shards" });
    assert.deepEqual(written.slice(1), [
      "\r\x1b[2K\x1b[32m2025-01-06 09:00  ▲ stream: 8 to 12 shards\x1b[0m\n",
      `\r\x1b[2K${state}`,
    ]);
  });

  it("uses no colours with NO_COLOR", () => {
    const { written, progress } = showing({ isTTY: true }, { NO_COLOR: "1" });
    progress.notice({ time: start, kind: "problem", text: "update failed" });
    assert.deepEqual(written, ["2025-01-06 09:00  ! update failed\n"]);
  });

  it("lets no control character of a name or message through", () => {
    const { written, progress } = showing({ isTTY: true }, { NO_COLOR: "1" });
    progress.notice({ time: start, kind: "information", text: "a\x1b[31mb\nc\x07d\x9b2Je" });
    assert.deepEqual(written, ["2025-01-06 09:00  · ab c d 2Je\n"]);
  });
});

describe("progress without a terminal", () => {
  it("prints a plain line at each full hour", () => {
    const { written, progress } = showing({});
    for (let i = 0; i < 120; i++) progress.minute(record(i));
    assert.deepEqual(
      written,
      [state.replace("09:01", "10:00"), state.replace("09:01", "11:00")].map((line) => `${line}\n`),
    );
  });

  it("prints a plain line for each scaling", () => {
    const { written, progress } = showing({});
    progress.minute(record(0));
    progress.notice({ time: start, kind: "in", text: "application: 16 to 8 KPUs" });
    progress.end();
    assert.deepEqual(written, ["2025-01-06 09:00  ▼ application: 16 to 8 KPUs\n"]);
  });

  it("does the same on a dumb terminal", () => {
    const { written, progress } = showing({ isTTY: true }, { TERM: "dumb" });
    progress.minute(record(59));
    assert.deepEqual(written, [`${state.replace("09:01", "10:00")}\n`]);
  });

  it("says that there is no stream or no application, not that one throttles", () => {
    const { written, progress } = showing({});
    const { stream, flink } = record(59);
    progress.minute(record(59, { throttled: 60_000, stream: { ...stream!, shards: 0 }, flink: { ...flink!, kpus: 0 } }));
    assert.deepEqual(written, ["2025-01-06 10:00  demand 5.4 k/s  no stream  no application  not taken 1 k/s\n"]);
  });

  it("tells what is throttled, and leaves out what a run hasn't", () => {
    const { written, progress } = showing({});
    progress.minute(record(59, { throttled: 60_000, flink: undefined }));
    assert.deepEqual(written, ["2025-01-06 10:00  demand 5.4 k/s  shards 8→12 at 68 %  throttled 1 k/s\n"]);
  });
});
