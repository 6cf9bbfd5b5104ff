// Source: How Lambda handles errors and retries with asynchronous invocation
import assert = require("node:assert/strict");
import { minute, second } from "../../../../sandbox/core/clock";
import { invoke, makeFunction, platform, start, type Platform } from "../../support/platform";

/** Fails as often as told, and logs when it ran. */
const failing =
  'let left = 9; exports.handler = async ({ fail }) => { console.log("ran"); if (left-- > 9 - fail) throw new Error("no"); };';

async function runs(cloud: Platform): Promise<number[]> {
  const lines = await cloud.lines("/aws/lambda/f");
  return lines
    .filter((line) => line.endsWith("INFO\tran"))
    .map((line) => (Date.parse(line.split("\t")[0] ?? "") - start) / second);
}

async function sendEvent(cloud: Platform, event: object) {
  return cloud.as("lambda", "Invoke", { FunctionName: "f", InvocationType: "Event", Payload: JSON.stringify(event) });
}

describe("Lambda asynchronous invocations", () => {
  it("are accepted with 202 and run once if they succeed", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", failing);
    assert.deepEqual(await sendEvent(cloud, { fail: 0 }), { StatusCode: 202 });
    await cloud.clock.advanceTo(start + 10 * minute);
    assert.deepEqual(await runs(cloud), [0]);
  });

  it("a failed one is tried again after one minute and after two more, then dropped", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", failing);
    await sendEvent(cloud, { fail: 9 });
    await cloud.clock.advanceTo(start + 30 * minute);
    assert.deepEqual(await runs(cloud), [0, 60, 180]);
    const dropped = cloud.events.recent().filter(({ type }) => type === "AsyncEventDropped");
    assert.deepEqual(
      dropped.map(({ message }) => message),
      ["f gave an event up: RetriesExhausted after 3 failed attempts"],
    );
    assert.equal(cloud.metrics.filter(({ name }) => name === "AsyncEventsDropped").length, 1);
  });

  it("a retry that succeeds ends it", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", failing);
    await sendEvent(cloud, { fail: 1 });
    await cloud.clock.advanceTo(start + 30 * minute);
    assert.deepEqual(await runs(cloud), [0, 60]);
    assert.equal(cloud.events.recent().filter(({ type }) => type === "AsyncEventDropped").length, 0);
  });

  it("with no retries configured a failed one is tried once", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", failing);
    await cloud.as("lambda", "PutFunctionEventInvokeConfig", {
      FunctionName: "f",
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
    await sendEvent(cloud, { fail: 9 });
    await cloud.clock.advanceTo(start + 30 * minute);
    assert.deepEqual(await runs(cloud), [0]);
  });

  it("an event older than its maximum age isn't tried again", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", failing);
    await cloud.as("lambda", "PutFunctionEventInvokeConfig", { FunctionName: "f", MaximumEventAgeInSeconds: 100 });
    await sendEvent(cloud, { fail: 9 });
    await cloud.clock.advanceTo(start + 30 * minute);
    assert.deepEqual(await runs(cloud), [0, 60]);
    const dropped = cloud.events.recent().filter(({ type }) => type === "AsyncEventDropped");
    assert.deepEqual(
      dropped.map(({ detail }) => detail["condition"]),
      ["EventAgeExceeded"],
    );
  });

  it("a throttled event waits in the queue, up to its maximum age, and costs no attempt", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", failing, { ReservedConcurrentExecutions: 0 });
    await sendEvent(cloud, { fail: 1 });
    await cloud.clock.advanceTo(start + 2 * minute);
    assert.equal(cloud.metrics.filter(({ name }) => name === "Throttles").length, 2);
    await cloud.as("lambda", "DeleteFunctionConcurrency", { FunctionName: "f" });
    await cloud.clock.advanceTo(start + 10 * minute);
    // Retries at 1, 3, 7, 15, 31, 63 and 127 s; that last one runs and fails, and a minute later the event succeeds.
    assert.deepEqual(await runs(cloud), [127, 187]);
  });

  it("what is given up goes to the topic of the failure destination", async () => {
    const cloud = platform();
    const { TopicArn } = await cloud.as("sns", "CreateTopic", { Name: "failures" });
    await makeFunction(cloud, "f", failing);
    await cloud.as("lambda", "PutFunctionEventInvokeConfig", {
      FunctionName: "f",
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: TopicArn } },
    });
    await sendEvent(cloud, { fail: 9 });
    await cloud.clock.advanceTo(start + minute);
    const [published] = cloud.events.recent().filter(({ source }) => source === "sns");
    const message = JSON.parse(String(published?.detail["message"]));
    assert.deepEqual([message.requestContext.condition, message.requestPayload], ["RetriesExhausted", { fail: 9 }]);
  });

  it("a synchronous invocation is never tried again", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", failing);
    assert.equal((await invoke(cloud, "f", { fail: 9 })).FunctionError, "Unhandled");
    await cloud.clock.advanceTo(start + 30 * minute);
    assert.deepEqual(await runs(cloud), [0]);
  });
});
