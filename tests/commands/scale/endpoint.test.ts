import { strict as assert } from "node:assert";
import type { Place } from "../../../commands/place";
import { findTarget } from "../../../commands/scale/endpoint";
import { parseScaleOptions, type ScaleOptions } from "../../../commands/scale/scaleOptions";
import { listenLocally } from "../../../sandbox/wire/httpServer";

const url = "https://a1b2c3.execute-api.us-east-1.amazonaws.com/v1";
const other = "https://zzz.execute-api.us-east-1.amazonaws.com/v1";
const denied = { __type: "AccessDeniedException", message: "not authorized" };
const target = (base: string) => ({ ResourceId: `${base}/scalableTargetDimensions/dev-stream`, MinCapacity: 1, MaxCapacity: 64 });

/** Application Auto Scaling that answers with `body`; a place that stands for AWS. */
async function against<T>(status: number, body: object, work: (place: Place) => Promise<T>): Promise<T> {
  const server = await listenLocally({ port: 0, maxBodyBytes: 10_000 }, async () => ({
    ...{ status, body: JSON.stringify(body) },
    headers: { "content-type": "application/x-amz-json-1.1" },
  }));
  const credentials = { accessKeyId: "AKIA", secretAccessKey: "x" };
  const settings = { region: "us-east-1", endpoint: `http://127.0.0.1:${server.port}`, credentials, maxAttempts: 1 };
  try {
    return await work({ region: "us-east-1", settings });
  } finally {
    await server.close();
  }
}

const options = (...more: string[]) => parseScaleOptions(["stream", "--by", "1", ...more]) as ScaleOptions;
const noOutput = async () => undefined;

describe("finding the endpoint on AWS", () => {
  it("takes it from the scalable targets", async () => {
    const found = await against(200, { ScalableTargets: [target(url)] }, (place) => findTarget(place, options(), noOutput));
    assert.equal(found.dimension.resourceId, `${url}/scalableTargetDimensions/dev-stream`);
    assert.deepEqual([found.stack, found.dimension.min, found.dimension.max], ["dev", 1, 64]);
  });

  it("takes it from the stack's outputs where looking up the targets is denied", async () => {
    const found = await against(400, denied, (place) =>
      findTarget(place, options(), async (stack) => (stack === "dev" ? url : undefined)),
    );
    assert.equal(found.dimension.resourceId, `${url}/scalableTargetDimensions/dev-stream`);
  });

  it("takes --endpoint where looking up the targets is denied, and asks for it when nothing else tells", async () => {
    const found = await against(400, denied, (place) => findTarget(place, options("--endpoint", other), noOutput));
    assert.equal(found.dimension.resourceId, `${other}/scalableTargetDimensions/dev-stream`);
    const failed = against(400, denied, (place) => findTarget(place, options(), noOutput));
    await assert.rejects(failed, /DescribeScalableTargets is denied and the Pulumi CLI gives no output. Say --endpoint URL/);
  });

  it("never guesses between two endpoints with the same dimension", async () => {
    const both = { ScalableTargets: [target(url), target(other)] };
    const failed = against(200, both, (place) => findTarget(place, options(), noOutput));
    await assert.rejects(failed, new RegExp(`Several endpoints.*\\n  --endpoint ${url}\\n  --endpoint ${other}`));
    const found = await against(200, both, (place) => findTarget(place, options("--endpoint", other), noOutput));
    assert.equal(found.dimension.resourceId, `${other}/scalableTargetDimensions/dev-stream`);
  });

  it("says that there is no such dimension, and to deploy", async () => {
    const failed = against(200, { ScalableTargets: [] }, (place) => findTarget(place, options(), noOutput));
    await assert.rejects(failed, /no scalable dimension "dev-stream" in us-east-1: no stack has any. Deploy it with pulumi up/);
  });
});
