// Source: the sandbox's own
import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import type { NormalizedSchema } from "@smithy/core/schema";
import { wireServiceByTarget } from "../../../sandbox/wire/operations";
import { goodInputs } from "./goodInputs";
import { minute } from "../../../sandbox/core/clock";
import type { SandboxCloud } from "../../../sandbox/createCloud";
import { trust } from "../support/platform";
import { callJson, openEndpoint, start } from "./fixture";

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

/**
 * Inputs of an operation: nothing, anything, and the good input (also answered 200 here) with a member at a time replaced.
 */
function inputsOf(schema: NormalizedSchema, good: Record<string, unknown> | undefined): unknown[] {
  const anything = fc.sample(anyOf(schema), { seed: 3, numRuns: 10 });
  if (!good) return [{}, ...anything];
  const changed = [...schema.structIterator()].flatMap(([name, member]) =>
    fc.sample(anyOf(member), { seed: 5, numRuns: 6 }).map((value) => ({ ...good, [name]: value })),
  );
  const without = Object.keys(good).map((name) => ({ ...good, [name]: undefined }));
  return [{}, ...anything, ...without, ...changed];
}

describe("calls of the right types with any values", function () {
  this.timeout(120_000);
  for (const [service, target, packageName] of packages) {
    it(`are answered or refused by ${service}, never with 5xx`, async () => {
      const { server, cloud } = await openEndpoint();
      const call = (operation: string, input: unknown) =>
        callJson(server.port, service, `${target}.${operation}`, JSON.stringify(input));
      await makeEntities(cloud);
      for (const [name, input] of Object.entries(goodInputs)) {
        const [of, operation = ""] = name.split(" ");
        // There is no API here that a scalable target could be registered for.
        if (of !== service || of === "application-autoscaling") continue;
        const answer = await call(operation, input);
        assert.equal(answer.status, 200, `${name}: ${answer.text}`);
        await cloud.clock.advanceTo(cloud.clock.now() + 5 * minute);
      }
      const failed: string[] = [];
      const bugs = await logged(async () => {
        for (const operation of operationsOf(packageName)) {
          const schema = wireServiceByTarget(target)?.operation(operation)?.input;
          assert.ok(schema);
          for (const input of inputsOf(schema, goodInputs[`${service} ${operation}`])) {
            const answer = await call(operation, input);
            if (answer.status >= 500) failed.push(`${operation} ${JSON.stringify(input).slice(0, 400)}`);
            if (answer.status === 400 && answer.text.includes("The sandbox has no")) break;
          }
          await cloud.clock.advanceTo(cloud.clock.now() + minute);
        }
      });
      await server.close();
      assert.deepEqual([failed, bugs], [[], []]);
    });
  }
});

async function makeEntities(cloud: SandboxCloud): Promise<void> {
  await cloud.call("kinesis", "CreateStream", { StreamName: "wire", ShardCount: 4 }, cloud.deployer);
  await cloud.call("ssm", "PutParameter", { Name: "/wire/a", Value: "v", Type: "String" }, cloud.deployer);
  const RoleName = "wire";
  const AssumeRolePolicyDocument = trust("kinesisanalytics.amazonaws.com");
  await cloud.call("iam", "CreateRole", { RoleName, AssumeRolePolicyDocument }, cloud.deployer);
  await cloud.clock.advanceTo(start + 3 * minute);
}

/** What `work` logs as errors: the first lines of each. */
async function logged(work: () => Promise<void>): Promise<string[]> {
  const log = console.error;
  const lines: string[] = [];
  console.error = (error: unknown) =>
    lines.push(
      String((error as Error)?.stack ?? error)
        .split("\n", 3)
        .join(" "),
    );
  try {
    await work();
  } finally {
    console.error = log;
  }
  return lines;
}
