import * as assert from "node:assert/strict";
import type { DeployedResource } from "../../sandbox/deploy/deploy";
import { judgeCalls, judgePolicies, judgeResources, type Finding } from "./judge";
import { needsJudges } from "./needsJudges";

/** Each judge, given something that is wrong in one way. */
describe("the judges from outside see", function () {
  this.timeout(60_000);
  before(needsJudges);

  const says = (findings: readonly Finding[], expected: RegExp) => {
    const texts = findings.map(({ at, text }) => `${at}: ${text}`);
    assert.ok(
      texts.some((text) => expected.test(text)),
      texts.join("\n") || "nothing found",
    );
  };

  describe("in a call", () => {
    const createStream = { StreamName: "orders", ShardCount: 1 };
    const wrong: Record<string, [input: object, expected: RegExp, operation?: string]> = {
      "a required member that is missing": [{ ShardCount: 1 }, /CreateStream: StreamName is required/],
      "an unknown member": [{ ...createStream, Shards: 1 }, /no member Shards/],
      "another type": [{ ...createStream, ShardCount: "1" }, /ShardCount: str where integer is expected/],
      "a boolean for a number": [{ ...createStream, ShardCount: true }, /ShardCount: bool where integer/],
      "a number below its minimum": [{ ...createStream, ShardCount: 0 }, /ShardCount: 0 is less than 1/],
      "a text above its length": [{ ...createStream, StreamName: "a".repeat(129) }, /StreamName: 129 is more than 128/],
      "a text against its pattern": [{ ...createStream, StreamName: "a b" }, /'a b' doesn't match/],
      "a value that is none of an enum": [
        { ...createStream, StreamModeDetails: { StreamMode: "FREE" } },
        /StreamMode: 'FREE' is none of/,
      ],
      "a member of a list's element": [
        { StreamName: "orders", Records: [{ Data: "", Key: "k" }] },
        /Records\[\]: no member Key/,
        "PutRecords",
      ],
      "an operation that there isn't": [{}, /no such operation/, "MakeStream"],
    };
    const calls = Object.values(wrong).map(([input, , operation = "CreateStream"]) => ({ operation, input }));
    const judged = (given: typeof calls) => judgeCalls({ calls: given.map((call) => ({ service: "kinesis", ...call })) });
    let findings: Finding[];
    before(() => void (findings = judged(calls)));
    for (const [what, [, expected]] of Object.entries(wrong)) it(what, () => says(findings, expected));

    it("nothing where nothing is wrong", () => {
      assert.deepEqual(judged([{ operation: "CreateStream", input: createStream }]), []);
    });
  });

  describe("in a resource", () => {
    const inputs = {
      name: "orders",
      shardCount: 1,
      retentionPeriod: 24,
      encryptionType: "KMS",
      kmsKeyId: "alias/aws/kinesis",
      streamModeDetails: { streamMode: "PROVISIONED" },
      shardLevelMetrics: [],
    };
    const options = { parent: "", dependsOn: [], ignoreChanges: [], protect: false, retainOnDelete: false };
    const common = { custom: true, existingId: "", options, deployed: { id: "orders", state: {} } };
    const judged = (...given: [name: string, inputs: object, type?: string][]) =>
      judgeResources(
        {
          resources: given.map(([name, its, type = "aws:kinesis/stream:Stream"]): DeployedResource => {
            return { ...common, name, type, inputs: { ...its } };
          }),
        },
        "us-east-1",
      );
    let findings: Finding[];
    before(() => {
      findings = judged(
        ["none-of-an-enum", { ...inputs, encryptionType: "SECRET" }],
        ["out-of-bounds", { ...inputs, shardCount: 0 }],
        ["missing", { ...inputs, kmsKeyId: undefined }],
        ["not-judged", { ...inputs, colour: "red" }],
        ["queue", {}, "aws:sqs/queue:Queue"],
      );
    });
    it("a value that is none of an enum", () => says(findings, /noneOfAnEnum StreamEncryption.*E3030 'SECRET'/));
    it("a number out of its bounds", () => says(findings, /outOfBounds ShardCount.*E3034/));
    it("what is missing beside a value", () => says(findings, /missing StreamEncryption.*'KeyId' is a required property/));
    it("an input that isn't judged", () => says(findings, /kinesis\/stream colour: has no place/));
    it("a type that isn't judged", () => says(findings, /sqs\/queue: has no place/));
    it("nothing where nothing is wrong", () => assert.deepEqual(judged(["orders", inputs]), []));
  });

  describe("in a policy", () => {
    const stream = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    const good = { Effect: "Allow", Action: ["kinesis:ListShards"], Resource: [stream] };
    const judged = (statements: object[]) =>
      judgePolicies({
        resources: statements.map((statement, i) => {
          const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
          return {
            type: "aws:iam/rolePolicy:RolePolicy",
            name: `policy-${i}`,
            inputs: { policy },
          } as unknown as DeployedResource;
        }),
      });
    const wrong: Record<string, [statement: object, parliament: RegExp, policySentry?: RegExp]> = {
      "an action that there isn't": [
        { ...good, Action: ["kinesis:ListPieces"] },
        /parliament: UNKNOWN_ACTION/,
        /policy_sentry: no action kinesis:ListPieces/,
      ],
      "a resource of another type": [
        { ...good, Resource: [`${stream}/consumer/a:1`.replace("stream", "flow")] },
        /parliament: RESOURCE_MISMATCH/,
        /policy_sentry: kinesis:ListShards has no resource type like/,
      ],
      "a condition key that the action hasn't": [
        { ...good, Condition: { StringEquals: { "kms:ViaService": "kinesis" } } },
        /parliament: UNKNOWN_CONDITION_FOR_ACTION/,
        /policy_sentry: kinesis:ListShards has no condition key kms:ViaService/,
      ],
      "* where a resource could be named": [{ ...good, Resource: "*" }, /parliament: RESOURCE_STAR/],
      "an effect that there isn't": [{ ...good, Effect: "Permit" }, /parliament: MALFORMED/],
    };
    let findings: Finding[];
    before(() => void (findings = judged(Object.values(wrong).map(([statement]) => statement))));
    for (const [what, [, ...expected]] of Object.entries(wrong))
      it(what, () => {
        for (const one of expected) if (one) says(findings, one);
      });
    it("nothing where nothing is wrong", () => assert.deepEqual(judged([good]), []));
  });
});
