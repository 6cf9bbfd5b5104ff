import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import type { NormalizedSchema } from "@smithy/core/schema";
import { wireServiceByTarget } from "../../../sandbox/wire/operations";
import { callJson, openEndpoint, start, type Endpoint } from "./fixture";

const packages: [string, string, string][] = [
  ["kinesis", "Kinesis_20131202", "@aws-sdk/client-kinesis"],
  ["kinesisanalytics", "KinesisAnalytics_20180523", "@aws-sdk/client-kinesis-analytics-v2"],
  ["ssm", "AmazonSSM", "@aws-sdk/client-ssm"],
  ["monitoring", "GraniteServiceVersion20100801", "@aws-sdk/client-cloudwatch"],
  ["application-autoscaling", "AnyScaleFrontendService", "@aws-sdk/client-application-auto-scaling"],
];

/** Operations that the SDK's client knows: its static operation schemas begin with 9. */
function operationsOf(name: string): string[] {
  const schemas = Object.entries(require(name) as Record<string, unknown>);
  return schemas.flatMap(([key, schema]) =>
    key.endsWith("$") && Array.isArray(schema) && schema[0] === 9 ? [key.slice(0, -1)] : [],
  );
}

const strings = [
  ...["", "wire", "/wire/a", "w", "a b", "ä\u0000", "-1", "x".repeat(3_000), "*", "__proto__"],
  ...[
    "PROVISIONED",
    "LATEST",
    "Average",
    "Sum",
    "GreaterThanThreshold",
    "StepScaling",
    "String",
    "SecureString",
    "custom-resource",
  ],
  ...[
    "custom-resource:ResourceType:Property",
    "rate(1 minute)",
    "cron(0 0 * * ? *)",
    "m1 + m2",
    "ALARM",
    "OK",
    "CUSTOM",
    "FLINK-1_20",
  ],
  ...[
    "arn:aws:kinesis:us-east-1:123456789012:stream/wire",
    "arn:aws:cloudwatch:us-east-1:123456789012:alarm:wire",
    "arn:aws:iam::123456789012:role/wire",
  ],
  ...[
    "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/v1/scalableTargetDimensions/wire",
    "shardId-000000000000",
    "{}",
    "170141183460469231731687303715884105728",
  ],
];

/** Values of the schema's types: mostly present members, odd values. Never null, never of a wrong type. */
function anyOf(schema: NormalizedSchema, depth = 0): fc.Arbitrary<unknown> {
  if (schema.isStructSchema()) {
    const members = [...schema.structIterator()]
      .filter(() => depth < 7)
      .map(([name, member]) => [name, anyOf(member, depth + 1)] as const);
    return fc.record(Object.fromEntries(members), { requiredKeys: [] });
  }
  if (schema.isListSchema()) return fc.array(anyOf(schema.getValueSchema(), depth + 1), { maxLength: 3 });
  if (schema.isMapSchema())
    return fc.dictionary(fc.constantFrom("a", "aws:b", ""), anyOf(schema.getValueSchema(), depth + 1), { maxKeys: 2 });
  if (schema.isBlobSchema()) return fc.constantFrom("", "eA==", "!not base64!");
  if (schema.isTimestampSchema()) return fc.constantFrom(0, -1, start / 1000, start / 1000 - 3600, 8.64e12, -8.64e12);
  if (schema.isStringSchema()) return fc.constantFrom(...strings);
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema())
    return fc.constantFrom(0, 1, 2, -1, 1.5, 10, 60, 300, 86_400, 1e9, 2 ** 53, -1e300, "NaN", "Infinity");
  return fc.constant("document");
}

describe("calls of the right types with any values", function () {
  this.timeout(120_000);
  let endpoint: Endpoint;
  before(async () => {
    endpoint = await openEndpoint();
    const { cloud } = endpoint;
    await cloud.call("kinesis", "CreateStream", { StreamName: "wire", ShardCount: 2 }, cloud.deployer);
    await cloud.call("ssm", "PutParameter", { Name: "/wire/a", Value: "v", Type: "String" }, cloud.deployer);
    const metric = { MetricName: "m", Namespace: "Wire", Statistic: "Sum", Period: 60 };
    const alarm = {
      AlarmName: "wire",
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanThreshold",
      ...metric,
    };
    await cloud.call("cloudwatch", "PutMetricAlarm", alarm, cloud.deployer);
    await cloud.clock.advanceTo(start + 180_000);
  });
  after(() => endpoint.server.close());

  for (const [service, target, packageName] of packages) {
    it(`are answered or refused by ${service}, never with 5xx`, async () => {
      const failed: string[] = [];
      const log = console.error;
      let logged = "";
      console.error = (error: unknown) =>
        (logged = String((error as Error)?.stack ?? error)
          .split("\n")
          .slice(0, 3)
          .join(" "));
      try {
        let modelled = 0;
        for (const operation of operationsOf(packageName)) {
          const call = (input: unknown) =>
            callJson(endpoint.server.port, service, `${target}.${operation}`, JSON.stringify(input));
          const schema = wireServiceByTarget(target)?.operation(operation)?.input;
          assert.ok(schema);
          if ((await call({})).json?.["__type"]?.toString().endsWith("UnknownOperationException")) continue;
          modelled++;
          for (const input of [{}, ...fc.sample(anyOf(schema), { seed: 3, numRuns: 25 })]) {
            const answer = await call(input);
            if (answer.status >= 500) failed.push(`${operation} ${JSON.stringify(input).slice(0, 400)}: ${logged}`);
          }
          await endpoint.cloud.clock.advanceTo(endpoint.cloud.clock.now() + 60_000);
        }
        assert.ok(modelled > 5);
      } finally {
        console.error = log;
      }
      assert.deepEqual(failed, []);
    });
  }
});
