import * as assert from "node:assert/strict";
import { dimensionId, otherDimension, parameterName, parameterPrefix, scalerLogGroup } from "../../scaler/names";

describe("names that the program, the scaler, the commands and the sandbox share", () => {
  it("are those that runbooks and policies write out", () => {
    assert.deepEqual([dimensionId("orders", "stream"), dimensionId("orders", "flink")], ["orders-stream", "orders-flink"]);
    assert.equal(parameterPrefix("prod"), "/sluice/prod");
    assert.equal(parameterName(parameterPrefix("prod"), "orders-flink", "state"), "/sluice/prod/orders-flink/state");
    assert.equal(scalerLogGroup("prod"), "/sluice/prod/scaler");
  });

  it("tell a pipeline's other dimension", () => {
    assert.deepEqual(["a-b-stream", "a-b-flink", "stream", "a-b"].map(otherDimension), [
      "a-b-flink",
      "a-b-stream",
      undefined,
      undefined,
    ]);
  });
});
