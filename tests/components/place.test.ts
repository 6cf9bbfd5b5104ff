import * as assert from "node:assert/strict";
import { partitionOf } from "../../components/partition";
import { nameFromArn } from "../../components/place";

describe("ARNs", () => {
  it("carry the partition of their region", () => {
    const names = ["eu-west-1", "cn-north-1", "us-gov-west-1", "ap-southeast-7"].map((region) => partitionOf(region).name);
    assert.deepEqual(names, ["aws", "aws-cn", "aws-us-gov", "aws"]);
  });

  it("are not guessed where the region's partition isn't known", () => {
    for (const region of ["us-iso-east-1", "us-isob-east-1", "eusc-de-east-1", "", "moon"])
      assert.throws(() => partitionOf(region), /partition of region ".*" isn't known: allowed are/);
  });

  it("end in the name; a name stays itself", () => {
    assert.equal(nameFromArn("arn:aws:kinesis:us-east-1:123456789012:stream/orders"), "orders");
    assert.equal(nameFromArn("orders"), "orders");
  });
});
