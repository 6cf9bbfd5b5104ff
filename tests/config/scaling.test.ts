import { strict as assert } from "node:assert";
import { AdjustmentType } from "../../components/scaling/stepAdjustments";
import { keys, type Values } from "../../config/keys";
import { scalingProblems } from "../../config/scaling";

const defaults = Object.fromEntries(Object.entries(keys).map(([name, { fallback }]) => [name, fallback])) as unknown as Values;
type Group = "streamScaling" | "applicationScaling";

/** The keys that are refused for one dimension, with the defaults for what isn't given. */
const refused = (values: Partial<Values>, group: Group = "streamScaling") =>
  scalingProblems({ ...defaults, streamScaling: {}, ...values }, group).map(({ key }) => key);

describe("the scaling of one dimension", () => {
  it("is fine by default, for stream and application", () => {
    assert.deepEqual(refused({}), []);
    assert.deepEqual(refused({}, "applicationScaling"), []);
  });

  it("isn't judged while a key of it is itself refused, unless the dimension has its own", () => {
    const wrong = { scaleInPercent: 70 };
    assert.deepEqual(refused({ ...wrong, scaleInMinutes: undefined }), []);
    assert.deepEqual(refused({ ...wrong, streamScaling: undefined }), []);
    assert.deepEqual(refused({ ...wrong, scaleInMinutes: undefined, streamScaling: { scaleInMinutes: 90 } }), ["targetPercent"]);
  });

  it("has its target between the thresholds, not on one of them", () => {
    assert.deepEqual(refused({ scaleInPercent: 60 }), ["targetPercent"]);
    assert.deepEqual(refused({ targetPercent: 75 }), ["targetPercent"]);
    assert.deepEqual(refused({ targetPercent: 80 }), ["targetPercent"]);
    assert.deepEqual(refused({ scaleInPercent: 65 }), ["targetPercent"]);
  });

  it("flaps or not by the bounds of its own dimension", () => {
    const flapping = { scaleInPercent: 40 };
    const stream = { minShards: 3, maxShards: 64, minKpus: 1, maxKpus: 64 };
    const application = { minShards: 1, maxShards: 64, minKpus: 3, maxKpus: 64 };
    assert.deepEqual(refused({ ...flapping, ...stream }), []);
    assert.deepEqual(refused({ ...flapping, ...stream }, "applicationScaling"), ["scaleInPercent"]);
    assert.deepEqual(refused({ ...flapping, ...application }), ["scaleInPercent"]);
    assert.deepEqual(refused({ ...flapping, ...application }, "applicationScaling"), []);
  });

  it("isn't tried for flapping without bounds, or where they are the wrong way round", () => {
    const flapping = { scaleInPercent: 40 };
    assert.deepEqual(refused({ ...flapping, minShards: undefined }), []);
    assert.deepEqual(refused({ ...flapping, maxShards: undefined }), []);
    assert.deepEqual(refused({ ...flapping, minShards: 5, maxShards: 4 }), []);
    assert.deepEqual(refused({ ...flapping, minShards: 1, maxShards: 2 }), ["scaleInPercent"]);
  });

  it("isn't tried for flapping with explicit steps that are wrong themselves", () => {
    const scaleInSteps = { adjustmentType: AdjustmentType.ExactCapacity, steps: [{ upperBound: -1, adjustment: 1 }] };
    assert.deepEqual(refused({ streamScaling: { scaleInSteps } }), ["streamScaling.scaleInSteps"]);
  });

  it("needs a catch-up time for the application alone: a stream has no backlog", () => {
    assert.deepEqual(refused({ catchUpSeconds: 240 }), []);
    assert.deepEqual(refused({ catchUpSeconds: 240 }, "applicationScaling"), ["catchUpSeconds"]);
    assert.deepEqual(refused({ catchUpSeconds: undefined }, "applicationScaling"), []);
    assert.deepEqual(refused({ catchUpSeconds: 240, restartSeconds: undefined }, "applicationScaling"), []);
  });
});
