import * as assert from "node:assert/strict";
import { pipelineSettings, type PipelineArgs } from "../../../components/pipelineArgs";
import { AdjustmentType } from "../../../components/scaling/stepAdjustments";
import { pipelineWords } from "../../../components/words/pipelineWords";

type Changes = Pick<PipelineArgs, "stream" | "mode" | "suspended"> & { application?: Partial<PipelineArgs["application"]> };

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
    assert.equal(words({ suspended: true }).stream["mode"], "suspended: nothing scales");
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
});
