import * as assert from "node:assert/strict";
import { pipelineSettings, type PipelineArgs } from "../../../components/pipelineArgs";
import type { ScalingArgs } from "../../../components/scaling/scalingArgs";
import type { ScheduledMinimumArgs } from "../../../components/scaling/scheduleArgs";
import { AdjustmentType } from "../../../components/scaling/stepAdjustments";
import { pipelineWords } from "../../../components/words/pipelineWords";

type Changes = Pick<PipelineArgs, "stream" | "mode"> & { application?: Partial<PipelineArgs["application"]> };

const words = ({ application, ...args }: Changes = {}) =>
  pipelineWords(
    pipelineSettings({ application: { codeJar: "job.jar", recordsPerKpuPerMinute: 30_000, ...application }, ...args }),
  );

const oneMore = { adjustmentType: AdjustmentType.ChangeInCapacity, steps: [{ lowerBound: 0, adjustment: 1 }] };

describe("a pipeline's scaling in words", () => {
  it("says of the stream when it scales, how far and how soon, in records and bytes", () => {
    assert.deepEqual(words({ stream: { shards: 12 } }).stream, {
      mode: "act",
      bounds: "1 to 64 shards, created with 12",
      signal:
        "utilisation: records or bytes written, whichever is more, in percent of what the shards asked for take (1,000 records/s or 1 MiB/s each)",
      atMinimum: "at 1 shard, the minimum: out at 750 records/s or 0.75 MiB/s for 2 minutes, to 2, and to 3 at twice that",
      atStart:
        "at 12 shards: out at 9,000 records/s or 9 MiB/s for 2 minutes, to 18, and to 37 at twice that; " +
        "in below 3,600 records/s and 3.6 MiB/s for 90 minutes, to 8, and to 1 without load",
      atMaximum:
        "at 64 shards, the maximum: in below 19,200 records/s and 19.2 MiB/s for 90 minutes, to 39, and to 1 without load",
      pace: "out again 5 minutes after a scaling out is done, sooner by a larger step only; in again 90 minutes after one in",
      delay:
        "a change begins within about 5 minutes of the load that asks for it; one UpdateShardCount at most doubles or halves, " +
        "takes up to 2 minutes and may begin 10 times in 24 hours; then shards are split and merged one at a time",
    });
  });

  it("says of the application the job's own figures: a KPU's records, the lag, the restart", () => {
    const changed = { kpus: 16, catchUpSeconds: 600, lagForScaleInSeconds: 120, restartSeconds: 90 };
    assert.deepEqual(words({ application: changed }).application, {
      mode: "act",
      bounds: "1 to 64 KPUs, created with 16",
      signal:
        "utilisation: records written, in percent of what the KPUs asked for process (500 records/s each); a lag of 10 minutes doubles it",
      atMinimum: "at 1 KPU, the minimum: out at 375 records/s for 2 minutes, to 2",
      atStart:
        "at 16 KPUs: out at 6,000 records/s for 2 minutes, to 23, and to 43 at twice that; " +
        "in below 2,800 records/s and 42 s of lag for 90 minutes, to 10, and to 1 without load",
      atMaximum:
        "at 64 KPUs, the maximum: in below 11,200 records/s and 42 s of lag for 90 minutes, to 38, and to 1 without load",
      pace: "out again 5 minutes after a scaling out is done, sooner by a larger step only; in again 90 minutes after one in",
      delay: "a change begins within about 5 minutes of the load that asks for it; it stops the job for 90 s",
    });
  });

  it("changes in the lines that a changed argument is about, and in no other", () => {
    const changed = (before: Changes, after: Changes) => {
      const [one, other] = [words(before), words(after)];
      const names = (["stream", "application"] as const).flatMap((dimension) =>
        Object.keys({ ...one[dimension], ...other[dimension] })
          .filter((name) => one[dimension][name] !== other[dimension][name])
          .map((name) => `${dimension}.${name}`),
      );
      return names.join(" ");
    };
    const shards = { shards: 12, minShards: 2 };
    assert.equal(
      changed({ stream: shards }, { stream: { ...shards, maxShards: 100 } }),
      "stream.bounds stream.atMaximum stream.delay",
    );
    assert.equal(changed({ stream: shards }, { stream: { ...shards, shards: 13 } }), "stream.bounds stream.atStart");
    assert.equal(changed({}, { stream: { updatesPerDay: 20 } }), "stream.delay");
    assert.equal(changed({}, { mode: "observe" }), "stream.mode application.mode");
    assert.equal(changed({}, { application: { scaling: { scaleInCooldownSeconds: 6000 } } }), "application.pace");
    const later = { scaling: { scaleOutMinutes: 3, scaleOutDatapoints: 3, scaleOutCooldownSeconds: 360 } };
    assert.equal(
      changed({}, { application: later }),
      "application.atMinimum application.atStart application.pace application.delay",
    );
    assert.equal(changed({}, { application: { scaling: { scaleOutSteps: oneMore } } }), "application.atStart application.steps");
  });

  it("says what it doesn't do: observing, suspended, without room", () => {
    const { stream, application } = words({ mode: "observe", stream: { minShards: 8, maxShards: 8 } });
    assert.equal(stream["mode"], "observe: says what it would do, changes nothing");
    assert.equal(application["mode"], "observe: says what it would do, changes nothing");
    assert.equal(stream["atMinimum"], "at 8 shards, minimum and maximum: nothing scales");
    assert.ok(!("atMaximum" in stream) && !("atStart" in stream));
    const both = words({ stream: { mode: "act", scaling: { suspended: ["out", "scheduled"] } }, mode: "observe" });
    assert.equal(both.stream["mode"], "act; suspended: out, scheduled");
    assert.equal(both.application["mode"], "observe: says what it would do, changes nothing");
  });

  it("names no capacity to begin with where the stream or the application is there already", () => {
    const { stream, application } = words({
      stream: { existing: "orders" },
      application: { existing: "counter", codeJar: undefined },
    });
    assert.equal(stream["bounds"], "1 to 64 shards, an existing capacity is taken over");
    assert.equal(application["bounds"], "1 to 64 KPUs, an existing capacity is taken over");
    assert.ok(!("atStart" in stream) && !("atStart" in application));
  });

  it("says from when to when how many there are at least", () => {
    const scheduled = (schedule: ScheduledMinimumArgs[]) =>
      words({ stream: { minShards: 2, scaling: { schedule } } }).stream["schedule"];
    assert.equal(scheduled([]), undefined);
    const hours = { minimum: 8, from: "08:00", to: "20:00", days: "MON-FRI", timezone: "Europe/Berlin" };
    assert.equal(scheduled([hours]), "MON-FRI from 08:00 to 20:00 (Europe/Berlin) at least 8; else 2");
    assert.equal(
      scheduled([
        { minimum: 4, from: "22:00", to: "06:00" },
        { ...hours, timezone: "UTC" },
      ]),
      "daily from 22:00 to 06:00 (UTC) at least 4; MON-FRI from 08:00 to 20:00 (UTC) at least 8; else 2",
    );
    assert.equal(scheduled([{ minimum: 4, schedule: "cron(0 8 * * ? *)" }]), "from each cron(0 8 * * ? *) on (UTC) at least 4");
  });
});

describe("a signal's words are its own", () => {
  const said = (scaling: ScalingArgs) => {
    const { signal, atStart } = words({ application: { kpus: 10, scaling } }).application;
    return [signal, atStart];
  };

  it("CPU and busy time in percent, whatever the capacity; a lag counts too", () => {
    const loads: [string, string, ScalingArgs][] = [
      ["CPU", "CPU", { signal: "cpu" }],
      ["busy time", "busy time of Map", { signal: "busyTime", busyTask: "Map" }],
    ];
    for (const [load, ofWhat, scaling] of loads)
      assert.deepEqual(said(scaling), [
        `${ofWhat} in the KPUs that serve, in percent of those asked for; a lag of 15 minutes doubles it`,
        `at 10 KPUs: out at 75 % ${load} for 2 minutes, to 14, and to 26 at twice that; ` +
          `in below 35 % ${load} and 21 s of lag for 90 minutes, to 6, and to 1 without load`,
      ]);
  });

  it("lag out in seconds, in by what the throughput says", () => {
    const [signal, atStart] = said({ signal: "lag", scaleOutLagSeconds: 180 });
    assert.match(signal ?? "", /^out by lag that won't have drained in 15 minutes; in by utilisation: records written, /);
    assert.match(
      atStart ?? "",
      /: out at 180 s of lag that doesn't drain in time for 2 minutes, to 12, and to 15 at twice that; in below 1,750 records/,
    );
  });

  it("an expression in its own unit, with its explicit steps", () => {
    const expression = {
      math: "m / desired",
      metrics: [{ id: "m", namespace: "AWS/SQS", metricName: "ApproximateNumberOfMessagesVisible" }],
      ...{ unit: "messages", scaleOutAt: 2_000, target: 1_500, scaleInAt: 500 },
    };
    assert.deepEqual(said({ signal: "expression", expression }), [
      "the expression m / desired",
      "at 10 KPUs: out at 2,000 messages for 2 minutes, to 15, and to 28 at twice that; in below 500 messages for 90 minutes, to 4, and to 1 without load",
    ]);
    const { steps } = words({
      application: { scaling: { signal: "expression", expression, scaleOutSteps: oneMore } },
    }).application;
    assert.equal(steps, "out +1 from 2,000 messages");
  });
});

describe("target tracking in words", () => {
  const tracking = (scaling: ScalingArgs = {}) =>
    words({ application: { kpus: 40, scaling: { policy: "targetTracking", ...scaling } } }).application;

  it("says where its own alarms stand, for how long, and that it goes in proportion", () => {
    const { atMinimum, atStart, atMaximum, delay, pace } = tracking();
    assert.equal(atMinimum, "at 1 KPU, the minimum: out above 300 records/s for 3 minutes, in proportion: to 2 at twice that");
    assert.equal(
      atStart,
      "at 40 KPUs: out above 12,000 records/s for 3 minutes, in proportion: to 64 at twice that; " +
        "in below 10,800 records/s and 32.4 s of lag for 15 minutes, in proportion",
    );
    assert.equal(atMaximum, "at 64 KPUs, the maximum: in below 17,280 records/s and 32.4 s of lag for 15 minutes, in proportion");
    assert.match(delay ?? "", /^a change begins within about 6 minutes /);
    assert.match(pace ?? "", /^out again 5 minutes after .*; in again 90 minutes after one in$/);
  });

  it("says that it never scales in where it doesn't", () => {
    const { atStart, atMaximum, pace } = tracking({ disableScaleIn: true });
    assert.match(atStart ?? "", /^at 40 KPUs: out above [^;]*$/);
    assert.equal(atMaximum, "at 64 KPUs, the maximum: nothing scales");
    assert.equal(pace, "out again 5 minutes after a scaling out is done, sooner by a larger step only; never in");
  });
});
