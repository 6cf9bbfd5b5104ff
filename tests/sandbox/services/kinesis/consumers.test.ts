// Source: RegisterStreamConsumer (API reference)
import assert = require("node:assert/strict");
import { kinesisFixture } from "./fixture";

const account = "123456789012";
const arn = `arn:aws:kinesis:eu-west-1:${account}:stream/s`;

describe("enhanced fan-out consumers", () => {
  it("are CREATING, then ACTIVE, found by ARN or by stream and name, and gone after deregistration", async () => {
    const { call, pass, summary } = kinesisFixture({ registerConsumerSeconds: 5 });
    const { Consumer } = call("RegisterStreamConsumer", { StreamARN: arn, ConsumerName: "c" });
    assert.equal(Consumer.ConsumerStatus, "CREATING");
    await pass(5);
    const described = call("DescribeStreamConsumer", { ConsumerARN: Consumer.ConsumerARN }).ConsumerDescription;
    assert.deepEqual([described.ConsumerStatus, described.StreamARN], ["ACTIVE", arn]);
    assert.equal(call("DescribeStreamConsumer", { StreamARN: arn, ConsumerName: "c" }).ConsumerDescription.ConsumerName, "c");
    assert.equal(summary().ConsumerCount, 1);
    assert.throws(() => call("RegisterStreamConsumer", { StreamARN: arn, ConsumerName: "c" }), {
      name: "ResourceInUseException",
    });
    call("DeregisterStreamConsumer", { ConsumerARN: Consumer.ConsumerARN });
    await pass(5);
    assert.deepEqual(call("ListStreamConsumers", { StreamARN: arn }).Consumers, []);
    assert.throws(() => call("DescribeStreamConsumer", { ConsumerARN: Consumer.ConsumerARN }), {
      name: "ResourceNotFoundException",
    });
  });

  it("are twenty at most, five of them in CREATING", async () => {
    const { call, pass } = kinesisFixture({ registerConsumerSeconds: 5 });
    const register = (i: number) => call("RegisterStreamConsumer", { StreamARN: arn, ConsumerName: `c${i}` });
    for (let i = 0; i < 20; i++) {
      if (i > 0 && i % 5 === 0) {
        assert.throws(() => register(99), { name: "LimitExceededException", message: /CREATING/ });
        await pass(5);
      }
      register(i);
    }
    await pass(5);
    assert.throws(() => register(20), { name: "LimitExceededException", message: /already has 20/ });
  });
});
