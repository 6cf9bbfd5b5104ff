// Source: General purpose buckets naming rules; Retaining multiple versions of objects with S3 Versioning
import assert = require("node:assert/strict");
import type { Shape } from "../../../sandbox/core/cloud";
import { createS3 } from "../../../sandbox/services/s3";
import { fakeCloud } from "../support/fakeCloud";
import { root } from "../support/platform";

function setUp() {
  const { operations } = createS3(fakeCloud()).service;
  return async (operation: string, input: Shape): Promise<Shape> => operations[operation]?.(input, root);
}

const Bucket = "code";

describe("S3", () => {
  it("a versioned bucket keeps what was overwritten and deleted", async () => {
    const call = setUp();
    await call("CreateBucket", { Bucket });
    await call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
    const first = await call("PutObject", { Bucket, Key: "app.jar", Body: "1" });
    const second = await call("PutObject", { Bucket, Key: "app.jar", Body: "2" });
    assert.notEqual(first.VersionId, second.VersionId);
    assert.equal((await call("GetObject", { Bucket, Key: "app.jar" })).Body, "2");
    assert.equal((await call("GetObject", { Bucket, Key: "app.jar", VersionId: first.VersionId })).Body, "1");
    assert.equal((await call("DeleteObject", { Bucket, Key: "app.jar" })).DeleteMarker, true);
    await assert.rejects(call("GetObject", { Bucket, Key: "app.jar" }), { name: "NoSuchKey", statusCode: 404 });
    assert.equal((await call("HeadObject", { Bucket, Key: "app.jar", VersionId: second.VersionId })).ContentLength, 1);
  });

  it("without versioning there is one version, and no version id in answers", async () => {
    const call = setUp();
    await call("CreateBucket", { Bucket });
    assert.equal((await call("PutObject", { Bucket, Key: "k", Body: "1" })).VersionId, undefined);
    await call("DeleteObject", { Bucket, Key: "k" });
    await call("DeleteBucket", { Bucket });
    await assert.rejects(call("HeadBucket", { Bucket }), { name: "NoSuchBucket" });
  });

  it("a bucket with versions can't be deleted", async () => {
    const call = setUp();
    await call("CreateBucket", { Bucket });
    await call("PutObject", { Bucket, Key: "k", Body: "1" });
    await assert.rejects(call("DeleteBucket", { Bucket }), { name: "BucketNotEmpty", statusCode: 409 });
  });

  it("names follow S3's rules and are taken once", async () => {
    const call = setUp();
    for (const name of ["ab", "Upper", "-a-", "a..b", "x".repeat(64)])
      await assert.rejects(call("CreateBucket", { Bucket: name }), { name: "InvalidBucketName" }, name);
    await call("CreateBucket", { Bucket });
    await assert.rejects(call("CreateBucket", { Bucket }), { name: "BucketAlreadyOwnedByYou" });
  });

  it("settings are kept and shown", async () => {
    const call = setUp();
    await call("CreateBucket", { Bucket });
    await assert.rejects(call("GetPublicAccessBlock", { Bucket }), { name: "NoSuchPublicAccessBlockConfiguration" });
    await call("PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
    assert.deepEqual((await call("GetPublicAccessBlock", { Bucket })).PublicAccessBlockConfiguration, { BlockPublicAcls: true });
  });
});
