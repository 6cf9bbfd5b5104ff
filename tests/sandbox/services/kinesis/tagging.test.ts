// Source: AddTagsToStream (API reference)
import assert = require("node:assert/strict");
import { kinesisFixture } from "./fixture";

const account = "123456789012";
const arn = `arn:aws:kinesis:eu-west-1:${account}:stream/s`;

describe("tags", () => {
  it("are added, listed in order and page by page, and removed", () => {
    const { call } = kinesisFixture();
    call("AddTagsToStream", { StreamName: "s", Tags: { b: "2", a: "1" } });
    assert.deepEqual(call("ListTagsForStream", { StreamName: "s", Limit: 1 }), {
      Tags: [{ Key: "a", Value: "1" }],
      HasMoreTags: true,
    });
    assert.deepEqual(call("ListTagsForStream", { StreamName: "s", ExclusiveStartTagKey: "a" }).Tags, [{ Key: "b", Value: "2" }]);
    call("UntagResource", { ResourceARN: arn, TagKeys: ["a", "none"] });
    call("TagResource", { ResourceARN: arn, Tags: { c: "3" } });
    assert.deepEqual(call("ListTagsForResource", { ResourceARN: arn }).Tags, [
      { Key: "b", Value: "2" },
      { Key: "c", Value: "3" },
    ]);
  });

  it("are fifty at most", () => {
    const { call } = kinesisFixture();
    const Tags = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "v"]));
    assert.throws(() => call("AddTagsToStream", { StreamName: "s", Tags }), { name: "InvalidArgumentException" });
  });
});
