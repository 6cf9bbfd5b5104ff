import * as assert from "node:assert/strict";
import { nameFromArn, partitionOf } from "../../components/place";

describe("ARNs", () => {
  it("carry the partition of their region", () => {
    assert.deepEqual(["eu-west-1", "cn-north-1", "us-gov-west-1"].map(partitionOf), ["aws", "aws-cn", "aws-us-gov"]);
  });

  it("end in the name; a name stays itself", () => {
    assert.equal(nameFromArn("arn:aws:kinesis:us-east-1:123456789012:stream/orders"), "orders");
    assert.equal(nameFromArn("orders"), "orders");
  });
});
