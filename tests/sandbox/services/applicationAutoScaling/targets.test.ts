// Source: RegisterScalableTarget (API reference); Permissions validation for Application Auto Scaling API calls on target resources
import { strict as assert } from "node:assert";
import { fixture, key, resourceId } from "./fixture";

const bounds = { MinCapacity: 1, MaxCapacity: 20 };

describe("RegisterScalableTarget", () => {
  it("probes the endpoint and answers the target's ARN", async () => {
    const { call, endpoint } = await fixture({ register: false });
    const answer = await call("RegisterScalableTarget", { ...key, ...bounds });
    assert.match(
      answer.ScalableTargetARN,
      /^arn:aws:application-autoscaling:eu-west-1:123456789012:scalable-target\/[0-9a-f]{32}$/,
    );
    assert.deepEqual(
      endpoint.requests.map(({ method }) => method),
      ["GET"],
    );
  });

  it("refuses an endpoint that does not answer the contract", async () => {
    const { call, endpoint } = await fixture({ register: false });
    endpoint.answer = { statusCode: 403, body: '{"Message":"User: anonymous is not authorized"}' };
    await assert.rejects(call("RegisterScalableTarget", { ...key, ...bounds }), {
      name: "ValidationException",
      message: /answered 403/,
    });
    endpoint.answer = { statusCode: 200, body: "<html>" };
    await assert.rejects(call("RegisterScalableTarget", { ...key, ...bounds }), /the body is not a JSON object/);
    assert.deepEqual((await call("DescribeScalableTargets", { ServiceNamespace: "custom-resource" })).ScalableTargets, []);
  });

  it("accepts only .../{stage}/scalableTargetDimensions/{id} as a path", async () => {
    const { call } = await fixture({ register: false });
    const host = "https://api1.execute-api.eu-west-1.amazonaws.com";
    for (const ResourceId of [
      `${host}/prod/scale`,
      `${host}/prod/scalableTargetDimensions/`,
      `${host}/scalableTargetDimensions/a`,
      `${host}/prod/v1/scalableTargetDimensions/a`,
      `${host}/prod/scalableTargetDimensions/a/b`,
      `http://api1.execute-api.eu-west-1.amazonaws.com/prod/scalableTargetDimensions/a`,
      "https://example.com/prod/scalableTargetDimensions/a",
      "service/default/web-app",
    ]) {
      await assert.rejects(
        call("RegisterScalableTarget", { ...key, ...bounds, ResourceId }),
        { name: "ValidationException", message: "Unsupported service namespace, resource type or scalable dimension" },
        ResourceId,
      );
    }
  });

  it("knows the custom-resource namespace and its one dimension only", async () => {
    const { call } = await fixture({ register: false });
    const unsupported = { message: "Unsupported service namespace, resource type or scalable dimension" };
    await assert.rejects(call("RegisterScalableTarget", { ...key, ...bounds, ServiceNamespace: "ecs" }), unsupported);
    await assert.rejects(
      call("RegisterScalableTarget", { ...key, ...bounds, ScalableDimension: "ecs:service:DesiredCount" }),
      unsupported,
    );
  });

  it("names all missing and malformed fields at once", async () => {
    const { call } = await fixture({ register: false });
    await assert.rejects(call("RegisterScalableTarget", { ResourceId: resourceId, MinCapacity: 1.5 }), {
      name: "ValidationException",
      message:
        "3 validation errors detected: Value null at 'serviceNamespace' failed to satisfy constraint: Member must not be null; " +
        "Value null at 'scalableDimension' failed to satisfy constraint: Member must not be null; " +
        "Value '1.5' at 'minCapacity' failed to satisfy constraint: Member must be an integer",
    });
  });

  it("needs bounds for a new target; a minimum of 0 is allowed, below 0 or above the maximum is not", async () => {
    const { call } = await fixture({ register: false });
    await assert.rejects(call("RegisterScalableTarget", { ...key, MaxCapacity: 1 }), /Minimum capacity must be specified/);
    await assert.rejects(call("RegisterScalableTarget", { ...key, MinCapacity: 1 }), /Maximum capacity must be specified/);
    await assert.rejects(call("RegisterScalableTarget", { ...key, MinCapacity: -1, MaxCapacity: 1 }), /cannot be less than 0/);
    await assert.rejects(
      call("RegisterScalableTarget", { ...key, MinCapacity: 2, MaxCapacity: 1 }),
      /Maximum capacity cannot be less than minimum capacity/,
    );
    await call("RegisterScalableTarget", { ...key, MinCapacity: 0, MaxCapacity: 0 });
  });

  it("the caller itself needs execute-api:Invoke for GET and PATCH and three CloudWatch actions", async () => {
    const asked: string[] = [];
    const allowed = new Set<string>();
    const mayDo = (_caller: unknown, { action, resource }: { action: string; resource: string }) => {
      asked.push(`${action} ${resource}`);
      return allowed.has(action);
    };
    const { call, endpoint } = await fixture({ register: false, mayDo });
    await assert.rejects(call("RegisterScalableTarget", { ...key, ...bounds }), {
      name: "ValidationException",
      message:
        "User is missing the following permissions: execute-api:Invoke:PATCH, execute-api:Invoke:GET, " +
        "cloudwatch:PutMetricAlarm, cloudwatch:DescribeAlarms, cloudwatch:DeleteAlarms",
    });
    assert.ok(
      asked.includes(
        "execute-api:Invoke arn:aws:execute-api:eu-west-1:123456789012:api1/prod/GET/scalableTargetDimensions/dev-stream",
      ),
    );
    assert.equal(endpoint.requests.length, 0);
    for (const action of ["execute-api:Invoke", "cloudwatch:PutMetricAlarm", "cloudwatch:DescribeAlarms"]) allowed.add(action);
    await assert.rejects(call("RegisterScalableTarget", { ...key, ...bounds }), /permissions: cloudwatch:DeleteAlarms$/);
    allowed.add("cloudwatch:DeleteAlarms");
    await call("RegisterScalableTarget", { ...key, ...bounds });
  });

  it("brings the current capacity into the bounds when it registers", async () => {
    const { call, endpoint, after, activities } = await fixture({ register: false, capacity: 10 });
    await call("RegisterScalableTarget", { ...key, MinCapacity: 15, MaxCapacity: 20 });
    await after(0);
    assert.deepEqual(endpoint.patched, [15]);
    assert.equal((await activities())[0].Cause, "minimum capacity was set to 15");
  });

  it("an update re-reads the capacity and adjusts it at once, even without bounds in the request", async () => {
    const { call, endpoint, after, activities } = await fixture({ min: 5, max: 20, capacity: 10 });
    Object.assign(endpoint, { actual: 30, desired: 30 });
    await call("RegisterScalableTarget", { ...key });
    await after(0);
    assert.deepEqual(endpoint.patched, [20]);
    assert.equal((await activities())[0].Cause, "maximum capacity was set to 20");
  });

  it("leaves a capacity within the bounds alone", async () => {
    const { call, endpoint, after } = await fixture({ capacity: 10 });
    await call("RegisterScalableTarget", { ...key, MinCapacity: 10, MaxCapacity: 10 });
    await after(60);
    assert.deepEqual(endpoint.patched, []);
  });

  it("what an update does not specify is not changed", async () => {
    const { call } = await fixture({ min: 2, max: 20 });
    await call("RegisterScalableTarget", { ...key, MaxCapacity: 30, SuspendedState: { ScheduledScalingSuspended: true } });
    await call("RegisterScalableTarget", { ...key, SuspendedState: { DynamicScalingInSuspended: true } });
    const { ScalableTargets } = await call("DescribeScalableTargets", {
      ServiceNamespace: "custom-resource",
      ResourceIds: [resourceId],
    });
    const { ScalableTargetARN: _, ...target } = ScalableTargets[0];
    assert.deepEqual(target, {
      ...key,
      MinCapacity: 2,
      MaxCapacity: 30,
      RoleARN:
        "arn:aws:iam::123456789012:role/aws-service-role/custom-resource.application-autoscaling.amazonaws.com/" +
        "AWSServiceRoleForApplicationAutoScaling_CustomResource",
      CreationTime: new Date("2026-03-02T00:00:00Z"),
      SuspendedState: { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: true },
    });
  });

  it("an account has at most 500 scalable targets; pages hold 50", async () => {
    const { call } = await fixture({ register: false });
    const input = (i: number) => ({ ...key, ...bounds, ResourceId: `${resourceId}-${i}` });
    for (let i = 0; i < 500; i++) await call("RegisterScalableTarget", input(i));
    await assert.rejects(call("RegisterScalableTarget", input(500)), { name: "LimitExceededException" });
    await call("RegisterScalableTarget", input(0));
    const first = await call("DescribeScalableTargets", { ServiceNamespace: "custom-resource", MaxResults: 100 });
    assert.equal(first.ScalableTargets.length, 50);
    const second = await call("DescribeScalableTargets", { ServiceNamespace: "custom-resource", NextToken: first.NextToken });
    assert.equal(second.ScalableTargets[0].ResourceId, `${resourceId}-50`);
    await assert.rejects(call("DescribeScalableTargets", { ServiceNamespace: "custom-resource", NextToken: "x" }), {
      name: "InvalidNextTokenException",
    });
  });
});

describe("DeregisterScalableTarget", () => {
  it("deletes the target's policies and scheduled actions; activities stay", async () => {
    const { call, stepPolicy, after, endpoint, activities } = await fixture();
    await stepPolicy("out", {
      AdjustmentType: "ChangeInCapacity",
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
    });
    const action = { ScheduledActionName: "a", Schedule: "rate(1 minute)", ScalableTargetAction: { MinCapacity: 20 } };
    await call("PutScheduledAction", { ...key, ...action });
    await after(60);
    assert.deepEqual(endpoint.patched, [20]);
    await call("DeregisterScalableTarget", key);
    endpoint.desired = 1;
    await after(600);
    assert.deepEqual(endpoint.patched, [20]);
    assert.deepEqual((await call("DescribeScalingPolicies", { ServiceNamespace: "custom-resource" })).ScalingPolicies, []);
    assert.deepEqual((await call("DescribeScheduledActions", { ServiceNamespace: "custom-resource" })).ScheduledActions, []);
    assert.ok((await activities()).length > 0);
  });

  it("an unknown target is an ObjectNotFoundException in AWS's words", async () => {
    const { call } = await fixture({ register: false });
    const message =
      `No scalable target registered for service namespace: custom-resource, resource ID: ${resourceId}, ` +
      "scalable dimension: custom-resource:ResourceType:Property";
    for (const [operation, more] of [
      ["DeregisterScalableTarget", {}],
      ["PutScalingPolicy", { PolicyName: "p" }],
      ["PutScheduledAction", { ScheduledActionName: "a" }],
    ] as const) {
      await assert.rejects(call(operation, { ...key, ...more }), { name: "ObjectNotFoundException", message }, operation);
    }
  });
});

describe("tags of a scalable target", () => {
  it("are set at registration, added, listed and removed", async () => {
    const { call } = await fixture({ register: false });
    const { ScalableTargetARN: ResourceARN } = await call("RegisterScalableTarget", {
      ...key,
      ...bounds,
      Tags: { team: "data" },
    });
    await call("TagResource", { ResourceARN, Tags: { stack: "dev" } });
    assert.deepEqual(await call("ListTagsForResource", { ResourceARN }), { Tags: { team: "data", stack: "dev" } });
    await call("UntagResource", { ResourceARN, TagKeys: ["team"] });
    assert.deepEqual(await call("ListTagsForResource", { ResourceARN }), { Tags: { stack: "dev" } });
  });

  it("can't be given to a target that exists", async () => {
    const { call } = await fixture();
    await assert.rejects(
      call("RegisterScalableTarget", { ...key, Tags: { a: "b" } }),
      /To update tags .* use the TagResource API/,
    );
  });

  it("at most 50, none that begins with aws:, and only of targets that exist", async () => {
    const { call } = await fixture();
    const { ScalableTargets } = await call("DescribeScalableTargets", { ServiceNamespace: "custom-resource" });
    const ResourceARN = ScalableTargets[0].ScalableTargetARN;
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "v"]));
    await assert.rejects(call("TagResource", { ResourceARN, Tags: many }), { name: "TooManyTagsException" });
    await assert.rejects(call("TagResource", { ResourceARN, Tags: { "aws:x": "v" } }), { name: "ValidationException" });
    await assert.rejects(call("ListTagsForResource", { ResourceARN: `${ResourceARN}x` }), { name: "ResourceNotFoundException" });
  });
});

describe("permissions of Application Auto Scaling's own operations", () => {
  it("Describe actions have no resource type, the others name the scalable target", async () => {
    const { service, call } = await fixture();
    const { ScalableTargets } = await call("DescribeScalableTargets", { ServiceNamespace: "custom-resource" });
    const arn = ScalableTargets[0].ScalableTargetARN;
    assert.deepEqual(service.requirements("DescribeScalingPolicies", {}), [
      { action: "application-autoscaling:DescribeScalingPolicies", resource: "*" },
    ]);
    assert.deepEqual(service.requirements("PutScalingPolicy", key), [
      { action: "application-autoscaling:PutScalingPolicy", resource: arn },
    ]);
    assert.deepEqual(service.requirements("TagResource", { ResourceARN: arn }), [
      { action: "application-autoscaling:TagResource", resource: arn },
    ]);
    assert.deepEqual(service.requirements("RegisterScalableTarget", { ...key, ResourceId: "new" }), [
      {
        action: "application-autoscaling:RegisterScalableTarget",
        resource: "arn:aws:application-autoscaling:eu-west-1:123456789012:scalable-target/*",
      },
    ]);
    assert.ok(Object.keys(service.operations).every((operation) => service.requirements(operation, key).length === 1));
  });
});
