// Source: Amazon SNS API Reference
import assert = require("node:assert/strict");
import type { Shape } from "../../../sandbox/core/cloud";
import { createSns } from "../../../sandbox/services/sns";
import { fakeCloud } from "../support/fakeCloud";
import { account, root } from "../support/platform";

function setUp() {
  const cloud = fakeCloud();
  const sns = createSns(cloud);
  return {
    cloud,
    sns,
    call: async (operation: string, input: Shape): Promise<Shape> => sns.service.operations[operation]?.(input, root),
  };
}

describe("SNS", () => {
  it("what is published to a topic is an event with its subscribers", async () => {
    const { cloud, sns, call } = setUp();
    const { TopicArn } = await call("CreateTopic", { Name: "alarms" });
    assert.equal(TopicArn, `arn:aws:sns:eu-west-1:${account}:alarms`);
    await call("Subscribe", { TopicArn, Protocol: "email", Endpoint: "ops@example.com" });
    sns.notify(TopicArn, "ALARM: lag", "{}");
    await call("Publish", { TopicArn, Message: "hello" });
    assert.deepEqual(
      cloud.events.recent().map(({ source, type, message, detail }) => [source, type, message, detail["subscribers"]]),
      [
        ["sns", "MessagePublished", "ALARM: lag", ["ops@example.com"]],
        ["sns", "MessagePublished", "hello", ["ops@example.com"]],
      ],
    );
  });

  it("creating a topic again answers the one that is there", async () => {
    const { call } = setUp();
    const { TopicArn } = await call("CreateTopic", { Name: "t" });
    await call("SetTopicAttributes", { TopicArn, AttributeName: "DisplayName", AttributeValue: "x" });
    await call("CreateTopic", { Name: "t" });
    assert.equal((await call("GetTopicAttributes", { TopicArn })).Attributes.DisplayName, "x");
  });

  it("refuses an unknown topic, a bad address and an empty message", async () => {
    const { cloud, sns, call } = setUp();
    const { TopicArn } = await call("CreateTopic", { Name: "t" });
    await assert.rejects(call("Publish", { TopicArn: `${TopicArn}x`, Message: "m" }), {
      name: "NotFound",
      message: "Topic does not exist",
      statusCode: 404,
    });
    await assert.rejects(call("Publish", { TopicArn, Message: "" }), {
      name: "InvalidParameter",
      message: "Invalid parameter: Empty message",
    });
    await assert.rejects(call("Subscribe", { TopicArn, Protocol: "email", Endpoint: "nobody" }), {
      message: "Invalid parameter: Email address",
    });
    sns.notify(`${TopicArn}x`, "s", "m");
    assert.deepEqual(cloud.events.recent(), []);
  });

  it("a subscription that ended hears nothing", async () => {
    const { call } = setUp();
    const { TopicArn } = await call("CreateTopic", { Name: "t" });
    const { SubscriptionArn } = await call("Subscribe", { TopicArn, Protocol: "email", Endpoint: "a@b" });
    await call("Unsubscribe", { SubscriptionArn });
    assert.deepEqual((await call("ListSubscriptionsByTopic", { TopicArn })).Subscriptions, []);
  });
});
