// Source: aws/aws-auto-scaling-custom-resource, README and custom-resource-stack.yaml; Scaling activities for Application Auto Scaling
import { strict as assert } from "node:assert";
import { above, fixture, key, resourceId } from "./fixture";

const byCount = (amount: number, more = {}) => ({ AdjustmentType: "ChangeInCapacity", StepAdjustments: above(amount), ...more });

describe("scaling activities of a custom resource", () => {
  it("a policy PATCHes a double with the service-linked role's signature and polls by GET until Successful", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture();
    await fire(await stepPolicy("out", byCount(2)), [80]);
    await after(0);
    const [get, patch] = endpoint.requests;
    assert.equal(get?.method, "GET");
    assert.equal(patch?.method, "PATCH");
    assert.equal(patch?.body, '{"desiredCapacity":12.0}');
    assert.equal(patch?.host, "api1.execute-api.eu-west-1.amazonaws.com");
    assert.equal(patch?.path, "/prod/scalableTargetDimensions/dev-stream");
    assert.equal(
      patch?.caller?.arn,
      "arn:aws:iam::123456789012:role/aws-service-role/custom-resource.application-autoscaling.amazonaws.com/" +
        "AWSServiceRoleForApplicationAutoScaling_CustomResource",
    );
    assert.equal((await activities())[0].StatusCode, "InProgress");
    await after(29);
    endpoint.complete();
    await after(1);
    assert.equal(endpoint.requests.length, 4, "polls at 15 and 30 seconds");
    const { ActivityId: _, ...activity } = (await activities())[0];
    assert.deepEqual(activity, {
      ServiceNamespace: "custom-resource",
      ResourceId: resourceId,
      ScalableDimension: "custom-resource:ResourceType:Property",
      Description: "Setting desired capacity to 12.",
      Cause: "monitor alarm utilisation-high in state ALARM triggered policy out",
      StartTime: new Date("2026-03-02T00:00:00Z"),
      EndTime: new Date("2026-03-02T00:00:30Z"),
      StatusCode: "Successful",
      StatusMessage: "Successfully set desired capacity to 12. Change successfully fulfilled by custom-resource.",
    });
  });

  // Source: the sandbox's own
  it("an idle hour after a completed activity makes no request", async () => {
    const { stepPolicy, fire, after, endpoint } = await fixture();
    await fire(await stepPolicy("out", byCount(2)), [80]);
    await after(0);
    endpoint.complete();
    await after(15);
    const requests = endpoint.requests.length;
    await after(3600);
    assert.equal(endpoint.requests.length, requests);
  });

  it("Failed carries the endpoint's failureReason into the status message", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture();
    await fire(await stepPolicy("out", byCount(2)), [80]);
    await after(0);
    Object.assign(endpoint, { status: "Failed", failureReason: "rolled back: parallelism above maxParallelism" });
    await after(15);
    const [activity] = await activities();
    assert.equal(activity.StatusCode, "Failed");
    assert.equal(
      activity.StatusMessage,
      "Failed to set desired capacity to 12. Reason: rolled back: parallelism above maxParallelism",
    );
  });

  it("a PATCH that is refused fails the activity with the endpoint's status and message", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture();
    const arn = await stepPolicy("out", byCount(2));
    await fire(arn, [80]);
    Object.defineProperty(endpoint, "answer", {
      get: () =>
        endpoint.requests.at(-1)?.method === "PATCH" ? { statusCode: 429, body: '{"message":"Too Many Requests"}' } : undefined,
    });
    await after(0);
    const [activity] = await activities();
    assert.equal(activity.StatusCode, "Failed");
    assert.match(activity.StatusMessage, /Reason: the custom resource answered 429: Too Many Requests/);
    assert.equal(endpoint.desired, 10);
  });

  it("a GET that fails or breaks the contract fails the attempt without a PATCH", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture();
    const arn = await stepPolicy("out", byCount(2));
    endpoint.answer = { statusCode: 403, body: '{"Message":"User is not authorized"}' };
    await fire(arn, [80]);
    await after(60);
    endpoint.answer = { statusCode: 200, body: '{"actualCapacity":"4","scalingStatus":"Busy"}' };
    await fire(arn, [80]);
    await after(0);
    const messages = (await activities()).map(({ StatusCode, StatusMessage }) => `${StatusCode} ${StatusMessage}`);
    assert.match(messages[1]!, /^Failed .*answered 403/);
    assert.match(
      messages[0]!,
      /^Failed .*actualCapacity must be a number; desiredCapacity must be a number; .*scalingStatus must be/,
    );
    assert.deepEqual(endpoint.patched, []);
  });

  it("a poll that fails is asked again", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture();
    await fire(await stepPolicy("out", byCount(2)), [80]);
    await after(0);
    endpoint.answer = { statusCode: 500, body: "{}" };
    await after(15);
    endpoint.answer = undefined;
    endpoint.complete();
    await after(15);
    assert.equal((await activities())[0].StatusCode, "Successful");
  });

  it("an activity that takes too long is Unfulfilled, and no cooldown follows", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture({ unfulfilledSeconds: 120 });
    const arn = await stepPolicy("out", byCount(2));
    await fire(arn, [80]);
    await after(120);
    assert.equal((await activities())[0].StatusCode, "Unfulfilled");
    endpoint.complete();
    await fire(arn, [80]);
    await after(0);
    assert.deepEqual(endpoint.patched, [12, 14]);
  });

  it("a newer activity overrides the one in progress", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture();
    const steps = [{ MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 2 }];
    const more = [...steps, { MetricIntervalLowerBound: 10, ScalingAdjustment: 6 }];
    const arn = await stepPolicy("out", { AdjustmentType: "ChangeInCapacity", StepAdjustments: more });
    await fire(arn, [75]);
    await after(60);
    await fire(arn, [85]);
    await after(0);
    assert.deepEqual(endpoint.patched, [12, 16]);
    const [newer, older] = await activities();
    assert.equal(newer.StatusCode, "InProgress");
    assert.equal(older.StatusCode, "Overridden");
    assert.equal(older.StatusMessage, "Successfully set desired capacity to 12. Found it was later changed to 16.");
    endpoint.complete();
    await after(15);
    assert.equal((await activities())[0].StatusCode, "Successful");
    assert.equal(
      endpoint.requests.filter(({ method }) => method === "GET").length,
      4 + 2 + 1 - 0,
      "the overridden activity polls no more",
    );
  });

  it("a capacity that another hand changed meanwhile ends the activity as Overridden", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture();
    await fire(await stepPolicy("out", byCount(2)), [80]);
    await after(0);
    endpoint.desired = 20;
    endpoint.complete();
    await after(15);
    assert.match((await activities())[0].StatusMessage, /Found it was later changed to 20\.$/);
  });

  it("an endpoint that accepts a part completes with that part", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture();
    endpoint.limit = 11;
    await fire(await stepPolicy("out", byCount(2)), [80]);
    await after(0);
    endpoint.complete();
    await after(15);
    assert.equal((await activities())[0].StatusCode, "Successful");
  });

  // Source: aws/aws-auto-scaling-custom-resource, README (an undocumented rule that its users report)
  it("a version that changed deregisters the target with its policies", async () => {
    const { stepPolicy, fire, after, endpoint, call, cloud } = await fixture();
    const arn = await stepPolicy("out", byCount(2));
    endpoint.version = "2";
    await fire(arn, [80]);
    await after(0);
    const described = await call("DescribeScalableTargets", { ServiceNamespace: "custom-resource" });
    assert.deepEqual(described.ScalableTargets, []);
    assert.deepEqual(endpoint.patched, []);
    await assert.rejects(fire(arn, [80]), { name: "ObjectNotFoundException" });
    await assert.rejects(call("PutScalingPolicy", { ...key, PolicyName: "p" }), { name: "ObjectNotFoundException" });
    assert.ok(cloud.events.recent().some(({ type }) => type === "VersionChanged"));
  });

  // Source: aws/aws-auto-scaling-custom-resource, README (an undocumented rule that its users report)
  it("a version that changes in a poll ends the activity", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture();
    await fire(await stepPolicy("out", byCount(2)), [80]);
    await after(0);
    endpoint.version = "2";
    await after(600);
    const [activity] = await activities();
    assert.equal(activity.StatusCode, "Failed");
    assert.equal(activity.StatusMessage, "The scalable target was deregistered.");
    assert.equal(endpoint.requests.length, 3, "one poll, and none after it");
  });

  // Source: DescribeScalingActivities (API reference)
  it("activities can be looked up for six weeks", async () => {
    const { stepPolicy, fire, after, activities } = await fixture({ max: 10 });
    await fire(await stepPolicy("out", byCount(2)), [80]);
    await after(42 * 86_400 - 1);
    assert.equal((await activities(true)).length, 1);
    await after(1);
    assert.equal((await activities(true)).length, 0);
  });

  // Source: the sandbox's own
  it("memory stays flat: the newest activities are kept, and as many not-scaled ones", async () => {
    const { stepPolicy, fire, after, endpoint, activities } = await fixture({ activitiesKept: 3, max: 15 });
    const arn = await stepPolicy("out", byCount(1, { Cooldown: 0 }));
    for (let i = 0; i < 20; i++) {
      await fire(arn, [80]);
      await after(0);
      endpoint.complete();
      await after(60);
    }
    assert.deepEqual(
      (await activities()).map(({ Description }) => Description),
      ["Setting desired capacity to 15.", "Setting desired capacity to 14.", "Setting desired capacity to 13."],
    );
    assert.equal((await activities(true)).length, 6);
  });

  // Source: the sandbox's own
  it("the same seed gives the same ARNs, in AWS's shape", async () => {
    const [one, other] = [await fixture(), await fixture()];
    const arn = await one.stepPolicy("out", byCount(2));
    assert.equal(arn, await other.stepPolicy("out", byCount(2)));
    const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}";
    const shape = `^arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:${uuid}:resource/custom-resource/${resourceId}:policyName/out$`;
    assert.match(arn, new RegExp(shape));
  });
});
