// Source: IAM JSON policy elements: Condition operators
import assert = require("node:assert/strict");
import { compileConditions } from "../../../../sandbox/services/iam/conditions";

const holds = (block: object, context: Record<string, string | string[]>) => compileConditions(block)(context);

describe("IAM conditions", () => {
  it("StringEquals holds for any of several values and not when the key is missing", () => {
    const block = { StringEquals: { "aws:SourceAccount": ["1", "2"] } };
    assert.equal(holds(block, { "aws:sourceaccount": "2" }), true);
    assert.equal(holds(block, { "aws:sourceaccount": "3" }), false);
    assert.equal(holds(block, {}), false);
  });

  it("all operators and all keys of a block must hold", () => {
    const block = { StringEquals: { a: "1", b: "2" }, Bool: { "aws:SecureTransport": "true" } };
    assert.equal(holds(block, { a: "1", b: "2", "aws:securetransport": "true" }), true);
    assert.equal(holds(block, { a: "1", b: "x", "aws:securetransport": "true" }), false);
    assert.equal(holds(block, { a: "1", b: "2", "aws:securetransport": "false" }), false);
  });

  it("a negated operator refuses each of its values and holds when the key is missing", () => {
    const block = { StringNotEquals: { a: ["1", "2"] } };
    assert.equal(holds(block, { a: "2" }), false);
    assert.equal(holds(block, { a: "3" }), true);
    assert.equal(holds(block, {}), true);
  });

  it("IfExists holds when the key is missing and decides when it is there", () => {
    const block = { StringEqualsIfExists: { a: "1" } };
    assert.equal(holds(block, {}), true);
    assert.equal(holds(block, { a: "2" }), false);
  });

  it("StringLike takes * and ?", () => {
    const block = { StringLike: { a: "dev-?/*" } };
    assert.equal(holds(block, { a: "dev-1/x/y" }), true);
    assert.equal(holds(block, { a: "dev-12/x" }), false);
  });

  it("ArnLike and ArnEquals match each part of an ARN on its own", () => {
    for (const operator of ["ArnLike", "ArnEquals"]) {
      const block = { [operator]: { "aws:SourceArn": "arn:aws:events:*:123456789012:rule/dev-*" } };
      assert.equal(holds(block, { "aws:sourcearn": "arn:aws:events:eu-west-1:123456789012:rule/dev-minute" }), true);
      assert.equal(holds(block, { "aws:sourcearn": "arn:aws:events:eu-west-1:x:123456789012:rule/dev-minute" }), false);
    }
  });

  it("Null asks whether the key is missing", () => {
    assert.equal(holds({ Null: { a: "true" } }, {}), true);
    assert.equal(holds({ Null: { a: "true" } }, { a: "1" }), false);
    assert.equal(holds({ Null: { a: "false" } }, { a: "1" }), true);
  });

  it("ForAllValues holds for no values, ForAnyValue needs one", () => {
    assert.equal(holds({ "ForAllValues:StringEquals": { a: ["1", "2"] } }, { a: ["1", "2"] }), true);
    assert.equal(holds({ "ForAllValues:StringEquals": { a: ["1"] } }, { a: ["1", "2"] }), false);
    assert.equal(holds({ "ForAllValues:StringEquals": { a: ["1"] } }, {}), true);
    assert.equal(holds({ "ForAnyValue:StringEquals": { a: ["1"] } }, { a: ["1", "2"] }), true);
    assert.equal(holds({ "ForAnyValue:StringEquals": { a: ["1"] } }, {}), false);
  });

  it("refuses an operator it can't evaluate and names those it can", () => {
    assert.throws(() => compileConditions({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }), {
      message:
        "Condition operator IpAddress is not modelled; known are StringEquals, StringNotEquals, StringEqualsIgnoreCase, StringNotEqualsIgnoreCase, " +
        "StringLike, StringNotLike, ArnEquals, ArnLike, ArnNotEquals, ArnNotLike, Bool, Null, also with IfExists",
    });
  });
});
