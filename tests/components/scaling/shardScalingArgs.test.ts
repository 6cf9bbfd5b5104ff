import * as assert from "node:assert/strict";
import { shardKind } from "../../../components/scaling/dimensionKind";
import { scalingSettings } from "../../../components/scaling/scalingArgs";
import { scaledShards, validateShardScaling, type ShardScalingArgs } from "../../../components/scaling/shardScalingArgs";
import { streamUtilisation } from "../../../components/scaling/signals/stream";
import { toScaleIn, toScaleOut } from "../../../components/scaling/signals/reading";
import { names } from "./names";

const least = { endpoint: "https://api/v1", names };
const said = (args: Partial<ShardScalingArgs>) =>
  validateShardScaling({ ...least, ...args } as ShardScalingArgs).map(({ path, text }) => `${path}: ${text}`);

const readings = { out: toScaleOut, in: toScaleIn };

describe("the scaling of a stream's shards", () => {
  it("has defaults for all but the endpoint and the names", () => {
    assert.deepEqual(said({}), []);
    assert.deepEqual(said({ endpoint: undefined, names: undefined } as object), [
      "endpoint: allowed is the url of a Scaler. Set it",
      "names: allowed is the pipeline's names. Set it",
    ]);
    const { bounds, kind, scaling, stepped } = scaledShards(least);
    assert.deepEqual([kind, bounds, scaling], [shardKind, { min: 1, max: 64 }, scalingSettings({}, shardKind)]);
    for (const direction of ["out", "in"] as const)
      assert.deepEqual(stepped[direction].queries(), streamUtilisation(readings[direction], names));
  });

  it("counts with what is said instead", () => {
    const { bounds, scaling } = scaledShards({ names, minShards: 2, maxShards: 8, scaling: { scaleInPercent: 20 } });
    assert.deepEqual([bounds, scaling.scaleInPercent, scaling.targetPercent], [{ min: 2, max: 8 }, 20, 50]);
  });

  it("has bounds from 1 to 10,000, in order, and flaps or not between them", () => {
    for (const name of ["minShards", "maxShards"] as const) {
      for (const value of [0, 10_001])
        assert.deepEqual(said({ [name]: value }), [`${name}: allowed is a whole number from 1 to 10000`]);
      assert.deepEqual(said({ minShards: 2, maxShards: 10_000, [name]: 10_000 }), []);
    }
    assert.deepEqual(said({ minShards: 9, maxShards: 8 }), [
      "minShards: allowed is at most `maxShards` (8). Lower `minShards` or raise `maxShards`",
    ]);
    const scaling = { targetPercent: 60, scaleInPercent: 40 };
    assert.match(
      said({ scaling }).join(),
      /^scaling\.scaleInPercent: it would flap: scaling in from 2 to 1 shards .* `scaling\.scaleOutPercent` \(75\)/,
    );
    assert.deepEqual(said({ minShards: 3, scaling }), []);
    assert.deepEqual(said({ minShards: 0, scaling }).length, 1, "nobody knows between what");
  });
});
