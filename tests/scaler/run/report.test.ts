import { strict as assert } from "node:assert";
import { publish } from "../../../scaler/aws/log";
import type { Stored } from "../../../scaler/aws/parameters";
import type { Look, Note, Verdict } from "../../../scaler/decide/types";
import { report } from "../../../scaler/run/report";
import type { Run } from "../../../scaler/run/types";
import type { DimensionConfig } from "../../../scaler/types";
import { flinkConfig, minute, start, streamConfig } from "../scenario";

const run = { now: start + 5_000, stack: "dev" } as Run;

/** What the scaler writes to its log about a dimension. */
function told(verdict: Partial<Verdict>, config: DimensionConfig = streamConfig, seen: object = {}, errors: string[] = []) {
  const look = { kind: config.kind, id: "dev-stream", config, sight: {}, ...seen } as Look;
  const whole: Verdict = { look, state: {}, actual: 8, desired: 12, notes: [], failedUpdates: 0, ...verdict };
  return linesOf(() => report(run, { stored: {} as Stored, verdict: whole, errors }));
}

function linesOf(write: () => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => void lines.push(line);
  try {
    write();
  } finally {
    console.log = log;
  }
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const published = (lines: Record<string, unknown>[], metric: string) =>
  lines.flatMap((line) =>
    metric in line ? [[line[metric], ((line["_aws"] as { Timestamp: number }).Timestamp - start) / minute]] : [],
  );

describe("what a run tells of a dimension", () => {
  it("is capacity for the minute before last, and the settled one for the minute four before", () => {
    const lines = told({});
    assert.deepEqual(published(lines, "DesiredCapacity"), [[12, -2]]);
    assert.deepEqual(published(lines, "ActualCapacity"), [[8, -2]]);
    assert.deepEqual(published(lines, "SettledCapacity"), [[12, -4]]);
  });

  it("is capacity for the minute before it as well for two minutes after a PATCH, whose policy acted on that", () => {
    const republished = (ago: number) =>
      published(told({}, streamConfig, { record: { desired: 12, at: run.now - ago } }), "DesiredCapacity");
    assert.deepEqual(republished(2 * minute - 1), [
      [12, -2],
      [12, -3],
    ]);
    assert.deepEqual(republished(2 * minute), [[12, -2]]);
  });

  it("is no capacity of a service that is gone: its alarms have nothing to divide by", () => {
    const lines = told({ state: { gone: "deleted" }, actual: undefined }).filter((line) => "_aws" in line);
    assert.ok(lines.length > 0);
    for (const metric of ["DesiredCapacity", "ActualCapacity", "SettledCapacity"]) assert.deepEqual(published(lines, metric), []);
    assert.ok(
      lines.every((line) => (line["_aws"] as { CloudWatchMetrics: { Metrics: [] }[] }).CloudWatchMetrics[0]!.Metrics.length > 0),
    );
  });

  it("is each minute that a service is gone: what says so first may have been told of an earlier time", () => {
    const errorsOf = (notes: Note[]) =>
      told({ state: { gone: "deleted" }, actual: undefined, notes })
        .filter(({ sluice }) => sluice === "error")
        .map(({ reason }) => reason);
    assert.deepEqual(errorsOf([]), ["deleted"]);
    assert.deepEqual(errorsOf([{ action: "gone", reason: "deleted" }]), []);
    assert.deepEqual(errorsOf([{ action: "wait", reason: "postponed" }]), ["deleted"]);
  });

  it("is whole minutes of waiting, none in observe mode, never less than none", () => {
    const pending = (ago: number, mode: "act" | "observe" = "act") =>
      published(told({ state: { pendingSince: run.now - ago } }, { ...streamConfig, mode }), "PendingMinutes")[0]?.[0];
    assert.deepEqual(
      [pending(59_999), pending(60_000), pending(3 * minute + 1), pending(-90_000), pending(3 * minute, "observe")],
      [0, 1, 3, 0, 0],
    );
  });

  it("is the day's updates left, of streams only", () => {
    const updates: [number, number][] = [[start / minute - 10, 4]];
    assert.deepEqual(published(told({ state: { updates } }), "UpdatesLeft"), [[9, 0]]);
    assert.deepEqual(published(told({}, flinkConfig), "UpdatesLeft"), []);
  });

  it("counts failed updates, and errors once however many", () => {
    assert.deepEqual(published(told({ failedUpdates: 1 }), "FailedUpdates"), [[1, 0]]);
    const lines = told({}, streamConfig, { kind: "unseen", error: "Denied: no" }, ["Lost: it"]);
    assert.deepEqual(published(lines, "ScalerErrors"), [[1, 0]]);
    assert.deepEqual(
      lines.filter(({ sluice }) => sluice === "error").map(({ reason }) => reason),
      ["Lost: it", "Denied: no"],
    );
  });

  it("is each decision once, with its words", () => {
    const wait: Note = { action: "wait", reason: "busy" };
    const lines = told({ notes: [wait, { ...wait }, { action: "blocked", reason: "busy" }, { action: "wait", reason: "else" }] });
    assert.deepEqual(
      lines.filter(({ sluice }) => sluice === "decision").map(({ action, reason }) => [action, reason]),
      [
        ["wait", "busy"],
        ["blocked", "busy"],
        ["wait", "else"],
      ],
    );
  });

  it("names call and target with the decision to begin, and with no other", () => {
    const began = { call: "UpdateShardCount" as const, target: 12 };
    const notes: Note[] = [
      { action: "done", reason: "the last one" },
      { action: "begin", reason: "the next one" },
    ];
    const lines = told({ notes, began });
    assert.deepEqual(
      lines.filter(({ sluice }) => sluice === "decision").map(({ call, target }) => [call, target]),
      [
        [undefined, undefined],
        ["UpdateShardCount", 12],
      ],
    );
    assert.deepEqual(published(lines, "Changes"), [[1, 0]]);
  });
});

describe("a metric", () => {
  it("that is undefined is left out, and a line without any isn't written", () => {
    assert.deepEqual(
      linesOf(() => publish(run, "dev-stream", 0, {})),
      [],
    );
    assert.deepEqual(
      linesOf(() => publish(run, "dev-stream", 0, { DesiredCapacity: undefined })),
      [],
    );
    const [line] = linesOf(() => publish(run, "dev-stream", 0, { DesiredCapacity: undefined, ActualCapacity: 0 }));
    assert.deepEqual((line?.["_aws"] as { CloudWatchMetrics: { Metrics: unknown }[] }).CloudWatchMetrics[0]?.Metrics, [
      { Name: "ActualCapacity", Unit: "Count" },
    ]);
  });
});
