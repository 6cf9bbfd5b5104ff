import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import program = require("../../index");
import type { Resource } from "../../policy/rule";
import { rules } from "../../policy/rules";
import { configStrings } from "../../sandbox/deploy/stackFiles";
import { filesOfVariant, variants } from "../support/recordedDeployments";
import { record } from "../support/recorder";

/** What the pack says of a stack, as "rule: sentence". */
const violations = (stack: readonly Resource[]) =>
  rules.flatMap(({ name, violations }) =>
    stack.flatMap((resource) => violations(resource, stack).map((text) => `${name}: ${text}`)),
  );

const resource = (type: string, props: Resource["props"]): Resource => ({ type, name: "it", props });

const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const stream = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
const read = { Sid: "Read", Effect: "Allow", Action: ["kinesis:GetRecords"], Resource: [stream] };

const types = {
  attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  bucket: "aws:s3/bucket:Bucket",
  bucketEncryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  logGroup: "aws:cloudwatch/logGroup:LogGroup",
  method: "aws:apigateway/method:Method",
  role: "aws:iam/role:Role",
  rolePolicy: "aws:iam/rolePolicy:RolePolicy",
  stream: "aws:kinesis/stream:Stream",
  target: "aws:appautoscaling/target:Target",
  topic: "aws:sns/topic:Topic",
};

/** Each rule: what it finds, and what is right in the same place. */
const cases: Record<string, [what: string, wrong: Resource[], says: RegExp, right: Resource[]][]> = {
  encryption: [
    [
      "a stream without a key",
      [resource(types.stream, { shardCount: 1 })],
      /The stream is not encrypted/,
      [resource(types.stream, { encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" })],
    ],
    [
      "a topic without a key",
      [resource(types.topic, { displayName: "alarms" })],
      /The topic is not encrypted/,
      [resource(types.topic, { kmsMasterKeyId: "alias/aws/sns" })],
    ],
    [
      "a bucket of which another's encryption is said",
      [resource(types.bucket, { id: "jars" }), resource(types.bucketEncryption, { bucket: "other" })],
      /The bucket doesn't say how it is encrypted/,
      [resource(types.bucket, { id: "jars" }), resource(types.bucketEncryption, { bucket: "jars" })],
    ],
  ],
  retention: [
    [
      "a log group that keeps all",
      [resource(types.logGroup, { name: "/jobs" })],
      /keeps its logs for ever/,
      [resource(types.logGroup, { retentionInDays: 30 })],
    ],
    [
      "a log group whose days are 0, which is for ever",
      [resource(types.logGroup, { retentionInDays: 0 })],
      /keeps its logs for ever/,
      [resource(types.logGroup, { retentionInDays: 1 })],
    ],
  ],
  "no-wildcards": [
    [
      "actions by a pattern",
      [resource(types.rolePolicy, { policy: policy({ ...read, Action: "kinesis:*" }) })],
      /Statement Read allows kinesis:\*: name the actions/,
      [resource(types.rolePolicy, { policy: policy(read) })],
    ],
    [
      "any resource for an action that knows some",
      [resource(types.rolePolicy, { policy: policy({ ...read, Resource: "*" }) })],
      /Statement Read allows kinesis:GetRecords on \*: name the resources/,
      [resource(types.rolePolicy, { policy: policy({ Effect: "Allow", Action: "cloudwatch:GetMetricData", Resource: "*" }) })],
    ],
    [
      "any resource of a service",
      [resource(types.rolePolicy, { policy: policy({ ...read, Resource: "arn:aws:kinesis:us-east-1:123456789012:*" }) })],
      /allows kinesis:GetRecords on arn:aws:kinesis:us-east-1:123456789012:\*/,
      [resource(types.rolePolicy, { policy: policy({ ...read, Resource: `${stream}/consumer/*` }) })],
    ],
    [
      "all but something, in a role's own policy",
      [resource(types.role, { inlinePolicies: [{ policy: policy({ Effect: "Allow", NotAction: "iam:*", Resource: stream }) }] })],
      /A statement allows all but what it names/,
      [resource(types.role, { inlinePolicies: [{ policy: policy({ Effect: "Deny", NotAction: "iam:*", Resource: "*" }) }] })],
    ],
    [
      "AWS's policy of everything",
      [resource(types.attachment, { role: "jobs", policyArn: "arn:aws-cn:iam::aws:policy/AdministratorAccess" })],
      /AdministratorAccess allows whole services/,
      [
        resource(types.attachment, {
          role: "jobs",
          policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        }),
      ],
    ],
    [
      "AWS's policy of a service, in a role",
      [resource(types.role, { managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonKinesisFullAccess"] })],
      /AmazonKinesisFullAccess allows whole services/,
      [resource(types.role, { managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonKinesisReadOnlyAccess"] })],
    ],
  ],
  "alarm-actions": [
    [
      "an alarm without actions",
      [resource(types.alarm, { alarmActions: [] })],
      /tells nobody/,
      [resource(types.alarm, { alarmActions: ["arn:aws:sns:us-east-1:123456789012:alarms"] })],
    ],
    [
      "an alarm whose actions are off",
      [resource(types.alarm, { alarmActions: ["arn"], actionsEnabled: false })],
      /switched off/,
      [resource(types.alarm, { alarmActions: ["arn"], actionsEnabled: true })],
    ],
  ],
  "scaling-bounds": [
    [
      "a target without a maximum",
      [resource(types.target, { minCapacity: 1 })],
      /maxCapacity is missing/,
      [resource(types.target, { minCapacity: 1, maxCapacity: 1 })],
    ],
    [
      "a target that may go to nothing",
      [resource(types.target, { minCapacity: 0, maxCapacity: 8 })],
      /minCapacity is 0/,
      [resource(types.target, { minCapacity: 2, maxCapacity: 8 })],
    ],
    [
      "a target whose maximum is below its minimum",
      [resource(types.target, { minCapacity: 4, maxCapacity: 2 })],
      /maxCapacity is 2/,
      [resource(types.target, { minCapacity: 4, maxCapacity: 4 })],
    ],
  ],
  "iam-authorisation": [
    [
      "a method that anybody may call",
      [resource(types.method, { httpMethod: "GET", authorization: "NONE" })],
      /authorization is NONE/,
      [resource(types.method, { httpMethod: "GET", authorization: "AWS_IAM" })],
    ],
  ],
};

describe("the policy pack", () => {
  it("has a case for each of its six rules", () => {
    assert.deepEqual(Object.keys(cases).sort(), rules.map(({ name }) => name).sort());
    assert.equal(rules.length, 6);
  });

  it("has its rules in docs/policy.md", () => {
    const page = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "policy.md"), "utf8");
    assert.deepEqual(
      [...page.matchAll(/^\| ([a-z][a-z-]+) \| /gm)].map(([, name]) => name),
      rules.map(({ name }) => name),
    );
  });

  for (const [rule, itsCases] of Object.entries(cases))
    for (const [what, wrong, says, right] of itsCases)
      it(`${rule} finds ${what}, and nothing where it is right`, () => {
        const found = violations(wrong);
        assert.equal(found.length, 1, found.join("\n"));
        assert.ok(found[0]!.startsWith(`${rule}: `));
        assert.match(found[0]!, says);
        assert.deepEqual(violations(right), []);
      });

  for (const name of Object.keys(variants))
    it(`passes the stack: ${name}`, async () => {
      const { config, stack } = filesOfVariant(name);
      const { resources } = await record(program, configStrings(config), stack);
      // Ids as the recorder gives them: a stack is shown with its outputs.
      const shown = resources.map(({ type, name, inputs }) => ({ type, name, props: { id: `${name}-id`, ...inputs } }));
      const judged = new Set(shown.map(({ type }) => type));
      for (const type of [types.alarm, types.logGroup, types.method, types.rolePolicy, types.target, types.topic])
        assert.ok(judged.has(type), type);
      assert.deepEqual(violations(shown), []);
    });
});
