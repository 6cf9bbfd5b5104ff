// Source: Amazon Kinesis Data Streams API Reference (constraints of the service model)
import assert = require("node:assert/strict");
import { inputs } from "../../../../sandbox/services/kinesis/inputs";
import { kinesisFixture } from "./fixture";

describe("requests to Kinesis", () => {
  it("are checked against the service model before anything else, all broken constraints in one error", () => {
    const { call } = kinesisFixture();
    assert.throws(() => call("UpdateShardCount", { StreamName: "", TargetShardCount: 0 }), {
      name: "ValidationException",
      message:
        "4 validation errors detected: " +
        "Value '' at 'streamName' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value '' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; " +
        "Value '0' at 'targetShardCount' failed to satisfy constraint: Member must have value greater than or equal to 1; " +
        "Value null at 'scalingType' failed to satisfy constraint: Member must not be null",
    });
    assert.throws(() => call("UpdateShardCount", { StreamName: "s", TargetShardCount: 2, ScalingType: "RANDOM" }), {
      name: "ValidationException",
      message:
        "1 validation error detected: Value 'RANDOM' at 'scalingType' failed to satisfy constraint: Member must satisfy enum value set: [UNIFORM_SCALING]",
    });
  });

  it("with wrong JSON types are a SerializationException", () => {
    const { call } = kinesisFixture();
    const wrong = [
      [{ StreamName: 5, TargetShardCount: 2, ScalingType: "UNIFORM_SCALING" }, "NUMBER_VALUE can not be converted to a String"],
      [
        { StreamName: "s", TargetShardCount: "2", ScalingType: "UNIFORM_SCALING" },
        "STRING_VALUE can not be converted to an Integer",
      ],
      [
        { StreamName: "s", TargetShardCount: 2.5, ScalingType: "UNIFORM_SCALING" },
        "DECIMAL_VALUE can not be converted to an Integer",
      ],
      [null, "Start of structure or map found where not expected."],
    ] as const;
    for (const [input, message] of wrong)
      assert.throws(() => call("UpdateShardCount", input), { name: "SerializationException", message });
  });

  it("have a model for every operation of the table, and no other", () => {
    const { kinesis } = kinesisFixture();
    assert.deepEqual(Object.keys(kinesis.operations).sort(), Object.keys(inputs).sort());
  });
});
