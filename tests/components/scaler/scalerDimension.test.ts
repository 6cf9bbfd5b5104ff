import * as assert from "node:assert/strict";
import { losesDataAtReshards } from "../../../components/scaler/scalerDimension";

describe("the Kinesis connector", () => {
  it("loses data at reshards before 5.1.0 (FLINK-37627)", () => {
    for (const version of ["4.3.0-1.19", "5.0.0", "5.0.0-1.20"]) assert.equal(losesDataAtReshards(version), true, version);
    for (const version of ["5.1.0-1.20", "5.1", "5.10.0", "6.0.0-2.0"])
      assert.equal(losesDataAtReshards(version), false, version);
  });

  it("is refused when its version is none: what can't be read is neither affected nor unaffected", () => {
    for (const version of ["v5.1.0", "v4.3.0", "5", "latest", "5.x", "5.1.0 ", "4,3"])
      assert.throws(
        () => losesDataAtReshards(version),
        /connectorVersion is ".*"; allowed is a version such as 5\.1\.0-1\.20/,
        version,
      );
  });

  it("counts as unaffected when its version is not configured", () => {
    assert.equal(losesDataAtReshards(undefined), false);
  });
});
