import { createApplicationAutoScaling } from "../../../../sandbox/services/applicationAutoScaling/applicationAutoScaling";
import type { ApplicationAutoScalingOptions } from "../../../../sandbox/services/applicationAutoScaling/types";
import { second } from "../../../../sandbox/core/clock";
import type { Principal, Shape } from "../../../../sandbox/core/cloud";
import type { HttpAnswer, HttpRequest } from "../../../../sandbox/core/peers";
import { fakeCloud, type FakeCloudOptions } from "../../support/fakeCloud";

export const resourceId = "https://api1.execute-api.eu-west-1.amazonaws.com/prod/scalableTargetDimensions/dev-stream";
export const root: Principal = { arn: "arn:aws:iam::123456789012:root" };
export const key = {
  ServiceNamespace: "custom-resource",
  ResourceId: resourceId,
  ScalableDimension: "custom-resource:ResourceType:Property",
};

/** A custom resource that keeps what it is asked for and becomes ready when the test says so. */
export function fakeEndpoint(capacity: number) {
  const endpoint = {
    actual: capacity,
    desired: capacity,
    status: "Successful" as string,
    version: "1",
    failureReason: undefined as string | undefined,
    /** Accepts at most this much. */
    limit: Infinity,
    /** Answers this instead, while set. */
    answer: undefined as { statusCode: number; body: string } | undefined,
    requests: [] as (HttpRequest & { caller: Principal | undefined })[],
    /** The change completes: the next GET answers Successful. */
    complete() {
      endpoint.actual = endpoint.desired;
      endpoint.status = "Successful";
    },
    get patched() {
      return endpoint.requests
        .filter(({ method }) => method === "PATCH")
        .map(({ body }) => JSON.parse(body!).desiredCapacity as number);
    },
    async requestApi(request: HttpRequest, caller: Principal | undefined): Promise<HttpAnswer> {
      endpoint.requests.push({ ...request, caller });
      if (endpoint.answer) return { headers: {}, ...endpoint.answer };
      if (request.method === "PATCH") {
        endpoint.desired = Math.min(JSON.parse(request.body!).desiredCapacity, endpoint.limit);
        endpoint.status = "InProgress";
      }
      const body = JSON.stringify({
        actualCapacity: endpoint.actual,
        desiredCapacity: endpoint.desired,
        scalableTargetDimensionId: "dev-stream",
        scalingStatus: endpoint.status,
        version: endpoint.version,
        failureReason: endpoint.failureReason,
      });
      return { statusCode: 200, headers: {}, body };
    },
  };
  return endpoint;
}

interface FixtureOptions extends ApplicationAutoScalingOptions {
  capacity?: number;
  min?: number;
  max?: number;
  register?: boolean;
  cloud?: FakeCloudOptions;
}

/** The service with one registered target, `capacity` of 10 within 1 and 100 unless told. */
export async function fixture(options: FixtureOptions = {}) {
  const { capacity = 10, min = 1, max = 100, register = true, cloud: cloudOptions, ...serviceOptions } = options;
  const endpoint = fakeEndpoint(capacity);
  const cloud = fakeCloud({ ...cloudOptions, peers: { requestApi: endpoint.requestApi, ...cloudOptions?.peers } });
  const service = createApplicationAutoScaling(cloud, serviceOptions);
  const call = async (operation: string, input: Shape, caller = root): Promise<Shape> =>
    service.operations[operation]!(input, caller);
  if (register) {
    await call("RegisterScalableTarget", { ...key, MinCapacity: min, MaxCapacity: max });
    await cloud.clock.advanceTo(cloud.clock.now());
    endpoint.requests.length = 0;
  }

  return {
    cloud,
    endpoint,
    service,
    call,
    /** Lets virtual time pass. */
    after: (seconds: number) => cloud.clock.advanceTo(cloud.clock.now() + seconds * second),
    /** Puts a step policy and returns its ARN. */
    async stepPolicy(name: string, configuration: Shape): Promise<string> {
      const input = { ...key, PolicyName: name, PolicyType: "StepScaling", StepScalingPolicyConfiguration: configuration };
      return (await call("PutScalingPolicy", input)).PolicyARN;
    },
    /** Fires an alarm's action for a policy; the decision follows when time passes, even by nothing. */
    fire: (policyArn: string, datapoints: number[], threshold = 70, alarmName = "utilisation-high") =>
      service.runScalingPolicy(policyArn, {
        alarmName,
        alarmArn: `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${alarmName}`,
        threshold,
        comparison: "GreaterThanThreshold",
        datapoints,
        time: cloud.clock.now(),
      }),
    /** Activities, newest first. */
    async activities(includeNotScaled = false): Promise<Shape[]> {
      const input = { ServiceNamespace: "custom-resource", IncludeNotScaledActivities: includeNotScaled };
      return (await call("DescribeScalingActivities", input)).ScalingActivities;
    },
    /** What the event log says about decisions not to scale, oldest first. */
    notScaled: (): string[] =>
      cloud.events
        .recent()
        .filter(({ type }) => type === "NotScaled")
        .map(({ detail }) => String(detail.words)),
  };
}

/** Steps of one amount over the whole range above or below the threshold. */
export const above = (amount: number) => [{ MetricIntervalLowerBound: 0, ScalingAdjustment: amount }];
export const below = (amount: number) => [{ MetricIntervalUpperBound: 0, ScalingAdjustment: amount }];
