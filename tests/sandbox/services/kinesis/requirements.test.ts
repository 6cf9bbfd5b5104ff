// Source: Actions, resources, and condition keys for Amazon Kinesis Data Streams
import assert = require("node:assert/strict");
import { kinesisFixture } from "./fixture";

const account = "123456789012";
const arn = `arn:aws:kinesis:eu-west-1:${account}:stream/s`;

describe("what a call needs", () => {
  it("is the action on the stream's ARN; * for those without a resource type", () => {
    const { kinesis } = kinesisFixture();
    const needs = (operation: string, input: object = {}) => kinesis.requirements(operation, input);
    assert.deepEqual(needs("UpdateShardCount", { StreamName: "s" }), [{ action: "kinesis:UpdateShardCount", resource: arn }]);
    assert.deepEqual(needs("DescribeStreamSummary", { StreamARN: arn }), [
      { action: "kinesis:DescribeStreamSummary", resource: arn },
    ]);
    for (const operation of ["ListStreams", "DescribeLimits"]) {
      assert.deepEqual(needs(operation), [{ action: `kinesis:${operation}`, resource: "*" }]);
    }
    assert.deepEqual(needs("TagResource", { ResourceARN: arn, Tags: {} }), [{ action: "kinesis:TagResource", resource: arn }]);
  });

  it("follows iterators and tokens to their stream", () => {
    const { kinesis, call } = kinesisFixture({ shards: 2 });
    const input = { StreamName: "s", ShardId: "shardId-000000000000", ShardIteratorType: "LATEST" };
    const { ShardIterator } = call("GetShardIterator", input);
    const { NextToken } = call("ListShards", { StreamName: "s", MaxResults: 1 });
    assert.deepEqual(kinesis.requirements("GetRecords", { ShardIterator }), [{ action: "kinesis:GetRecords", resource: arn }]);
    assert.deepEqual(kinesis.requirements("ListShards", { NextToken }), [{ action: "kinesis:ListShards", resource: arn }]);
  });

  it("is AddTagsToStream too where a stream is created with tags", () => {
    const { kinesis } = kinesisFixture();
    assert.deepEqual(kinesis.requirements("CreateStream", { StreamName: "s", Tags: { a: "b" } }), [
      { action: "kinesis:CreateStream", resource: arn },
      { action: "kinesis:AddTagsToStream", resource: arn },
    ]);
  });
});
